"""Takes back what was understood wrongly: the place, the matter; the urgency never falls."""

import re

from bot.domain import script
from bot.domain.dialogue.listening import placing, reading
from bot.domain.dialogue.listening.words import phrases, sample, says
from bot.domain.dialogue.scene import Scene
from bot.domain.effects import TellOfficer
from bot.domain.kinds import Kind, Urgency, higher
from bot.domain.messages import Line
from bot.domain.replacing import replace
from bot.domain.understanding import Assessment, Places

_CORRECTS = phrases("""
    nhầm, lộn, không phải, ko phải, hông phải, sai rồi, ghi sai, viết sai, chứ không, mới đúng, sửa lại, xin sửa,
    đính chính, not in, wrong, i meant, correction
""")
_RIGHT = re.compile(r"\b(?:mà là|ma la|phải là|phai la|chứ|chu|là|la|ở|i meant|but)\b", re.IGNORECASE)
"""What follows the last of these is the right one."""
PLACE_ANSWERS = ("where", "which", "commune", "spot", "same")


def tell_corrected(scene: Scene) -> Scene:
    return scene.plus(TellOfficer(scene.case, "corrected")) if scene.is_open and not scene.opened else scene


def place_forgotten(scene: Scene) -> Scene:
    report = scene.report
    answers = {q: a for q, a in report.answers.items() if q not in (*PLACE_ANSWERS, "confirm", "fix")}
    if script.STOP in report.answers.values():
        answers["enough"] = script.STOP  # whoever had said enough is asked for nothing but this
    report = replace(report, unit=None, point=None, places=Places(), answers=answers)
    return tell_corrected(scene.reporting(report))


def corrects(words: str) -> bool:
    return says(words, _CORRECTS)


def place_corrected(scene: Scene, words: str) -> Scene | None:
    """The place as it is now said to be; None where no other one is named."""
    found = scene.facts.find(sample(words))
    if not found.units:
        found = scene.facts.answer(_RIGHT.split(sample(words))[-1].strip())
    if not found.units or found.units[0].unit == scene.report.unit:
        return None
    scene = place_forgotten(scene)
    return scene.reporting(placing.located(scene.report, found))


def kind_forgotten(scene: Scene) -> Scene:
    report = scene.report
    answers = {q: a for q, a in report.answers.items() if q not in ("kind", "confirm", "fix")}
    assessment = replace(report.assessment, likeliest=()) if report.assessment else None
    return tell_corrected(scene.reporting(replace(report, answers=answers, assessment=assessment)))


def nothing_chosen(scene: Scene, kind: Kind) -> Scene:
    report = scene.report
    assessment = Assessment(kind, Urgency.NONE)
    scene = scene.reporting(replace(report, kind=kind, assessment=assessment))
    return scene.talking(replace(scene.talk, asking=""))


def kind_chosen(scene: Scene, answer: str) -> Scene:
    """What somebody says it is about counts more than what we understood; the urgency stays what it was."""
    report = scene.report
    if answer == "other":
        report = replace(report, answers={**report.answers, "kind": script.SKIP})
    if answer in ("other", *script.UNANSWERED):
        return at_least_standard(scene.reporting(report))
    kind = Kind(answer)
    assessment = report.assessment or Assessment(kind, Urgency.NONE)
    also = tuple(one for one in assessment.also if one is not kind)
    assessment = replace(assessment, kind=kind, also=also, likeliest=(), confidence=1.0)
    report = reading.sealed_pictures(replace(report, kind=kind, assessment=assessment))
    scene = at_least_standard(scene.reporting(report))
    return scene.says(Line("sexual.no_pictures")) if kind is Kind.SEXUAL_ABUSE else scene


def at_least_standard(scene: Scene) -> Scene:
    """Somebody who says what it is about has something to report, or a question that wants an answer."""
    report = scene.report
    if report.assessment is None:
        return scene
    kind = report.kind if report.kind is not Kind.OFF_TOPIC else Kind.UNKNOWN
    urgency = higher(report.assessment.urgency, Urgency.STANDARD)
    assessment = replace(report.assessment, urgency=urgency, likeliest=())
    return scene.reporting(replace(report, kind=kind, assessment=assessment))
