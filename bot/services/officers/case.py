"""An officer's commands about one case: each asks for what is still missing, then does it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from bot.domain import desk, moves
from bot.domain.actions import Act
from bot.domain.cases import Case, CaseId, Result, Status
from bot.domain.desk import OfficerState
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Line
from bot.domain.titles import RESULT, STATUS, URGENCY
from bot.services import casework
from bot.services.casework import steps
from bot.services.casework.outcome import illegal
from bot.services.officers.reply import Reply, Scene, case_card, choice, officer_choice, people, said

NO_WORDS = "-"
"""Typed instead of words that may be left out."""
_RESULTS: Mapping[Kind, tuple[Result, ...]] = {
    Kind.DROWNING_HAZARD: (Result.REMOVED, Result.REFERRED, Result.UNFOUNDED, Result.DUPLICATE),
    Kind.ADVICE: (Result.ANSWERED, Result.REFERRED, Result.UNFOUNDED),
    Kind.OFF_TOPIC: (Result.UNFOUNDED, Result.ANSWERED),
}
_USUAL = (Result.SAFE, Result.PLAN, Result.REFERRED, Result.UNFOUNDED, Result.ANSWERED, Result.DUPLICATE)


def about(scene: Scene, command: desk.OfCase) -> Reply:
    """Do what the command says, or ask for what it lacks."""
    match command:
        case desk.Open(case):
            return opened(scene, case)
        case desk.Take(case):
            return _done(scene, casework.take(scene.uow, scene.tools, case, scene.officer, scene.now), case)
        case desk.Phoned(case):
            return _done(scene, casework.phoned(scene.uow, scene.tools, case, scene.officer, scene.now), case)
        case desk.Transfer():
            return _transfer(scene, command)
        case desk.Note():
            return _note(scene, command)
        case desk.Attach():
            return _attach(scene, command)
        case desk.AskReporter():
            return _ask(scene, command)
        case desk.SetStatus(case, status):
            return _status(scene, case, status)
        case desk.Close():
            return _close(scene, command)
        case desk.HandOn():
            return _hand_on(scene, command)
        case desk.SetUrgency():
            return _urgency(scene, command)
        case _:
            assert_never(command)


def opened(scene: Scene, case_id: CaseId, first: Line | None = None) -> Reply:
    case = _find(scene, case_id)
    return case if isinstance(case, Reply) else case_card(scene, case, first)


def _find(scene: Scene, case_id: CaseId) -> Case | Reply:
    case = steps.find(scene.uow, case_id, scene.officer)
    return said(case.line) if isinstance(case, casework.Refusal) else case


def _workable(scene: Scene, case_id: CaseId) -> Case | Reply:
    """The case, if this officer may work on it now: an old button says at once who has it."""
    case = _find(scene, case_id)
    if isinstance(case, Reply):
        return case
    refusal = moves.move(case, Act(scene.officer), scene.now)
    return said(illegal(scene.uow, refusal).line) if isinstance(refusal, moves.Refusal) else case


def _done(scene: Scene, outcome: casework.Outcome, case: CaseId) -> Reply:
    """After an action the card again, with what can be done next."""
    match outcome:
        case casework.Done(line):
            return opened(scene, case, line)
        case casework.Refusal(line):
            return said(line, case)
        case _:
            assert_never(outcome)


def _wanted(question: Line, action: str, case: CaseId, arg: str = "") -> Reply:
    """Ask for words; the next thing typed is taken for them."""
    return Reply((question, Line("desk.or_cancel")), state=OfficerState(action, case, arg))


def _transfer(scene: Scene, command: desk.Transfer) -> Reply:
    case = _workable(scene, command.case)
    if isinstance(case, Reply):
        return case
    reason = command.reason or (scene.state.words if scene.state.case == command.case else "")
    if command.to is None:
        fit = people(scene, case)
        choices = [officer_choice(scene, other, "pass", case.id, once=bool(reason)) for other in fit]
        lines = (Line("desk.transfer_to_whom", {"case": case.id}) if choices else Line("desk.nobody_fits"),)
        return Reply(lines, tuple(choices), state=OfficerState(case=case.id, words=reason))
    if not reason:
        return _wanted(Line("desk.transfer_why", {"case": case.id}), "pass", case.id, str(command.to))
    outcome = casework.transfer(scene.uow, scene.tools, case.id, scene.officer, command.to, reason, scene.now)
    return said(outcome.line, case.id)


def _note(scene: Scene, command: desk.Note) -> Reply:
    if not command.text:
        case = _find(scene, command.case)
        return (
            case
            if isinstance(case, Reply)
            else _wanted(Line("desk.note_what", {"case": case.id}), "note", case.id)
        )
    outcome = casework.note(scene.uow, scene.tools, command.case, scene.officer, command.text, scene.now)
    return said(outcome.line, command.case)


def _attach(scene: Scene, command: desk.Attach) -> Reply:
    """Whoever is in the middle of something stays there."""
    outcome = casework.attach(
        scene.uow,
        scene.tools,
        command.case,
        scene.officer,
        casework.Shown(scene.person, command.attachments, command.text),
        scene.now,
    )
    state = scene.state if scene.state.asking else replace(scene.state, case=command.case)
    return Reply((outcome.line,), state=state, keeps_numbers=True)


def _ask(scene: Scene, command: desk.AskReporter) -> Reply:
    if not command.text:
        case = _workable(scene, command.case)
        return (
            case
            if isinstance(case, Reply)
            else _wanted(Line("desk.ask_what", {"case": case.id}), "ask", case.id)
        )
    outcome = casework.ask_reporter(
        scene.uow, scene.tools, command.case, scene.officer, command.text, scene.now
    )
    return said(outcome.line, command.case)


def _status(scene: Scene, case_id: CaseId, status: Status | None) -> Reply:
    if status is not None:
        outcome = casework.set_status(scene.uow, scene.tools, case_id, scene.officer, status, scene.now)
        return _done(scene, outcome, case_id)
    case = _workable(scene, case_id)
    if isinstance(case, Reply):
        return case
    offered = (Status.ACTING, Status.HANDED_ON, Status.CLOSED)
    choices = [
        choice(scene, STATUS[one], "status", case_id, one.value, once=one is Status.ACTING)
        for one in offered
        if one is not case.status
    ]
    return Reply(
        (Line("desk.status_which", {"case": case_id}),), tuple(choices), state=OfficerState(case=case_id)
    )


def _close(scene: Scene, command: desk.Close) -> Reply:
    case = _find(scene, command.case)
    if isinstance(case, Case) and case.status in (Status.NEW, Status.TAKEN, Status.ACTING):
        case = _workable(scene, command.case)
    if isinstance(case, Reply):
        return case
    words = command.words or (scene.state.words if scene.state.case == command.case else "")
    if command.result is None:
        results = _RESULTS.get(case.kind, _USUAL)
        once = bool(words)
        choices = [choice(scene, RESULT[one], "close", case.id, one.value, once=once) for one in results]
        lines = (Line("desk.close_how", {"case": case.id}),)
        return Reply(lines, tuple(choices), state=OfficerState(case=case.id, words=words))
    if not words:
        return _wanted(Line("desk.close_words", {"case": case.id}), "close", case.id, command.result.value)
    kept = "" if words == NO_WORDS else words
    outcome = casework.close(scene.uow, scene.tools, case.id, scene.officer, command.result, kept, scene.now)
    return said(outcome.line, case.id)


def _hand_on(scene: Scene, command: desk.HandOn) -> Reply:
    case = _workable(scene, command.case)
    if isinstance(case, Reply):
        return case
    to, _, reason = command.words.partition(":" if ":" in command.words else "\n")
    if not to.strip() or not reason.strip():
        return _wanted(Line("desk.hand_on_where", {"case": case.id}), "hand", case.id)
    outcome = casework.hand_on(
        scene.uow, scene.tools, case.id, scene.officer, to.strip(), reason.strip(), scene.now
    )
    return said(outcome.line, case.id)


def _urgency(scene: Scene, command: desk.SetUrgency) -> Reply:
    case = _find(scene, command.case)
    if isinstance(case, Reply):
        return case
    if command.urgency is None:
        rank, offered = case.urgency.rank, (one for one in Urgency if one is not case.urgency)
        choices = [
            choice(scene, URGENCY[one], "urg", case.id, one.value, once=one.rank > rank) for one in offered
        ]
        lines = (Line("desk.urgency_which", {"case": case.id}),)
        return Reply(lines, tuple(choices), state=OfficerState(case=case.id))
    if command.urgency.rank < case.urgency.rank and not command.reason:
        return _wanted(Line("desk.urgency_why", {"case": case.id}), "urg", case.id, command.urgency.value)
    outcome = casework.set_urgency(
        scene.uow, scene.tools, case.id, scene.officer, command.urgency, command.reason, scene.now
    )
    return _done(scene, outcome, case.id)
