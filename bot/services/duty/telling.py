"""Who is told what besides the alerts: officers by their best channel, reporters where it is safe."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain import duty
from bot.domain.cases import AlertState, Case, CaseId, OfficerId
from bot.domain.conversation import Conversation
from bot.domain.messages import Address, Choice, Lane, Line
from bot.domain.officers import Officer
from bot.domain.replacing import replace
from bot.domain.ways import Talk, chosen
from bot.ports import ReportRow, UnitOfWork
from bot.services import letters
from bot.services.duty import cards
from bot.services.tools import Tools

WEB_DESK = "web_desk"
DESK_NAMES = frozenset({duty.DESK, WEB_DESK})


def lang_of(tools: Tools, officer: Officer) -> str:
    """The language we write to an officer in: the first of theirs that the catalogue has."""
    return next((lang for lang in officer.languages if lang in tools.words.languages), "vi")


def in_office(uow: UnitOfWork, officer: int) -> Officer | None:
    """The officer, if still in office: those who left keep only their name."""
    found = uow.office.officer(officer)
    return found if found is not None and found in uow.office.roster().officers else None


def address_on(uow: UnitOfWork, officer: int, channel: str) -> Address | None:
    """Where this officer can be reached on a channel; the desk page needs no enrolment."""
    if channel in DESK_NAMES:
        return desk_address(officer)
    return uow.office.address_of(officer, channel)


def desk_address(officer: int) -> Address:
    """The officer's desk page."""
    return Address(WEB_DESK, "main", str(officer))


def addresses(uow: UnitOfWork, officer: Officer) -> Iterator[Address]:
    """Every working address in the officer's own order, at the end the desk page."""
    for channel in duty.channels(officer):
        if (address := address_on(uow, officer.id, channel)) is not None:
            yield address
    yield desk_address(officer.id)


def best_address(uow: UnitOfWork, officer: Officer) -> Address:
    return next(addresses(uow, officer))


def tell(
    uow: UnitOfWork,
    tools: Tools,
    officer: Officer,
    lines: Sequence[Line],
    now: datetime,
    *,
    case: Case | None = None,
    lane: Lane = Lane.CONVERSATION,
    to: Address | None = None,
    to_look: bool = False,
) -> None:
    """One message to one officer; of a case it carries the button that opens it.

    `to_look`: nothing else is offered, although nobody has it yet.
    """
    address = to or best_address(uow, officer)
    choices: list[Choice] = []
    if case is not None:
        sign = cards.signer(tools, officer.id, address)
        choices = cards.card_choices(sign, case)[-1 if to_look or case.owner is not None else 0 :]
    if not cards.has_buttons(tools, address):
        choices = []
    letters.say(
        uow,
        tools,
        address,
        lines,
        now,
        lang=lang_of(tools, officer),
        choices=choices,
        case=None if case is None else case.id,
        lane=lane,
    )


def tell_owner(uow: UnitOfWork, tools: Tools, case: Case, line: Line, now: datetime) -> None:
    """Whoever has the case, or, while nobody has, everybody who was rung for it so far."""
    ids = [case.owner] if case.owner is not None else rung(uow, case)
    for id_ in ids:
        officer = uow.office.officer(id_)
        if officer is not None and not duty.excluded(officer, case.excluded):
            tell(uow, tools, officer, (line,), now, case=case)


def rung(uow: UnitOfWork, case: Case) -> list[OfficerId]:
    """Officers who know of the alert: it was sent to them, or is on its way."""
    alerts = uow.watches.alerts(case.id)
    knowing = [a.officer for a in alerts if a.state is not AlertState.FAILED and a.bundle_at is None]
    return list(dict.fromkeys(knowing))


# --- reporters ---


def reporters(uow: UnitOfWork, case: CaseId) -> list[tuple[int, Address, Conversation]]:
    """The way to each reporter who may be written to: one conversation each."""
    known = _talks(uow, case)
    ways = chosen([_talk(row, state) for row, _, state in known])
    found = {row.conversation: (address, state) for row, address, state in known}
    return [(id_, *found[id_]) for id_ in ways]


def _talks(uow: UnitOfWork, case: CaseId) -> list[tuple[ReportRow, Address, Conversation]]:
    """Every conversation of the case, with the last thing it reported there."""
    rows = {row.conversation: row for row in uow.cases.reports(case) if row.conversation is not None}
    talks = ((row, uow.conversations.get(id_)) for id_, row in rows.items())
    return [(row, *known) for row, known in talks if known is not None]


def _talk(row: ReportRow, state: Conversation) -> Talk:
    safe = False if row.safe_to_write is False else state.safe_to_write
    id_ = row.conversation or 0
    return Talk(id_, state.same_as or id_, safe, state.blocked, state.heard_at)


def hold_reporters(uow: UnitOfWork, case: CaseId) -> None:
    """Lock every conversation of the case, in order, where the database locks rows."""
    for _, address, _ in sorted(_talks(uow, case), key=lambda found: found[0].conversation or 0):
        uow.conversations.load(address)


def question(office: str, text: str) -> Line:
    """An officer's question as the reporter reads it: they see the office's name, never the officer's."""
    return Line("reporter.question", {"office": office, "text": text})


def tell_reporters(
    uow: UnitOfWork, tools: Tools, case: Case, line: Line, now: datetime, *, asks: bool = False
) -> int:
    """Say it to everybody who reported this, where that is safe (`domain.ways`); returns how many.

    `asks`: an answer is awaited. None reached: the case says so.
    """
    found = reporters(uow, case.id)
    for id_, address, state in found:
        letters.say(uow, tools, address, (line,), now, lang=state.lang, voice=state.voice, case=case.id)
        if asks:
            # locked now: a turn of this person may be under way on another worker
            fresh = uow.conversations.load(address)[1]
            uow.conversations.save(id_, replace(fresh, case=case.id, question_open=True))
    if bool(found) is not case.reached:
        stored = uow.cases.get(case.id)
        if stored is not None:
            uow.cases.save(replace(stored, reached=bool(found)))
    return len(found)
