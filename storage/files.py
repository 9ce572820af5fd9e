"""Attachments: rows that are fetched with retries, originals sealed whole under a key of their own."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy import bindparam, func, insert, literal_column, null, select, update

from bot.domain.cases import CaseId
from bot.domain.messages import Attachment, Media
from bot.ports import FileRow, FileState, SealedFile
from storage.cases.keys import CaseKeys
from storage.rows import FileAbout, encode, file_about_from, micros, moment
from storage.sealed import Box, Seals, fresh_key, key_id
from storage.sealed.seals import NO_MASTER
from storage.tables import cases
from storage.tables import files as t
from storage.vault import Vault
from storage.writer.db import Db, Prepared, Row

KEY = "file.key"
_ABOUT = "file.about"
_CONTENT = "file.content"
_ERASED = FileAbout(Attachment(Media.DOCUMENT, ""))

_file = t.c.id == bindparam("file")
_waiting = t.c.state == literal_column("'waiting'")
_WRITTEN = ("case_id", "channel", "account", "state", "at", "due_at", "wrapped", "about")
_PUT = Prepared(insert(t).values({name: bindparam(name) for name in _WRITTEN}).returning(t.c.id))
_row = (t.c.id, t.c.case_id, t.c.channel, t.c.account, t.c.state, t.c.tries, t.c.at, t.c.size)
_secret = (t.c.wrapped, t.c.about, t.c.stored)
_rows = select(*_row, *_secret, func.coalesce(cases.c.restricted, 0)).select_from(
    t.outerjoin(cases, cases.c.id == t.c.case_id)
)
_GET = Prepared(_rows.where(_file))
_OF_CASE = Prepared(_rows.where(t.c.case_id == bindparam("case")).order_by(t.c.id))
_DUE = Prepared(
    _rows.where(_waiting, t.c.due_at <= bindparam("now")).order_by(t.c.due_at).limit(bindparam("most"))
)
_REWRAP = Prepared(update(t).where(_file).values(case_id=bindparam("case"), wrapped=bindparam("new_key")))
_KEPT = Prepared(
    update(t)
    .where(_file, t.c.state != FileState.KEPT.value, t.c.wrapped.is_not(None))
    .values(
        state=FileState.KEPT.value,
        kept_at=bindparam("now"),
        size=bindparam("octets"),
        stored=bindparam("name"),
        about=bindparam("new_about"),
    )
)
_PUT_OFF = Prepared(update(t).where(_file).values(tries=t.c.tries + 1, due_at=bindparam("later")))
_LOST = Prepared(update(t).where(_file).values(state=bindparam("new_state"), tries=t.c.tries + 1))
_ERASE = Prepared(
    update(t)
    .where(t.c.case_id == bindparam("case"))
    .values(state=FileState.LOST.value, wrapped=null(), about=null(), stored="")
)


_LOOSE = Prepared(select(t.c.id, t.c.stored).where(t.c.case_id.is_(None), t.c.at < bindparam("before")))
_FORGET = Prepared(
    update(t).where(_file).values(state=FileState.LOST.value, wrapped=null(), about=null(), stored="")
)


class SqlFiles:
    def __init__(self, db: Db, seals: Seals, keys: CaseKeys, vault: Vault) -> None:
        self._db = db
        self._seals = seals
        self._keys = keys
        self._vault = vault

    def put(
        self, case: CaseId | None, channel: str, account: str, attachment: Attachment, now: datetime
    ) -> int:
        key = fresh_key()
        return self._db.number(
            _PUT,
            case_id=case,
            channel=channel,
            account=account,
            state=FileState.WAITING.value,
            at=micros(now),
            due_at=micros(now),
            wrapped=self._wrap(key, case),
            about=Box(key).seal(encode(FileAbout(attachment)), _ABOUT),
        )

    def attach(self, file: int, case: CaseId) -> None:
        row = self._db.one(_GET, file=file)
        key = None if row is None else self._key(row)
        if key is not None:
            self._db.run(_REWRAP, file=file, case=case, new_key=self._wrap(key, case))

    def get(self, file: int) -> FileRow | None:
        row = self._db.one(_GET, file=file)
        return None if row is None else self._read(row)

    def due(self, now: datetime, limit: int) -> Sequence[FileRow]:
        return [self._read(row) for row in self._db.every(_DUE, now=micros(now), most=limit)]

    def kept(self, file: int, content: bytes, mime: str, now: datetime) -> None:
        sealed = self.seal_up(file, content, mime)
        if sealed is not None:
            self.record(file, sealed, now)

    def seal_up(self, file: int, content: bytes, mime: str) -> SealedFile | None:
        row = self._db.one(_GET, file=file)
        key = None if row is None else self._key(row)
        if row is None or key is None:
            return None
        box, about = Box(key), self._about(row, key)
        attachment = replace(about.attachment, mime=mime or about.attachment.mime)
        kept = FileAbout(attachment, hashlib.sha256(content).hexdigest())
        name = self._vault.put(box.seal(content, _CONTENT))
        return SealedFile(name, box.seal(encode(kept), _ABOUT), len(content))

    def record(self, file: int, sealed: SealedFile, now: datetime) -> bool:
        kept = self._db.run(
            _KEPT, file=file, now=micros(now), octets=sealed.size, name=sealed.name, new_about=sealed.about
        )
        if not kept:
            self._db.after_commit.append(partial(self._vault.remove, sealed.name))
        return kept == 1

    def put_off(self, file: int, until: datetime) -> None:
        self._db.run(_PUT_OFF, file=file, later=micros(until))

    def lost(self, file: int, state: FileState) -> None:
        self._db.run(_LOST, file=file, new_state=state.value)

    def forget(self, file: int) -> None:
        row = self._db.one(_GET, file=file)
        if row is not None and row[1] is None:
            self._db.run(_FORGET, file=file)
            if row[10]:
                self._db.after_commit.append(partial(self._vault.remove, row[10]))

    def content(self, file: int) -> bytes | None:
        row = self._db.one(_GET, file=file)
        key = None if row is None else self._key(row)
        if row is None or key is None or not row[10]:
            return None
        sealed = self._vault.get(row[10])
        return None if sealed is None else Box(key).unseal(sealed, _CONTENT)

    def of_case(self, case: CaseId) -> Sequence[FileRow]:
        return [self._read(row) for row in self._db.every(_OF_CASE, case=case)]

    def move(self, from_: CaseId, into: CaseId) -> None:
        """Only the keys are sealed anew, the files on disk stay as they are."""
        for row in self._db.every(_OF_CASE, case=from_):
            key = self._key(row)
            wrapped = None if key is None else self._wrap(key, into)
            self._db.run(_REWRAP, file=row[0], case=into, new_key=wrapped)

    def erase_of(self, case: CaseId) -> None:
        names = [row[10] for row in self._db.every(_OF_CASE, case=case) if row[10]]
        self._db.run(_ERASE, case=case)
        self._db.after_commit += (partial(self._vault.remove, name) for name in names)

    def prune(self, before: datetime) -> int:
        """Uploads of before then that no case ever came to hold: keys and originals go; how many."""
        loose = [row for row in self._db.every(_LOOSE, before=micros(before)) if row[1]]
        self._db.many(_FORGET, ({"file": row[0]} for row in loose))
        self._db.after_commit += (partial(self._vault.remove, row[1]) for row in loose)
        return len(loose)

    def _wrap(self, key: bytes, case: CaseId | None) -> bytes:
        return self._seals.seal(key, KEY) if case is None else self._keys.seal(case, key, KEY)

    def _key(self, row: Row) -> bytes | None:
        case, wrapped = row[1], row[8]
        if wrapped is None:
            return None
        if key_id(wrapped) != NO_MASTER:
            return self._seals.unseal(wrapped, KEY)
        return self._keys.unseal(CaseId(case), wrapped, KEY)

    def _about(self, row: Row, key: bytes) -> FileAbout:
        return file_about_from(Box(key).unseal(row[9], _ABOUT))

    def _read(self, row: Row) -> FileRow:
        key = self._key(row)
        about = _ERASED if key is None else self._about(row, key)
        return FileRow(
            id=row[0],
            case=None if row[1] is None else CaseId(row[1]),
            channel=row[2],
            account=row[3],
            attachment=about.attachment,
            state=FileState(row[4]),
            tries=row[5],
            at=moment(row[6]),
            sha256=about.sha256,
            size=row[7],
            restricted=bool(row[11]),
        )
