"""How a question is put: its lines, its buttons and what they send back."""

from bot.domain import script
from bot.domain.cases import Hazard
from bot.domain.conversation import Report
from bot.domain.dialogue.listening.danger import is_emergency
from bot.domain.dialogue.listening.words import plain
from bot.domain.dialogue.scene import Scene
from bot.domain.kinds import Kind
from bot.domain.messages import Ask, Line
from bot.domain.understanding import PlaceGuess

WHICH = 5
"""Communes offered as buttons."""
SAME = 3
"""Hazards nearby offered as buttons."""


def hazards(scene: Scene) -> tuple[Hazard, ...]:
    """Open hazards at the point of this report."""
    point = scene.report.point
    return () if point is None else scene.facts.hazards(point)[:SAME]


def question(scene: Scene) -> script.Question:
    """The question that waits."""
    return script.QUESTIONS[scene.talk.asking]


def tap(number: int, question: str, answer: str) -> str:
    """What a button sends back; at most 64 bytes (Telegram)."""
    return f"q:{number}:{question}:{answer}"


def asks(scene: Scene, question: script.Question) -> Ask | None:
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
    offered = tuple(kind for kind in likeliest if kind is not Kind.OFF_TOPIC) or script.OFFERED
    chosen = tuple(script.Option(kind.value, script.KINDS[kind]) for kind in offered)
    other = (script.Option("other", Line("choice.something_else")),) if likeliest else ()
    return (*chosen, *other, script.PASS)


def _communes(scene: Scene) -> tuple[script.Option, ...]:
    guesses = scene.report.places.units[:WHICH]
    yes = script.YES if len(guesses) == 1 else ()  # "is it here?" takes a yes, "which one?" does not
    return tuple(script.Option(guess.unit, _named(scene, guess), yes) for guess in guesses)


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


def lines(scene: Scene, question: script.Question) -> tuple[Line, ...]:
    report = scene.report
    match question.id:
        case "confirm":
            return (
                Line(
                    "ask.confirm", {"kind": script.KINDS[report.kind or Kind.UNKNOWN], "place": _place(scene)}
                ),
            )
        case "which" if len(report.places.units) == 1:
            return (Line("ask.which_one"),)
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
