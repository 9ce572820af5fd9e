"""The citizen's conversation: state, what was heard and the time in; new state and effects out."""

from datetime import datetime
from typing import assert_never

from bot.domain import receipts
from bot.domain.conversation import Conversation, Facts
from bot.domain.dialogue import (
    answering,
    asking,
    commands,
    keeping,
    showing,
    smalltalk,
    talking,
    withheld,
    wording,
)
from bot.domain.dialogue.aside import calls_us, kept
from bot.domain.dialogue.listening.reading import take_in
from bot.domain.dialogue.listening.speaking import hushed
from bot.domain.dialogue.listening.words import tidy, wordless
from bot.domain.dialogue.scene import Scene
from bot.domain.effects import Effect, IssueReceipt, Redeem, Say, TellOfficer, Turn
from bot.domain.messages import Heard, HeardKind, Line, Voice
from bot.domain.replacing import replace

__all__ = ["advance", "calls_us", "stand_aside", "wake"]


def advance(conversation: Conversation, heard: Heard, now: datetime, facts: Facts) -> Turn:
    """One turn: never raises, never drops a word, says first what helps first."""
    scene = _arrived(conversation, heard, now, facts)
    return _left(_answered(scene, heard), conversation)


def stand_aside(conversation: Conversation, heard: Heard, now: datetime, facts: Facts) -> Turn:
    """A human answers this person by hand: nothing is lost, and only an emergency makes us speak."""
    scene = kept(_arrived(conversation, heard, now, facts), heard)
    return _left(scene, conversation)


def wake(conversation: Conversation, now: datetime, facts: Facts, *, aside: bool = False) -> Turn:
    """The quiet time is over: an unfinished report becomes a case.

    Nothing is said unless writing was called safe: somebody else may hold the phone by now. The receipt
    is told when the person comes back. `aside`: a human answers them by hand, so we are silent too.
    """
    scene = Scene(now, facts, replace(_numbered(conversation), wake_at=None))
    report = scene.talk.report
    if report is None or report.opened:
        return scene.turn()
    if conversation.asking == "same_story" or not keeping.worth_a_case(report):
        return scene.talking(replace(scene.talk, report=None, asking="")).turn()
    aloud = conversation.safe_to_write is True and not conversation.blocked and not aside
    return keeping.opened_in_silence(scene, report, aloud=aloud).turn()


def _arrived(conversation: Conversation, heard: Heard, now: datetime, facts: Facts) -> Scene:
    """What changes by somebody being there at all."""
    talk = replace(
        _numbered(conversation),
        heard_at=now,
        blocked=heard.kind is HeardKind.BLOCKED,
        withheld=conversation.withheld if heard.kind is HeardKind.UNSUPPORTED else 0,
    )
    if facts.collaborator is not None:
        talk = replace(talk, voice=Voice.ADULT)
    if not conversation.greeted and conversation.heard_at is None and heard.lang:
        talk = replace(talk, lang="en" if heard.lang.lower().startswith("en") else "vi")
    return Scene(now, facts, talk)


def _numbered(conversation: Conversation) -> Conversation:
    """An open report knows its case, and one with a case is open: whichever of the two was recorded."""
    report = conversation.report
    if report is None or report.opened is (report.case is not None):
        return conversation
    case = report.case if report.case is not None else conversation.case
    return replace(conversation, report=replace(report, opened=case is not None, case=case))


def _answered(scene: Scene, heard: Heard) -> Scene:
    match heard.kind:
        case HeardKind.TEXT:
            return talking.text(scene, heard.text)
        case HeardKind.EDITED:
            return _edited(scene, heard)
        case HeardKind.MEDIA:
            return showing.media(scene, heard)
        case HeardKind.LOCATION | HeardKind.LIVE_LOCATION:
            return _located(scene, heard)
        case HeardKind.CONTACT:
            return showing.contact(scene, heard.text)
        case HeardKind.TAP:
            return _tapped(scene, heard.tap)
        case HeardKind.START:
            return _started(scene, heard.tap)
        case HeardKind.STICKER:
            return smalltalk.no_words(scene, heard.text or "☺")
        case HeardKind.POLL | HeardKind.UNSUPPORTED:
            return _not_seen(scene, heard)
        case HeardKind.GROUP:
            return scene.says(Line("group.not_here"))
        case HeardKind.BLOCKED:
            return _blocked(scene)
        case HeardKind.UNBLOCKED | HeardKind.NOTICE:
            return scene
        case _:
            assert_never(heard.kind)


def _left(scene: Scene, before: Conversation) -> Turn:
    """How every turn ends: a receipt still owed, the case brought up to date, who we are, the quiet time."""
    scene = _owed_receipt(scene, before)
    scene = keeping.updated(scene, before.report)
    scene = _introduced(scene)
    quiet = keeping.quiet_time(scene.talk.report)
    wake_at = None if quiet is None else scene.now + quiet
    return scene.talking(replace(scene.talk, wake_at=wake_at)).turn()


def _owed_receipt(scene: Scene, before: Conversation) -> Scene:
    owed = before.report is not None and before.report.opened and not before.report.receipt
    if scene.talk.withheld_at == scene.now:
        return scene  # they may not be able to read it, and what helps must stay short
    report = scene.talk.report
    if not owed or scene.silent or report is None or not report.opened:
        return scene
    return scene.plus(IssueReceipt()).reporting(replace(report, receipt=True))


def _introduced(scene: Scene) -> Scene:
    """The first answer says that it is a machine (Luật 134/2025/QH15, Điều 11), below any first help."""
    if scene.talk.greeted or scene.silent:
        return scene
    said = [at for at, effect in enumerate(scene.effects) if isinstance(effect, Say)]
    where = said[-1] if _is_first_help(scene.effects[said[0]]) else said[0]
    effects = tuple(_with_intro(effect) if at == where else effect for at, effect in enumerate(scene.effects))
    return replace(scene, effects=effects, talk=replace(scene.talk, greeted=True))


def _with_intro(effect: Effect) -> Effect:
    if not isinstance(effect, Say):
        return effect
    intro = (Line("intro.automatic"),)
    first = not _is_first_help(effect)
    return replace(effect, lines=(*intro, *effect.lines) if first else (*effect.lines, *intro))


def _is_first_help(effect: Effect) -> bool:
    return isinstance(effect, Say) and effect.lines[0].key.startswith("danger.")


# --- kinds of what is heard -----------------------------------------------------------------------------


def _edited(scene: Scene, heard: Heard) -> Scene:
    """New words for old ones: both are kept, and they can make it worse."""
    words = tidy(heard.text)
    if wordless(words):
        return scene.says(Line("edited.noted"))
    if receipts.find(words) is not None or receipts.nearly(words) is not None:
        return talking.text(scene, words)
    if scene.talk.report is None and not scene.has_case:
        return talking.text(scene, words)
    if scene.talk.report is None or not scene.talk.asking:
        return talking.free(scene, words)
    scene = hushed(scene, words)
    before = scene.report.assessment
    scene = take_in(keeping.keep_words(scene, words), words)
    scene = keeping.alarm(scene, before, words)
    if scene.opened or scene.talk.safe_to_write is False:
        return asking.go_on(scene)
    return asking.ask_again(scene, Line("edited.noted"))


def _located(scene: Scene, heard: Heard) -> Scene:
    if heard.point is None:
        return scene.says(Line("unsupported.kind"))
    return showing.place(scene, heard.point, live=heard.kind is HeardKind.LIVE_LOCATION)


def _tapped(scene: Scene, tap: str) -> Scene:
    """A button of the question that waits, a steering button, or one from before."""
    match tap.split(":", 3):
        case ["c", command, *_]:
            return commands.run(scene, command)
        case ["q", number, question, answer] if question == scene.talk.asking and number == str(
            scene.talk.asked_at
        ):
            known = (option.answer for option in wording.options(scene, wording.question(scene)))
            if answer in known:
                return answering.chosen(scene, answer)
        case _:
            pass
    return asking.ask_again(scene, Line("button.from_before"))


def _started(scene: Scene, token: str) -> Scene:
    """Opened by link or /start; a deep link may carry an invitation. A report under way goes on."""
    if token:
        return scene.plus(Redeem(token))
    if scene.talk.asking:
        return asking.ask_again(scene, Line("help.in_report"))
    return smalltalk.greet(scene)


def _not_seen(scene: Scene, heard: Heard) -> Scene:
    """The platform withheld it or we cannot read it: the ways that work, first of all 111."""
    words = tidy(heard.text)
    if not wordless(words):
        return talking.text(scene, words)
    if scene.facts.withholds:
        return withheld.unseen(scene)
    web = scene.facts.web
    line = Line("unsupported.try_web", {"web": web}) if web else Line("unsupported.kind")
    return asking.ask_again(scene, line)


def _blocked(scene: Scene) -> Scene:
    if not scene.has_case:
        return scene
    return scene.plus(TellOfficer(scene.case, "blocked"))
