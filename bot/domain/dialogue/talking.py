"""Free text: first words, more words, words after a report; nothing is dropped, danger comes first."""

from dataclasses import replace

from bot.domain import receipts, script
from bot.domain.cases import EntryKind, Status
from bot.domain.conversation import Report
from bot.domain.dialogue import answering, asking, commands, correcting, keeping, smalltalk
from bot.domain.dialogue.listening import reading
from bot.domain.dialogue.listening.danger import advice, is_emergency, to_call
from bot.domain.dialogue.listening.words import bare, listed, phrases, sample, says, tidy, wordless, words_of
from bot.domain.dialogue.scene import Scene
from bot.domain.effects import AddWords, OpenReceipt, RaiseUrgency, UpdateCase
from bot.domain.kinds import Kind, Urgency, higher
from bot.domain.messages import Line
from bot.domain.understanding import Assessment

_LABEL = listed("""
    ma, so, day, cua, em, toi, con, chau, minh, la, day, nay, bien, nhan, a, nhe, nha, ne, xem, giup, my, number,
    code, receipt, is, the, here, this, it
""")
_LABEL_WORDS = 3
"""So many words beside a receipt only say what it is ("mã của em: …")."""
_SOS = "🆘"
_ANOTHER = phrases("""
    nhà khác, bé khác, cháu khác, trẻ khác, em khác, chuyện khác, vụ khác, việc khác, một vụ nữa, một trẻ nữa,
    một cháu nữa, another child, another house, another family, another case
""")
_ASKS_WHEN = phrases("""
    bao giờ, khi nào, chừng nào, lúc nào tới, lúc nào đến, có ai tới, có ai đến, có người tới, có người đến,
    sao chưa, sao lâu, tới chưa, đến chưa, làm tới đâu, đến đâu rồi, tới đâu rồi, when will, anyone coming,
    somebody coming, someone coming
""")
_WATER = frozenset({Kind.DROWNING_HAZARD, Kind.DROWNING_INCIDENT})


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
    scene = reading.hushed(scene, words)
    if scene.talk.safe_to_write is not agreed and scene.has_case and not scene.talk.asking:
        return _hushed_afterwards(scene, words)
    if scene.talk.question_open and scene.has_case and not smalltalk.is_courtesy(words):
        return _to_officer(scene, words)
    if scene.facts.crowded:
        return _crowded(scene, words)
    if scene.talk.asking and scene.talk.report is not None:
        return _while_asked(scene, words)
    if scene.has_case:
        return _afterwards(scene, words)
    return _report(scene, words)


def _report(scene: Scene, words: str) -> Scene:
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
    lang = "en" if words.isascii() and reading.is_english(words) else scene.talk.lang
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


def _while_asked(scene: Scene, words: str) -> Scene:
    if scene.talk.asking == "same_story" and answering.match(scene, words) is None:
        # neither "the same" nor "another": more words for the case that has the story already
        return _afterwards(scene.talking(replace(scene.talk, asking="", report=None)), words)
    if smalltalk.is_call(words):
        return asking.ask_again(scene, Line("nothing.listening"))
    if answering.match(scene, words) is None:
        if smalltalk.is_thanks(words):
            return asking.ask_again(scene, Line("thanks.courtesy"))
        if smalltalk.is_courtesy(words) or bare(words) in script.YES:
            # a yes to what was asked before: it answers nothing that is asked now
            return asking.ask_again(scene, Line("nothing.listening"))
    if scene.is_open and says(words, _ANOTHER) and _acts(scene, words):
        return _report(another(scene), words)
    before = scene.report.assessment
    scene = smalltalk.secrecy(scene, words)
    scene = answering.typed(scene, words)
    return _again(scene, before, words)


def _acts(scene: Scene, words: str) -> bool:
    fresh = scene.facts.assess(None, (sample(words),))
    return reading.is_sure(fresh, words) and fresh.kind not in reading.NOTHING_TO_ACT_ON


def _again(scene: Scene, before: Assessment | None, words: str) -> Scene:
    """An emergency that is told once more in the middle of the questions gets its numbers once more."""
    fresh = scene.facts.assess(None, (sample(words),))
    if not is_emergency(before) or not (is_emergency(fresh) and reading.is_sure(fresh, words)):
        return scene
    return scene.says_first(Line("danger.again"), to_call(("113", "111"), scene.facts.numbers))


# --- after the report -----------------------------------------------------------------------------------


def _afterwards(scene: Scene, words: str) -> Scene:
    """A case holds what was said; this adds to it, or is another story."""
    if smalltalk.is_courtesy(words):
        scene = keeping.keep_words(scene, words, matters=False)
        unsafe = scene.talk.safe_to_write is False
        return scene.says(Line("added.unsafe") if unsafe else Line("thanks.courtesy"))
    fresh = scene.facts.assess(None, (sample(words),))
    if _is_another(scene, fresh, words):
        return _report(another(scene), words)
    scene = smalltalk.secrecy(scene, words)
    return _unsure_whose(_added(scene, fresh, words), fresh, words)


def _hushed_afterwards(scene: Scene, words: str) -> Scene:
    """After the report, or in answer to an officer: "do not write": kept, said once, then silence."""
    fresh = scene.facts.assess(None, (sample(words),))
    scene = _added(scene, fresh, words)
    return scene.talking(replace(scene.talk, question_open=False)).says(Line("finish.unsafe"))


def another(scene: Scene) -> Scene:
    """Begin a second report; the case before stays where it is."""
    talk = scene.talk
    earlier = talk.earlier if talk.case is None or talk.case in talk.earlier else (*talk.earlier, talk.case)
    return scene.talking(
        replace(talk, report=None, case=None, asking="", earlier=earlier, question_open=False)
    )


def _is_another(scene: Scene, fresh: Assessment, words: str) -> bool:
    """A place and a child, or a collaborator's next report: never the same story."""
    if not reading.is_sure(fresh, words) or fresh.kind in reading.NOTHING_TO_ACT_ON:
        return False
    if scene.facts.collaborator is not None:
        return True
    return (fresh.kind in _WATER or _kind(scene) in _WATER) and fresh.kind is not _kind(scene)


def _kind(scene: Scene) -> Kind:
    view = scene.facts.case
    return scene.report.kind or (view.kind if view else Kind.UNKNOWN)


def _added(scene: Scene, fresh: Assessment, words: str) -> Scene:
    """Into the case, in the exact words; worse than before is said to the officer at once."""
    scene = scene.plus(AddWords(scene.case, words))
    if scene.is_open:
        earlier = scene.report
        scene = reading.take_answer(scene, words)
        scene = scene.reporting(replace(scene.report, kind=earlier.kind))
        known = earlier.assessment.urgency if earlier.assessment else Urgency.NONE
    else:
        known = Urgency.NONE
    if is_emergency(fresh) and reading.is_sure(fresh, words):
        scene = scene.says(*advice(fresh, words, scene.facts.numbers))
    if _is_worse(fresh, words) and higher(known, fresh.urgency) is not known:
        scene = scene.plus(RaiseUrgency(scene.case, fresh.urgency))
    return scene


def _is_worse(fresh: Assessment, words: str) -> bool:
    return reading.is_sure(fresh, words) and fresh.urgency.rank >= Urgency.URGENT.rank


def _unsure_whose(scene: Scene, fresh: Assessment, words: str) -> Scene:
    """A different kind of matter, or a case that is closed: ask whether it is the same story."""
    acts = reading.is_sure(fresh, words) and fresh.kind not in reading.NOTHING_TO_ACT_ON
    view = scene.facts.case
    closed = view is not None and view.status is Status.CLOSED
    if scene.talk.safe_to_write is False:
        return scene.says(Line("added.unsafe"))
    if scene.is_open and not closed and correcting.corrects(words):
        corrected = correcting.place_corrected(scene, words)
        if corrected is not None:
            return asking.ask(corrected, "which" if corrected.report.unit is None else "confirm")
    if not acts or (fresh.kind is _kind(scene) and not closed and not _is_elsewhere(scene, words)):
        return scene.says(Line("added.to_report"), *_when(scene, words))
    draft = Report(started_at=scene.now, words=(words,), assessment=fresh, kind=fresh.kind, receipt=False)
    draft = reading.with_place(draft, words, scene.facts)
    if scene.is_open and scene.report.hazard_same is None:
        scene = scene.plus(UpdateCase(scene.report))
    return asking.ask(scene.reporting(draft), "same_story")


def _is_elsewhere(scene: Scene, words: str) -> bool:
    """The same kind of matter in another commune, or said to be another: perhaps another child."""
    if says(words, _ANOTHER):
        return True
    found = scene.facts.find(sample(words))
    view = scene.facts.case
    known = scene.report.unit or (view.unit if view else None)
    return found.needs is None and bool(found.units) and known is not None and found.units[0].unit != known


def _when(scene: Scene, words: str) -> tuple[Line, ...]:
    """Whoever asks when somebody comes is told how far it is; never a promise that we cannot keep."""
    view = scene.facts.case
    if view is None or not says(words, _ASKS_WHEN):
        return ()
    return (commands.STATUSES[view.status], Line("standing.no_promise"))


def _to_officer(scene: Scene, words: str) -> Scene:
    """The answer to an officer's question, into the case that was asked about; it may make things worse."""
    asked = scene.talk.case
    fresh = scene.facts.assess(None, (sample(words),))
    scene = scene.plus(AddWords(asked, words, EntryKind.ANSWER))
    if is_emergency(fresh) and reading.is_sure(fresh, words):
        scene = scene.says(*advice(fresh, words, scene.facts.numbers))
    if _is_worse(fresh, words):
        scene = scene.plus(RaiseUrgency(asked, fresh.urgency))
    report = scene.talk.report
    if report is not None and report.opened and report.case not in (None, asked):
        # what follows belongs to the case that was asked about; the report before is open and has its own
        scene = scene.reporting(None)
    return scene.talking(replace(scene.talk, question_open=False, asking="")).says(Line("answer.passed_on"))


# --- special cases --------------------------------------------------------------------------------------


def _crowded(scene: Scene, words: str) -> Scene:
    """Somebody writes faster than the limit: everything is kept, an emergency is answered in full."""
    before = scene.report.assessment
    if scene.talk.report is None and scene.has_case:
        return _added(scene, scene.facts.assess(None, (sample(words),)), words).says(Line("slow_down.please"))
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
    if _is_worse(fresh, rest):
        return _report(another(scene), words)
    scene = scene.plus(AddWords(None, words))
    return (
        scene if scene.talk.report else scene.reporting(Report(scene.now, words=(words,), assessment=fresh))
    )
