"""Who reported what to a case, sealed under the case's key."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update

from bot.domain.cases import CaseId
from bot.domain.understanding import Assessment
from bot.ports import NewReport, ReportRow
from storage.cases.keys import CaseKeys
from storage.rows import answers_from, assessment_from, encode, micros, moment, plain
from storage.tables import assessments
from storage.tables import reports as t
from storage.writer.db import Db, Prepared, Row

ANSWERS = "report.answers"
ASSESSMENT = "report.assessment"
_case = t.c.case_id == bindparam("case")
_newest_of_theirs = (
    select(func.max(t.c.id)).where(_case, t.c.conversation_id == bindparam("conversation")).scalar_subquery()
)
_theirs = t.c.id == _newest_of_theirs

_WRITTEN = ["case_id", "conversation_id", "source", "at", "safe_to_write", "receipt", "answers", "assessment"]
_ADD = Prepared(insert(t).values({name: bindparam(name) for name in _WRITTEN}).returning(t.c.id))
_SAVE = Prepared(
    update(t).where(_theirs).values(answers=bindparam("new_answers"), safe_to_write=bindparam("safe"))
)
_columns = (
    t.c.id,
    t.c.case_id,
    t.c.conversation_id,
    t.c.answers,
    t.c.assessment,
    t.c.source,
    t.c.at,
    t.c.safe_to_write,
)
_OF = Prepared(select(*_columns).where(_case).order_by(t.c.id))
_BY_RECEIPT = Prepared(select(t.c.case_id, t.c.conversation_id).where(t.c.receipt == bindparam("hash")))
_SET_RECEIPT = Prepared(update(t).where(_theirs).values(receipt=bindparam("hash")))
_ASSESSED = Prepared(
    insert(assessments)
    .values({name: bindparam(name) for name in ("case_id", "at", "version", "body")})
    .inline()
)


class Reports:
    def __init__(self, db: Db, keys: CaseKeys) -> None:
        self._db = db
        self._keys = keys

    def add(self, case: CaseId, report: NewReport) -> int:
        judged = report.assessment
        return self._db.number(
            _ADD,
            case_id=case,
            conversation_id=report.conversation,
            source=report.source,
            at=micros(report.at),
            safe_to_write=_flag(report.safe_to_write),
            receipt=report.receipt,
            answers=self._keys.seal(case, encode(plain(report.answers)), ANSWERS),
            assessment=None if judged is None else self._keys.seal(case, encode(judged), ASSESSMENT),
        )

    def save(self, case: CaseId, conversation: int, answers: Mapping[str, str], safe: bool | None) -> None:
        sealed = self._keys.seal(case, encode(plain(answers)), ANSWERS)
        self._db.run(_SAVE, case=case, conversation=conversation, new_answers=sealed, safe=_flag(safe))

    def of(self, case: CaseId) -> Sequence[ReportRow]:
        return [self._report(row) for row in self._db.every(_OF, case=case)]

    def by_receipt(self, receipt: bytes) -> CaseId | None:
        row = self._db.one(_BY_RECEIPT, hash=receipt)
        return None if row is None else CaseId(row[0])

    def conversation_by_receipt(self, receipt: bytes) -> int | None:
        row = self._db.one(_BY_RECEIPT, hash=receipt)
        return None if row is None else row[1]

    def set_receipt(self, case: CaseId, conversation: int, receipt: bytes) -> None:
        self._db.run(_SET_RECEIPT, case=case, conversation=conversation, hash=receipt)

    def assessed(self, case: CaseId, judged: Assessment, at: datetime) -> None:
        body = self._keys.seal(case, encode(judged), ASSESSMENT)
        self._db.run(_ASSESSED, case_id=case, at=micros(at), version=judged.version, body=body)

    def _report(self, row: Row) -> ReportRow:
        case = CaseId(row[1])
        answers = self._keys.unseal(case, row[3], ANSWERS)
        judged = self._keys.unseal(case, row[4], ASSESSMENT)
        return ReportRow(
            id=row[0],
            case=case,
            conversation=row[2],
            answers={} if answers is None else answers_from(answers),
            assessment=None if judged is None else assessment_from(judged),
            source=row[5],
            at=moment(row[6]),
            safe_to_write=None if row[7] is None else bool(row[7]),
        )


def _flag(value: bool | None) -> int | None:
    return None if value is None else int(value)
