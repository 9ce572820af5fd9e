"""Duty hours and absences as tables, in local dates and hours."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.duty import LOCAL
from bot.domain.messages import Line
from bot.domain.officers import Absence, Shift
from bot.office.faults import Fault, File, Row
from bot.office.tables import rows, table

SHIFT_COLUMNS = ("officer", "weekdays", "start", "end")
ABSENCE_COLUMNS = ("officer", "from", "to")
WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
"""As Vietnam numbers them: thứ hai … thứ bảy, chủ nhật."""

MIDNIGHT = time()
ONE_DAY = timedelta(days=1)


def read_shifts(file: File, codes: Collection[str], faults: list[Fault]) -> tuple[Shift, ...]:
    """Weekly duty hours; a shift that ends before it starts runs past midnight."""
    return tuple(
        Shift(_code(row, codes), _weekdays(row), _clock(row, "start"), _clock(row, "end"))
        for row in rows(file, SHIFT_COLUMNS, faults)
    )


def write_shifts(shifts: Iterable[Shift]) -> str:
    return table(
        SHIFT_COLUMNS,
        ((shift.officer, _days(shift), f"{shift.start:%H:%M}", f"{shift.end:%H:%M}") for shift in shifts),
    )


def read_absences(file: File, codes: Collection[str], faults: list[Fault]) -> tuple[Absence, ...]:
    """Absences: whole days (2026-12-21, the last day included) or to the minute (2026-12-21T13:00)."""
    found = []
    for row in rows(file, ABSENCE_COLUMNS, faults):
        start, end = _moment(row, "from", MIDNIGHT), _moment(row, "to", None)
        if end <= start:
            row.bad("to", Line("office.fault.before"))
        found.append(Absence(_code(row, codes), start, end))
    return tuple(found)


def write_absences(absences: Iterable[Absence]) -> str:
    return table(ABSENCE_COLUMNS, ((absence.officer, *_written(absence)) for absence in absences))


def _code(row: Row, codes: Collection[str]) -> str:
    code = row.cells["officer"]
    if code not in codes:
        row.bad("officer", Line("office.fault.officer", {"value": code}))
    return code


def _weekdays(row: Row) -> tuple[int, ...]:
    words = list(dict.fromkeys(word.upper() for word in row.words("weekdays")))
    if not words:
        row.bad("weekdays", Line("office.fault.empty"))
    for word in words:
        if word not in WEEKDAYS:
            row.bad("weekdays", Line("office.fault.choice", {"value": word, "choices": ", ".join(WEEKDAYS)}))
    return tuple(sorted(WEEKDAYS.index(word) for word in words if word in WEEKDAYS))


def _days(shift: Shift) -> str:
    return " ".join(WEEKDAYS[day] for day in shift.weekdays)


def _clock(row: Row, column: str) -> time:
    try:
        return datetime.strptime(row.cells[column], "%H:%M").replace(tzinfo=UTC).time()
    except ValueError:
        row.bad(column, Line("office.fault.clock", {"value": row.cells[column][:20]}))
        return MIDNIGHT


def _moment(row: Row, column: str, of_a_day: time | None) -> datetime:
    """A moment; a day alone means its beginning, or (None) its end."""
    text = row.cells[column]
    try:
        if "T" in text:
            return datetime.fromisoformat(text).replace(tzinfo=LOCAL).astimezone(UTC)
        day = date.fromisoformat(text) + (ONE_DAY if of_a_day is None else timedelta(0))
        return datetime.combine(day, MIDNIGHT, LOCAL).astimezone(UTC)
    except ValueError:
        row.bad(column, Line("office.fault.day", {"value": text[:20]}))
        return datetime.max.replace(tzinfo=UTC) if of_a_day is None else datetime.min.replace(tzinfo=UTC)


def _written(absence: Absence) -> tuple[str, str]:
    start, end = absence.start.astimezone(LOCAL), absence.end.astimezone(LOCAL)
    if start.time() == end.time() == MIDNIGHT:
        return f"{start:%Y-%m-%d}", f"{end - ONE_DAY:%Y-%m-%d}"
    return f"{start:%Y-%m-%dT%H:%M}", f"{end:%Y-%m-%dT%H:%M}"
