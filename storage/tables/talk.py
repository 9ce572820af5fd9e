"""Tables of what is said: inbox, conversations, outbox, offers."""

from sqlalchemy import Index

from storage.tables.columns import (
    Rows,
    digest,
    digest_or_none,
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


class InboxRow(Rows, table=True):
    """What was heard; the unique key stays for ever, the words go when it is answered."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index("ix_inbox_person", "person", "at"),
        partial("ix_inbox_waiting", "person", "id", where="state = 0"),
    )
    id: int = key()
    message: bytes = digest(unique=True)
    person: bytes = digest()
    at: int = moment()
    state: int = small()
    tries: int = small()
    heard: bytes | None = sealed_or_none()


class ConversationRow(Rows, table=True):
    """One person on one of our accounts."""

    __tablename__ = "conversations"
    __table_args__ = (
        partial("ix_conversations_wake", "wake_at", where="wake_at IS NOT NULL"),
        partial("ix_conversations_unsafe", "human", where="unsafe = 1"),
    )
    id: int = key()
    person: bytes = digest(unique=True)
    address: bytes = sealed()
    state: bytes | None = sealed_or_none()
    wake_at: int | None = moment_or_none()
    human: bytes | None = digest_or_none()
    """The person on any account of the platform: set once it was marked unsafe, for letters of campaigns."""
    unsafe: int = small()


class OutboxRow(Rows, table=True):
    """A letter in its final words until it is delivered."""

    __tablename__ = "outbox"
    __table_args__ = (
        partial("ix_outbox_due", "channel", "account", "lane", "due_at", "id", where="state = 0"),
        partial("ix_outbox_flight", "channel", "account", "lane", "until", where="state = 1"),
        partial("ix_outbox_person", "person", "lane", "turn", "id", where="state < 2"),
        partial("ix_outbox_case", "case_id", where="state < 2 AND case_id IS NOT NULL"),
        {"sqlite_autoincrement": True},
    )
    id: int = key()
    lane: int = small()
    channel: str = short()
    account: str = short()
    person: bytes = digest()
    state: int = small()
    posted_at: int = moment()
    turn: int = moment()
    due_at: int = moment()
    until: int | None = moment_or_none()
    tries: int = small()
    done_at: int | None = moment_or_none()
    why: str = short()
    alert_id: int | None = number_or_none()
    case_id: int | None = number_or_none()
    body: bytes | None = sealed_or_none()


class OfferRow(Rows, table=True):
    """The choices of one letter to one person; a number is never used twice, or old payloads would live again."""

    __tablename__ = "offers"
    __table_args__ = (
        Index("ix_offers_person", "person"),
        Index("ix_offers_expires", "expires"),
        partial("ix_offers_numbered", "person", where="numbered = 1", unique=True),
        {"sqlite_autoincrement": True},
    )
    id: int = key()
    person: bytes = digest()
    at: int = moment()
    expires: int = moment()
    numbered: int = small()
    once: int = number()
    used: int = number()
    taps: bytes = sealed()


class TallyRow(Rows, table=True):
    """How often something happened on a day (its ordinal, by the local calendar)."""

    __tablename__ = "tallies"
    __table_args__ = (Index("ix_tallies", "code", "day", unique=True),)
    id: int = key()
    code: str = short()
    day: int = number()
    times: int = number()
