"""`python -m bot who`: who would be asked for a case of this kind, in this place, at this hour, and why."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.cases import Case, CaseId, Ladder, Rung, Status
from bot.domain.deadlines import due_at
from bot.domain.duty import LOCAL, speaks
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Line
from bot.domain.officers import Officer, Roster
from bot.domain.routing import responsible
from bot.office.telling import channel, delay, kind, urgency, who, why


@dataclass(frozen=True, slots=True)
class Question:
    """A case that might come."""

    kind: Kind
    urgency: Urgency
    unit: str | None
    """None: nobody knows where."""
    at: datetime
    language: str = "vi"


def read_question(
    kind_: str, urgency_: str, unit: str, at: str, lang: str, *, now: datetime, provinces: Mapping[str, str]
) -> Question | tuple[Line, ...]:
    """The question as typed, or what is wrong with it.

    `unit` is a commune code or empty; `at` is local time (2026-11-21T23:10) or empty for now; `provinces` are
    the provinces of all communes.
    """
    wrong = []
    if kind_ not in list(Kind):
        wrong.append(Line("office.ask.kind", {"value": kind_, "choices": ", ".join(Kind)}))
    if urgency_ not in list(Urgency):
        wrong.append(Line("office.ask.urgency", {"value": urgency_, "choices": ", ".join(Urgency)}))
    if unit and unit not in provinces:
        wrong.append(Line("office.ask.unit", {"value": unit}))
    moment = _moment(at, now)
    if moment is None:
        wrong.append(Line("office.ask.at", {"value": at}))
    if wrong or moment is None:
        return tuple(wrong)
    return Question(Kind(kind_), Urgency(urgency_), unit or None, moment, lang or "vi")


def tell_who(question: Question, roster: Roster, unit_name: Callable[[str], str]) -> tuple[Line, ...]:
    """The ladder with names, delays and channels, what happens after its end, and why it is so."""
    case = _case(question, roster)
    ladder = responsible(case, roster, question.at)
    return (
        Line(
            "office.who.head",
            {
                "kind": kind(question.kind),
                "urgency": urgency(question.urgency),
                "place": unit_name(question.unit) if question.unit else Line("office.where.unknown"),
                "at": _local(question.at),
                "language": question.language,
            },
        ),
        *((Line("office.who.due", {"at": _local(case.due_at)}),) if case.due_at else ()),
        *_rungs(ladder, roster, question.language),
        *_after(ladder, roster),
        Line("office.who.why"),
        *(Line("office.who.because", {"why": why(reason, unit_name)}) for reason in ladder.reasons),
    )


def _rungs(ladder: Ladder, roster: Roster, language: str) -> Iterator[Line]:
    if not ladder.rungs:
        yield Line("office.who.nobody")
    officers = {officer.id: officer for officer in roster.officers}
    after = timedelta()
    for number, rung in enumerate(ladder.rungs, 1):
        yield _rung(number, rung, after, officers[rung.officer], language)
        after += rung.wait


def _rung(number: int, rung: Rung, after: timedelta, officer: Officer, language: str) -> Line:
    values: dict[str, str | int | Line] = {
        "n": number,
        "delay": delay(after),
        "name": officer.name,
        "code": officer.code,
        "who": who(rung.who),
        "channel": channel(rung.channel),
    }
    if rung.phone_111:
        return Line("office.who.rung_111", values)
    if language != "vi" and speaks(officer, language):
        return Line("office.who.rung_speaks", {**values, "language": language})
    return Line("office.who.rung", values)


def _after(ladder: Ladder, roster: Roster) -> Iterator[Line]:
    names = {officer.id: officer.name for officer in roster.officers}
    supervisors = ", ".join(dict.fromkeys(names[rung.officer] for rung in ladder.supervisors))
    repeat: dict[str, str | int | Line] = {"delay": delay(ladder.repeat)}
    if supervisors:
        yield Line("office.who.repeat", {**repeat, "supervisors": supervisors})
    else:
        yield Line("office.who.repeat_alone", repeat)
    yield Line("office.who.wears_off", {"delay": delay(ladder.wears_off)})
    if ladder.quiet:
        yield Line("office.who.quiet", {"from": f"{ladder.quiet[0]:%H:%M}", "to": f"{ladder.quiet[1]:%H:%M}"})


def _case(question: Question, roster: Roster) -> Case:
    at = question.at
    return Case(
        id=CaseId(0),
        kind=question.kind,
        urgency=question.urgency,
        status=Status.NEW,
        opened_at=at,
        clock_from=at,
        due_at=due_at(question.kind, (), question.urgency, at, question.unit, roster),
        unit=question.unit,
        language=question.language,
    )


def _moment(text: str, now: datetime) -> datetime | None:
    if not text:
        return now
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)


def _local(at: datetime) -> str:
    return f"{at.astimezone(LOCAL):%d/%m/%Y %H:%M}"
