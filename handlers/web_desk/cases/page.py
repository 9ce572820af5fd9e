"""One case with everything in it, for one who may read it; every look goes into the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.domain.cases import Author, CaseId, Entry, EntryKind, Result, Status
from bot.domain.duty import excluded
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Line, Media
from bot.domain.officers import Officer, Role, Roster
from bot.domain.titles import KIND, RESULT, ROLE, STATUS, URGENCY
from bot.ports import FileRow, FileState, ReportRow, UnitOfWork
from bot.services import casework
from bot.services.casework import CaseFile, Refusal
from bot.services.duty import cards
from bot.services.duty.permits import PROVINCIAL
from handlers.web_desk.cases import answering
from handlers.web_desk.cases.files import is_picture
from handlers.web_desk.cases.naming import (
    answer_line,
    event_line,
    file_line,
    reason_line,
    route_line,
    source_line,
)
from handlers.web_desk.desk import Desk, Visit
from handlers.web_desk.queue import Row, name_of, row
from handlers.web_desk.visits import Form, show

WHO_REPORTED = frozenset({"ask.name", "ask.contact", "ask.contact_how"})
"""Who the reporter is stays apart: the office of the province sees it, the commune asks through us."""
_ROLES = frozenset(role.value for role in Role)
PRIVATE = frozenset({"name", "contact", "contact_how"})
NOBODY: Form = {}


@dataclass(frozen=True, slots=True, repr=False)
class Moment:
    """One line of the timeline."""

    at: str
    who: str
    """The officer's name; empty for reporter and system."""
    author: Author
    kind: EntryKind
    title: Line | None
    text: Line | str
    file: FileRow | None
    place: str = ""
    """ "lat,lon" of a pin."""


async def page(desk: Desk, visit: Visit) -> web.Response:
    return await opened(desk, visit, number(visit.request))


async def opened(
    desk: Desk, visit: Visit, id_: CaseId, refused: str = "", typed: Form = NOBODY, unsure: object = None
) -> web.Response:
    """The case; after a refused action with the reason, and what was typed stays in its form."""
    now = desk.clock()

    def work(uow: UnitOfWork) -> tuple[CaseFile | Refusal, Roster]:
        return casework.look(uow, desk.tools, id_, visit.officer, now), uow.office.roster()

    file, roster = await desk.door.ask(work)
    if isinstance(file, Refusal):
        return show(desk, visit, "refused.html", {"why": file.line}, status=404)
    values = {
        **_facts(desk, visit, file, roster),
        **CHOICES,
        "head": row(desk, file.case, roster, visit.officer, now),
        "timeline": timeline(desk, file, roster, visit.officer),
        "refused": refused,
        "typed": typed,
        "unsure": unsure,
    }
    return show(desk, visit, "case.html", values, status=409 if refused else 200)


CHOICES: Mapping[str, object] = {
    "urgencies": URGENCY,
    "kinds": KIND,
    "results": RESULT,
    "roles": ROLE,
    "statuses": STATUS,
    "Status": Status,
    "Urgency": Urgency,
    "Result": Result,
    "Kind": Kind,
    "Role": Role,
    "Media": Media,
    "FileState": FileState,
    "EntryKind": EntryKind,
    "Author": Author,
}
"""What the forms offer."""


def number(request: web.Request) -> CaseId:
    return CaseId(int(request.match_info["case"]))


def _facts(desk: Desk, visit: Visit, file: CaseFile, roster: Roster) -> Mapping[str, object]:
    case, now = file.case, desk.clock()
    return {
        "case": case,
        "files": file.files,
        "file_line": file_line,
        "is_picture": is_picture,
        "reports": [_report(desk, report, visit.officer) for report in file.reports],
        "alike": [row(desk, one, roster, visit.officer, now) for one in file.alike],
        "routes": [route_line(desk.tools, roster, code) for code in file.reasons],
        "rung": _rung(file, roster),
        "people": people(roster, visit.officer, file),
        "unit": desk.tools.unit_name(case.unit) if case.unit else "",
        "residence": desk.tools.unit_name(case.residence) if case.residence else "",
        "point": case.point,
        "since": cards.clock(case.clock_from),
        "ended": cards.clock(case.closed_at) if case.closed_at else "",
        "accused": _accused(desk, file, roster),
        "provincial": visit.officer.role in PROVINCIAL,
        "cost": file.cost,
        "talk_cost": file.talk_cost,
        "replies": file.replies,
    }


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """One report of the case: when, how it came, why it was judged so, what was answered."""

    at: str
    source: Line
    version: str
    reasons: Sequence[tuple[Line, str]]
    answers: Sequence[tuple[Line, Line | str]]
    hidden: bool
    """Something about the reporter is there that this officer does not see."""


def _report(desk: Desk, report: ReportRow, officer: Officer) -> Told:
    may = officer.role in PROVINCIAL
    assessment = report.assessment
    told = list(answering.told(report.answers, desk.tools.unit_name))
    return Told(
        at=cards.clock(report.at),
        source=source_line(report.source),
        version=assessment.version if assessment else "",
        reasons=[
            (reason_line(desk.tools.words, one.rule), one.words)
            for one in (assessment.reasons if assessment else ())
        ],
        answers=[
            (answer_line(question), answer) for question, answer in told if may or question not in PRIVATE
        ],
        hidden=not may and any(question in PRIVATE for question, _ in told),
    )


def timeline(desk: Desk, file: CaseFile, roster: Roster, officer: Officer) -> list[Moment]:
    """From the first word to the last, the newest at the bottom."""
    files = {one.id: one for one in file.files}
    may = officer.role in PROVINCIAL
    return [
        _moment(desk, entry, roster, files) for entry in file.entries if may or entry.code not in WHO_REPORTED
    ]


def _moment(desk: Desk, entry: Entry, roster: Roster, files: Mapping[int, FileRow]) -> Moment:
    pin = entry.text.removeprefix("geo:") if entry.text.startswith("geo:") else ""
    return Moment(
        at=cards.clock(entry.at),
        who=name_of(roster, entry.officer),
        author=entry.author,
        kind=entry.kind,
        title=event_line(desk.tools.words, entry.code),
        text="" if pin else answering.of_entry(entry.code, entry.text, desk.tools.unit_name),
        file=None if entry.attachment is None else files.get(entry.attachment),
        place=pin,
    )


def people(roster: Roster, me: Officer, file: CaseFile) -> list[Officer]:
    """To whom it may go: nobody who is accused; those of its commune first."""
    case = file.case
    fit = [
        one
        for one in roster.officers
        if one.id != me.id
        and one.role not in (Role.COLLABORATOR, Role.ADMIN)
        and not excluded(one, case.excluded)
    ]
    units = {unit for unit in (case.unit, case.residence) if unit}
    return sorted(fit, key=lambda one: (units.isdisjoint(one.units), not one.on_duty, one.name))


def _rung(file: CaseFile, roster: Roster) -> list[tuple[str, str, str]]:
    """Who was alerted, on what, when; and what became of it."""
    return [
        (name_of(roster, alert.officer), cards.clock(alert.raised_at), f"page.alert.{alert.state.value}")
        for alert in file.alerts
    ]


def _accused(desk: Desk, file: CaseFile, roster: Roster) -> list[Line | str]:
    who = file.case.excluded
    return [
        *(name_of(roster, officer) for officer in who.officers),
        *(ROLE[Role(role)] if role in _ROLES else Line("page.role.teacher") for role in who.roles),
        *(desk.tools.unit_name(unit) for unit in who.units),
    ]


__all__ = ["CHOICES", "Row", "number", "opened", "page", "people"]
