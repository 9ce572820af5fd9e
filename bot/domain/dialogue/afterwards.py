"""After the report: more words for its case, an answer to its officer, or another story."""

from bot.domain.cases import EntryKind, Status
from bot.domain.conversation import Report
from bot.domain.dialogue import asking, commands, correcting, keeping, reporting, smalltalk
from bot.domain.dialogue.listening import placing, reading
from bot.domain.dialogue.listening.danger import advice, is_emergency
from bot.domain.dialogue.listening.words import phrases, sample, says
from bot.domain.dialogue.scene import Scene
from bot.domain.effects import AddWords, RaiseUrgency, UpdateCase
from bot.domain.kinds import Kind, Urgency, higher
from bot.domain.messages import Line
from bot.domain.replacing import replace
from bot.domain.understanding import Assessment

_ASKS_WHEN = phrases("""
    bao giờ, khi nào, chừng nào, lúc nào tới, lúc nào đến, có ai tới, có ai đến, có người tới, có người đến,
    sao chưa, sao lâu, tới chưa, đến chưa, làm tới đâu, đến đâu rồi, tới đâu rồi, when will, anyone coming,
    somebody coming, someone coming
""")
_ANOTHER = phrases("""
    nhà khác, bé khác, cháu khác, trẻ khác, em khác, chuyện khác, vụ khác, việc khác, một vụ nữa, một trẻ nữa,
    một cháu nữa, another child, another house, another family, another case
""")
_WATER = frozenset({Kind.DROWNING_HAZARD, Kind.DROWNING_INCIDENT})


def afterwards(scene: Scene, words: str) -> Scene:
    """A case holds what was said; this adds to it, or is another story."""
    if smalltalk.is_courtesy(words):
        scene = keeping.keep_words(scene, words, matters=False)
        if scene.talk.safe_to_write is False:
            return scene.says(Line("added.unsafe"))
        return scene.nods(Line("thanks.courtesy"))
    if smalltalk.is_call(words):
        scene = keeping.keep_words(scene, words, matters=False)
        unsafe = scene.talk.safe_to_write is False
        return scene.says(Line("added.unsafe") if unsafe else Line("report.listening"))
    fresh = scene.facts.assess(None, (sample(words),))
    if _is_another(scene, fresh, words):
        return reporting.report(another(scene), words)
    scene = smalltalk.secrecy(scene, words)
    return _unsure_whose(added(scene, fresh, words), fresh, words)


def hushed_while_asked(scene: Scene, words: str) -> Scene:
    """A request for silence answers no question: kept, and only the place is still asked for."""
    before = scene.report.assessment
    scene = reading.take_answer(keeping.keep_words(scene, words), words)
    scene = keeping.alarm(scene, before, words)
    if not scene.opened and asking.next_question(scene) is not None:
        scene = scene.says(Line("opened.will_not_write"))
    return asking.go_on(scene)


def hushed_afterwards(scene: Scene, words: str) -> Scene:
    """After the report, or in answer to an officer: "do not write": kept, said once, then silence."""
    fresh = scene.facts.assess(None, (sample(words),))
    scene = added(scene, fresh, words)
    return scene.talking(replace(scene.talk, question_open=False)).says(Line("finish.unsafe"))


def another(scene: Scene) -> Scene:
    """Begin a second report; the case before stays where it is."""
    talk = scene.talk
    earlier = talk.earlier if talk.case is None or talk.case in talk.earlier else (*talk.earlier, talk.case)
    return scene.talking(
        replace(talk, report=None, case=None, asking="", earlier=earlier, question_open=False)
    )


def names_another(scene: Scene, words: str) -> bool:
    """In the middle of the questions: said to be about another child, and something to act on."""
    if not says(words, _ANOTHER):
        return False
    fresh = scene.facts.assess(None, (sample(words),))
    return reading.is_sure(fresh, words) and fresh.kind not in reading.NOTHING_TO_ACT_ON


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


def added(scene: Scene, fresh: Assessment, words: str) -> Scene:
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
    if is_worse(fresh, words) and higher(known, fresh.urgency) is not known:
        scene = scene.plus(RaiseUrgency(scene.case, fresh.urgency))
    return scene


def is_worse(fresh: Assessment, words: str) -> bool:
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
    draft = placing.with_place(draft, words, scene.facts)
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


def to_officer(scene: Scene, words: str) -> Scene:
    """The answer to an officer's question, into the case that was asked about; it may make things worse."""
    asked = scene.talk.case
    fresh = scene.facts.assess(None, (sample(words),))
    scene = scene.plus(AddWords(asked, words, EntryKind.ANSWER))
    if is_emergency(fresh) and reading.is_sure(fresh, words):
        scene = scene.says(*advice(fresh, words, scene.facts.numbers))
    if is_worse(fresh, words):
        scene = scene.plus(RaiseUrgency(asked, fresh.urgency))
    passed_on = Line("added.unsafe") if scene.talk.safe_to_write is False else Line("answer.passed_on")
    report = scene.talk.report
    if report is not None and report.opened and report.case not in (None, asked):
        # what follows belongs to the case that was asked about; the report before is open and has its own
        scene = scene.reporting(None)
    return scene.talking(replace(scene.talk, question_open=False, asking="")).says(passed_on)
