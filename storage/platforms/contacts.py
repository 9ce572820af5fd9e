"""The way to each person on a channel with a reply window; who it is stays sealed."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.domain.cases import CaseId
from bot.domain.messages import Address
from bot.ports import Contact, Quota, Spent, WindowCounts
from storage.platforms import statements as sql
from storage.platforms.quotas import Quotas
from storage.platforms.spending import Spendings
from storage.rows import AddressBody, address_from, encode, micros, moment_or_none
from storage.sealed import Seals
from storage.writer.db import Db, Row

ADDRESS: Final = "contact.address"


class SqlContacts:
    def __init__(self, db: Db, seals: Seals) -> None:
        self._db = db
        self._seals = seals
        self._costs = Spendings(db)
        self._quotas = Quotas(db)

    def get(self, person: Address) -> Contact | None:
        row = self._db.one(sql.GET, who=self._seals.person(person))
        return None if row is None else self._contact(row)

    def touched(
        self, person: Address, at: datetime, window: timedelta, free: timedelta | None = None
    ) -> bool:
        who = self._seals.person(person)
        was = self._db.one(sql.HELD, who=who)
        if was is None:
            self._row(person)
        self._db.run(
            sql.TOUCH,
            who=who,
            since=micros(at),
            window_end=micros(at + window),
            free_end=None if free is None else micros(at + free),
        )
        if was is None or was[0] is None:
            return False
        now = self._db.one(sql.HELD, who=who)
        return now is not None and now[0] is None

    def blocked(self, person: Address, at: datetime) -> None:  # noqa: ARG002 - the port keeps the moment
        self._db.run(sql.BLOCKED, who=self._row(person))

    def told(
        self,
        person: Address,
        now: datetime,
        *,
        remain: int | None = None,
        total: int | None = None,
    ) -> None:
        self._db.run(sql.TOLD, who=self._row(person), now=micros(now), left=remain, of=total)

    def closed(self, person: Address, now: datetime) -> None:
        self._db.run(sql.CLOSED, who=self._row(person), now=micros(now))

    def held(self, person: Address, now: datetime) -> bool:
        return self._db.run(sql.HOLD, who=self._row(person), now=micros(now)) == 1

    def got_through(self, person: Address) -> bool:
        return self._db.run(sql.THROUGH, who=self._seals.person(person)) == 1

    def used_up(self, person: Address, now: datetime, *, paid: bool) -> None:
        self._db.run(sql.USED_UP, who=self._row(person), now=micros(now))
        if paid:
            self.told_quota(person.channel, person.account, Quota(0, now))

    def quota(self, channel: str, account: str) -> Quota | None:
        return self._quotas.get(channel, account)

    def told_quota(self, channel: str, account: str, quota: Quota) -> None:
        self._quotas.put(channel, account, quota)

    def stepped_back(self, person: Address, at: datetime) -> bool:
        return self._db.run(sql.STEP_BACK, who=self._row(person), now=micros(at)) == 1

    def human_since(self, person: Address) -> datetime | None:
        row = self._db.one(sql.HUMAN, who=self._seals.person(person))
        return None if row is None else moment_or_none(row[0])

    def called_back(self, person: Address) -> bool:
        return self._db.run(sql.CALL_BACK, who=self._seals.person(person)) == 1

    def reminded(self, person: Address, now: datetime) -> None:
        self._db.run(sql.REMINDED, who=self._row(person), now=micros(now))

    def nudged(self, person: Address, now: datetime) -> None:
        self._db.run(sql.NUDGED, who=self._row(person), now=micros(now))

    def closing(self, channel: str, now: datetime, within: timedelta, limit: int) -> Sequence[Contact]:
        rows = self._db.every(
            sql.CLOSING, on=channel, now=micros(now), until=micros(now + within), most=limit
        )
        return [self._contact(row) for row in rows]

    def counts(self, channel: str, now: datetime) -> WindowCounts:
        row = self._db.one(sql.COUNTS, on=channel, now=micros(now))
        known, open_, free, blocked, held, aside, last, left, none = (
            (*(0,) * 6, None, 0, 0) if row is None else row
        )
        heard = moment_or_none(last)
        return WindowCounts(known, open_, free, blocked, held, aside, heard, int(left), none)

    def forget(self, person: Address) -> None:
        self._db.run(sql.FORGET, who=self._seals.person(person))

    # --- what it cost ---

    def spent(
        self,
        person: Address,
        spent: Sequence[Spent],
        now: datetime,
        *,
        case: CaseId | None = None,
        letter: int | None = None,
        campaign: int | None = None,
    ) -> None:
        who = self._seals.person(person)
        self._costs.add(person.channel, who, spent, now, case, letter, campaign)
        for one in spent:
            if one.quota != sql.FREE_QUOTA:
                self._quotas.told(person.channel, person.account, one, now)
            elif one.remain is not None:
                self._db.run(sql.LEFT, who=who, left=one.remain, of=one.total)

    def cost_of_case(self, case: CaseId) -> Mapping[str, int]:
        return self._costs.of_case(case)

    def cost_of_person(self, person: Address) -> Mapping[str, int]:
        return self._costs.of_person(self._seals.person(person))

    def cost_of_campaign(self, campaign: int) -> Mapping[str, int]:
        return self._costs.of_campaign(campaign)

    def cost_since(self, channel: str, since: datetime) -> Mapping[str, int]:
        return self._costs.since(channel, since)

    def _row(self, person: Address) -> bytes:
        """Its key, after making sure that the row is there."""
        who = self._seals.person(person)
        if self._db.one(sql.HELD, who=who) is None:
            body = AddressBody(person.channel, person.account, person.person)
            self._db.run(sql.ADD, who=who, on=person.channel, address=self._seals.seal(encode(body), ADDRESS))
        return who

    def _contact(self, row: Row) -> Contact:
        body = address_from(self._seals.unseal(row[0], ADDRESS))
        told = dict(zip(sql.COLUMNS, row[1:], strict=True))
        return Contact(
            Address(body.channel, body.account, body.person),
            remain=told["remain"],
            total=told["total"],
            blocked=bool(told["blocked"]),
            **{name: moment_or_none(told[name]) for name in sql.MOMENTS},
        )
