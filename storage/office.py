"""The office: who works in it and where they are reached; names and numbers sealed under the master key."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, delete, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.domain.messages import Address
from bot.domain.officers import Officer, Role, Roster
from storage.rows import (
    AddressBody,
    OfficerSecret,
    address_from,
    encode,
    micros,
    officer_from,
    officer_secret_from,
    roster_from,
)
from storage.sealed import Seals
from storage.tables import office_state as state
from storage.tables import officer_addresses as at
from storage.tables import officers as t
from storage.writer.db import Db, Prepared, Row

PERSONAL = "officer.secret"
ADDRESS = "officer.address"
_officer = t.c.id == bindparam("officer")
_their = at.c.officer_id == bindparam("officer")
_person = at.c.person == bindparam("person")

_STATE = Prepared(select(state.c.version, state.c.body).where(state.c.id == 1))
_VERSION = Prepared(select(state.c.version).where(state.c.id == 1))
_first_state = insert(state).values(id=1, version=1, body=bindparam("body"))
_SET_BODY = Prepared(
    _first_state.on_conflict_do_update(
        index_elements=[state.c.id],
        set_={"version": state.c.version + 1, "body": _first_state.excluded.body},
    )
)
_BUMP = Prepared(
    insert(state)
    .values(id=1, version=1, body="")
    .on_conflict_do_update(index_elements=[state.c.id], set_={"version": state.c.version + 1})
)
_officer_columns = (t.c.id, t.c.body, t.c.secret, t.c.on_duty)
_OFFICERS = Prepared(select(*_officer_columns).where(t.c.retired == literal_column("0")).order_by(t.c.id))
_OFFICER = Prepared(select(*_officer_columns).where(_officer))
_new_officer = insert(t).values(code=bindparam("code"), body=bindparam("body"), secret=bindparam("secret"))
_PUT_OFFICER = Prepared(
    _new_officer.on_conflict_do_update(
        index_elements=[t.c.code],
        set_={"body": _new_officer.excluded.body, "secret": _new_officer.excluded.secret, "retired": 0},
    )
)
_RETIRE_ALL = Prepared(update(t).values(retired=literal_column("1")))
_ON_DUTY = Prepared(update(t).where(_officer).values(on_duty=bindparam("duty")))

_REACHED = Prepared(select(at.c.officer_id, at.c.channel).where(at.c.dead == literal_column("0")))
_WHOSE = Prepared(select(at.c.officer_id).where(_person))
_EVERYBODY = Prepared(select(at.c.person, at.c.officer_id))
_ADDRESS_OF = Prepared(
    select(at.c.address).where(_their, at.c.channel == bindparam("on"), at.c.dead == literal_column("0"))
)
_ENROL = Prepared(
    insert(at).values(
        {c.name: bindparam(c.name) for c in (at.c.officer_id, at.c.channel, at.c.person)}
        | {"address": bindparam("address"), "enrolled_at": bindparam("enrolled_at")}
    )
)
_MAKE_ROOM = Prepared(delete(at).where(_person | (_their & (at.c.channel == bindparam("on")))))
_DEAD = Prepared(update(at).where(_person, at.c.dead == literal_column("0")).values(dead=literal_column("1")))
_LEAVE = Prepared(delete(at).where(_their))


@dataclass(frozen=True, slots=True)
class _Known:
    """The office at one version."""

    roster: Roster
    whose: Mapping[bytes, int]
    """Whose each address is: every turn asks it twice, and nearly everybody is nobody of the office."""


class RosterCache:
    """The last committed roster; shared by all transactions of a store, replaced in one assignment."""

    def __init__(self) -> None:
        self.known: _Known | None = None


class SqlOffice:
    def __init__(self, db: Db, seals: Seals, cache: RosterCache) -> None:
        self._db = db
        self._seals = seals
        self._cache = cache
        self._changed = False
        self._seen: _Known | None = None
        """What this transaction has read: it asks for the version once, not at every look."""

    def roster(self) -> Roster:
        return self._known().roster

    def _known(self) -> _Known:
        if self._seen is None or self._changed:
            self._seen = self._newest()
        return self._seen

    def _newest(self) -> _Known:
        row = self._db.one(_VERSION)
        version = 0 if row is None else row[0]
        cached = self._cache.known
        if cached is not None and cached.roster.version == version and not self._changed:
            return cached
        known = _Known(self._load(), dict(self._db.every(_EVERYBODY)))
        if not self._changed:  # what this transaction changed may yet be undone
            self._cache.known = known
        return known

    def replace(self, roster: Roster) -> None:
        self._db.run(_RETIRE_ALL)
        self._db.many(
            _PUT_OFFICER,
            (
                {"code": one.code, "body": _body(one, place), "secret": self._secret(one)}
                for place, one in enumerate(roster.officers)
            ),
        )
        rest = replace(roster, officers=(), version=0)
        self._db.run(_SET_BODY, body=encode(rest).decode())
        self._changed = True

    def officer(self, id_: int) -> Officer | None:
        """Also one who has left: their name still stands in timelines."""
        for officer in self.roster().officers:
            if officer.id == id_:
                return officer
        row = self._db.one(_OFFICER, officer=id_)
        return None if row is None else replace(self._officer(officer_from(row[1]), row, {}), on_duty=False)

    def officer_at(self, address: Address) -> Officer | None:
        """Collaborators are found by `collaborator_at` only: they never act as officers."""
        found = self._enrolled(address)
        return None if found is None or found.role is Role.COLLABORATOR else found

    def collaborator_at(self, address: Address) -> Officer | None:
        found = self._enrolled(address)
        return found if found is not None and found.role is Role.COLLABORATOR else None

    def address_of(self, officer: int, channel: str) -> Address | None:
        row = self._db.one(_ADDRESS_OF, officer=officer, on=channel)
        if row is None:
            return None
        body = address_from(self._seals.unseal(row[0], ADDRESS))
        return Address(body.channel, body.account, body.person)

    def enrol(self, officer: int, address: Address, now: datetime) -> None:
        """The newest address on a channel counts; an address belongs to one officer only."""
        person = self._seals.person(address)
        body = AddressBody(address.channel, address.account, address.person)
        self._db.run(_MAKE_ROOM, person=person, officer=officer, on=address.channel)
        self._db.run(
            _ENROL,
            officer_id=officer,
            channel=address.channel,
            person=person,
            address=self._seals.seal(encode(body), ADDRESS),
            enrolled_at=micros(now),
        )
        self._bump()

    def unreachable(self, address: Address) -> None:
        if self._db.run(_DEAD, person=self._seals.person(address)):
            self._bump()

    def leave(self, officer: int) -> None:
        self._db.run(_LEAVE, officer=officer)
        self._bump()

    def on_duty(self, officer: int, on: bool) -> None:
        self._db.run(_ON_DUTY, officer=officer, duty=int(on))
        self._bump()

    def _enrolled(self, address: Address) -> Officer | None:
        number = self._whose(self._seals.person(address))
        if number is None:
            return None
        return next((officer for officer in self.roster().officers if officer.id == number), None)

    def _whose(self, person: bytes) -> int | None:
        if not self._changed:
            return self._known().whose.get(person)
        row = self._db.one(_WHOSE, person=person)  # cheaper than the whole office anew
        return None if row is None else row[0]

    def _load(self) -> Roster:
        row = self._db.one(_STATE)
        version, body = (0, "") if row is None else row
        rest = roster_from(body) if body else Roster(())
        reached: dict[int, set[str]] = {}
        for officer, channel in self._db.every(_REACHED):
            reached.setdefault(officer, set()).add(channel)
        rows = [(officer_from(row[1]), row) for row in self._db.every(_OFFICERS)]
        # the body's number is the place in the file that was imported: it is exported in the same order
        rows.sort(key=lambda known: known[0].id)
        officers = tuple(self._officer(body, row, reached) for body, row in rows)
        return replace(rest, officers=officers, version=version)

    def _officer(self, body: Officer, row: Row, reached: Mapping[int, set[str]]) -> Officer:
        id_, _, sealed, on_duty = row
        secret = officer_secret_from(self._seals.unseal(sealed, PERSONAL))
        return replace(
            body,
            id=id_,
            name=secret.name,
            phone=secret.phone,
            reachable=frozenset(reached.get(id_, ())),
            on_duty=bool(on_duty),
        )

    def _secret(self, officer: Officer) -> bytes:
        return self._seals.seal(encode(OfficerSecret(officer.name, officer.phone)), PERSONAL)

    def _bump(self) -> None:
        self._db.run(_BUMP)
        self._changed = True


def _body(officer: Officer, place: int) -> str:
    """Without what is sealed, and what enrolment and duty say; the place in the file stands in for the number."""
    open_ = replace(officer, id=place, name="", phone="", reachable=frozenset(), on_duty=True)
    return encode(open_).decode()
