"""Tables of what came back from campaigns: clicks, answers to a quiz, who comes to an event."""

from sqlalchemy import Index

from storage.tables.columns import Rows, digest, key, moment, number, partial, sealed_or_none, short, small


class ClickRow(Rows, table=True):
    """How often a link was opened on a day; by whom is not written anywhere."""

    __tablename__ = "clicks"
    __table_args__ = (Index("ix_clicks", "run_id", "link", "day", unique=True),)
    id: int = key()
    run_id: int = number()
    link: str = short()
    day: int = number()
    n: int = number()


class QuizTakerRow(Rows, table=True):
    """Who has answered, by a keyed hash; what they answered is only counted."""

    __tablename__ = "quiz_takers"
    __table_args__ = (Index("ix_quiz_takers_run", "run_id"),)
    id: int = key()
    taker: bytes = digest(unique=True)
    run_id: int = number()


class QuizCountRow(Rows, table=True):
    __tablename__ = "quiz_counts"
    __table_args__ = (Index("ix_quiz_counts", "run_id", "quiz", "answer", unique=True),)
    id: int = key()
    run_id: int = number()
    quiz: str = short()
    answer: int = small()
    n: int = number()


class ComingRow(Rows, table=True):
    """Who said that they come to an event (or not)."""

    __tablename__ = "comings"
    __table_args__ = (
        Index("ix_comings", "event", "subscriber_id", unique=True),
        Index("ix_comings_subscriber", "subscriber_id"),
        partial("ix_comings_named", "at", where="name IS NOT NULL"),
    )
    id: int = key()
    event: str = short()
    subscriber_id: int = number()
    yes: int = small()
    at: int = moment()
    name: bytes | None = sealed_or_none()
    """For the list at the door, where they gave one."""
