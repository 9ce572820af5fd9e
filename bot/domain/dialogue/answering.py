"""Takes an answer to the question that waits: a button, a short typed word, or the person's own words."""

from bot.domain import script
from bot.domain.cases import CaseId
from bot.domain.conversation import Report
from bot.domain.dialogue import asking, correcting, keeping, smalltalk, wording
from bot.domain.dialogue.listening import placing, reading, short
from bot.domain.dialogue.listening.accused import named
from bot.domain.dialogue.listening.danger import to_call
from bot.domain.dialogue.listening.words import bare, plain, sample
from bot.domain.dialogue.scene import Scene
from bot.domain.effects import JoinHazard, RaiseUrgency
from bot.domain.kinds import Kind, Urgency, higher
from bot.domain.messages import Line
from bot.domain.replacing import replace
from bot.domain.understanding import Assessment, Places

_OF_PLACE = frozenset(("where", "commune", "spot"))


def typed(scene: Scene, text: str) -> Scene:
    """Words while a question waits: a short answer where they are one, else the answer in full."""
    answer = match(scene, text)
    return chosen(scene, answer) if answer is not None else _own_words(scene, text)


def match(scene: Scene, text: str) -> str | None:
    """The option that a typed text means by its word."""
    question = script.QUESTIONS[scene.talk.asking]
    return short.answer(question.id, wording.options(scene, question), text)


def chosen(scene: Scene, answer: str) -> Scene:
    """A button of the question that waits."""
    question = scene.talk.asking
    match question, answer:
        case "confirm" | "fix", "where":
            return asking.ask(correcting.place_forgotten(scene), "where")
        case "confirm" | "fix", "kind":
            return asking.ask(correcting.kind_forgotten(scene), "kind")
        case "contact", "how":
            return asking.ask(keeping.keep_answer(scene, question, answer), "contact_how")
        case "same_story", _:
            return _story(scene, answer)
        case "kind", Kind.ADVICE | Kind.OFF_TOPIC if not scene.is_open:
            return smalltalk.nothing_to_act_on(correcting.nothing_chosen(scene, Kind(answer)), "")
        case _:
            return asking.go_on(_applied(keeping.keep_answer(scene, question, answer), question, answer))


def _applied(scene: Scene, question: str, answer: str) -> Scene:
    """What a short answer changes besides being stored."""
    report = scene.report
    match question:
        case "which" if answer not in script.UNANSWERED:
            return scene.reporting(replace(report, unit=answer))
        case "which":
            return scene.reporting(replace(report, places=Places(needs="where")))
        case "kind":
            return correcting.kind_chosen(scene, answer)
        case "same" if answer not in ("no", *script.UNANSWERED):
            return _joined(scene, CaseId(int(answer)))
        case "safe_now" if answer == "no":
            return _not_safe(scene)
        case "contact" if answer in ("yes", "no"):
            return scene.talking(replace(scene.talk, safe_to_write=answer == "yes"))
        case "contact_how":
            # we cannot promise to keep to hours or to another way: an officer can
            return scene.talking(replace(scene.talk, safe_to_write=False))
        case _:
            return scene


def _own_words(scene: Scene, text: str) -> Scene:
    """The answer in the person's own words; they may say more than was asked, and make it worse."""
    question = scene.talk.asking
    match question:
        case "confirm" | "fix" | "same":
            return _said_more(scene, text)
        case "which":
            return _place_in_words(scene, text)
        case "name" if reading.is_sure(scene.facts.assess(None, (sample(text),)), text):
            return _more_than_a_name(scene, text)
        case "kind":
            return _kind_in_words(scene, text)
        case _:
            return _answered(scene, question, text)


def _kind_in_words(scene: Scene, text: str) -> Scene:
    """None of the buttons but words: the kind that they surely tell of, else what was understood stays."""
    before = scene.report.assessment
    scene = reading.take_in(keeping.keep_words(scene, text), text)
    told = scene.facts.assess(None, (sample(text),))
    sure = told.kind not in (*reading.NOTHING_TO_ACT_ON, Kind.UNKNOWN) and not told.likeliest
    scene = keeping.keep_answer(scene, "kind", told.kind.value if sure else script.SKIP)
    scene = correcting.kind_chosen(scene, told.kind) if sure else correcting.at_least_standard(scene)
    return asking.go_on(keeping.alarm(scene, before, text))


def _place_in_words(scene: Scene, text: str) -> Scene:
    """None of the buttons but words: the place as they name it, and whatever else they tell."""
    before = scene.report.assessment
    scene = keeping.keep_answer(keeping.keep_words(scene, text), "which", script.SKIP)
    scene = reading.take_answer(_place_heard(scene, "which", text), text)
    return asking.go_on(keeping.alarm(scene, before, text))


def _more_than_a_name(scene: Scene, text: str) -> Scene:
    """Asked for a name, somebody tells of danger: that belongs to the story."""
    before = scene.report.assessment
    scene = reading.take_answer(keeping.keep_words(scene, text), text)
    return asking.ask_again(keeping.alarm(scene, before, text))


def _is_story(scene: Scene, question: str, text: str) -> bool:
    """Somebody tells on in pieces while we ask where, or how to write back: no answer, but the story."""
    if question == "contact":
        return not short.is_way_to_reach(text) and _tells(scene, text)
    if question in _OF_PLACE and not any(map(str.isalpha, text)):
        return True  # a telephone number is no place
    if question not in _OF_PLACE or short.is_place(text) or _names_a_place(scene, text):
        return False
    return short.is_told(text) or _tells(scene, text)


def _names_a_place(scene: Scene, text: str) -> bool:
    """Whether the place is what was said, not two words of a story that sound like one ("đi làm xa")."""
    found = scene.facts.answer(text).units
    return bool(scene.facts.find(text).units) or (
        bool(found) and 2 * len(found[0].words.split()) >= len(text.split())
    )


def _tells(scene: Scene, text: str) -> bool:
    return reading.is_sure(scene.facts.assess(None, (sample(text),)), text)


def _told_on(scene: Scene, text: str) -> Scene:
    """Kept as words; whatever it makes worse is said first, and the question is put again."""
    before = scene.report.assessment
    scene = reading.take_answer(keeping.keep_words(scene, text), text)
    scene = keeping.alarm(scene, before, text)
    if scene.opened:
        return asking.go_on(scene)
    return asking.ask_again(scene, Line("story.go_on"))


def _answered(scene: Scene, question: str, text: str) -> Scene:
    if _is_story(scene, question, text):
        return _told_on(scene, text)
    before = scene.report.assessment
    scene = _place_heard(keeping.keep_answer(scene, question, text), question, text)
    scene = reading.take_answer(scene, text)
    scene = _meant(scene, question, text)
    return asking.go_on(keeping.alarm(scene, before, text))


def _place_heard(scene: Scene, question: str, text: str) -> Scene:
    """A place in answer to a question about it: a commune out of those offered, or a fresh search."""
    if question not in correcting.PLACE_ANSWERS:
        return scene
    report = replace(scene.report, places=Places())
    found = scene.facts.answer(text)
    if question == "which" and found.needs is not None:
        found = _one_of(report, scene, text) or found
    return scene.reporting(placing.located(report, found))


def _one_of(report: Report, scene: Scene, text: str) -> Places | None:
    """The commune offered whose name holds what was typed."""
    said = plain(text)
    offered = scene.talk.report.places.units if scene.talk.report else ()
    fits = tuple(guess for guess in offered if said and said in plain(scene.facts.unit_name(guess.unit)))
    return Places(units=fits) if len(fits) == 1 and report.unit is None else None


def _meant(scene: Scene, question: str, text: str) -> Scene:
    match question:
        case "not_to":
            roles = tuple(dict.fromkeys((*scene.report.accused, *named(text))))
            return scene.reporting(replace(scene.report, accused=roles))
        case "contact" | "contact_how":
            return scene.talking(replace(scene.talk, safe_to_write=False, contact=text))
        case "safe_now" if short.is_still_unsafe(text):
            return _not_safe(scene)
        case _:
            return scene


def _said_more(scene: Scene, text: str) -> Scene:
    """Not an answer but more words: kept, and whatever they correct is taken over."""
    question = scene.talk.asking
    before = scene.report.assessment
    scene = reading.take_answer(keeping.keep_words(scene, text), text)
    found = scene.facts.find(text)
    sure = found.needs is None or correcting.corrects(text)
    if sure and found.units and found.units[0].unit != scene.report.unit:
        named_before = scene.report.unit is not None
        scene = _relocated(scene, found)
        if named_before and question == "confirm":
            # what was understood of the correction is shown before anything else is asked
            scene = keeping.alarm(scene, before, text)
            return asking.ask(scene, "which" if scene.report.unit is None else "confirm")
    elif bare(text) in ("sai", "khong", "khong phai", "khong dung", "no", "wrong"):
        return asking.ask(scene, "fix")
    scene = keeping.keep_answer(scene, question, script.SKIP)
    return asking.go_on(keeping.alarm(scene, before, text))


def _relocated(scene: Scene, found: Places) -> Scene:
    """The place as it is corrected; several that fit are asked about."""
    report = replace(scene.report, unit=None, point=None)
    return correcting.tell_corrected(scene.reporting(placing.located(report, found)))


def _not_safe(scene: Scene) -> Scene:
    """The child is not safe now: urgent at least, and whom to phone."""
    report = scene.report
    before = report.assessment or Assessment(Kind.UNKNOWN, Urgency.STANDARD)
    now = replace(before, urgency=higher(before.urgency, Urgency.URGENT))
    scene = scene.reporting(replace(report, assessment=now))
    if scene.is_open and now.urgency is not before.urgency:
        scene = scene.plus(RaiseUrgency(scene.case, now.urgency))
    return scene.says(Line("danger.not_safe"), to_call(("113", "111", "office"), scene.facts.numbers))


def _joined(scene: Scene, hazard: CaseId) -> Scene:
    """Somebody reported this place before: this report counts there."""
    report = replace(scene.report, hazard_same=hazard, case=hazard, opened=True, receipt=True)
    answers = {q: a for q, a in report.answers.items() if q != "same"}
    scene = scene.talking(replace(scene.talk, report=report, case=hazard)).plus(JoinHazard(hazard))
    for question, answer in answers.items():
        scene = keeping.keep_answer(scene, question, answer)
    rest = dict.fromkeys(("confirm", "water", "fence", "owner"), script.SKIP)
    scene = scene.reporting(replace(report, answers={**rest, **report.answers}))
    return scene.says(Line("hazard.joined"))


def _story(scene: Scene, answer: str) -> Scene:
    """Whether what was added is the old story or a new one."""
    scene = scene.talking(replace(scene.talk, asking=""))
    pending = scene.report
    if answer != "other":
        return scene.reporting(None).says(Line("added.to_report"))
    talk = scene.talk
    earlier = talk.earlier if talk.case is None or talk.case in talk.earlier else (*talk.earlier, talk.case)
    scene = scene.talking(replace(talk, case=None, earlier=earlier, report=pending))
    before = None if pending.assessment is None else replace(pending.assessment, urgency=Urgency.NONE)
    return asking.go_on(keeping.alarm(scene, before, "\n".join(pending.words)))
