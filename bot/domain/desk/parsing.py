"""From what was heard to a command."""

from dataclasses import replace

from bot.domain.cases import CaseId
from bot.domain.desk import caption
from bot.domain.desk.buttons import OF_CASE, Sign, pressed
from bot.domain.desk.buttons import command as make
from bot.domain.desk.commands import (
    AskReporter,
    Attach,
    Away,
    Close,
    Command,
    HandOn,
    Help,
    Note,
    Nothing,
    OfficerState,
    Open,
    Redeem,
    SetUrgency,
    Transfer,
    Unclear,
)
from bot.domain.desk.verbs import COMMAND, LONGEST_NUMBER, verb_of
from bot.domain.messages import Heard, HeardKind


def parse(heard: Heard, state: OfficerState, sign: Sign) -> Command:
    """What this officer wants; never raises, whatever was sent."""
    match heard.kind:
        case HeardKind.TAP:
            return pressed(heard.tap, sign)
        case HeardKind.START:
            return Redeem(heard.tap) if heard.tap else Help()
        case HeardKind.TEXT:
            return _typed(heard.text.strip(), state)
        case HeardKind.BLOCKED:
            return Away()
        case HeardKind.UNBLOCKED:
            return Help()
        case HeardKind.GROUP | HeardKind.NOTICE:
            return Nothing()
        case HeardKind.EDITED:
            return Unclear("edited")
        case HeardKind.MEDIA:
            return _shown(heard, state)
        case _:
            return Unclear("other")


def _shown(heard: Heard, state: OfficerState) -> Command:
    """For the case in hand (of an album: where its first one went), or the one that the words below name."""
    hand, words = state.hand(heard.album), heard.text.strip()
    if (named := caption.named(words, hand)) is not None:
        return replace(named, attachments=heard.attachments)
    if hand is None or not heard.attachments:
        return Unclear("media")
    said = caption.note(words)
    return Attach(hand, heard.attachments, said, caption.mentioned(said, hand))


def _typed(text: str, state: OfficerState) -> Command:
    found = COMMAND.match(text)
    if found and (verb := verb_of(found["verb"])):
        number = int(found["number"]) if found["number"] else None
        rest = found["rest"].strip()
        if found["slash"] or _is_meant(number, rest, state):
            return _with_words(verb, number, rest, state)
    if state.asking and state.case is not None and text:
        return say_words(make(state.asking, state.case, state.arg), text)
    if text.isdecimal() and len(text) <= LONGEST_NUMBER:
        return Open(CaseId(int(text)))
    return Unclear("words" if text else "other")


def _is_meant(number: int | None, rest: str, state: OfficerState) -> bool:
    """Without a slash a command must look like nothing else: while words are awaited only "nhận 7" does."""
    if number is not None:
        return not (rest and state.asking)
    return not rest and not state.asking


def _with_words(verb: str, number: int | None, rest: str, state: OfficerState) -> Command:
    if verb == "start":
        return Redeem(rest) if rest else Help()
    case = CaseId(number) if number is not None else state.case
    if verb in OF_CASE and case is None:
        return Unclear("which")
    arg = "on" if verb == "on" else ""
    command = make("duty" if verb in ("on", "off") else verb, case, arg)
    return say_words(command, rest) if rest else command


def say_words(command: Command, words: str) -> Command:
    """The command with the words that it was waiting for."""
    match command:
        case Transfer() | SetUrgency():
            return replace(command, reason=words)
        case Note() | AskReporter():
            return replace(command, text=words)
        case Close() | HandOn():
            return replace(command, words=words)
        case _:
            return command
