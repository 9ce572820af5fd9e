"""Free text: first words, more words, words after a report; nothing is dropped, danger comes first."""

from bot.domain import receipts, script
from bot.domain.conversation import Report
from bot.domain.dialogue import afterwards, answering, asking, commands, keeping, reporting, smalltalk
from bot.domain.dialogue.listening import reading, speaking
from bot.domain.dialogue.listening.danger import is_emergency, to_call
from bot.domain.dialogue.listening.words import bare, listed, sample, tidy, wordless, words_of
from bot.domain.dialogue.scene import Scene
from bot.domain.effects import AddWords, OpenReceipt
from bot.domain.messages import Line
from bot.domain.replacing import replace
from bot.domain.understanding import Assessment

_LABEL = listed("""
    ma, so, day, cua, em, toi, con, chau, minh, la, day, nay, bien, nhan, a, nhe, nha, ne, xem, giup, my, number,
    code, receipt, is, the, here, this, it
""")
_LABEL_WORDS = 3
"""So many words beside a receipt only say what it is ("mã của em: …")."""
_SOS = "🆘"


def text(scene: Scene, typed: str) -> Scene:
    """Whatever somebody types."""
    words = tidy(typed)
    if wordless(words) and _SOS not in words:
        return smalltalk.no_words(scene, words)
    if (command := commands.spoken(scene, words)) is not None:
        return commands.run(scene, command)
    if (digits := receipts.find(words)) is not None:
        return _with_receipt(scene, digits, receipts.mask(words))
    if (count := receipts.nearly(words)) is not None:
        # never into a case: somebody mistyped a receipt, and most of its digits are right
        return asking.ask_again(scene, Line("receipt.count", {"count": count}))
    return free(scene, words)


def free(scene: Scene, words: str) -> Scene:
    """Words that are neither a command nor a receipt."""
    agreed = scene.talk.safe_to_write
    scene = speaking.hushed(scene, words)
    if scene.talk.safe_to_write is not agreed and scene.talk.asking not in ("", "same_story"):
        return afterwards.hushed_while_asked(scene, words)
    if scene.talk.safe_to_write is not agreed and scene.has_case:
        return afterwards.hushed_afterwards(scene, words)
    if scene.talk.question_open and scene.has_case and not smalltalk.is_courtesy(words):
        return afterwards.to_officer(scene, words)
    if scene.facts.crowded:
        return _crowded(scene, words)
    if scene.talk.asking and scene.talk.report is not None:
        return _while_asked(scene, words)
    if scene.has_case:
        return afterwards.afterwards(scene, words)
    return reporting.report(scene, words)


def _while_asked(scene: Scene, words: str) -> Scene:
    matched = answering.match(scene, words)
    if scene.talk.asking == "same_story" and matched is None:
        # neither "the same" nor "another": more words for the case that has the story already
        return afterwards.afterwards(scene.talking(replace(scene.talk, asking="", report=None)), words)
    if smalltalk.is_call(words):
        return asking.ask_again(scene, Line("nothing.listening"))
    if matched is None:
        if smalltalk.is_thanks(words):
            return asking.ask_again(scene, Line("thanks.courtesy"))
        if smalltalk.is_courtesy(words) or bare(words) in script.YES:
            # a yes to what was asked before: it answers nothing that is asked now
            return asking.ask_again(scene, Line("nothing.listening"))
    if scene.is_open and afterwards.names_another(scene, words):
        return reporting.report(afterwards.another(scene), words)
    before = scene.report.assessment
    scene = smalltalk.secrecy(scene, words)
    scene = answering.typed(scene, words)
    return _again(scene, before, words)


def _again(scene: Scene, before: Assessment | None, words: str) -> Scene:
    """An emergency that is told once more in the middle of the questions gets its numbers once more."""
    if not is_emergency(before):
        return scene
    fresh = scene.facts.assess(None, (sample(words),))
    if not (is_emergency(fresh) and reading.is_sure(fresh, words)):
        return scene
    return scene.says_first(Line("danger.again"), to_call(("113", "111"), scene.facts.numbers))


# --- special cases --------------------------------------------------------------------------------------


def _crowded(scene: Scene, words: str) -> Scene:
    """Somebody writes faster than the limit: everything is kept, an emergency is answered in full."""
    before = scene.report.assessment
    if scene.talk.report is None and scene.has_case:
        return afterwards.added(scene, scene.facts.assess(None, (sample(words),)), words).says(
            Line("slow_down.please")
        )
    scene = keeping.keep_words(reading.take_in(scene, words), words)
    scene = keeping.alarm(scene, before, words)
    if scene.opened:
        return asking.go_on(scene)
    return scene.says(Line("slow_down.please"))


def _with_receipt(scene: Scene, digits: str, words: str) -> Scene:
    """Open it; what was said along with it goes to its case, and waits in the draft if there is none."""
    rest = words.replace(receipts.MASK, " ").strip()
    scene = scene.plus(OpenReceipt(digits))
    beside = words_of(rest)
    if len(beside) <= _LABEL_WORDS or all(word.folded in _LABEL for word in beside):
        return scene
    fresh = scene.facts.assess(None, (sample(rest),))
    if afterwards.is_worse(fresh, rest):
        return reporting.report(afterwards.another(scene), words)
    scene = scene.plus(AddWords(None, words))
    return (
        scene if scene.talk.report else scene.reporting(Report(scene.now, words=(words,), assessment=fresh))
    )
