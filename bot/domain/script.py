"""The intake questions, as data: what is asked, in which order, and which short answers it takes.

Open questions only, none that leads, none that asks "why"; every one may be skipped (Child Helpline practice:
only the minimal facts, the child's own words). What is known already is not asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Ask, Line

SKIP = "-"
"""The answer to a question that somebody passed over."""
SAID = "="
"""The answer stands in the person's own words already."""
STOP = "."
"""The tap of somebody who has said enough."""

UNANSWERED = (SKIP, STOP)


@dataclass(frozen=True, slots=True)
class Option:
    """A short answer: what is stored for it, its button, and what people type instead of pressing it."""

    answer: str
    label: Line
    typed: tuple[str, ...] = ()
    """Whole messages, folded."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question; its text stands in the catalogue under the question's own line."""

    id: str
    line: Line
    options: tuple[Option, ...] = ()
    ask: Ask | None = None
    may_stop: bool = False
    """Offers to end here: on the open questions, where somebody may be tired of writing."""


YES = ("co", "da co", "dung", "dung roi", "phai", "u", "uh", "um", "vang", "da", "da vang", "ok", "yes", "y")
_NO = ("khong", "ko", "k", "kg", "hong", "hok", "chua", "no", "n", "khong co", "da khong")
_UNSURE = (
    "khong ro",
    "khong biet",
    "em khong biet",
    "toi khong ro",
    "ko biet",
    "k biet",
    "not sure",
    "dont know",
)
NOTHING = (
    *_NO,
    *_UNSURE,
    "khong phai",
    "con khong biet",
    "chau khong biet",
    "toi khong biet",
    "minh khong biet",
    "hong biet",
    "hok biet",
    "khong nho",
    "em khong nho",
    "chua biet",
    "i dont know",
    "i don t know",
    "dunno",
    "no idea",
)
"""Typed to an open question: it is passed over, and never taken for a place or a name."""
_SKIPPED = ("bo qua", "skip", "boqua", "tiep", "cau khac", "khong muon noi", "khong muon tra loi", "next")
_ENOUGH = ("xong", "xong roi", "het", "het roi", "du roi", "thoi", "done", "stop", "that s all", "thats all")

PASS = Option(SKIP, Line("choice.skip"), _SKIPPED)
ENOUGH = Option(STOP, Line("choice.enough"), _ENOUGH)

KINDS: Mapping[Kind, Line] = {
    Kind.VIOLENCE: Line("understood.violence"),
    Kind.SEXUAL_ABUSE: Line("understood.sexual_abuse"),
    Kind.CHILD_LABOUR: Line("understood.child_labour"),
    Kind.TRAFFICKING: Line("understood.trafficking"),
    Kind.NEGLECT: Line("understood.neglect"),
    Kind.EARLY_MARRIAGE: Line("understood.early_marriage"),
    Kind.DROWNING_INCIDENT: Line("understood.drowning_incident"),
    Kind.DROWNING_HAZARD: Line("understood.drowning_hazard"),
    Kind.OTHER_DANGER: Line("understood.other_danger"),
    Kind.SUPPORT_NEED: Line("understood.support_need"),
    Kind.ADVICE: Line("understood.advice"),
    Kind.OFF_TOPIC: Line("understood.off_topic"),
    Kind.UNKNOWN: Line("understood.unknown"),
}
"""What we say back that we understood: plain, and bearable to read for a child."""

OFFERED = (
    Kind.VIOLENCE,
    Kind.SEXUAL_ABUSE,
    Kind.NEGLECT,
    Kind.CHILD_LABOUR,
    Kind.TRAFFICKING,
    Kind.EARLY_MARRIAGE,
    Kind.OTHER_DANGER,
    Kind.DROWNING_HAZARD,
    Kind.SUPPORT_NEED,
    Kind.ADVICE,
)
"""The kinds somebody can choose from when we understood the wrong one."""

_UNSURE_OPTION = Option("unsure", Line("choice.unsure"), _UNSURE)

QUESTIONS: Mapping[str, Question] = {
    question.id: question
    for question in (
        Question("kind", Line("ask.kind")),
        Question("where", Line("ask.where"), (PASS,), Ask.LOCATION),
        Question("which", Line("ask.which")),
        Question("commune", Line("ask.commune"), (PASS,)),
        Question("spot", Line("ask.spot"), (PASS,), Ask.LOCATION),
        Question("same", Line("ask.same")),
        Question(
            "confirm",
            Line("ask.confirm"),
            (
                Option("yes", Line("choice.right"), (*YES, "chinh xac", "right", "correct")),
                Option("where", Line("choice.fix_where"), ("sua noi", "sai noi", "sai cho", "wrong place")),
                Option("kind", Line("choice.fix_kind"), ("sua viec", "sai viec", "wrong matter")),
            ),
        ),
        Question(
            "fix",
            Line("ask.fix"),
            (
                Option("where", Line("choice.fix_where"), ("noi", "cho", "dia diem", "place")),
                Option("kind", Line("choice.fix_kind"), ("viec", "matter")),
                PASS,
            ),
        ),
        Question("now", Line("ask.now"), (PASS, ENOUGH), may_stop=True),
        Question("who", Line("ask.who"), (PASS, ENOUGH), may_stop=True),
        Question("need", Line("ask.need"), (PASS, ENOUGH), may_stop=True),
        Question(
            "safe_now",
            Line("ask.safe_now"),
            (
                Option("yes", Line("choice.safe"), (*YES, "an toan", "an toan roi", "on roi", "safe")),
                Option("no", Line("choice.not_safe"), (*_NO, "chua an toan", "khong an toan", "not safe")),
                _UNSURE_OPTION,
                PASS,
            ),
        ),
        Question("link", Line("ask.link"), (PASS,)),
        Question(
            "not_to",
            Line("ask.not_to"),
            (Option("none", Line("choice.nobody"), (*_NO, "khong ai")), PASS),
        ),
        Question(
            "contact",
            Line("ask.contact"),
            (
                Option("yes", Line("choice.write_here"), (*YES, "duoc", "an toan", "here")),
                Option("how", Line("choice.write_otherwise"), ("cach khac", "another way")),
                Option(
                    "no",
                    Line("choice.do_not_write"),
                    (*_NO, "dung nhan", "dung", "khong an toan", "not safe"),
                ),
                PASS,
            ),
        ),
        Question("contact_how", Line("ask.contact_how"), (PASS,), Ask.CONTACT),
        Question(
            "name", Line("ask.name"), (Option("anonymous", Line("choice.anonymous"), (*_NO, "an danh")),)
        ),
        Question(
            "water",
            Line("ask.water"),
            (
                Option("pond", Line("choice.water.pond"), ("ao", "ho", "ao ho", "pond", "lake")),
                Option("river", Line("choice.water.river"), ("song", "suoi", "song suoi", "river", "stream")),
                Option("canal", Line("choice.water.canal"), ("kenh", "muong", "kenh muong", "canal")),
                Option("well", Line("choice.water.well"), ("gieng", "be", "be nuoc", "well", "tank")),
                Option("pit", Line("choice.water.pit"), ("ho cong trinh", "ho mong", "ho dat", "pit")),
                PASS,
            ),
        ),
        Question(
            "fence",
            Line("ask.fence"),
            (
                Option("fence", Line("choice.fence.fence"), ("co rao", "rao", "fence")),
                Option("sign", Line("choice.fence.sign"), ("co bien", "bien bao", "sign")),
                Option("both", Line("choice.fence.both"), ("ca hai", "both")),
                Option("none", Line("choice.fence.none"), (*_NO, "khong co gi", "none", "nothing")),
                _UNSURE_OPTION,
            ),
        ),
        Question(
            "children",
            Line("ask.children"),
            (
                Option("often", Line("choice.children.often"), (*YES, "hay", "nhieu", "often")),
                Option("sometimes", Line("choice.children.sometimes"), ("thinh thoang", "it", "sometimes")),
                Option("never", Line("choice.children.never"), (*_NO, "never")),
                _UNSURE_OPTION,
            ),
        ),
        Question("owner", Line("ask.owner"), (_UNSURE_OPTION, PASS)),
        Question("photo", Line("ask.photo"), (PASS,), Ask.PHOTO),
        Question("form", Line("ask.form"), (PASS,)),
        Question("form_hazard", Line("ask.form_hazard"), (PASS,)),
        Question(
            "same_story",
            Line("ask.same_story"),
            (
                Option("same", Line("choice.same_story"), ("chuyen cu", "cung chuyen", "them", "same")),
                Option("other", Line("choice.other_story"), ("chuyen khac", "vu khac", "other", "new")),
            ),
        ),
    )
}

OPEN = frozenset(
    (
        "where",
        "which",
        "commune",
        "spot",
        "now",
        "who",
        "need",
        "link",
        "owner",
        "contact_how",
        "form",
        "form_hazard",
        "photo",
    )
)
"""Questions without a yes and a no."""
PLACE = frozenset({"kind", "where", "which", "commune", "spot", "same"})
"""A standard report opens once none of these is left to ask: then it reaches the right commune at once."""

UNSPOKEN = frozenset({"kind", "which", "same", "confirm", "fix", "same_story", "name"})
"""Answers kept in the report only: they change it, or say who reports (kept apart from the story)."""

_WHERE = ("where", "which", "commune")
_PERSON = (*_WHERE, "confirm", "who", "safe_now", "link", "not_to", "contact", "name")
_DANGER = (*_WHERE, "confirm", "now", "not_to", "contact", "name")
_NEED = (*_WHERE, "confirm", "need", "contact", "name")
_HAZARD = (*_WHERE, "same", "confirm", "water", "fence", "children", "owner", "photo")
_QUESTION = ("contact",)
_UNREAD = (*_WHERE, "contact")
_FORM = ("where", "which", "confirm", "form", "safe_now")
_HAZARD_FORM = ("where", "which", "spot", "same", "confirm", "form_hazard", "photo")


def steps(kind: Kind, urgency: Urgency, *, collaborator: bool) -> tuple[str, ...]:
    """The questions of a report, in order; a collaborator gets one rich form instead of many questions."""
    match kind:
        case Kind.DROWNING_HAZARD:
            return _HAZARD_FORM if collaborator else _HAZARD
        case Kind.ADVICE | Kind.OFF_TOPIC:
            return _QUESTION
        case _ if collaborator:
            return _FORM
        case _ if urgency is Urgency.EMERGENCY:
            return _DANGER
        case Kind.SUPPORT_NEED:
            return _NEED
        case Kind.UNKNOWN:
            return _UNREAD
        case _:
            return _PERSON


def label(question: str, answer: str) -> Line | None:
    """How a stored short answer reads for an officer; None: it is the person's own words."""
    if answer == SKIP:
        return PASS.label
    known = QUESTIONS.get(question)
    options = known.options if known else ()
    return next((option.label for option in options if option.answer == answer), None)
