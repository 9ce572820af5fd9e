"""A subscriber as a row, and a row as a subscriber; who it is stays sealed."""

from datetime import date, datetime
from typing import Final

from bot.domain.campaigns.subscribers import Subscriber
from bot.domain.messages import Address
from storage.outreach.codes import GROUPS, group_of, topics_mask, topics_of
from storage.rows import AddressBody, address_from, encode, micros, moment
from storage.sealed import Seals
from storage.tables import subscribers as t
from storage.writer.db import Row, Value

ADDRESS: Final = "subscriber.address"
COLUMNS: Final = (
    t.c.id, t.c.address, t.c.kind, t.c.unit, t.c.province, t.c.tags, t.c.lang, t.c.topics, t.c.since,
    t.c.stopped, t.c.blocked, t.c.unsafe, t.c.born, t.c.source,
)  # fmt: skip


def subscriber_from(row: Row, seals: Seals) -> Subscriber:
    """From `COLUMNS`."""
    (
        id_,
        address,
        kind,
        unit,
        province,
        tags,
        lang,
        topics,
        since,
        stopped,
        blocked,
        unsafe,
        born,
        source,
    ) = row
    return Subscriber(
        id=id_,
        address=address_of(address, seals),
        group=group_of(kind),
        unit=unit,
        province=province,
        tags=frozenset(tags.split()),
        lang=lang,
        topics=topics_of(topics),
        since=moment(since),
        stopped=bool(stopped),
        blocked=bool(blocked),
        unsafe=bool(unsafe),
        born=None if born is None else date(born // 100, born % 100, 1),
        source=source,
    )


def address_of(sealed: bytes, seals: Seals) -> Address:
    body = address_from(seals.unseal(sealed, ADDRESS))
    return Address(body.channel, body.account, body.person)


def sealed_address(to: Address, seals: Seals) -> bytes:
    return seals.seal(encode(AddressBody(to.channel, to.account, to.person)), ADDRESS)


def said(one: Subscriber, now: datetime) -> dict[str, Value]:
    return {
        "kind": GROUPS[one.group],
        "unit": one.unit,
        "province": one.province,
        "tags": f" {' '.join(sorted(one.tags))} " if one.tags else "",
        "lang": one.lang,
        "topics": topics_mask(one.topics),
        "since": micros(one.since or now),
        "stopped": int(one.stopped),
        "stopped_at": micros(now) if one.stopped else None,
        "blocked": int(one.blocked),
        "unsafe": int(one.unsafe),
        "born": None if one.born is None else one.born.year * 100 + one.born.month,
        "source": one.source,
    }
