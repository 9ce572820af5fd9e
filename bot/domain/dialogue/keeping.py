"""Keeps what was said: in the draft while no case holds it, in the case from then on; opens the case."""

from datetime import timedelta

from bot.domain import script
from bot.domain.cases import EntryKind
from bot.domain.conversation import Report
from bot.domain.dialogue.listening.danger import advice, grown_up, is_emergency, to_call
from bot.domain.dialogue.listening.known import known_answers
from bot.domain.dialogue.listening.reading import NOTHING_TO_ACT_ON
from bot.domain.dialogue.scene import Scene
from bot.domain.effects import (
    AddAttachments,
    AddWords,
    Effect,
    IssueReceipt,
    OpenCase,
    RaiseUrgency,
    UpdateCase,
)
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Attachment, Line
from bot.domain.replacing import replace
from bot.domain.understanding import Assessment

QUIET_URGENT = timedelta(minutes=3)
"""Without an answer for so long, an unfinished urgent report becomes a case as it is."""
QUIET = timedelta(minutes=10)
"""The same for a standard one."""
DRAFT_LIFE = timedelta(hours=24)
"""Words that report nothing are kept so long, to be taken together with what may follow; then they go."""
CALL = 3
"""Words up to which a message that was never judged is only a calling ("cô ơi")."""
DRAFT_WORDS = 20
"""Messages that report nothing are kept up to this number."""


def keep_words(scene: Scene, text: str, *, matters: bool = True) -> Scene:
    """The exact words, into the case or the draft."""
    if scene.is_open or (scene.talk.report is None and scene.has_case):
        return scene.plus(AddWords(scene.case, text, matters=matters))
    report = scene.report
    words = (*report.words, text)
    if report.assessment is not None and report.assessment.urgency is Urgency.NONE:
        words = words[-DRAFT_WORDS:]
    return scene.reporting(replace(report, words=words))


def keep_answer(scene: Scene, question: str, answer: str) -> Scene:
    """One answer, saved as it comes."""
    report = scene.report
    scene = scene.reporting(replace(report, answers={**report.answers, question: answer}))
    return scene.plus(*_answer(scene, question, answer)) if scene.is_open else scene


def _answer(scene: Scene, question: str, answer: str) -> tuple[Effect, ...]:
    if question in script.UNSPOKEN or answer in (*script.UNANSWERED, script.SAID):
        return ()
    if script.label(question, answer) is not None and scene.report.hazard_same is None:
        # a button is no words: it stands in the report, which the case is brought up to date with
        return ()
    return (AddWords(scene.case, answer, EntryKind.ANSWER, script.QUESTIONS[question].line.key),)


def keep_attachments(scene: Scene, attachments: tuple[Attachment, ...]) -> Scene:
    if not attachments:
        return scene
    if scene.is_open or (scene.talk.report is None and scene.has_case):
        return scene.plus(AddAttachments(scene.case, attachments))
    report = scene.report
    return scene.reporting(replace(report, attachments=(*report.attachments, *attachments)))


def open_case(scene: Scene, *, aloud: bool = True) -> Scene:
    """A case with everything known so far; `told_receipt` follows, if anybody is there to read it.

    A collaborator needs none: the list shows what was reported.
    """
    report = scene.report
    listed = scene.facts.collaborator is not None
    if report.attachments:
        report = replace(report, answers={"photo": script.SAID, **report.answers})
    opened = replace(report, opened=True, receipt=aloud or listed, words=(), attachments=())
    scene = replace(scene.plus(OpenCase(report)).reporting(opened), opened=True)
    in_words = known_answers("\n".join(report.words)) if report.kind is Kind.DROWNING_HAZARD else {}
    for question, answer in report.answers.items():
        if in_words.get(question) != answer:
            scene = scene.plus(*_answer(scene, question, answer))
    return scene


def opened_in_silence(scene: Scene, before: Report | None, *, aloud: bool) -> Scene:
    """A case, although its reporter says nothing now; they are told only where that is safe (`aloud`)."""
    scene = open_case(scene, aloud=aloud)
    scene = told_receipt(scene.says(Line("opened.after_quiet"))) if aloud else scene
    return updated(scene, before)


def told_receipt(scene: Scene) -> Scene:
    """The number to come back with, for the case that was opened in this turn."""
    return scene if scene.facts.collaborator is not None else scene.plus(IssueReceipt())


def alarm(scene: Scene, before: Assessment | None, text: str) -> Scene:
    """What the words just taken in demand: help first, then the case, then its urgency. Never a question."""
    now = scene.report.assessment
    if now is None:
        return scene
    raised = before is None or now.urgency.rank > before.urgency.rank
    if raised and is_emergency(now):
        scene = scene.says(*advice(now, text, scene.facts.numbers))
    elif raised and grown_up(text) and now.urgency is not Urgency.NONE:
        scene = scene.says(Line("danger.grown_up"), to_call(("113", "115", "111"), scene.facts.numbers))
    if raised and scene.is_open and not scene.opened and now.urgency.rank >= Urgency.URGENT.rank:
        scene = scene.plus(RaiseUrgency(scene.case, now.urgency))
    if not scene.is_open and now.urgency.rank >= Urgency.URGENT.rank:
        scene = thanked(open_case(scene))
    return scene


def thanked(scene: Scene) -> Scene:
    """After a case was opened: received, right to tell, what must be known before pictures; then the receipt.

    In an emergency what to do now was said already: the rest stands with the question.
    """
    report = scene.report
    urgency = report.assessment.urgency if report.assessment else Urgency.STANDARD
    lines = [_RECEIVED[urgency]]
    if report.kind in _TOLD and scene.facts.collaborator is None and urgency is not Urgency.EMERGENCY:
        lines.append(Line("opened.right_to_tell"))
    if report.kind is Kind.SEXUAL_ABUSE:
        lines.append(Line("sexual.no_pictures"))
    if urgency is Urgency.EMERGENCY:
        return told_receipt(scene).says(*lines)
    return told_receipt(scene.says(*lines))


_RECEIVED = {
    Urgency.NONE: Line("opened.standard"),
    Urgency.STANDARD: Line("opened.standard"),
    Urgency.URGENT: Line("opened.urgent"),
    Urgency.EMERGENCY: Line("opened.emergency"),
}
_TOLD = frozenset(
    {Kind.VIOLENCE, Kind.SEXUAL_ABUSE, Kind.NEGLECT, Kind.TRAFFICKING, Kind.CHILD_LABOUR, Kind.EARLY_MARRIAGE}
)
"""Kinds of which somebody may believe that telling was wrong, or their own fault."""


def updated(scene: Scene, before: Report | None) -> Scene:
    """At the end of a turn the case learns what its report has become; a fresh one is opened with it."""
    report = scene.talk.report
    if report is None or not report.opened:
        return scene
    if scene.opened:
        return replace(scene, effects=tuple(_final(effect, report) for effect in scene.effects))
    if before is None or not before.opened or report == before or report.hazard_same is not None:
        return scene
    return scene.plus(UpdateCase(report, before))


def _final(effect: Effect, report: Report) -> Effect:
    """The report of the turn's end, with the words it was opened with."""
    if isinstance(effect, OpenCase):
        return OpenCase(replace(report, words=effect.report.words, attachments=effect.report.attachments))
    return effect


def quiet_time(report: Report | None) -> timedelta | None:
    """How long to wait for more before the draft becomes a case (or goes, if it says nothing)."""
    if report is None or report.opened:
        return None
    if not worth_a_case(report):
        return DRAFT_LIFE
    urgent = report.assessment is not None and report.assessment.urgency.rank >= Urgency.URGENT.rank
    return QUIET_URGENT if urgent else QUIET


def worth_a_case(report: Report) -> bool:
    """Whether silence must not swallow it: fails towards a case."""
    if report.attachments or report.point is not None:
        return True
    told = (a for q, a in report.answers.items() if q not in script.UNSPOKEN and a not in script.UNANSWERED)
    if not report.words and not any(told):
        return False
    assessment = report.assessment
    if assessment is None:
        # a contact card was shown, or somebody only called: words that nobody has judged
        return any(len(words.split()) > CALL or any(map(str.isdecimal, words)) for words in report.words)
    if report.kind not in (None, *NOTHING_TO_ACT_ON):
        return True
    return assessment.urgency is not Urgency.NONE or bool(assessment.likeliest)
