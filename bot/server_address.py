"""Whether an address of a server may be given words of reporters."""

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

INSIDE = (".local", ".lan", ".internal", ".home.arpa")
"""Endings of names that only a network of the office's own knows (RFC 6762; RFC 8375; ICANN 2024 for internal)."""


def fault_of(url: str) -> str | None:
    """What is wrong with it, in English for the administrator's terminal; None: nothing."""
    try:
        parts = urlsplit(url)
        port_is_one = parts.port is None or parts.port > 0
    except ValueError:
        return "is no address of a server"
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_one:
        return "must begin with https:// (or http:// inside the office) and name a server"
    if parts.username is not None or parts.query or parts.fragment:
        return "must have no name, password, ? or # in it; a key is a setting of its own"
    if parts.scheme == "http" and not _inside(parts):
        return "must begin with https://: http:// is for servers of the office's own network only"
    return None


def _inside(parts: SplitResult) -> bool:
    name = (parts.hostname or "").lower()
    try:
        address = ip_address(name)
    except ValueError:
        return "." not in name or name.endswith(INSIDE)
    return address.is_loopback or address.is_private or address.is_link_local
