"""Asks the next question: one at a time, nothing that is known already, each may be skipped."""

from dataclasses import replace

from bot.domain import script
from bot.domain.cases import Hazard
from bot.domain.conversation import Report
from bot.domain.dialogue import keeping
from bot.domain.dialogue.danger import is_emergency
from bot.domain.dialogue.scene import Scene
from bot.domain.dialogue.words import plain
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Ask, Choice, Line
from bot.domain.understanding import PlaceGuess

WHICH = 5
"""Communes offered as buttons."""
SAME = 3
"""Hazards nearby offered as buttons."""


def go_on(scene: Scene) -> Scene:
    """Open the case where it is time, ask what is still needed, or say thanks."""
    question = next_question(scene)
    if not scene.is_open and _is_time(scene.report, question):
        scene = keeping.thanked(keeping.open_case(scene))
    return finish(scene) if question is None else ask(scene, question)


def _is_time(report: Report, question: str | None) -> bool:
    """A standard report opens as soon as its place is known, or will not be."""
    return question not in script.PLACE and keeping.worth_a_case(report)


def next_question(scene: Scene) -> str | None:
    """The first step of this report's script that is needed and not answered."""
    report = scene.report
    if script.STOP in report.answers.values():
        return None
    assessment = report.assessment
    if assessment and assessment.likeliest and "kind" not in report.answers and not scene.is_open:
        return "kind"
    kind = report.kind or (assessment.kind if assessment else Kind.UNKNOWN)
    urgency = assessment.urgency if assessment else Urgency.STANDARD
    steps = script.steps(kind, urgency, collaborator=scene.facts.collaborator is not None)
    if scene.talk.safe_to_write is False:
        # who is not safe writing is asked for nothing but the place
        steps = tuple(step for step in steps if step in ("where", "which"))
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
            return not report.opened and bool(hazards(scene))
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


def hazards(scene: Scene) -> tuple[Hazard, ...]:
    """Open hazards at the point of this report."""
    point = scene.report.point
    return () if point is None else scene.facts.hazards(point)[:SAME]


def ask(scene: Scene, question: str) -> Scene:
    """Put one question, with a number of its own: a button of an earlier one is known by it."""
    number = scene.talk.asked_at + 1
    scene = scene.talking(replace(scene.talk, asking=question, asked_at=number))
    return _put(scene)


def question(scene: Scene) -> script.Question:
    """The question that waits."""
    return script.QUESTIONS[scene.talk.asking]


def ask_again(scene: Scene, *lines: Line) -> Scene:
    """The same question as before, with the same buttons, below `lines`."""
    scene = scene.says(*lines)
    return _put(scene) if scene.talk.asking else scene


def _put(scene: Scene) -> Scene:
    question = script.QUESTIONS[scene.talk.asking]
    choices = tuple(
        Choice(option.label, tap(scene.talk.asked_at, question.id, option.answer))
        for option in options(scene, question)
    )
    return scene.says(*_lines(scene, question), choices=choices, ask=_asks(scene, question))


def tap(number: int, question: str, answer: str) -> str:
    """What a button sends back; at most 64 bytes (Telegram)."""
    return f"q:{number}:{question}:{answer}"


def _asks(scene: Scene, question: script.Question) -> Ask | None:
    return None if question.ask is Ask.LOCATION and not scene.facts.location else question.ask


def options(scene: Scene, question: script.Question) -> tuple[script.Option, ...]:
    """The buttons of a question in this situation."""
    report = scene.report
    match question.id:
        case "kind":
            return _kinds(report)
        case "which":
            return (*_communes(scene), script.Option(script.SKIP, Line("choice.none_of_these")))
        case "same":
            return (
                *_nearby(scene),
                script.Option("no", Line("choice.another_place"), ("khong", "no", "khac")),
            )
        case _:
            return question.options


def _kinds(report: Report) -> tuple[script.Option, ...]:
    likeliest = report.assessment.likeliest if report.assessment else ()
    offered = likeliest or script.OFFERED
    chosen = tuple(script.Option(kind.value, script.KINDS[kind]) for kind in offered)
    other = (script.Option("other", Line("choice.something_else")),) if likeliest else ()
    return (*chosen, *other, script.PASS)


def _communes(scene: Scene) -> tuple[script.Option, ...]:
    guesses = scene.report.places.units[:WHICH]
    return tuple(script.Option(guess.unit, _named(scene, guess)) for guess in guesses)


def _named(scene: Scene, guess: PlaceGuess) -> Line:
    """Today's name; where that is not what was typed (names of before July 2025), that too."""
    name = scene.facts.unit_name(guess.unit)
    own = plain(guess.words).split()[-2:]
    if not own or " ".join(own) in plain(name):
        return Line("place.named", {"place": name})
    return Line("place.named_before", {"place": name, "words": guess.words})


def _nearby(scene: Scene) -> tuple[script.Option, ...]:
    return tuple(
        script.Option(
            str(hazard.case),
            Line("choice.this_hazard", {"water": water_line(hazard.water), "metres": round(hazard.metres)}),
        )
        for hazard in hazards(scene)
    )


def water_line(water: str) -> Line:
    return script.label("water", water) or Line("choice.water.any")


def _lines(scene: Scene, question: script.Question) -> tuple[Line, ...]:
    report = scene.report
    match question.id:
        case "confirm":
            return (
                Line(
                    "ask.confirm", {"kind": script.KINDS[report.kind or Kind.UNKNOWN], "place": _place(scene)}
                ),
            )
        case "same":
            return (_known_hazard(hazards(scene)[0]), question.line)
        case "where" if report.kind is Kind.DROWNING_HAZARD:
            return (Line("ask.where.hazard"),)
        case "where" if not scene.facts.location:
            return (Line("ask.where.in_words"),)
        case "where" if not scene.is_open:
            return (question.line, Line("ask.silence_sends_it"))
        case _ if scene.opened and not is_emergency(report.assessment):
            return (question.line, Line("ask.you_may_stop"))
        case _:
            return (question.line,)


def _known_hazard(nearest: Hazard) -> Line:
    return Line(
        "hazard.known",
        {"water": water_line(nearest.water), "metres": round(nearest.metres), "reports": nearest.reports},
    )


def _place(scene: Scene) -> Line:
    report = scene.report
    if report.unit is not None:
        guesses = report.places.units
        typed = next((guess.words for guess in guesses if guess.unit == report.unit), "")
        return _named(scene, PlaceGuess(report.unit, 1.0, typed))
    if report.point is not None:
        return Line("place.pin")
    said = report.answers.get("where", script.SKIP)
    return Line("place.unknown") if said == script.SKIP else Line("place.as_said", {"words": said})


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
