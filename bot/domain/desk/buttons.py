"""Buttons: signed, bound to one officer at one address, at most 64 bytes."""

import hmac
from collections.abc import Callable, Mapping

from bot.domain.cases import CaseId, OfficerId, Result, Status
from bot.domain.desk.commands import (
    AskReporter,
    BadButton,
    Campaigns,
    Cancel,
    Close,
    Command,
    Devices,
    Duty,
    HandOn,
    HandOver,
    Help,
    LogIn,
    MyCases,
    Note,
    Open,
    Phoned,
    SetStatus,
    SetUrgency,
    Take,
    Transfer,
)
from bot.domain.kinds import Urgency

Sign = Callable[[str], str]
"""A short keyed hash, bound to the officer and the address that the button goes to."""
PREFIX = "o1"
PARTS = 5


def tap(sign: Sign, action: str, case: CaseId | None = None, arg: str = "") -> str:
    """What a button carries: at most 64 bytes, worthless to anybody else."""
    said = f"{action}:{'' if case is None else case}:{arg}"
    return f"{PREFIX}:{said}:{sign(said)}"


def pressed(data: str, sign: Sign) -> Command:
    """The command of a button; whatever we did not sign for this officer is a bad button."""
    parts = data.split(":")
    if len(parts) != PARTS or parts[0] != PREFIX or not _ours(parts, sign):
        return BadButton()
    action, number, arg = parts[1], parts[2], parts[3]
    return command(action, CaseId(int(number)) if number else None, arg)


def _ours(parts: list[str], sign: Sign) -> bool:
    return hmac.compare_digest(sign(":".join(parts[1:4])).encode(), parts[4].encode())


def command(action: str, case: CaseId | None, arg: str) -> Command:
    if case is not None and (of_case := OF_CASE.get(action)):
        return of_case(case, arg)
    return ALONE[action](arg) if action in ALONE else BadButton()


def _set_status(case: CaseId, arg: str) -> Command:
    match arg:
        case Status.CLOSED:
            return Close(case)
        case Status.HANDED_ON:
            return HandOn(case)
        case _:
            return SetStatus(case, Status(arg) if arg else None)


def _whom(arg: str) -> OfficerId | None:
    return OfficerId(int(arg)) if arg else None


def _campaign(arg: str) -> Command:
    """ "pause.12"; without a number the list."""
    act, _, number = arg.partition(".")
    return Campaigns(act, int(number)) if number.isdecimal() else Campaigns()


def _agree(arg: str) -> Command:
    """ "12.3": campaign 12 as it stood in version 3."""
    number, _, version = arg.partition(".")
    if not (number.isdecimal() and version.isdecimal()):
        return BadButton()
    return Campaigns("approve", int(number), int(version))


OF_CASE: Mapping[str, Callable[[CaseId, str], Command]] = {
    "open": lambda case, _: Open(case),
    "take": lambda case, arg: Take(case, int(arg) if arg else None),
    "phone": lambda case, _: Phoned(case),
    "pass": lambda case, arg: Transfer(case, _whom(arg)),
    "note": lambda case, _: Note(case),
    "ask": lambda case, _: AskReporter(case),
    "status": _set_status,
    "close": lambda case, arg: Close(case, Result(arg) if arg else None),
    "hand": lambda case, _: HandOn(case),
    "urg": lambda case, arg: SetUrgency(case, Urgency(arg) if arg else None),
}
ALONE: Mapping[str, Callable[[str], Command]] = {
    "help": lambda _: Help(),
    "cases": lambda _: MyCases(),
    "duty": lambda arg: Duty(on=arg == "on"),
    "on": lambda _: Duty(on=True),
    "off": lambda _: Duty(on=False),
    "over": lambda arg: HandOver(_whom(arg.rstrip("!")), sure=arg.endswith("!")),
    "login": lambda _: LogIn(),
    "devices": lambda arg: Devices(int(arg) if arg else None),
    "camp": _campaign,
    "campaign": _agree,
    "cancel": lambda _: Cancel(),
}
