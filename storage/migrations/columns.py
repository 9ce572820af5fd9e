"""The kinds of column that migrations add; frozen: an old migration must always do what it once did."""

import sqlalchemy as sa
from alembic import op

Column = sa.Column[object]


def _number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def key(name: str = "id") -> Column:
    return sa.Column(name, _number(), primary_key=True, autoincrement=True)


def only() -> Column:
    return sa.Column("id", sa.SmallInteger(), primary_key=True, autoincrement=False)


def moment(name: str) -> Column:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def number(name: str, default: int = 0) -> Column:
    return sa.Column(name, sa.BigInteger(), nullable=False, server_default=sa.text(str(default)))


def maybe_number(name: str) -> Column:
    return sa.Column(name, sa.BigInteger(), nullable=True)


def of(name: str, target: str) -> Column:
    return sa.Column(name, _number(), sa.ForeignKey(target), nullable=False)


def maybe_of(name: str, target: str) -> Column:
    return sa.Column(name, _number(), sa.ForeignKey(target), nullable=True)


def small(name: str, default: int = 0) -> Column:
    return sa.Column(name, sa.SmallInteger(), nullable=False, server_default=sa.text(str(default)))


def maybe_small(name: str) -> Column:
    return sa.Column(name, sa.SmallInteger(), nullable=True)


def degrees(name: str) -> Column:
    return sa.Column(name, sa.Float(53), nullable=True)


def short(name: str) -> Column:
    return sa.Column(name, sa.Text(), nullable=False, server_default=sa.text("''"))


def unique_short(name: str) -> Column:
    return sa.Column(name, sa.Text(), nullable=False, unique=True)


def maybe_short(name: str) -> Column:
    return sa.Column(name, sa.Text(), nullable=True)


def octets(name: str, *, unique: bool = False) -> Column:
    return sa.Column(name, sa.LargeBinary(), nullable=False, unique=unique)


def maybe_octets(name: str) -> Column:
    return sa.Column(name, sa.LargeBinary(), nullable=True)


def index(name: str, table: str, columns: str, *, where: str = "", unique: bool = False) -> None:
    """`columns` separated by spaces; `where` makes it partial."""
    only_where = sa.text(where) if where else None
    op.create_index(
        name,
        table,
        columns.split(),
        unique=unique,
        sqlite_where=only_where,
        postgresql_where=only_where,
    )
