"""Tables of platforms with a reply window: the way to each person, costs, tokens, alarms."""

from sqlalchemy import Index

from storage.tables.columns import (
    Rows,
    digest,
    key,
    moment,
    moment_or_none,
    number,
    number_or_none,
    partial,
    sealed,
    sealed_or_none,
    short,
    small,
)


class ContactRow(Rows, table=True):
    """One person on an account that may not write whenever it likes."""

    __tablename__ = "contacts"
    __table_args__ = (Index("ix_contacts_window", "channel", "window_until"),)
    id: int = key()
    person: bytes = digest(unique=True)
    channel: str = short()
    address: bytes = sealed()
    heard_at: int | None = moment_or_none()
    free_until: int | None = moment_or_none()
    window_until: int | None = moment_or_none()
    remain: int | None = number_or_none()
    total: int | None = number_or_none()
    asked_at: int | None = moment_or_none()
    blocked: int = small()
    human_since: int | None = moment_or_none()
    reminded_at: int | None = moment_or_none()
    nudged_at: int | None = moment_or_none()
    held_at: int | None = moment_or_none()
    spent_at: int | None = moment_or_none()


class AccountQuotaRow(Rows, table=True):
    """What an account has left to pay letters with; `kind` "": the platform refused one because nothing was left."""

    __tablename__ = "account_quotas"
    __table_args__ = (Index("ix_account_quotas", "channel", "account", unique=True),)
    id: int = key()
    channel: str = short()
    account: str = short()
    kind: str = short()
    remain: int = number()
    told_at: int = moment()


class SpendingRow(Rows, table=True):
    """One message that the platform counts."""

    __tablename__ = "spendings"
    __table_args__ = (
        Index("ix_spendings_at", "channel", "at"),
        Index("ix_spendings_person", "person"),
        partial("ix_spendings_case", "case_id", where="case_id IS NOT NULL"),
        partial("ix_spendings_campaign", "campaign_id", where="campaign_id IS NOT NULL"),
    )
    id: int = key()
    at: int = moment()
    channel: str = short()
    person: bytes = digest()
    kind: str = short()
    case_id: int | None = number_or_none()
    letter_id: int | None = number_or_none()
    campaign_id: int | None = number_or_none()


class AccountTokenRow(Rows, table=True):
    """The pair that opens an account; `holder` has the right to renew it until `held_until`."""

    __tablename__ = "account_tokens"
    __table_args__ = (Index("ix_account_tokens", "channel", "account", unique=True),)
    id: int = key()
    channel: str = short()
    account: str = short()
    pair: bytes = sealed()
    version: int = number()
    access_until: int = moment()
    refresh_until: int = moment()
    taken_at: int = moment()
    seed: bytes | None = sealed_or_none()
    holder: str = short()
    held_until: int | None = moment_or_none()
    failed_at: int | None = moment_or_none()
    failed_why: str = short()


class TrackRow(Rows, table=True):
    """A message that the platform took for a letter, by a keyed hash of its id, and what became of it."""

    __tablename__ = "tracks"
    __table_args__ = (Index("ix_tracks_letter", "letter_id"), Index("ix_tracks_sent", "sent_at"))
    id: int = key()
    message: bytes = digest(unique=True)
    letter_id: int = number()
    sent_at: int = moment()
    arrived_at: int | None = moment_or_none()
    seen_at: int | None = moment_or_none()


class QuarantineRow(Rows, table=True):
    """A body that came with a wrong signature; `mark` is a keyed hash of the whole."""

    __tablename__ = "quarantine"
    __table_args__ = (Index("ix_quarantine_channel", "channel", "id"), Index("ix_quarantine_at", "at"))
    id: int = key()
    mark: bytes = digest(unique=True)
    channel: str = short()
    why: str = short()
    at: int = moment()
    size: int = number()
    body: bytes = sealed()


class AlarmRow(Rows, table=True):
    """Something that a human of the office must see to, once a day."""

    __tablename__ = "alarms"
    __table_args__ = (Index("ix_alarms", "code", "day", unique=True), Index("ix_alarms_last", "last_at"))
    id: int = key()
    code: str = short()
    day: int = number()
    first_at: int = moment()
    last_at: int = moment()
    times: int = number()
    over: int = small()
