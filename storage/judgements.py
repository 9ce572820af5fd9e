"""Where officers judged otherwise than the triage, next to what it had said."""

from collections.abc import Sequence

from sqlalchemy import bindparam, func, insert, select

from bot.domain.cases import CaseId, OfficerId
from bot.domain.opinion import SECOND
from bot.ports.judging import About, Assessed, Judgement
from storage.cases.keys import CaseKeys
from storage.cases.reports import ASSESSMENT
from storage.rows import assessment_from, micros, moment
from storage.tables import assessments
from storage.tables import judgements as t
from storage.writer.db import Db, Prepared, Row

_case = t.c.case_id == bindparam("case")
_WRITTEN = ["case_id", "assessment_id", "version", "officer_id", "at", "about", "was", "said"]
_ADD = Prepared(insert(t).values({name: bindparam(name) for name in _WRITTEN}).returning(t.c.id))
_OF = Prepared(select(t.c.id, *(t.c[name] for name in _WRITTEN)).where(_case).order_by(t.c.id))
_NEWEST = Prepared(
    select(assessments.c.id, assessments.c.version)
    .where(assessments.c.case_id == bindparam("case"), ~assessments.c.version.like(f"{SECOND}%"))
    .order_by(assessments.c.id.desc())
    .limit(1)
)
_ASSESSMENTS = Prepared(
    select(assessments.c.id, assessments.c.at, assessments.c.version, assessments.c.body)
    .where(assessments.c.case_id == bindparam("case"))
    .order_by(assessments.c.id)
)
_CASES = Prepared(
    select(func.distinct(t.c.case_id))
    .where(t.c.case_id > bindparam("after"))
    .order_by(t.c.case_id)
    .limit(bindparam("most"))
)


class SqlJudgements:
    def __init__(self, db: Db, keys: CaseKeys) -> None:
        self._db = db
        self._keys = keys

    def add(self, judgement: Judgement) -> int:
        newest = self._db.one(_NEWEST, case=judgement.case)
        assessment, version = (None, "") if newest is None else (newest[0], newest[1])
        return self._db.number(
            _ADD,
            case_id=judgement.case,
            assessment_id=assessment,
            version=version,
            officer_id=judgement.officer,
            at=micros(judgement.at),
            about=judgement.about.value,
            was=judgement.was,
            said=judgement.said,
        )

    def of(self, case: CaseId) -> Sequence[Judgement]:
        return [_judgement(row) for row in self._db.every(_OF, case=case)]

    def assessments(self, case: CaseId) -> Sequence[Assessed]:
        return [self._assessed(case, row) for row in self._db.every(_ASSESSMENTS, case=case)]

    def cases(self, after: CaseId, limit: int) -> Sequence[CaseId]:
        return [CaseId(row[0]) for row in self._db.every(_CASES, after=after, most=limit)]

    def _assessed(self, case: CaseId, row: Row) -> Assessed:
        body = self._keys.unseal(case, row[3], ASSESSMENT)
        judged = None if body is None else assessment_from(body)
        return Assessed(row[0], case, moment(row[1]), row[2], judged)


def _judgement(row: Row) -> Judgement:
    return Judgement(
        id=row[0],
        case=CaseId(row[1]),
        assessment=row[2],
        version=row[3],
        officer=OfficerId(row[4]),
        at=moment(row[5]),
        about=About(row[6]),
        was=row[7],
        said=row[8],
    )
