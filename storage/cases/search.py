"""Finding cases: by number, by folded words kept as keyed hashes, by nearness, by likeness."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from math import asin, cos, radians, sin, sqrt
from typing import Final

from sqlalchemy import bindparam, delete, func, literal_column, select
from sqlalchemy.dialects.postgresql import insert

from bot.domain.cases import Case, CaseId, Hazard
from bot.domain.triage.marks import clean, fold
from bot.domain.understanding import Point
from storage.cases.keys import CaseKeys
from storage.rows import micros
from storage.sealed import Seals
from storage.tables import case_words
from storage.tables import cases as t
from storage.writer.db import Db, Prepared

WATER: Final = "case.water"
_EARTH_METRES: Final = 6_371_008.8
_DEGREE_METRES: Final = 111_195.0
_NUMBER_DIGITS: Final = 12
_WORD: Final = re.compile(r"\w+")
_open = t.c.is_open == literal_column("1")

_ADD_WORD = Prepared(
    insert(case_words).values(word=bindparam("word"), case_id=bindparam("case_id")).on_conflict_do_nothing()
)
_NO_WORDS = Prepared(delete(case_words).where(case_words.c.case_id == bindparam("case")))
_WORDS = Prepared(select(case_words.c.word).where(case_words.c.case_id == bindparam("case")))
_HAZARDS = Prepared(
    select(t.c.id, t.c.lat, t.c.lon, t.c.water, t.c.reports).where(
        _open,
        t.c.lat.is_not(None),
        t.c.lat.between(bindparam("south"), bindparam("north")),
        t.c.lon.between(bindparam("west"), bindparam("east")),
    )
)
_ALIKE = Prepared(
    select(t.c.id)
    .where(_open, t.c.unit == bindparam("in_unit"), t.c.kind == bindparam("of_kind"))
    .where(t.c.opened_at >= bindparam("since"), t.c.id != bindparam("case"))
    .order_by(t.c.opened_at.desc())
    .limit(bindparam("most"))
)


class Search:
    def __init__(self, db: Db, seals: Seals, keys: CaseKeys) -> None:
        self._db = db
        self._seals = seals
        self._keys = keys

    def numbers(self, words: str, limit: int) -> Sequence[CaseId]:
        """Cases that hold every one of these words; a number alone is a case's number."""
        asked = words.strip()
        if asked.isdecimal() and len(asked) <= _NUMBER_DIGITS:
            return [CaseId(int(asked))]
        hashes = self._hashes((words,))
        if not hashes:
            return []
        found = (
            select(case_words.c.case_id)
            .where(case_words.c.word.in_(hashes))
            .group_by(case_words.c.case_id)
            .having(func.count() == len(hashes))
            .order_by(case_words.c.case_id.desc())
            .limit(limit)
        )
        return [CaseId(row[0]) for row in self._db.execute(found)]

    def index(self, case: CaseId, words: Sequence[str]) -> None:
        self._db.many(_ADD_WORD, ({"word": word, "case_id": case} for word in self._hashes(words)))

    def forget(self, case: CaseId) -> None:
        self._db.run(_NO_WORDS, case=case)

    def move(self, from_: CaseId, into: CaseId) -> None:
        rows = self._db.every(_WORDS, case=from_)
        self._db.many(_ADD_WORD, ({"word": row[0], "case_id": into} for row in rows))

    def hazards(self, point: Point, metres: float) -> Sequence[Hazard]:
        high = metres / _DEGREE_METRES
        wide = high / max(cos(radians(point.lat)), 0.01)
        rows = self._db.every(
            _HAZARDS,
            south=point.lat - high,
            north=point.lat + high,
            west=point.lon - wide,
            east=point.lon + wide,
        )
        near = [(metres_between(point, Point(row[1], row[2])), row) for row in rows]
        return [
            Hazard(CaseId(row[0]), away, self._water(CaseId(row[0]), row[3]), row[4])
            for away, row in sorted(near, key=lambda pair: pair[0])
            if away <= metres
        ]

    def alike(self, case: Case, since: datetime, limit: int) -> Sequence[CaseId]:
        if case.unit is None:
            return []
        rows = self._db.every(
            _ALIKE, in_unit=case.unit, of_kind=case.kind.value, since=micros(since), case=case.id, most=limit
        )
        return [CaseId(row[0]) for row in rows]

    def _water(self, case: CaseId, sealed: bytes | None) -> str:
        found = self._keys.unseal(case, sealed, WATER)
        return "" if found is None else found.decode()

    def _hashes(self, texts: Iterable[str]) -> Sequence[bytes]:
        words = {word for text in texts for word in _WORD.findall(fold(clean(text)))}
        return [self._seals.lookup("word", word) for word in sorted(words)]


def metres_between(one: Point, other: Point) -> float:
    """Great-circle distance (haversine)."""
    lat, lat_other = radians(one.lat), radians(other.lat)
    half_lat, half_lon = (lat_other - lat) / 2, radians(other.lon - one.lon) / 2
    chord = sin(half_lat) ** 2 + cos(lat) * cos(lat_other) * sin(half_lon) ** 2
    return 2 * _EARTH_METRES * asin(min(1.0, sqrt(chord)))
