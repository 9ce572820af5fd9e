"""One event of the webhook, read without trust: whatever a field holds, nothing raises."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
"""Zalo's own samples are dated 1974: such a time says nothing."""
AHEAD = timedelta(minutes=5)
"""How far Zalo's clock may be before ours."""
LONGEST_ID = 200
"""Characters of an id that count; Zalo's have about twenty."""
EMPTY: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True, repr=False)
class Event:
    """A body that is a JSON object."""

    body: Mapping[str, object]

    @property
    def name(self) -> str:
        return text(self.body, "event_name")

    @property
    def app_id(self) -> str:
        return text(self.body, "app_id")

    @property
    def timestamp(self) -> str:
        """As it goes into the signature."""
        return text(self.body, "timestamp")

    @property
    def message(self) -> Mapping[str, object]:
        return part(self.body, "message")

    def id_of(self, who: str) -> str:
        """`sender`, `recipient` or `follower`."""
        return text(part(self.body, who), "id")[:LONGEST_ID]

    def at(self, now: datetime) -> datetime:
        """Milliseconds of Zalo's clock; `now` where they name no likely time."""
        stamp = self.timestamp
        if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= LONGEST_STAMP):
            return now
        at = datetime.fromtimestamp(int(stamp) / 1000, UTC)
        return at if EARLIEST <= at <= now + AHEAD else now

    def id(self) -> str:
        """The message's own id; an event without one is known by its name, its people and its time."""
        own = text(self.message, "msg_id")[:LONGEST_ID]
        if own and self.name not in ABOUT_MESSAGES:
            return own
        known = (self.name, self.timestamp, own, *(self._said(name) for name in _IDS))
        return hashlib.sha256("\x1f".join(known).encode("utf-8", "surrogatepass")).hexdigest()[:40]

    def _said(self, name: str) -> str:
        return text(self.body, name) or text(part(self.body, name), "id")


LONGEST_STAMP = 14
ABOUT_MESSAGES = frozenset({"user_seen_message", "user_received_message", "user_reacted_message"})
"""Their `msg_id` is another message's."""
_IDS = ("sender", "recipient", "follower", "oa_id", "user_id", "user_id_by_app", "group_id")


def read(body: bytes) -> Event | None:
    """None where it is no JSON object."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return Event(found) if isinstance(found, dict) else None


def text(holder: Mapping[str, object], name: str) -> str:
    """A string, or a number as Zalo would have written it; else ""."""
    found = holder.get(name)
    match found:
        case str():
            return clean(found)
        case bool():
            return ""
        case int():
            return str(found) if abs(found) < _LARGEST else ""
        case float():
            return repr(found)
        case _:
            return ""


_LARGEST = 10**30


def part(holder: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = holder.get(name)
    return found if isinstance(found, dict) else EMPTY


def parts(holder: Mapping[str, object], name: str) -> Sequence[Mapping[str, object]]:
    """The objects of a list; an object alone counts as a list of one."""
    found = holder.get(name)
    if isinstance(found, dict):
        return (found,)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else ()


def texts(holder: Mapping[str, object], name: str) -> Sequence[str]:
    found = holder.get(name)
    return [clean(one) for one in found if isinstance(one, str) and one] if isinstance(found, list) else ()


def clean(said: str) -> str:
    """Without halves of characters: no database takes them, and the event would come again for ever."""
    return said if said.isascii() else said.encode("utf-8", "replace").decode()
