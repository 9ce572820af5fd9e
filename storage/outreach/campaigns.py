"""Campaigns: their texts are for everybody and stand open, like the times at which they are due."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.domain.campaigns.campaign import Campaign, State
from storage.outreach.bodies import body_of, campaign_from
from storage.rows import micros, micros_or_none, moment_or_none
from storage.tables import campaigns as t
from storage.writer.db import Db, Prepared, Row, Value

_columns: Final = (t.c.id, t.c.code, t.c.state, t.c.urgent, t.c.next_at, t.c.version, t.c.body)
_WRITTEN: Final = ("code", "state", "urgent", "next_at", "body")
_ADD = Prepared(
    insert(t)
    .values({name: bindparam(name) for name in (*_WRITTEN, "version")})
    .on_conflict_do_nothing()
    .returning(t.c.id)
)
_FIND = select(*_columns).where(t.c.id == bindparam("row"))
_GET = Prepared(_FIND)
_GET_LOCKED = Prepared(_FIND.with_for_update())
_BY_CODE = Prepared(select(*_columns).where(t.c.code == bindparam("wanted")))
_SAVE = Prepared(
    update(t)
    .where(t.c.id == bindparam("row"), t.c.version == bindparam("was"))
    .values({t.c[name]: bindparam(f"new_{name}") for name in _WRITTEN} | {t.c.version: t.c.version + 1})
)
_DUE = Prepared(
    select(*_columns)
    .where(t.c.state == literal_column("'approved'"), t.c.next_at.is_not(None))
    .where(t.c.next_at <= bindparam("now"))
    .order_by(t.c.next_at, t.c.id)
    .limit(bindparam("most"))
)


class SqlCampaigns:
    """See `bot.ports.outreach.Campaigns`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, campaign: Campaign) -> int:
        row = self._db.one(_ADD, **_values(campaign), version=0)
        if row is None:
            raise ValueError(f"there is a campaign with the code {campaign.code} already")
        return int(row[0])

    def get(self, id_: int) -> Campaign | None:
        lock = self._db.postgres and self._db.writing
        return _campaign_or_none(self._db.one(_GET_LOCKED if lock else _GET, row=id_))

    def by_code(self, code: str) -> Campaign | None:
        return _campaign_or_none(self._db.one(_BY_CODE, wanted=code))

    def save(self, campaign: Campaign) -> bool:
        values = {f"new_{name}": value for name, value in _values(campaign).items()}
        return self._db.run(_SAVE, row=campaign.id, was=campaign.version, **values) == 1

    def listing(self, states: Sequence[State] = (), limit: int = 500) -> Sequence[Campaign]:
        query = select(*_columns).order_by(t.c.id).limit(limit)
        if states:
            query = query.where(t.c.state.in_([state.value for state in states]))
        return [_campaign(row) for row in self._db.execute(query)]

    def due(self, now: datetime, limit: int) -> Sequence[Campaign]:
        return [_campaign(row) for row in self._db.every(_DUE, now=micros(now), most=limit)]


def _values(campaign: Campaign) -> Mapping[str, Value]:
    return {
        "code": campaign.code,
        "state": campaign.state.value,
        "urgent": int(campaign.urgent),
        "next_at": micros_or_none(campaign.next_at),
        "body": body_of(campaign),
    }


def _campaign_or_none(row: Row | None) -> Campaign | None:
    return None if row is None else _campaign(row)


def _campaign(row: Row) -> Campaign:
    id_, code, state, urgent, next_at, version, body = row
    return campaign_from(id_, code, state, urgent, moment_or_none(next_at), version, body)
