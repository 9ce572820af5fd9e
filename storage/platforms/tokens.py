"""The pairs that open our accounts: sealed, renewed by one process at a time."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, literal_column, null, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.ports import TokenPair, TokenRow
from storage.rows import TokenBody, encode, micros, moment, moment_or_none, token_from
from storage.sealed import Seals
from storage.tables import account_tokens as t
from storage.writer.db import Db, Prepared, Value

PAIR: Final = "account.tokens"
_account = (t.c.channel == bindparam("on"), t.c.account == bindparam("ours"))
_version = t.c.version == bindparam("of_version")
_GET = Prepared(
    select(
        t.c.pair,
        t.c.access_until,
        t.c.refresh_until,
        t.c.version,
        t.c.taken_at,
        t.c.failed_at,
        t.c.failed_why,
    ).where(*_account)
)
_SEED = Prepared(select(t.c.seed).where(*_account))
_new = insert(t).values(
    channel=bindparam("on"),
    account=bindparam("ours"),
    pair=bindparam("sealed"),
    version=literal_column("1"),
    access_until=bindparam("access_end"),
    refresh_until=bindparam("refresh_end"),
    taken_at=bindparam("now"),
    seed=bindparam("mark"),
)
_fresh = {
    "pair": _new.excluded.pair,
    "version": t.c.version + 1,
    "access_until": _new.excluded.access_until,
    "refresh_until": _new.excluded.refresh_until,
    "taken_at": _new.excluded.taken_at,
    "holder": literal_column("''"),
    "held_until": null(),
    "failed_at": null(),
    "failed_why": literal_column("''"),
}
_PUT = Prepared(_new.on_conflict_do_update(index_elements=[t.c.channel, t.c.account], set_=_fresh))
_PUT_SEED = Prepared(
    _new.on_conflict_do_update(
        index_elements=[t.c.channel, t.c.account],
        set_={**_fresh, "seed": _new.excluded.seed},
        where=t.c.seed.is_(None) | (t.c.seed != _new.excluded.seed),
    )
)
_CLAIM = Prepared(
    update(t)
    .where(*_account, _version, t.c.held_until.is_(None) | (t.c.held_until <= bindparam("now")))
    .values(holder=bindparam("by"), held_until=bindparam("lease_end"))
)
_RENEW = Prepared(
    update(t)
    .where(*_account, _version)
    .values(
        pair=bindparam("sealed"),
        version=t.c.version + 1,
        access_until=bindparam("access_end"),
        refresh_until=bindparam("refresh_end"),
        taken_at=bindparam("now"),
        holder=literal_column("''"),
        held_until=null(),
        failed_at=null(),
        failed_why=literal_column("''"),
    )
)
_FAILED = Prepared(
    update(t)
    .where(*_account, _version, t.c.holder == bindparam("by"))
    .values(holder=literal_column("''"), held_until=null(), failed_why=bindparam("reason"))
)
_FAILED_SINCE = Prepared(
    update(t).where(*_account, _version, t.c.failed_at.is_(None)).values(failed_at=bindparam("now"))
)


class SqlTokens:
    def __init__(self, db: Db, seals: Seals) -> None:
        self._db = db
        self._seals = seals

    def get(self, channel: str, account: str) -> TokenRow | None:
        row = self._db.one(_GET, on=channel, ours=account)
        if row is None:
            return None
        sealed, access_until, refresh_until, version, taken_at, failed_at, why = row
        body = token_from(self._seals.unseal(sealed, PAIR))
        pair = TokenPair(body.access, body.refresh, moment(access_until), moment(refresh_until))
        return TokenRow(pair, version, moment(taken_at), moment_or_none(failed_at), why)

    def seed(self, channel: str, account: str, pair: TokenPair, seed: bytes, now: datetime) -> bool:
        values = self._values(channel, account, pair, now)
        return self._db.run(_PUT_SEED, **values, mark=seed) == 1

    def claim(
        self, channel: str, account: str, version: int, holder: str, now: datetime, lease: timedelta
    ) -> bool:
        claimed = self._db.run(
            _CLAIM,
            on=channel,
            ours=account,
            of_version=version,
            by=holder,
            now=micros(now),
            lease_end=micros(now + lease),
        )
        return claimed == 1

    def renewed(self, channel: str, account: str, version: int, pair: TokenPair, now: datetime) -> bool:
        values = self._values(channel, account, pair, now)
        return self._db.run(_RENEW, **values, of_version=version) == 1

    def failed(self, channel: str, account: str, version: int, holder: str, why: str, now: datetime) -> None:
        of: dict[str, Value] = {"on": channel, "ours": account, "of_version": version}
        if self._db.run(_FAILED, **of, by=holder, reason=why):
            self._db.run(_FAILED_SINCE, **of, now=micros(now))

    def logged_in(self, channel: str, account: str, pair: TokenPair, now: datetime) -> None:
        self._db.run(_PUT, **self._values(channel, account, pair, now), mark=None)

    def _values(self, channel: str, account: str, pair: TokenPair, now: datetime) -> dict[str, Value]:
        body = TokenBody(pair.access, pair.refresh)
        return {
            "on": channel,
            "ours": account,
            "sealed": self._seals.seal(encode(body), PAIR),
            "access_end": micros(pair.access_until),
            "refresh_end": micros(pair.refresh_until),
            "now": micros(now),
        }
