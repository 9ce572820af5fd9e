"""A key for each case: what is sealed under it can be erased for good by destroying the key."""

from sqlalchemy import bindparam, delete, insert, select

from bot.domain.cases import CaseId
from storage.sealed import Box, Seals, fresh_key
from storage.tables import case_keys as t
from storage.writer.db import Db, Prepared

_ADD = Prepared(insert(t).values(case_id=bindparam("case"), wrapped=bindparam("wrapped")).inline())
_GET = Prepared(select(t.c.wrapped).where(t.c.case_id == bindparam("case")))
_DESTROY = Prepared(delete(t).where(t.c.case_id == bindparam("case")))


def purpose(case: int) -> str:
    """The wrapped key of one case does not open as another's."""
    return f"case.key.{case}"


class CaseKeys:
    """Opened keys live as long as one transaction, no longer: a destroyed key must not linger in memory."""

    def __init__(self, db: Db, seals: Seals) -> None:
        self._db = db
        self._seals = seals
        self._open: dict[int, Box | None] = {}

    def add(self, case: CaseId) -> Box:
        key = fresh_key()
        self._db.run(_ADD, case=case, wrapped=self._seals.seal(key, purpose(case)))
        box = self._open[case] = Box(key)
        return box

    def box(self, case: CaseId) -> Box | None:
        """None: erased."""
        if case not in self._open:
            row = self._db.one(_GET, case=case)
            self._open[case] = None if row is None else Box(self._seals.unseal(row[0], purpose(case)))
        return self._open[case]

    def seal(self, case: CaseId, content: bytes, what: str) -> bytes:
        """What is added to a case after its erasure gets a fresh key: it was not meant."""
        box = self.box(case) or self.add(case)
        return box.seal(content, what)

    def unseal(self, case: CaseId, sealed: bytes | None, what: str) -> bytes | None:
        """None where there is nothing, or nothing any more."""
        box = self.box(case) if sealed is not None else None
        return None if box is None or sealed is None else box.unseal(sealed, what)

    def destroy(self, case: CaseId) -> None:
        self._db.run(_DESTROY, case=case)
        self._open[case] = None
