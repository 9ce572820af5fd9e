"""Cases: what stands in the queue, and the sealed words that belong to it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, insert, literal_column, select, update

from bot.domain.cases import Case, CaseId, Entry, Hazard, OfficerId, Result, Status
from bot.domain.officers import Officer
from bot.domain.understanding import Assessment, Point
from bot.ports import NewReport, Queue, ReportRow
from storage.cases import queue
from storage.cases.joining import erase_words, move_words
from storage.cases.keys import CaseKeys
from storage.cases.reports import Reports
from storage.cases.row import case_from, columns, values, written
from storage.cases.search import WATER, Search
from storage.cases.timeline import Timeline
from storage.files import SqlFiles
from storage.rows import micros
from storage.sealed import Seals
from storage.tables import cases as t
from storage.tables import reports as report_rows
from storage.writer.db import Db, Prepared, Row

_case = t.c.id == bindparam("case")
_open = t.c.is_open == literal_column("1")
_counted_up = t.c.version + 1

_OPEN = Prepared(insert(t).values({name: bindparam(name) for name in written}).returning(t.c.id))
_GET = Prepared(select(*columns).where(_case))
_GET_LOCKED = Prepared(select(*columns).where(_case).with_for_update())
_SAVE = Prepared(
    update(t)
    .where(_case, t.c.version == bindparam("read_version"))
    .values({name: bindparam(name) for name in written} | {"version": _counted_up})
)
_TAKE = Prepared(
    update(t)
    .where(_case, t.c.owner_id.is_(None), t.c.status != Status.CLOSED.value)
    .values(
        owner_id=bindparam("officer"),
        taken_at=bindparam("now"),
        status=Status.TAKEN.value,
        is_open=literal_column("1"),
        version=_counted_up,
    )
)
_PLACE = Prepared(select(t.c.rank, t.c.clock_end, t.c.id).where(_case))
_COUNT = Prepared(select(func.count()).select_from(t).where(_open))
_OF_CONVERSATION = Prepared(
    select(*columns)
    .where(
        t.c.id.in_(
            select(report_rows.c.case_id).where(report_rows.c.conversation_id == bindparam("conversation"))
        )
    )
    .order_by(t.c.id.desc())
    .limit(bindparam("most"))
)
_SET_WATER = Prepared(update(t).where(_case).values(water=bindparam("content")))
_JOINED = Prepared(
    update(t)
    .where(_case)
    .values(
        status=Status.CLOSED.value,
        is_open=literal_column("0"),
        result=Result.DUPLICATE.value,
        closed_at=bindparam("now"),
        version=_counted_up,
    )
)
_from = t.alias("joined")
_its_reports = select(_from.c.reports).where(_from.c.id == bindparam("joined_case")).scalar_subquery()
_MORE_REPORTS = Prepared(
    update(t).where(_case).values(reports=t.c.reports + _its_reports, version=_counted_up)
)


class SqlCases:
    def __init__(
        self, db: Db, seals: Seals, keys: CaseKeys, files: SqlFiles, officer: Callable[[int], Officer | None]
    ) -> None:
        self._db = db
        self._seals = seals
        self._keys = keys
        self._files = files
        self._officer = officer
        self._reports = Reports(db, keys)
        self._timeline = Timeline(db, keys)
        self._search = Search(db, seals, keys)
        self._read_here: dict[CaseId, Case] = {}
        """What this transaction read and has not changed since: a turn looks at its case several times."""

    def open(self, case: Case) -> CaseId:
        id_ = CaseId(self._db.number(_OPEN, **values(case, self._seals)))
        self._keys.add(id_)
        return id_

    def get(self, id_: CaseId) -> Case | None:
        if id_ not in self._read_here:
            lock = self._db.postgres and self._db.writing
            row = self._db.one(_GET_LOCKED if lock else _GET, case=id_)
            if row is None:
                return None
            self._read_here[id_] = self._read(row)
        return self._read_here[id_]

    def save(self, case: Case) -> bool:
        self._read_here.pop(case.id, None)
        fields = values(case, self._seals)
        return self._db.run(_SAVE, **fields, case=case.id, read_version=case.version) == 1

    def take(self, id_: CaseId, officer: OfficerId, now: datetime) -> bool:
        self._read_here.pop(id_, None)
        return self._db.run(_TAKE, case=id_, officer=officer, now=micros(now)) == 1

    def queue(self, query: Queue) -> Sequence[Case]:
        officer = None if query.officer is None else self._officer(query.officer)
        found: list[Case] = []
        place = None if query.after is None else self._place(query.after)
        while len(found) < query.limit:
            page = self._db.execute(queue.statement(query, place))
            found += (case for case in map(self._read, page) if queue.may_see(case, officer))
            if officer is None or not page:
                break
            place = (page[-1][-2], page[-1][-1], page[-1][0])
        return found[: query.limit]

    def count_open(self) -> int:
        return self._db.number(_COUNT)

    def add_report(self, case: CaseId, report: NewReport) -> int:
        return self._reports.add(case, report)

    def save_report(
        self, case: CaseId, conversation: int, answers: Mapping[str, str], safe_to_write: bool | None
    ) -> None:
        self._reports.save(case, conversation, answers, safe_to_write)

    def reports(self, case: CaseId) -> Sequence[ReportRow]:
        return self._reports.of(case)

    def by_receipt(self, receipt: bytes) -> CaseId | None:
        return self._reports.by_receipt(receipt)

    def conversation_by_receipt(self, receipt: bytes) -> int | None:
        return self._reports.conversation_by_receipt(receipt)

    def set_receipt(self, case: CaseId, conversation: int, receipt: bytes) -> None:
        self._reports.set_receipt(case, conversation, receipt)

    def of_conversation(self, conversation: int, limit: int = 20) -> Sequence[Case]:
        rows = self._db.every(_OF_CONVERSATION, conversation=conversation, most=limit)
        return [self._read(row) for row in rows]

    def add_entry(self, entry: Entry) -> int:
        return self._timeline.add(entry)

    def entries(self, case: CaseId) -> Sequence[Entry]:
        return self._timeline.of(case)

    def hazards_near(self, point: Point, metres: float) -> Sequence[Hazard]:
        return self._search.hazards(point, metres)

    def set_hazard(self, case: CaseId, water: str) -> None:
        self._db.run(_SET_WATER, case=case, content=self._keys.seal(case, water.encode(), WATER))

    def alike(self, case: Case, since: datetime, limit: int = 5) -> Sequence[Case]:
        return self._all(self._search.alike(case, since, limit))

    def join(self, from_: CaseId, into: CaseId, now: datetime) -> None:
        self._read_here.clear()
        move_words(self._db, self._keys, from_, into)
        self._files.move(from_, into)
        self._search.move(from_, into)
        self._db.run(_MORE_REPORTS, case=into, joined_case=from_)
        self._db.run(_JOINED, case=from_, now=micros(now))

    def search(self, words: str, limit: int = 20) -> Sequence[Case]:
        return self._all(self._search.numbers(words, limit))

    def index_words(self, case: CaseId, words: Sequence[str]) -> None:
        self._search.index(case, words)

    def assessed(self, case: CaseId, assessment: Assessment, at: datetime) -> None:
        self._reports.assessed(case, assessment, at)

    def erase(self, case: CaseId) -> None:
        self._read_here.clear()
        self._files.erase_of(case)
        self._search.forget(case)
        erase_words(self._db, self._keys, case)

    def _place(self, case: CaseId) -> tuple[int, int, int] | None:
        row = self._db.one(_PLACE, case=case)
        return None if row is None else (row[0], row[1], row[2])

    def _all(self, numbers: Iterable[CaseId]) -> Sequence[Case]:
        found = (self._maybe(self._db.one(_GET, case=number)) for number in numbers)
        return [case for case in found if case is not None]

    def _maybe(self, row: Row | None) -> Case | None:
        return None if row is None else self._read(row)

    def _read(self, row: Row) -> Case:
        return case_from(row, self._seals)
