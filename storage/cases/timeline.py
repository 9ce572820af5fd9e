"""The lines of a case's timeline, sealed under the case's key."""

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, select

from bot.domain.cases import Author, CaseId, Entry, EntryKind, OfficerId
from storage.cases.keys import CaseKeys
from storage.rows import micros, moment
from storage.tables import entries as t
from storage.writer.db import Db, Prepared, Row

TEXT = "entry.text"

_WRITTEN = ["case_id", "at", "author", "kind", "code", "officer_id", "file_id", "text"]
_ADD = Prepared(insert(t).values({name: bindparam(name) for name in _WRITTEN}).returning(t.c.id))
_OF = Prepared(
    select(t.c.id, *(t.c[name] for name in _WRITTEN)).where(t.c.case_id == bindparam("case")).order_by(t.c.id)
)


class Timeline:
    def __init__(self, db: Db, keys: CaseKeys) -> None:
        self._db = db
        self._keys = keys

    def add(self, entry: Entry) -> int:
        text = entry.text.encode("utf-8", "surrogatepass")
        return self._db.number(
            _ADD,
            case_id=entry.case,
            at=micros(entry.at),
            author=entry.author.value,
            kind=entry.kind.value,
            code=entry.code,
            officer_id=entry.officer,
            file_id=entry.attachment,
            text=self._keys.seal(entry.case, text, TEXT) if text else None,
        )

    def of(self, case: CaseId) -> Sequence[Entry]:
        return [self._entry(row) for row in self._db.every(_OF, case=case)]

    def _entry(self, row: Row) -> Entry:
        case = CaseId(row[1])
        text = self._keys.unseal(case, row[8], TEXT)
        return Entry(
            id=row[0],
            case=case,
            at=moment(row[2]),
            author=Author(row[3]),
            kind=EntryKind(row[4]),
            code=row[5],
            officer=None if row[6] is None else OfficerId(row[6]),
            attachment=row[7],
            text="" if text is None else text.decode("utf-8", "surrogatepass"),
        )
