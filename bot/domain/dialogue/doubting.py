"""A second reader takes a draft for more than we did: it becomes a case, or a report that silence sends on."""

from datetime import datetime

from bot.domain.conversation import Conversation, Facts, Report
from bot.domain.dialogue import keeping
from bot.domain.dialogue.listening.reading import NOTHING_TO_ACT_ON
from bot.domain.dialogue.scene import Scene
from bot.domain.effects import Turn
from bot.domain.kinds import Kind, Urgency
from bot.domain.opinion import Opinion, joined
from bot.domain.replacing import replace
from bot.domain.understanding import Assessment

_NOTHING = frozenset({*NOTHING_TO_ACT_ON, Kind.UNKNOWN})


def draft_of(conversation: Conversation) -> Report | None:
    """Words that no case holds yet and that a second reader may be given."""
    report = conversation.report
    if report is None or report.opened or not report.words or conversation.asking == "same_story":
        return None
    told = report.assessment
    sealed = told is not None and Kind.SEXUAL_ABUSE in (told.kind, *told.also)
    return None if sealed or report.restricted else report


def doubted(
    conversation: Conversation, opinion: Opinion, model: str, now: datetime, facts: Facts
) -> Turn | None:
    """None: it says no more than we did. Nothing is said to the person unless that was called safe."""
    report = draft_of(conversation)
    if report is None:
        return None
    before = report.assessment or Assessment(Kind.OFF_TOPIC, Urgency.NONE)
    said = joined(before, opinion, model)
    if said.urgency.rank <= before.urgency.rank:
        return None
    scene = Scene(now, facts, conversation).reporting(_raised(report, said))
    if said.urgency.rank >= Urgency.URGENT.rank:
        return _opened(scene)
    wake_at = min(now + keeping.QUIET, conversation.wake_at or now + keeping.QUIET)
    return scene.talking(replace(scene.talk, wake_at=wake_at)).turn()


def _raised(report: Report, said: Assessment) -> Report:
    """What we took for nothing is of the first kind that the second reader names, else nobody's yet."""
    if report.kind not in (None, *_NOTHING) and said.kind not in _NOTHING:
        return replace(report, assessment=said)
    kind, *also = said.also or (Kind.UNKNOWN,)
    return replace(report, kind=kind, assessment=replace(said, kind=kind, also=tuple(also)))


def _opened(scene: Scene) -> Turn:
    talk = scene.talk
    aloud = talk.safe_to_write is True and not talk.blocked
    scene = scene.talking(replace(talk, wake_at=None))
    return keeping.opened_in_silence(scene, talk.report, aloud=aloud).turn()
