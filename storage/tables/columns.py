"""The few kinds of column that all tables are made of."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, SmallInteger, Text, text
from sqlmodel import Field, SQLModel

_Number = BigInteger().with_variant(Integer, "sqlite")


class Rows(SQLModel):
    """What every table derives from; rows are never validated, so no validators are built for them."""

    model_config = {"defer_build": True}


def key() -> int:
    """A number that is never used twice."""
    field: int = Field(default=None, sa_column=Column(_Number, primary_key=True, autoincrement=True))
    return field


def moment() -> int:
    """Microseconds since 1970-01-01T00:00Z."""
    field: int = Field(sa_column=Column(BigInteger, nullable=False))
    return field


def moment_or_none() -> int | None:
    field: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    return field


def number(default: int = 0) -> int:
    field: int = Field(
        default=default, sa_column=Column(BigInteger, nullable=False, server_default=text(str(default)))
    )
    return field


def number_or_none() -> int | None:
    field: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    return field


def of(target: str) -> int:
    """The number of a row in another table, which must be there."""
    field: int = Field(sa_column=Column(_Number, ForeignKey(target), nullable=False))
    return field


def of_or_none(target: str) -> int | None:
    field: int | None = Field(default=None, sa_column=Column(_Number, ForeignKey(target), nullable=True))
    return field


def small(default: int = 0) -> int:
    """A code, or 0 and 1."""
    field: int = Field(
        default=default, sa_column=Column(SmallInteger, nullable=False, server_default=text(str(default)))
    )
    return field


def small_or_none() -> int | None:
    field: int | None = Field(default=None, sa_column=Column(SmallInteger, nullable=True))
    return field


def short() -> str:
    """Text that holds nobody's words."""
    field: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=text("''")))
    return field


def short_unique() -> str:
    field: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    return field


def short_or_none() -> str | None:
    field: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    return field


def digest(*, unique: bool = False) -> bytes:
    """A keyed hash."""
    field: bytes = Field(sa_column=Column(LargeBinary, nullable=False, unique=unique))
    return field


def digest_or_none() -> bytes | None:
    field: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    return field


def sealed() -> bytes:
    field: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    return field


def sealed_or_none() -> bytes | None:
    """Sealed words that may be erased."""
    field: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    return field


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over those rows only for which `where` (the same text in the query) holds."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))
