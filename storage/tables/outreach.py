"""Tables of campaigns: what is said, who agreed to hear it, runs with their letters, what came back."""

from sqlalchemy import BigInteger, Column, Index, Integer, SmallInteger
from sqlmodel import Field

from storage.tables.columns import (
    Rows,
    digest,
    key,
    moment,
    moment_or_none,
    number,
    number_or_none,
    of,
    partial,
    sealed,
    sealed_or_none,
    short,
    short_or_none,
    short_unique,
    small,
    small_or_none,
)

_Number = BigInteger().with_variant(Integer, "sqlite")


def _part() -> int:
    """A part of a key of several columns."""
    field: int = Field(sa_column=Column(_Number, primary_key=True, autoincrement=False, nullable=False))
    return field


def _small_part() -> int:
    field: int = Field(sa_column=Column(SmallInteger, primary_key=True, autoincrement=False, nullable=False))
    return field


class CampaignRow(Rows, table=True):
    """`body` holds what an office writes for everybody to read: it is not sealed."""

    __tablename__ = "campaigns"
    __table_args__ = (
        partial("ix_campaigns_due", "next_at", "id", where="state = 'approved' AND next_at IS NOT NULL"),
        {"sqlite_autoincrement": True},
    )
    id: int = key()
    code: str = short_unique()
    state: str = short()
    urgent: int = small()
    next_at: int | None = moment_or_none()
    version: int = number()
    body: str = short()


class SubscriberRow(Rows, table=True):
    """One person's consent on one of our accounts; what is looked at when an audience is frozen comes first."""

    __tablename__ = "subscribers"
    __table_args__ = (
        partial("ix_subscribers_stopped", "stopped_at", where="stopped = 1"),
        Index("ix_subscribers_human", "human"),
        {"sqlite_autoincrement": True},
    )
    id: int = key()
    stopped: int = small()
    blocked: int = small()
    unsafe: int = small()
    kind: int = small()
    topics: int = small()
    channel: str = short()
    lang: str = short()
    unit: str | None = short_or_none()
    province: str | None = short_or_none()
    tags: str = short()
    since: int = moment()
    born: int | None = number_or_none()
    account: str = short()
    source: str = short()
    stopped_at: int | None = moment_or_none()
    person: bytes = digest(unique=True)
    human: bytes = digest()
    """The same person on any of our accounts of this platform."""
    address: bytes = sealed()


class RunRow(Rows, table=True):
    """One occurrence of a campaign; `looked_at` is the subscriber up to whom its audience is frozen.

    `content`: what its letters lead to, as it was agreed to then, so that they keep their word when it changes.
    """

    __tablename__ = "runs"
    __table_args__ = (
        Index("ix_runs_once", "campaign_id", "at", unique=True),
        Index("ix_runs_at", "at"),
        partial("ix_runs_open", "id", where="ended_at IS NULL"),
    )
    id: int = key()
    campaign_id: int = of("campaigns.id")
    at: int = moment()
    state: str = short()
    ready: int = small()
    looked_at: int = number()
    frozen: int = number()
    latest: int = moment()
    content: str | None = short_or_none()
    started_at: int | None = moment_or_none()
    ended_at: int | None = moment_or_none()


class RunTextRow(Rows, table=True):
    """The run's final words, once per language and channel."""

    __tablename__ = "run_texts"
    __table_args__ = (
        Index("ix_run_texts", "run_id", "lang", "channel", unique=True),
        Index("ix_run_texts_channel", "channel", "run_id"),
    )
    id: int = key()
    run_id: int = of("runs.id")
    lang: str = short()
    channel: str = short()
    windowed: int = small()
    template: str | None = short_or_none()
    text: str = short()
    buttons: bytes | None = sealed_or_none()
    picture: str = short()
    mime: str = short()


class LetterRow(Rows, table=True):
    """One person's letter of one run: as few octets as can be, for there may be millions.

    `at`: due (waiting), end of the lease (in flight), or when it happened.
    """

    __tablename__ = "run_letters"
    __table_args__ = (
        partial("ix_run_letters_waiting", "text_id", "subscriber_id", where="state = 0"),
        partial("ix_run_letters_flight", "at", where="state = 1"),
        {"sqlite_with_rowid": False},
    )
    run_id: int = _part()
    subscriber_id: int = _part()
    text_id: int = Field(sa_column=Column(_Number, nullable=False))
    state: int = small()
    why: int | None = small_or_none()
    at: int | None = moment_or_none()


class RunTallyRow(Rows, table=True):
    """How many letters of a run are in a state: counting a million of them would take a second."""

    __tablename__ = "run_tallies"
    run_id: int = _part()
    state: int = _small_part()
    why: int = _small_part()
    n: int = number()


class UploadRow(Rows, table=True):
    """What a platform calls a picture that it holds already."""

    __tablename__ = "uploads"
    __table_args__ = (Index("ix_uploads", "channel", "account", "picture", unique=True),)
    id: int = key()
    channel: str = short()
    account: str = short()
    picture: str = short()
    ref: str = short()
