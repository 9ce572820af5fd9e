"""While a human answers by hand: every word is kept, nothing is asked, only an emergency is spoken to."""

from bot.domain.dialogue import afterwards, keeping
from bot.domain.dialogue.listening import placing, reading, speaking
from bot.domain.dialogue.listening.words import listed, plain, sample, tidy, wordless
from bot.domain.dialogue.scene import Scene
from bot.domain.effects import AddWords, Effect, IssueReceipt, Say
from bot.domain.messages import Heard, HeardKind
from bot.domain.replacing import replace
from bot.domain.understanding import Point

_CALLS = listed(
    "bot, tin bao, tinbao, menu, tro giup, huong dan, tu dong, tra loi tu dong, may tra loi, bao tin, bat dau,"
    "tinh trang, start, help desk, robot"
)


def calls_us(heard: Heard) -> bool:
    """A button of ours, a command, or one of the words that our letters name."""
    if heard.kind is HeardKind.TAP:
        return True
    return heard.kind is HeardKind.TEXT and (heard.text.startswith("/") or plain(heard.text) in _CALLS)


def kept(scene: Scene, heard: Heard) -> Scene:
    """Whatever it is goes into the case or the draft; an emergency opens its case and is told whom to phone."""
    before = scene.talk.report
    scene = scene.talking(replace(scene.talk, asking=""))
    scene = keeping.keep_attachments(scene, heard.attachments)
    if heard.point is not None:
        scene = _placed(scene, heard.point)
    words = tidy(heard.text)
    if not wordless(words):
        scene = _words(scene, words)
    return _hushed(scene, receipt_told=before is not None and before.receipt)


def _words(scene: Scene, words: str) -> Scene:
    scene = speaking.hushed(scene, words)
    before = scene.report.assessment
    if scene.talk.report is None and scene.has_case:
        return afterwards.added(scene, scene.facts.assess(None, (sample(words),)), words)
    scene = keeping.keep_words(reading.take_in(scene, words), words)
    return keeping.alarm(scene, before, words)


def _placed(scene: Scene, point: Point) -> Scene:
    if scene.talk.report is None and scene.has_case:
        return scene.plus(AddWords(scene.case, f"geo:{point.lat:.6f},{point.lon:.6f}"))
    report = replace(scene.report, point=point)
    if report.unit is None:
        report = placing.located(report, scene.facts.near(point))
    return scene.reporting(report)


def _hushed(scene: Scene, *, receipt_told: bool) -> Scene:
    """First help is said; thanks, questions and the receipt wait until we are called."""
    scene = replace(scene, effects=tuple(effect for effect in scene.effects if _is_said(effect)))
    report = scene.talk.report
    if report is None or report.receipt is receipt_told:
        return scene
    return scene.reporting(replace(report, receipt=receipt_told))


def _is_said(effect: Effect) -> bool:
    match effect:
        case Say(lines):
            return lines[0].key.startswith("danger.")
        case IssueReceipt():
            return False
        case _:
            return True
