"""What Zalo's developer portal sends to try a webhook: nobody wrote it, nobody waits for it."""

from handlers.zalo_oa.heard.event import Event, part, text

APPS = frozenset({"360846524940903967"})
ACCOUNTS = frozenset({"388613280878808645"})
PEOPLE = frozenset({"246845883529197922"})
"""Ids of the documentation's bodies, which the portal sends as they stand there."""


def is_probe(event: Event | None, body: bytes, *, signed: bool, app_id: str) -> bool:
    """An empty body, a sample, or an unsigned body that is not about our application."""
    if not body.strip():
        return True
    if event is None:
        return not signed
    if _is_sample(event) and app_id not in APPS:
        return True
    return not signed and (event.app_id != app_id or not event.name)


def _is_sample(event: Event) -> bool:
    """Two of its ids are the documentation's: one alone may stand in anybody's body."""
    people = {event.id_of("sender"), event.id_of("recipient"), event.id_of("follower")}
    known = (
        event.app_id in APPS,
        bool(people & PEOPLE),
        bool((people | {text(event.body, "oa_id"), text(part(event.body, "oa"), "id")}) & ACCOUNTS),
    )
    return sum(known) > 1
