"""Takes words in: what they mean with all that was said before, where, who speaks, who is accused."""

from datetime import datetime

from bot.domain import script
from bot.domain.conversation import Facts, Report
from bot.domain.dialogue.listening import placing, speaking
from bot.domain.dialogue.listening.accused import accused
from bot.domain.dialogue.listening.known import known_answers
from bot.domain.dialogue.listening.words import latin, phrases, sample, says, words_of
from bot.domain.dialogue.scene import Scene
from bot.domain.kinds import Kind, Reporter, Urgency, higher
from bot.domain.messages import Media, Voice
from bot.domain.replacing import replace
from bot.domain.understanding import Assessment

NOTHING_TO_ACT_ON = frozenset({Kind.ADVICE, Kind.OFF_TOPIC})
PICTURES = frozenset({Media.PHOTO, Media.VIDEO, Media.DOCUMENT})
"""What may show a child; a voice cannot."""

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
    if heard.language == "vi" and speaking.is_few_english(text):
        heard = replace(heard, language="en")
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
    report = placing.with_place(report, text, scene.facts)
    report = sealed_pictures(report)
    return scene.talking(speaking.speaker(replace(scene.talk, report=report), assessment, text))


def _since(scene: Scene, assessment: Assessment) -> datetime:
    """The legal clock runs from the first message that holds reportable information, not from a greeting."""
    report = scene.report
    before = report.assessment.urgency if report.assessment else Urgency.NONE
    starts = before is Urgency.NONE and assessment.urgency is not Urgency.NONE and not scene.is_open
    return scene.now if starts else report.started_at


def _a_word(heard: Assessment, text: str, lang: str) -> Assessment:
    """One word alone ("haha", a name) is in no language: it waits in the draft for more.

    Khmer, Lao, Chinese write whole sentences without blanks: what has other letters is never one word.
    """
    if heard.language != "other" or len(text.split()) > 1 or not latin(text):
        return heard
    return replace(heard, kind=Kind.OFF_TOPIC, urgency=Urgency.NONE, likeliest=(), language=lang)


def take_answer(scene: Scene, text: str) -> Scene:
    """An answer to a question, which says little by itself: only what is sure in it changes the report."""
    fresh = scene.facts.assess(None, (sample(text),))
    if is_sure(fresh, text) and not _only_names(scene.talk.asking, fresh, text):
        return take_in(scene, text)
    report = scene.report
    roles = tuple(dict.fromkeys((*report.accused, *accused(text))))
    report = placing.with_place(replace(report, accused=roles), text, scene.facts)
    talk = replace(scene.talk, report=report)
    if not says(text, _ONESELF):
        # "nhầm rồi" is said by anybody: few words do not show who speaks
        fresh = replace(fresh, reporter=Reporter.UNKNOWN)
    return scene.talking(speaking.speaker(talk, fresh, text) if talk.voice is Voice.UNKNOWN else talk)


_ONESELF = phrases("em, con, cháu, mình, my, i")
_BARE = 4
"""Words up to which an answer may be a name, a place or a yes: unsure, it takes a cry or a plain danger."""
_PLACE = 3
"""Words up to which what begins with a commune or a hamlet is a name and no news."""
_COMMUNES = frozenset({"xa", "phuong", "thon", "buon", "ap", "huyen", "quan", "tinh"})
_REQUEST = 12
"""Words up to which "do not write back" is only that, and no news."""
_PLAIN_ACT = 0.9
"""How likely a kind must be for an answer that names somebody to be taken for what they did."""
_DANGER = "reason.danger."
"""Rules of the triage that rest on plain words of danger."""
_CRIES = phrases("cứu, cứu em, cứu con, cứu với, help, sos")


def _names_place(text: str) -> bool:
    """ "xã Cồn", "thôn 3": where, and nothing else."""
    words = words_of(text)
    return 0 < len(words) <= _PLACE and words[0].folded in _COMMUNES


def _only_names(question: str, fresh: Assessment, text: str) -> bool:
    """Asked who must not learn of it, people name an official: that alone is no further harm.

    "chú em là công an xã" sounds like many a story; a word of danger, or a plain act, still weighs.
    """
    few = question == "not_to" and len(text.split()) <= _REQUEST and bool(accused(text))
    return few and fresh.confidence < _PLAIN_ACT and not _cries(fresh, text)


def is_sure(fresh: Assessment, text: str) -> bool:
    """Whether a few words in the middle of a story weigh by themselves: danger always does."""
    count = len(text.split())
    unsure = count == 1 or (count <= _BARE and fresh.likeliest) or _names_place(text)
    if unsure or (count <= _REQUEST and speaking.asks_silence(text)):
        return _cries(fresh, text)
    if fresh.urgency is Urgency.EMERGENCY:
        return True
    if fresh.language == "other":
        # a name of a place or a person is in no language
        return False
    return fresh.urgency is not Urgency.NONE and not fresh.likeliest


def _cries(fresh: Assessment, text: str) -> bool:
    return says(text, _CRIES) or any(reason.rule.startswith(_DANGER) for reason in fresh.reasons)


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


def sealed_pictures(report: Report) -> Report:
    """Pictures that came with a report of sexual abuse are kept without preview."""
    if report.restricted or not is_sexual(report):
        return report
    return replace(report, restricted=any(a.media in PICTURES for a in report.attachments))


def is_sexual(report: Report) -> bool:
    assessment = report.assessment
    heard = (assessment.kind, *assessment.also) if assessment else ()
    return Kind.SEXUAL_ABUSE in (report.kind, *heard)
