"""What our accounts have left to pay letters with: one row each, as the platform last told."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from bot.ports import Quota, Spent
from storage.rows import micros, moment
from storage.tables import account_quotas as t
from storage.writer.db import Db, Prepared

LETTERS: Final = "cs"
"""The product of ordinary letters: templates are paid for from quotas of their own."""
_GET = Prepared(
    select(t.c.remain, t.c.told_at, t.c.kind).where(
        t.c.channel == bindparam("on"), t.c.account == bindparam("ours")
    )
)
_new = insert(t).values(
    channel=bindparam("on"),
    account=bindparam("ours"),
    kind=bindparam("of_kind"),
    remain=bindparam("left"),
    told_at=bindparam("now"),
)
_PUT = Prepared(
    _new.on_conflict_do_update(
        index_elements=[t.c.channel, t.c.account],
        set_={name: _new.excluded[name] for name in ("kind", "remain", "told_at")},
    )
)


class Quotas:
    """Beside the contacts, whose letters they pay."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def get(self, channel: str, account: str) -> Quota | None:
        row = self._db.one(_GET, on=channel, ours=account)
        return None if row is None else Quota(row[0], moment(row[1]), row[2])

    def put(self, channel: str, account: str, quota: Quota) -> None:
        self._db.run(
            _PUT,
            on=channel,
            ours=account,
            of_kind=quota.kind,
            left=quota.remain,
            now=micros(quota.told_at),
        )

    def told(self, channel: str, account: str, spent: Spent, now: datetime) -> None:
        """By the answer to a letter that was paid for."""
        if spent.product == LETTERS and spent.remain is not None:
            self.put(channel, account, Quota(spent.remain, now, spent.quota))
