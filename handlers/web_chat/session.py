"""A conversation's only key: a random cookie that ends with the browser; the database knows its digest."""

import hashlib
import secrets

from aiohttp import web

COOKIE = "s"
OCTETS = 16


def person(request: web.Request) -> str | None:
    """Who writes, as the rest of the program knows them: not what the cookie holds."""
    key = request.cookies.get(COOKIE, "")
    return digest(key) if len(key) == OCTETS * 2 else None


def fresh() -> str:
    return secrets.token_hex(OCTETS)


def digest(key: str) -> str:
    """Whoever reads the database cannot enter a conversation with it."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def give(response: web.StreamResponse, key: str, *, secure: bool) -> None:
    response.set_cookie(COOKIE, key, httponly=True, samesite="Strict", secure=secure, path="/")


def end(response: web.StreamResponse, *, secure: bool) -> None:
    """Forget the conversation in this browser, and whatever it kept of the page."""
    response.del_cookie(COOKIE, path="/", secure=secure, httponly=True, samesite="Strict")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
