"""One person on several of our accounts of a platform, by a keyed hash that leaves the account out."""

from typing import Final

from sqlalchemy import bindparam, literal_column, select, update

from bot.domain.messages import Address
from storage.sealed import Seals
from storage.tables import conversations as c
from storage.tables import subscribers as s
from storage.writer.db import Db, Prepared

_human: Final = bindparam("of_human", type_=s.c.human.type)
_MARK = Prepared(
    update(c).where(c.c.person == bindparam("who")).values(human=_human, unsafe=bindparam("is_unsafe"))
)
_ANY = Prepared(
    select(c.c.id).where(c.c.human == _human, c.c.unsafe == literal_column("1")).limit(literal_column("1"))
)
_SPREAD = Prepared(update(s).where(s.c.human == _human).values(unsafe=bindparam("becomes")))


def human(seals: Seals, address: Address) -> bytes:
    return seals.lookup("human", address.platform, address.person)


def is_unsafe(db: Db, seals: Seals, address: Address) -> bool:
    """Whether any conversation of this person on this platform is marked unsafe."""
    return db.one(_ANY, of_human=human(seals, address)) is not None


def mark(db: Db, seals: Seals, address: Address, *, unsafe: bool) -> None:
    """Of the conversation; no letters on any account while one of them is unsafe."""
    who = human(seals, address)
    db.run(_MARK, who=seals.person(address), of_human=who, is_unsafe=int(unsafe))
    becomes = unsafe or is_unsafe(db, seals, address)
    db.run(_SPREAD, of_human=who, becomes=int(becomes))
