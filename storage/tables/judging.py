"""Tables of what was judged after the triage: by officers, and by a second reader."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index
from sqlmodel import Field

from storage.tables.columns import Rows, key, moment, moment_or_none, number, of, of_or_none, short, small


class JudgementRow(Rows, table=True):
    """Where an officer judged otherwise: codes only, next to the assessment that they had before them."""

    __tablename__ = "judgements"
    __table_args__ = (Index("ix_judgements_case", "case_id"),)
    id: int = key()
    case_id: int = of("cases.id")
    assessment_id: int | None = of_or_none("assessments.id")
    version: str = short()
    officer_id: int = number()
    at: int = moment()
    about: str = short()
    was: str = short()
    said: str = short()


class SecondReadingRow(Rows, table=True):
    """How far a second reader has read a case; no row: not at all."""

    __tablename__ = "second_readings"
    case_id: int = Field(
        sa_column=Column(BigInteger, ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    )
    upto: int = number()
    tries: int = small()
    due_at: int | None = moment_or_none()
