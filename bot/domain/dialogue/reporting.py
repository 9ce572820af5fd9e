"""Words that no case holds yet: a report, the beginning of one, a cry, a question, or nothing."""

from bot.domain.dialogue import asking, keeping, smalltalk
from bot.domain.dialogue.listening import reading, speaking
from bot.domain.dialogue.listening.words import wordless
from bot.domain.dialogue.scene import Scene
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Line
from bot.domain.replacing import replace
from bot.domain.understanding import Assessment


def report(scene: Scene, words: str) -> Scene:
    """Words that no case holds yet: a report, the beginning of one, a question, or nothing."""
    before = scene.report.assessment
    if before is None and smalltalk.is_call(words):
        return smalltalk.not_serious(keeping.keep_words(scene, words))
    if before is None and (smalltalk.is_cry(words) or wordless(words)):
        return _cry(scene, words)
    scene = keeping.keep_words(reading.take_in(scene, words), words)
    return _understood(keeping.alarm(scene, before, words), words)


def _cry(scene: Scene, words: str) -> Scene:
    """Nothing but a cry: whom to phone at once; if nothing follows, a person must look."""
    scene = keeping.keep_words(scene, words)
    report = replace(scene.report, assessment=Assessment(Kind.UNKNOWN, Urgency.URGENT), kind=Kind.UNKNOWN)
    lang = "en" if words.isascii() and speaking.is_english(words) else scene.talk.lang
    return smalltalk.cry(scene.talking(replace(scene.talk, report=report, lang=lang, jokes=0)))


def _understood(scene: Scene, words: str) -> Scene:
    report = scene.report
    assessment = report.assessment
    if assessment is None:
        return scene
    if assessment.language == "other":
        return scene.talking(replace(scene.talk, jokes=0, asking="")).says(Line("language.other"))
    perhaps = any(kind not in reading.NOTHING_TO_ACT_ON for kind in assessment.likeliest)
    if assessment.urgency is not Urgency.NONE or perhaps:
        scene = smalltalk.secrecy(scene, words)
        return asking.go_on(scene.talking(replace(scene.talk, jokes=0)))
    return smalltalk.nothing_to_act_on(scene, words)
