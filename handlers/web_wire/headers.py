"""Headers that keep a page to itself: nothing third-party, nothing cached, nothing told to the next site."""

from collections.abc import Awaitable, Callable
from functools import wraps
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

COMMON = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(self), browsing-topics=()",
}


def policy(forms_lead_to: str = "") -> str:
    """A Content-Security-Policy of our own files only; a form may also redirect to `forms_lead_to`."""
    site = origin(forms_lead_to)
    elsewhere = f" {site}" if site else ""
    return (
        "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
        f"form-action 'self'{elsewhere}"
    )


def origin(url: str) -> str:
    """Scheme and host; empty for an address on this very site."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def guarded(handler: Handler, csp: str) -> Handler:
    """The handler, with these headers on whatever it answers, errors included."""

    @wraps(handler)
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            response = await handler(request)
        except web.HTTPException as problem:
            dress(problem, csp)
            raise
        dress(response, csp)
        return response

    return answer


def dress(response: web.StreamResponse, csp: str) -> None:
    """Put the headers on; a stream that has already begun put them on itself."""
    if response.prepared:
        return
    response.headers.update(COMMON)
    response.headers["Content-Security-Policy"] = csp


def cross_site(request: web.Request) -> bool:
    """Whether another site's page sent this; browsers that do not say are stopped by SameSite cookies."""
    return request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}
