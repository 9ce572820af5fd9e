"""Tables of cases: what was reported, what was done, who watches, which files belong to it."""

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index
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
    of_or_none,
    partial,
    sealed,
    sealed_or_none,
    short,
    short_or_none,
    small,
    small_or_none,
)


def _degrees() -> float | None:
    field: float | None = Field(default=None, sa_column=Column(Float(53), nullable=True))
    return field


class CaseRow(Rows, table=True):
    """One case; `lat` and `lon` stand open for hazards only, a public place, any other point is sealed."""

    __tablename__ = "cases"
    __table_args__ = (
        partial("ix_cases_open", "rank", "clock_end", "id", where="is_open = 1"),
        partial("ix_cases_open_unit", "unit", "kind", "opened_at", where="is_open = 1"),
        partial("ix_cases_open_owner", "owner_id", where="is_open = 1"),
        partial("ix_cases_open_hazards", "lat", where="is_open = 1 AND lat IS NOT NULL"),
        {"sqlite_autoincrement": True},
    )
    id: int = key()
    kind: str = short()
    urgency: str = short()
    rank: int = small()
    status: str = short()
    is_open: int = small(1)
    opened_at: int = moment()
    clock_from: int = moment()
    due_at: int | None = moment_or_none()
    clock_end: int = moment()
    also: str = short()
    environment: str = short()
    unit: str | None = short_or_none()
    residence: str | None = short_or_none()
    point: bytes | None = sealed_or_none()
    lat: float | None = _degrees()
    lon: float | None = _degrees()
    owner_id: int | None = number_or_none()
    taken_at: int | None = moment_or_none()
    acted_at: int | None = moment_or_none()
    closed_at: int | None = moment_or_none()
    result: str | None = short_or_none()
    excluded: str = short()
    language: str = short()
    needs_listening: int = small()
    restricted: int = small()
    reports: int = number(1)
    reached: int = small(1)
    erasure_asked: int = small()
    water: bytes | None = sealed_or_none()
    version: int = number()


class CaseKeyRow(Rows, table=True):
    """The key that a case's words are sealed under, itself sealed under the master key; gone: erased."""

    __tablename__ = "case_keys"
    case_id: int = Field(
        sa_column=Column(BigInteger, ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    )
    wrapped: bytes = sealed()


class ReportRow(Rows, table=True):
    __tablename__ = "reports"
    __table_args__ = (
        Index("ix_reports_case", "case_id"),
        partial("ix_reports_conversation", "conversation_id", "case_id", where="conversation_id IS NOT NULL"),
        partial("ix_reports_receipt", "receipt", where="receipt IS NOT NULL", unique=True),
    )
    id: int = key()
    case_id: int = of("cases.id")
    conversation_id: int | None = of_or_none("conversations.id")
    source: str = short()
    at: int = moment()
    safe_to_write: int | None = small_or_none()
    receipt: bytes | None = sealed_or_none()
    answers: bytes | None = sealed_or_none()
    assessment: bytes | None = sealed_or_none()


class EntryRow(Rows, table=True):
    __tablename__ = "entries"
    __table_args__ = (Index("ix_entries_case", "case_id", "id"),)
    id: int = key()
    case_id: int = of("cases.id")
    at: int = moment()
    author: str = short()
    kind: str = short()
    code: str = short()
    officer_id: int | None = number_or_none()
    file_id: int | None = number_or_none()
    text: bytes | None = sealed_or_none()


class AssessmentRow(Rows, table=True):
    """Every judgement of the triage, with its version."""

    __tablename__ = "assessments"
    __table_args__ = (Index("ix_assessments_case", "case_id"),)
    id: int = key()
    case_id: int = of("cases.id")
    at: int = moment()
    version: str = short()
    body: bytes | None = sealed_or_none()


class CaseWordRow(Rows, table=True):
    """Which folded words lead to a case, as keyed hashes."""

    __tablename__ = "case_words"
    __table_args__ = (
        Index("ix_case_words", "word", "case_id", unique=True),
        Index("ix_case_words_case", "case_id"),
    )
    id: int = key()
    word: bytes = digest()
    case_id: int = of("cases.id")


class WatchRow(Rows, table=True):
    __tablename__ = "watches"
    __table_args__ = (
        Index("ix_watches_case", "case_id"),
        partial("ix_watches_due", "again_at", where="again_at IS NOT NULL AND state <> 'done'"),
    )
    id: int = key()
    case_id: int = of("cases.id")
    state: str = short()
    urgency: str = short()
    ladder: str = short()
    raised_at: int = moment()
    rung: int = small(-1)
    rounds: int = number()
    again_at: int | None = moment_or_none()
    ring_at: int | None = moment_or_none()
    taken_by: int | None = number_or_none()
    taken_at: int | None = moment_or_none()
    due_at: int | None = moment_or_none()
    alarms: int = number()


class AlertRow(Rows, table=True):
    __tablename__ = "alerts"
    __table_args__ = (
        Index("ix_alerts_case", "case_id"),
        Index("ix_alerts_officer", "officer_id", "raised_at"),
        partial("ix_alerts_bundle", "officer_id", "channel", "bundle_at", where="bundle_at IS NOT NULL"),
        partial("ix_alerts_carried", "carried_by", where="carried_by IS NOT NULL"),
    )
    id: int = key()
    watch_id: int = of("watches.id")
    case_id: int = of("cases.id")
    officer_id: int = number()
    channel: str = short()
    rung: int = small()
    state: str = short()
    urgency: str = short()
    raised_at: int = moment()
    sent_at: int | None = moment_or_none()
    changed_at: int | None = moment_or_none()
    bundle_at: int | None = moment_or_none()
    carried_by: int | None = number_or_none()


class FileRow(Rows, table=True):
    """An attachment; its own key is sealed under the case's, or the master key before there is a case."""

    __tablename__ = "files"
    __table_args__ = (
        Index("ix_files_case", "case_id"),
        partial("ix_files_due", "due_at", where="state = 'waiting'"),
    )
    id: int = key()
    case_id: int | None = of_or_none("cases.id")
    channel: str = short()
    account: str = short()
    state: str = short()
    tries: int = small()
    at: int = moment()
    due_at: int = moment()
    kept_at: int | None = moment_or_none()
    size: int = number()
    stored: str = short()
    wrapped: bytes | None = sealed_or_none()
    about: bytes | None = sealed_or_none()
