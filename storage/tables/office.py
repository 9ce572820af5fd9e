"""Tables of the office: its people, where they are reached, one-time links, the ledger."""

from sqlalchemy import Column, Index, SmallInteger
from sqlmodel import Field

from storage.tables.columns import (
    Rows,
    digest,
    key,
    moment,
    number,
    number_or_none,
    of,
    partial,
    sealed,
    sealed_or_none,
    short,
    short_unique,
    small,
)


def _only() -> int:
    """The key of a table with one row."""
    field: int = Field(default=1, sa_column=Column(SmallInteger, primary_key=True, autoincrement=False))
    return field


class OfficeRow(Rows, table=True):
    """The version counts up whenever anything that a roster shows has changed."""

    __tablename__ = "office"
    id: int = _only()
    version: int = number()
    body: str = short()


class OfficerRow(Rows, table=True):
    __tablename__ = "officers"
    id: int = key()
    code: str = short_unique()
    body: str = short()
    secret: bytes = sealed()
    on_duty: int = small(1)
    retired: int = small()


class OfficerAddressRow(Rows, table=True):
    __tablename__ = "officer_addresses"
    __table_args__ = (Index("ix_officer_addresses", "officer_id", "channel", unique=True),)
    id: int = key()
    officer_id: int = of("officers.id")
    channel: str = short()
    person: bytes = digest(unique=True)
    address: bytes = sealed()
    enrolled_at: int = moment()
    dead: int = small()


class LinkRow(Rows, table=True):
    """A one-time token or a device session: keyed hashes, and sealed what it stands for."""

    __tablename__ = "links"
    __table_args__ = (Index("ix_links_subject", "purpose", "subject"), Index("ix_links_expires", "expires"))
    id: int = key()
    token: bytes = digest(unique=True)
    purpose: str = short()
    subject: bytes = digest()
    told: bytes = sealed()
    created: int = moment()
    seen: int = moment()
    expires: int = moment()


class AttemptRow(Rows, table=True):
    __tablename__ = "attempts"
    __table_args__ = (
        Index("ix_attempts_who", "purpose", "who", "at"),
        Index("ix_attempts_at", "purpose", "at"),
    )
    id: int = key()
    purpose: str = short()
    who: bytes = digest()
    at: int = moment()


class LedgerEntryRow(Rows, table=True):
    """Append-only; `place` and `hash` are set when the row is linked into the chain."""

    __tablename__ = "ledger"
    __table_args__ = (
        Index("ix_ledger_subject", "subject", "id"),
        partial("ix_ledger_place", "place", where="place IS NOT NULL", unique=True),
        partial("ix_ledger_loose", "id", where="place IS NULL"),
        {"sqlite_autoincrement": True},
    )
    id: int = key()
    at: int = moment()
    actor: str = short()
    action: str = short()
    subject: str = short()
    detail: str = short()
    mac: bytes = digest()
    place: int | None = number_or_none()
    hash: bytes | None = sealed_or_none()


class LedgerHeadRow(Rows, table=True):
    """Where the chain ends, signed with a key that the database does not hold."""

    __tablename__ = "ledger_head"
    id: int = _only()
    place: int = number()
    last_id: int = number()
    hash: bytes = digest()
    mac: bytes = digest()


class SealCheckRow(Rows, table=True):
    """Tells whether a key file belongs to this database."""

    __tablename__ = "seal_check"
    id: int = _only()
    mark: bytes = digest()
