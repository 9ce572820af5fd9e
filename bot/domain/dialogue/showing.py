"""What is shown instead of written: pictures, voices, places on the map, contact cards."""

from bot.domain import script
from bot.domain.conversation import Report
from bot.domain.dialogue import asking, keeping, talking, wording
from bot.domain.dialogue.listening import placing, reading
from bot.domain.dialogue.listening.words import tidy, wordless
from bot.domain.dialogue.scene import Scene
from bot.domain.effects import AddWords
from bot.domain.kinds import Kind, Urgency, higher
from bot.domain.messages import Attachment, Heard, Line, Media
from bot.domain.replacing import replace
from bot.domain.understanding import Assessment, Point, Reason

_VOICES = frozenset({Media.VOICE, Media.AUDIO})
_ALREADY = 1e-3
"""Degrees (about 100 m): a live location that moved less is the same place."""


def media(scene: Scene, heard: Heard) -> Scene:
    """Kept whole first; then answered once, whatever it was and however many came together."""
    same_album = bool(heard.album) and heard.album == scene.talk.album
    scene = scene.talking(replace(scene.talk, album=heard.album or scene.talk.album))
    scene = _kept(scene, heard.attachments)
    caption = tidy(heard.text)
    if any(a.media in _VOICES for a in heard.attachments):
        scene = _voice(scene)
    if not wordless(caption):
        return talking.text(_limits(scene, heard), caption)
    if same_album:
        return scene
    return _answered(_limits(scene, heard), heard)


def _kept(scene: Scene, attachments: tuple[Attachment, ...]) -> Scene:
    scene = keeping.keep_attachments(scene, attachments)
    report = scene.talk.report
    pictures = any(a.media in reading.PICTURES for a in attachments)
    if report is None or not pictures:
        return scene
    if scene.talk.asking != "photo":
        # shown unasked: it is not asked for later
        report = replace(report, answers={"photo": script.SAID, **report.answers})
    return scene.reporting(replace(report, restricted=report.restricted or reading.is_sexual(report)))


def _limits(scene: Scene, heard: Heard) -> Scene:
    """What the platform will not hand over, and pictures that must not be passed on."""
    if any((a.size or 0) > scene.facts.photos_kept for a in heard.attachments):
        web = scene.facts.web
        scene = scene.says(Line("media.too_large", {"web": web}) if web else Line("media.too_large_here"))
    report = scene.talk.report
    if report is not None and report.restricted:
        scene = scene.says(Line("sexual.picture_sealed"))
    return scene


def _voice(scene: Scene) -> Scene:
    """Nobody has heard it yet: it may be anything, so a person listens soon, whatever else was said."""
    scene = scene.says(Line("media.voice"))
    if scene.talk.report is None and scene.has_case:
        return scene
    report = scene.report
    unheard = Assessment(Kind.UNKNOWN, Urgency.URGENT, reasons=(Reason("voice_unheard", ""),))
    known = report.assessment
    if known is not None and known.urgency is not Urgency.NONE:
        unheard = replace(known, urgency=higher(known.urgency, Urgency.URGENT), likeliest=())
    if scene.is_open:
        return scene
    scene = keeping.open_case(scene.reporting(replace(report, assessment=unheard, kind=unheard.kind)))
    return keeping.told_receipt(scene)


def _answered(scene: Scene, heard: Heard) -> Scene:
    if any(a.media in _VOICES for a in heard.attachments):
        return _next(scene)
    report = scene.talk.report
    if report is not None and report.restricted:
        return _next(scene)
    if scene.talk.asking == "photo":
        return asking.go_on(keeping.keep_answer(scene.says(Line("media.kept")), "photo", script.SAID))
    if report is None or report.assessment is not None:
        return _next(scene.says(Line("media.kept")))
    return scene.says(Line("media.what_is_it"))


def _next(scene: Scene) -> Scene:
    """Back to the question that waits, or on to the next."""
    return asking.go_on(scene) if scene.opened else asking.ask_again(scene)


def place(scene: Scene, point: Point, *, live: bool) -> Scene:
    """A pin: the nearest commune, hazards known there, and the next question."""
    if live and _is_there(scene.talk.report, point):
        return scene.reporting(replace(scene.report, point=point))
    if scene.talk.report is None and scene.has_case:
        return scene.plus(AddWords(scene.case, f"geo:{point.lat:.6f},{point.lon:.6f}")).says(
            Line("added.to_report")
        )
    report = replace(scene.report, point=point)
    if report.unit is None or scene.talk.asking in ("where", "which", "commune"):
        report = placing.located(replace(report, unit=None), scene.facts.near(point))
    scene = scene.reporting(report)
    if report.assessment is None:
        return scene.says(Line("place.what_is_there"))
    if scene.talk.asking in ("", "where", "which", "commune", "spot"):
        return asking.go_on(scene) if scene.talk.asking else scene.says(_noted(scene))
    return asking.ask_again(scene, _noted(scene))


def _noted(scene: Scene) -> Line:
    """Once a hazard has a case of its own, an officer joins it to the one nearby: said all the same."""
    of_water = scene.is_open and scene.report.kind is Kind.DROWNING_HAZARD
    near = wording.hazards(scene) if of_water else ()
    known = any(hazard.case != scene.case for hazard in near)
    return Line("place.noted_known") if known else Line("place.noted")


def _is_there(report: Report | None, point: Point) -> bool:
    if report is None or report.point is None:
        return False
    return abs(report.point.lat - point.lat) < _ALREADY and abs(report.point.lon - point.lon) < _ALREADY


def contact(scene: Scene, card: str) -> Scene:
    """A business card: kept as words; who it is, and what about them, only the person can say."""
    words = tidy(card)
    if wordless(words):
        return scene.says(Line("unsupported.kind"))
    asked = scene.talk.asking
    if asked in ("name", "contact_how") or (scene.talk.question_open and scene.has_case):
        return talking.free(scene, words)
    scene = keeping.keep_words(scene, words)
    if scene.talk.report is not None and scene.talk.report.assessment is not None and asked:
        return asking.ask_again(scene, Line("contact.kept"))
    return scene.says(Line("contact.kept") if scene.has_case else Line("contact.who_is_it"))
