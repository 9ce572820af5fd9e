"""Asks the next question: one at a time, nothing that is known already, each may be skipped."""

from bot.domain import script
from bot.domain.conversation import Report
from bot.domain.dialogue import keeping, wording
from bot.domain.dialogue.scene import Scene
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Choice, Line
from bot.domain.replacing import replace

_WORTH_IT = ("where", "which")


def go_on(scene: Scene) -> Scene:
    """Open the case where it is time, ask what is still needed, or say thanks."""
    question = next_question(scene)
    if not scene.is_open and _is_time(scene.report, question):
        scene = keeping.thanked(keeping.open_case(scene))
    if question is None:
        return finish(scene)
    if scene.opened and scene.talk.safe_to_write is False:
        scene = scene.says(Line("opened.will_not_write"))
    return ask(scene, question)


def _is_time(report: Report, question: str | None) -> bool:
    """A standard report opens as soon as its place is known, or will not be."""
    return question not in script.PLACE and keeping.worth_a_case(report)


def next_question(scene: Scene) -> str | None:
    """The first step of this report's script that is needed and not answered."""
    report = scene.report
    if script.STOP in report.answers.values():
        return None
    assessment = report.assessment
    unsure = bool(assessment and assessment.likeliest) and "kind" not in report.answers
    if unsure and not scene.is_open:
        return "kind"
    kind = report.kind or (assessment.kind if assessment else Kind.UNKNOWN)
    urgency = assessment.urgency if assessment else Urgency.STANDARD
    steps = script.steps(kind, urgency, collaborator=scene.facts.collaborator is not None)
    if unsure and urgency is not Urgency.EMERGENCY:
        # it is open already: help and place came first
        steps = tuple(one for step in steps for one in (("kind", step) if step == "confirm" else (step,)))
    if scene.talk.safe_to_write is False:
        # who is not safe writing is asked for nothing but the place
        steps = tuple(step for step in steps if step in _WORTH_IT)
    return next((step for step in steps if step not in report.answers and _needed(scene, step)), None)


def _needed(scene: Scene, question: str) -> bool:
    report = scene.report
    match question:
        case "where":
            return report.unit is None and report.point is None and report.places.needs != "which"
        case "which":
            return report.unit is None and report.places.needs == "which"
        case "commune":
            return report.unit is None and report.answers.get("where", script.SKIP) != script.SKIP
        case "spot":
            return report.point is None and scene.facts.location
        case "same":
            return not report.opened and bool(wording.hazards(scene))
        case "confirm":
            return report.kind not in (None, Kind.UNKNOWN)
        case "link":
            return bool(report.kind is Kind.SEXUAL_ABUSE and report.assessment and _online(report))
        case "contact":
            return scene.talk.safe_to_write is None
        case "photo":
            return not report.attachments
        case _:
            return True


def _online(report: Report) -> bool:
    return report.assessment is not None and report.assessment.environment == "online"


def ask(scene: Scene, question: str) -> Scene:
    """Put one question, with a number of its own: a button of an earlier one is known by it."""
    number = scene.talk.asked_at + 1
    scene = scene.talking(replace(scene.talk, asking=question, asked_at=number))
    return _put(scene)


def ask_again(scene: Scene, *lines: Line) -> Scene:
    """The same question as before, with the same buttons, below `lines`.

    Somebody who is not safe writing is not asked again what names the matter: only the place is worth it.
    """
    scene = scene.says(*lines)
    if scene.talk.safe_to_write is False and scene.talk.asking not in _WORTH_IT:
        return scene.talking(replace(scene.talk, asking=""))
    return _put(scene) if scene.talk.asking else scene


def _put(scene: Scene) -> Scene:
    question = script.QUESTIONS[scene.talk.asking]
    choices = tuple(
        Choice(option.label, wording.tap(scene.talk.asked_at, question.id, option.answer))
        for option in wording.options(scene, question)
    )
    return scene.says(*wording.lines(scene, question), choices=choices, ask=wording.asks(scene, question))


def finish(scene: Scene) -> Scene:
    """Every question is answered or passed over: thanks, and what happens now."""
    scene = scene.talking(replace(scene.talk, asking=""))
    report = scene.report
    if scene.talk.safe_to_write is False:
        return scene.says(Line("finish.unsafe"))
    if scene.facts.collaborator is not None:
        return scene.says(Line("finish.collaborator"))
    if report.kind is Kind.DROWNING_HAZARD:
        return scene.says(Line("finish.hazard"))
    if report.kind is Kind.ADVICE:
        return scene.says(Line("finish.question"))
    return scene.says(Line("finish.report"))
