"""Takes words in: what they mean with all that was said before, where, who speaks, who is accused."""

import re
from dataclasses import replace
from datetime import datetime

from bot.domain import script
from bot.domain.conversation import Conversation, Facts, Report
from bot.domain.dialogue.listening.accused import accused
from bot.domain.dialogue.listening.known import known_answers
from bot.domain.dialogue.listening.words import phrases, sample, says
from bot.domain.dialogue.scene import Scene
from bot.domain.kinds import Kind, Reporter, Urgency, higher
from bot.domain.messages import Media, Voice
from bot.domain.understanding import Assessment, Places

NOTHING_TO_ACT_ON = frozenset({Kind.ADVICE, Kind.OFF_TOPIC})
PICTURES = frozenset({Media.PHOTO, Media.VIDEO, Media.DOCUMENT})
"""What may show a child; a voice cannot."""

_CHILD_SPEAKS = phrases("""
    lớp em, trường em, bạn em, tụi em, tụi con, lớp con, trường con, bạn con, thầy em, cô em dạy,
    em học lớp, con học lớp, cháu học lớp, ba mẹ em, bố mẹ em, ba má em, mẹ em, bố em, ba em, má em,
    bố con, mẹ con hay, cha em, dượng em, my mom, my dad, my father, my mother, my stepdad,
    my classmate, in my class
""")
_GROWN_UP_SPEAKS = phrases("""
    tôi, tui, con tôi, cháu tôi, con gái em, con trai em, vợ em, chồng em, con em mới, bé nhà em,
    cháu nhà, my son, my daughter, my neighbour, my neighbor, my student
""")
_NOT_SAFE_TO_WRITE = phrases("""
    đừng nhắn lại, đừng gọi lại, đừng trả lời lại, đừng nhắn tin, đừng nhắn nữa, đừng nhắn gì, đừng nhắn cho,
    đừng nhắn vào, đừng gọi cho, đừng gọi về, đừng gọi tới, đừng gọi vào, đừng gọi nữa, đừng trả lời nữa,
    đừng rep, đừng liên lạc, không nhắn lại, khỏi nhắn lại, khỏi trả lời, xem điện thoại của em,
    xem điện thoại em, hay xem điện thoại, hay coi điện thoại, hay đọc tin nhắn, lục điện thoại,
    soi điện thoại, giữ điện thoại, kiểm tra điện thoại, kiểm tra đt, xem đt, coi đt, coi điện thoại em,
    coi điện thoại của em, xem tin nhắn của em, đọc tin nhắn của em, đọc được tin nhắn, thấy tin nhắn,
    điện thoại của bố, điện thoại của ba, điện thoại của mẹ, điện thoại của má, máy của bố, máy của ba,
    máy của mẹ, mượn điện thoại, mượn máy,
    do not write back, don t write back, dont write back, do not text back, don t text back, dont text back,
    do not reply, don t reply, dont reply, don t call me, dont call me, don t text me, dont text me,
    don t message, dont message, stop texting, checks my phone, reads my phone, looks at my phone,
    reads my messages, reads my texts, his phone, her phone, my dad s phone, my mom s phone
""")

_WHOLE_STORY = 40
"""Words from which on one message has told what happened and to whom: it is not asked again."""
_TOLD = ("who", "need", "form")


def take_in(scene: Scene, text: str) -> Scene:
    """The report with `text` understood; earlier words count, nothing said before is lowered."""
    report = scene.report
    # a draft still has all its words, and they are judged as one; of an open case only the judgement is left
    earlier, texts = (report.assessment, (text,)) if scene.is_open else (None, (*report.words, text))
    heard = scene.facts.assess(earlier, tuple(map(sample, texts)))
    if heard.language == "other" and len(texts) > 1:
        # small talk strung together looks like a language of its own
        heard = scene.facts.assess(None, (sample(text),))
    assessment = steady(report.assessment, _a_word(heard, text, scene.talk.lang))
    report = replace(
        report,
        started_at=_since(scene, assessment),
        assessment=assessment,
        kind=_kind(report, assessment, scene.facts, text),
        accused=tuple(dict.fromkeys((*report.accused, *accused(text)))),
    )
    if report.kind is Kind.DROWNING_HAZARD:
        report = replace(report, answers={**known_answers(text), **report.answers})
    if len(text.split()) >= _WHOLE_STORY:
        report = replace(report, answers={**dict.fromkeys(_TOLD, script.SAID), **report.answers})
    report = with_place(report, text, scene.facts)
    report = sealed_pictures(report)
    return scene.talking(_speaker(replace(scene.talk, report=report), assessment, text))


def _since(scene: Scene, assessment: Assessment) -> datetime:
    """The legal clock runs from the first message that holds reportable information, not from a greeting."""
    report = scene.report
    before = report.assessment.urgency if report.assessment else Urgency.NONE
    starts = before is Urgency.NONE and assessment.urgency is not Urgency.NONE and not scene.is_open
    return scene.now if starts else report.started_at


def _a_word(heard: Assessment, text: str, lang: str) -> Assessment:
    """One word alone ("haha", a name) is in no language: it waits in the draft for more."""
    if heard.language != "other" or len(text.split()) > 1:
        return heard
    return replace(heard, kind=Kind.OFF_TOPIC, urgency=Urgency.NONE, likeliest=(), language=lang)


def take_answer(scene: Scene, text: str) -> Scene:
    """An answer to a question, which says little by itself: only what is sure in it changes the report."""
    fresh = scene.facts.assess(None, (sample(text),))
    if is_sure(fresh, text):
        return take_in(scene, text)
    report = scene.report
    roles = tuple(dict.fromkeys((*report.accused, *accused(text))))
    report = with_place(replace(report, accused=roles), text, scene.facts)
    talk = replace(scene.talk, report=report)
    if not says(text, _ONESELF):
        # "nhầm rồi" is said by anybody: few words do not show who speaks
        fresh = replace(fresh, reporter=Reporter.UNKNOWN)
    return scene.talking(_speaker(talk, fresh, text) if talk.voice is Voice.UNKNOWN else talk)


_ONESELF = phrases("em, con, cháu, mình, my, i")
_BARE = 4
"""Words up to which an answer may be a name, a place or a yes: unsure, it takes a cry or a plain danger."""
_REQUEST = 12
"""Words up to which "do not write back" is only that, and no news."""
_DANGER = "reason.danger."
"""Rules of the triage that rest on plain words of danger."""
_CRIES = phrases("cứu, cứu em, cứu con, cứu với, help, sos")


def is_sure(fresh: Assessment, text: str) -> bool:
    """Whether a few words in the middle of a story weigh by themselves: danger always does."""
    count = len(text.split())
    unsure = count == 1 or (count <= _BARE and fresh.likeliest)
    if unsure or (count <= _REQUEST and says(text, _NOT_SAFE_TO_WRITE)):
        return says(text, _CRIES) or any(reason.rule.startswith(_DANGER) for reason in fresh.reasons)
    if fresh.urgency is Urgency.EMERGENCY:
        return True
    if fresh.language == "other":
        # a name of a place or a person is in no language
        return False
    return fresh.urgency is not Urgency.NONE and not fresh.likeliest


def steady(before: Assessment | None, heard: Assessment) -> Assessment:
    """Later words can raise; a correction or a joke never silently lowers or takes the kind away."""
    if heard.language == "other" and heard.urgency.rank < Urgency.URGENT.rank:
        # nobody here has read it: as fast as anything that nobody has heard yet
        heard = replace(heard, kind=Kind.UNKNOWN, urgency=Urgency.URGENT, likeliest=())
    if before is None:
        return heard
    lost = heard.kind in NOTHING_TO_ACT_ON and before.kind not in NOTHING_TO_ACT_ON
    if lost:
        heard = replace(
            heard,
            kind=before.kind,
            also=before.also,
            likeliest=before.likeliest,
            reasons=before.reasons,
            environment=before.environment,
        )
    return replace(heard, urgency=higher(before.urgency, heard.urgency))


def _kind(report: Report, assessment: Assessment, facts: Facts, text: str) -> Kind:
    """What somebody chose or confirmed stays; else what is understood. A child in the water is no hazard."""
    if report.kind is Kind.DROWNING_HAZARD and assessment.urgency is Urgency.EMERGENCY:
        fresh = facts.assess(None, (sample(text),))
        if fresh.urgency is Urgency.EMERGENCY and fresh.kind is not Kind.DROWNING_HAZARD:
            return fresh.kind
    chosen = report.answers.get("kind", script.SKIP) != script.SKIP or report.answers.get("confirm") == "yes"
    return report.kind if chosen and report.kind is not None else assessment.kind


def with_place(report: Report, text: str, facts: Facts) -> Report:
    """The commune where the words name it surely; else the guesses, to be asked about.

    A collaborator who names none means the own commune.
    """
    own = facts.collaborator.unit if facts.collaborator is not None else None
    if report.unit not in (None, own):
        return report
    places = facts.find(sample(text))
    if not places.units:
        places = _named_last(text, facts) or places
    if places.units:
        report = located(report, places)
    if report.unit is None and report.places.needs != "which" and own:
        return replace(report, unit=own)
    return report


_LAST = re.compile(r"[,;.!?\n–-]")
_LEAST, _NAME = 2, 4
"""Words that the bare name of a place has at least, and at most."""


def _named_last(text: str, facts: Facts) -> Places | None:
    """A bare name behind the story ("…, Ea Kao"): said once, it is not asked for again."""
    *story, last = _LAST.split(sample(text).rstrip(" .,;!?\n"))
    last = last.strip()
    named = last.isascii() or last[:1].isupper()  # "làm xa" is no Lâm Xa
    if not story or not named or not _LEAST <= len(last.split()) <= _NAME:
        return None
    found = facts.answer(last)
    whole = found.units and found.units[0].words.lower() == last.lower()
    return found if whole and found.needs in (None, "which") else None


def located(report: Report, places: Places) -> Report:
    """Take the first guess where it is sure enough."""
    if places.needs is None and places.units:
        return replace(report, unit=places.units[0].unit, places=places)
    return replace(report, places=places)


def sealed_pictures(report: Report) -> Report:
    """Pictures that came with a report of sexual abuse are kept without preview."""
    if report.restricted or not is_sexual(report):
        return report
    return replace(report, restricted=any(a.media in PICTURES for a in report.attachments))


def is_sexual(report: Report) -> bool:
    assessment = report.assessment
    heard = (assessment.kind, *assessment.also) if assessment else ()
    return Kind.SEXUAL_ABUSE in (report.kind, *heard)


def _speaker(talk: Conversation, assessment: Assessment, text: str) -> Conversation:
    """Whom we speak to, in which language, and whether they told us not to write."""
    if talk.voice is Voice.UNKNOWN:
        talk = replace(talk, voice=_voice(assessment, text))
    if assessment.language in ("vi", "en") and _is_prose(text):
        talk = replace(talk, lang=assessment.language)
    return talk


def hushed(scene: Scene, text: str) -> Scene:
    """Somebody else sees this phone: from now on nothing is written first, whatever was agreed before."""
    if scene.talk.safe_to_write is False or not says(text, _NOT_SAFE_TO_WRITE):
        return scene
    return scene.talking(replace(scene.talk, safe_to_write=False))


_ENGLISH = phrases("help, please, me, need")


def is_english(text: str) -> bool:
    """For a cry too short to show its language."""
    return says(text, _ENGLISH)


_PROSE = 3
"""Words from which on a message shows the language of its writer ("ok", "hello" do not)."""


def _is_prose(text: str) -> bool:
    return len(text.split()) >= _PROSE


def _voice(assessment: Assessment, text: str) -> Voice:
    """xưng hô: a child is "em", an adult "anh/chị"; who cannot be told is addressed by neither."""
    match assessment.reporter:
        case Reporter.CHILD:
            return Voice.CHILD
        case Reporter.TEACHER | Reporter.COLLABORATOR:
            return Voice.ADULT
        case _ if says(text, _GROWN_UP_SPEAKS):
            return Voice.ADULT
        case _ if says(text, _CHILD_SPEAKS):
            return Voice.CHILD
        case _:
            return Voice.UNKNOWN
