"""Coming back with a receipt: on any channel, attempts limited, to a status that tells others nothing."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.cases import Case, Status
from bot.domain.conversation import Conversation
from bot.domain.messages import Address, Line
from bot.ports import NewReport, UnitOfWork
from bot.services import letters
from bot.services.reports import questions
from bot.services.tools import Tools

RECEIPT = "receipt"
"""Purpose of the keyed hash and of the counted attempts."""
ATTEMPT_WINDOW = timedelta(hours=1)
ATTEMPTS_EACH = 5
ATTEMPTS_ALL = 2000
"""With 53 random bits and a million receipts, so many guesses an hour need five hundred years for one hit; fewer
would let anybody close the way back for everybody."""

STATUS_LINES = {
    Status.NEW: Line("receipt.status.new"),
    Status.TAKEN: Line("receipt.status.taken"),
    Status.ACTING: Line("receipt.status.acting"),
    Status.HANDED_ON: Line("receipt.status.handed_on"),
    Status.CLOSED: Line("receipt.status.closed"),
}


def open_receipt(
    uow: UnitOfWork,
    tools: Tools,
    person: Address,
    conversation: int,
    state: Conversation,
    digits: str,
    now: datetime,
) -> Conversation:
    """Say the neutral status and let further words belong to that case; a wrong number costs an attempt."""
    if _too_many(uow, tools, person, now):
        _say(uow, tools, person, state, Line("receipt.wait"), now)
        return state
    receipt = tools.signer.digest(RECEIPT, digits)
    id_ = uow.cases.by_receipt(receipt)
    case = None if id_ is None else uow.cases.get(id_)
    if case is None:
        uow.links.tried(RECEIPT, _who(tools, person), now)
        _say(uow, tools, person, state, Line("receipt.unknown"), now)
        return state
    state = replace(state, same_as=_began(uow, receipt, conversation))
    _join(uow, case, person, conversation, now)
    _say(uow, tools, person, state, STATUS_LINES[case.status], now)
    uow.ledger.note("receipt.opened", actor=f"conversation:{conversation}", subject=f"case:{case.id}", at=now)
    state = replace(state, case=case.id, report=None, asking="")
    return questions.show(uow, tools, person, state, case.id, now)


def _began(uow: UnitOfWork, receipt: bytes, conversation: int) -> int | None:
    """The conversation in which it all began, of whoever was given this receipt; None: this one, or a telephone."""
    began = uow.cases.conversation_by_receipt(receipt)
    known = None if began is None else uow.conversations.get(began)
    first = began if known is None else known[1].same_as or began
    return None if first == conversation else first


def _join(uow: UnitOfWork, case: Case, person: Address, conversation: int, now: datetime) -> None:
    """This conversation is one more way to the same reporter."""
    if any(report.conversation == conversation for report in uow.cases.reports(case.id)):
        return
    uow.cases.add_report(
        case.id,
        NewReport(
            conversation=conversation,
            assessment=None,
            answers={},
            source=person.channel,
            at=now,
            safe_to_write=None,
        ),
    )


def _too_many(uow: UnitOfWork, tools: Tools, person: Address, now: datetime) -> bool:
    since = now - ATTEMPT_WINDOW
    return (
        uow.links.attempts(RECEIPT, _who(tools, person), since) >= ATTEMPTS_EACH
        or uow.links.attempts(RECEIPT, "", since) >= ATTEMPTS_ALL
    )


def _who(tools: Tools, person: Address) -> str:
    return tools.signer.digest("attempts", f"{person.channel}|{person.account}|{person.person}").hex()[:16]


def _say(
    uow: UnitOfWork, tools: Tools, person: Address, state: Conversation, line: Line, now: datetime
) -> None:
    letters.say(uow, tools, person, (line,), now, lang=state.lang, voice=state.voice)
