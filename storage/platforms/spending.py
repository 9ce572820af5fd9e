"""What messages cost: a row for each that the platform counted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, insert, select

from bot.domain.cases import CaseId
from bot.ports import Spent
from storage.rows import micros
from storage.tables import spendings as t
from storage.writer.db import Db, Prepared, Row

_WRITTEN: Final = ("at", "channel", "person", "kind", "case_id", "letter_id", "campaign_id")
_ADD = Prepared(insert(t).values({name: bindparam(name) for name in _WRITTEN}).inline())
_sum = select(t.c.kind, func.count()).group_by(t.c.kind)
_OF_CASE = Prepared(_sum.where(t.c.case_id == bindparam("number")))
_OF_CAMPAIGN = Prepared(_sum.where(t.c.campaign_id == bindparam("number")))
_OF_PERSON = Prepared(_sum.where(t.c.person == bindparam("who")))
_SINCE = Prepared(_sum.where(t.c.channel == bindparam("on"), t.c.at >= bindparam("since")))


class Spendings:
    """Beside the contacts, which know whose it is."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(
        self,
        channel: str,
        who: bytes,
        spent: Sequence[Spent],
        now: datetime,
        case: CaseId | None,
        letter: int | None,
        campaign: int | None,
    ) -> None:
        self._db.many(
            _ADD,
            (
                {
                    "at": micros(now),
                    "channel": channel,
                    "person": who,
                    "kind": one.kind,
                    "case_id": case,
                    "letter_id": letter,
                    "campaign_id": campaign,
                }
                for one in spent
            ),
        )

    def of_case(self, case: CaseId) -> Mapping[str, int]:
        return _counted(self._db.every(_OF_CASE, number=case))

    def of_campaign(self, campaign: int) -> Mapping[str, int]:
        return _counted(self._db.every(_OF_CAMPAIGN, number=campaign))

    def of_person(self, who: bytes) -> Mapping[str, int]:
        return _counted(self._db.every(_OF_PERSON, who=who))

    def since(self, channel: str, since: datetime) -> Mapping[str, int]:
        return _counted(self._db.every(_SINCE, on=channel, since=micros(since)))


def _counted(rows: Sequence[Row]) -> Mapping[str, int]:
    return {str(kind): int(count) for kind, count in rows}
