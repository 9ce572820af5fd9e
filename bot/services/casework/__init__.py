"""What officers do with cases; every function is one step of one transaction and answers Done or Refusal."""

from bot.services.casework.acts import (
    close,
    hand_on,
    listened,
    note,
    phoned,
    reopen,
    set_status,
    take,
    transfer,
)
from bot.services.casework.attaching import Shown, attach, upload
from bot.services.casework.entering import Entered, NewCase, enter_report
from bot.services.casework.erasing import decide_erasure
from bot.services.casework.facts import (
    exclude,
    lower_urgency,
    raise_urgency,
    set_kind,
    set_unit,
    set_urgency,
)
from bot.services.casework.handing import hand_over_all, release_left
from bot.services.casework.joining import join
from bot.services.casework.looking import CaseFile, look, mine, open_file, queue, search
from bot.services.casework.outcome import Done, Outcome, Refusal
from bot.services.casework.relay import ask_reporter, words_added

__all__ = [
    "CaseFile",
    "Done",
    "Entered",
    "NewCase",
    "Outcome",
    "Refusal",
    "Shown",
    "ask_reporter",
    "attach",
    "close",
    "decide_erasure",
    "enter_report",
    "exclude",
    "hand_on",
    "hand_over_all",
    "join",
    "listened",
    "look",
    "lower_urgency",
    "mine",
    "note",
    "open_file",
    "phoned",
    "queue",
    "raise_urgency",
    "release_left",
    "reopen",
    "search",
    "set_kind",
    "set_status",
    "set_unit",
    "set_urgency",
    "take",
    "transfer",
    "upload",
    "words_added",
]
