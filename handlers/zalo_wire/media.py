"""Fetches what people sent along from Zalo's servers, and from nobody else's, wherever a link leads."""

import ipaddress
import logging
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from bot.domain.messages import Attachment
from bot.ports import Fetched, FetchOutcome, NotFetched, TooLarge

HOSTS = ("zdn.vn", "zadn.vn", "dlfl.vn", "dlmd.me", "flchat.vn", "zaloapp.com", "zalo.me", "zalo.vn")
"""Domains that photos, recordings, films and files of Zalo were seen on."""
LARGEST = 32 * 1024 * 1024
"""Bytes of one file; eight are in memory at once."""
HOPS = 4
"""Redirects that are followed: a file's link leads to a router, and that to a server near us."""
TIMEOUT = ClientTimeout(total=90, sock_connect=10, sock_read=30)
AT_ONCE = 8
CHUNK = 65_536
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({400, 401, 403, 410})
"""The link has expired, or never was; 404 may be a server that has not got it yet."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rules:
    """Where media may come from."""

    hosts: tuple[str, ...] = HOSTS
    """Domains; their subdomains too."""
    loopback: bool = False
    """For a rehearsal on one machine: http on 127.0.0.1 as well."""

    def allow(self, url: URL) -> bool:
        host = (url.host or "").lower().rstrip(".")
        if self.loopback and host == LOOPBACK:
            return True
        known = any(host == one or host.endswith("." + one) for one in self.hosts)
        return known and url.scheme == "https" and url.explicit_port in (None, 443) and url.user is None


LOOPBACK = "127.0.0.1"


def rules_of(more_hosts: str, api_base: str) -> Rules:
    """`more_hosts`: domains between commas. A rehearsal, whose API stands on this machine, has its media there too."""
    more = tuple(filter(None, (one.strip().lower() for one in more_hosts.split(","))))
    return Rules((*HOSTS, *more), loopback=URL(api_base).host == LOOPBACK)


class NotPublic(OSError):
    """A name of Zalo's that leads into our own network."""


class PublicOnly(AbstractResolver):
    """Names lead to public addresses, or nowhere: checked where the connection is made, not before."""

    def __init__(self) -> None:
        self._names = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._names.resolve(host, port, family)
        public = [one for one in found if is_public(one["host"])]
        if not public:
            raise NotPublic("no public address")
        return public

    async def close(self) -> None:
        await self._names.close()


def is_public(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not found.is_multicast


class Media:
    """One account's fetching; closed with its channel."""

    def __init__(self, rules: Rules, largest: int = LARGEST) -> None:
        self._rules = rules
        self._largest = largest
        self._session: ClientSession | None = None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def fetch(self, attachment: Attachment) -> FetchOutcome:
        """The bytes, with what kind the server says they are."""
        if attachment.size is not None and attachment.size > self._largest:
            return TooLarge(attachment.size)
        try:
            return await self._follow(URL(attachment.ref), attachment)
        except (ValueError, TypeError):
            return NotFetched(again=False)
        except (ClientError, TimeoutError, OSError):
            return NotFetched(again=True)

    async def _follow(self, url: URL, attachment: Attachment) -> FetchOutcome:
        for _ in range(HOPS + 1):
            if not self._rules.allow(url):
                log.warning("media of an unknown server: %s", _domain(url))
                return NotFetched(again=False)
            async with self._open().get(url, allow_redirects=False) as answer:
                if answer.status not in _REDIRECTS:
                    return await self._read(answer, attachment)
                url = url.join(URL(answer.headers.get("Location", "")))
        return NotFetched(again=False)

    async def _read(self, answer: ClientResponse, attachment: Attachment) -> FetchOutcome:
        if answer.status != 200:
            return NotFetched(again=answer.status not in _GONE)
        if (answer.content_length or 0) > self._largest:
            return TooLarge(answer.content_length)
        content = bytearray()
        async for chunk in answer.content.iter_chunked(CHUNK):
            content += chunk
            if len(content) > self._largest:
                return TooLarge(None)
        if not content:
            return NotFetched(again=True)
        return Fetched(bytes(content), _mime(answer, attachment))

    def _open(self) -> ClientSession:
        if self._session is None:
            connector = TCPConnector(limit=AT_ONCE, resolver=PublicOnly())
            self._session = ClientSession(connector=connector, timeout=TIMEOUT)
        return self._session


def _mime(answer: ClientResponse, attachment: Attachment) -> str:
    """The server's word, unless it says nothing."""
    said = answer.content_type
    return attachment.mime if said in ("application/octet-stream", "") and attachment.mime else said


def _domain(url: URL) -> str:
    """The last two labels: enough to add it to the setting, and no path or token."""
    labels: Sequence[str] = (url.host or "-").split(".")
    return ".".join(labels[-2:])
