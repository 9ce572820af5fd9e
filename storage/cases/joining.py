"""Moving words from one case to another, and destroying them."""

from sqlalchemy import Table, bindparam, literal_column, null, select, update

from bot.domain.cases import CaseId
from storage.cases.keys import CaseKeys
from storage.cases.reports import ANSWERS, ASSESSMENT
from storage.cases.timeline import TEXT
from storage.tables import assessments, cases, entries, judgements, outbox, reports
from storage.writer.db import Db, Prepared, Value

_sealed = ((reports, "answers", ANSWERS), (reports, "assessment", ASSESSMENT))
_sealed_once = ((entries, "text", TEXT), (assessments, "body", ASSESSMENT))


def _words_of(table: Table, column: str) -> Prepared:
    return Prepared(select(table.c.id, table.c[column]).where(table.c.case_id == bindparam("case")))


def _set_words(table: Table, column: str) -> Prepared:
    return Prepared(
        update(table).where(table.c.id == bindparam("row")).values({column: bindparam("content")})
    )


def _move_to(table: Table) -> Prepared:
    return Prepared(
        update(table).where(table.c.case_id == bindparam("case")).values(case_id=bindparam("into"))
    )


_COLUMNS = tuple(
    (_words_of(table, column), _set_words(table, column), what)
    for table, column, what in (*_sealed, *_sealed_once)
)
_MOVES = tuple(_move_to(table) for table in (reports, entries, assessments, judgements))
_to_come = outbox.c.state < literal_column("2")  # a literal leads to the partial index
# alerts stay: whoever was rung for the one was not asked by name to read the other
_MOVE_LETTERS = Prepared(
    update(outbox).where(outbox.c.case_id == bindparam("case"), _to_come).values(case_id=bindparam("into"))
)
_NO_WORDS = (
    Prepared(
        update(reports)
        .where(reports.c.case_id == bindparam("case"))
        .values(answers=null(), assessment=null(), receipt=null())
    ),
    Prepared(update(entries).where(entries.c.case_id == bindparam("case")).values(text=null())),
    Prepared(update(assessments).where(assessments.c.case_id == bindparam("case")).values(body=null())),
    Prepared(
        update(cases)
        .where(cases.c.id == bindparam("case"))
        .values(point=null(), lat=null(), lon=null(), water=null(), version=cases.c.version + 1)
    ),
    Prepared(
        update(outbox).where(outbox.c.case_id == bindparam("case"), _to_come).values(body=null(), state=5)
    ),
)


def move_words(db: Db, keys: CaseKeys, from_: CaseId, into: CaseId) -> None:
    """Reports, entries and judgements: unsealed with one case's key, sealed with the other's.

    Letters still to come first: what becomes of one is written down to the case that it then belongs to.
    """
    db.run(_MOVE_LETTERS, case=from_, into=into)
    for words_of, set_words, what in _COLUMNS:
        moved: list[dict[str, Value]] = []
        for row, sealed in db.every(words_of, case=from_):
            words = keys.unseal(from_, sealed, what)
            if words is not None:
                moved.append({"row": row, "content": keys.seal(into, words, what)})
        db.many(set_words, moved)
    for move in _MOVES:
        db.run(move, case=from_, into=into)


def erase_words(db: Db, keys: CaseKeys, case: CaseId) -> None:
    """The key first: without it the rest is noise, in every copy of the database made from now on."""
    keys.destroy(case)
    for statement in _NO_WORDS:
        db.run(statement, case=case)
