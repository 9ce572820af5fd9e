"""A small honest world for the citizen's conversation: a triage of a few words, four communes, no network."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.domain import dialogue, offers
from bot.domain.cases import CaseId, Hazard
from bot.domain.conversation import Conversation, Facts
from bot.domain.effects import Effect, JoinHazard, OpenCase, Say, Turn
from bot.domain.kinds import Kind, Reporter, Urgency, higher
from bot.domain.messages import Address, Attachment, Heard, HeardKind, Line, Media
from bot.domain.triage.marks import fold
from bot.domain.understanding import Assessment, PlaceGuess, Places, Point, Reason

NOW = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)
PIN = Point(12.66, 108.05)
ME = Address("telegram_public", "bot", "7001")

EMERGENCY = "bạn em đang bị đánh"
URGENT = "bố hay đánh em"
STANDARD = "nó bị mắng suốt ngày"
HAZARD = "ao không rào"
"""Messages that the small triage below knows."""

UNITS = {
    "24163": "Xã Ea Kao",
    "24133": "Phường Buôn Ma Thuột",
    "24175": "Xã Hòa Phú",
    "22015": "Xã Hòa Phú Tây",
}
NUMBERS = {"111": "111", "113": "113", "114": "114", "115": "115", "112": "112", "office": "0262 395 1567"}

_KINDS: tuple[tuple[str, Kind, Urgency], ...] = (
    ("dang danh", Kind.VIOLENCE, Urgency.EMERGENCY),
    ("dang bi danh", Kind.VIOLENCE, Urgency.EMERGENCY),
    ("pha cua", Kind.VIOLENCE, Urgency.EMERGENCY),
    ("dang duoi nuoc", Kind.DROWNING_INCIDENT, Urgency.EMERGENCY),
    ("muon chet", Kind.OTHER_DANGER, Urgency.EMERGENCY),
    ("is beating", Kind.VIOLENCE, Urgency.EMERGENCY),
    ("hay danh", Kind.VIOLENCE, Urgency.URGENT),
    ("so nguoi", Kind.SEXUAL_ABUSE, Urgency.URGENT),
    ("khong rao", Kind.DROWNING_HAZARD, Urgency.STANDARD),
    ("rua bat", Kind.CHILD_LABOUR, Urgency.STANDARD),
    ("mo coi", Kind.SUPPORT_NEED, Urgency.STANDARD),
    ("bi mang", Kind.VIOLENCE, Urgency.STANDARD),
    ("thu tuc", Kind.ADVICE, Urgency.NONE),
    ("danh toi", Kind.ADVICE, Urgency.NONE),
)


def assess(earlier: Assessment | None, texts: tuple[str, ...]) -> Assessment:
    """A few words decide; what is none of them is nothing, half of a report is unsure."""
    text = fold(" ".join(texts))
    kind, urgency = next(((k, u) for sign, k, u in _KINDS if sign in text), (Kind.OFF_TOPIC, Urgency.NONE))
    unsure = (Kind.VIOLENCE, Kind.NEGLECT) if "buon lam" in text else ()
    reporter = (
        Reporter.CHILD if " em " in f" {text} " else Reporter.OTHER if "toi" in text else Reporter.UNKNOWN
    )
    language = "other" if "nyo" in text else "en" if " is " in f" {text} " else "vi"
    heard = Assessment(
        kind,
        urgency,
        reporter=reporter,
        likeliest=unsure,
        language=language,
        reasons=(Reason("sign", text[:9]),),
    )
    return heard if earlier is None else replace(heard, urgency=higher(earlier.urgency, urgency))


def find(text: str) -> Places:
    words = fold(text)
    if "hoa phu" in words:
        return Places((PlaceGuess("24175", 0.5, "Hòa Phú"), PlaceGuess("22015", 0.4, "Hòa Phú")), "which")
    known = tuple(
        PlaceGuess(code, 0.95) for code, name in UNITS.items() if fold(name.split(" ", 1)[1]) in words
    )
    return Places(known[:1], None if known else "where")


def near(_point: Point) -> Places:
    return Places((PlaceGuess("24163", 0.9),))


def facts(**changes: object) -> Facts:
    start = Facts(
        assess,
        find,
        find,
        near,
        lambda _point: (),
        UNITS.__getitem__,
        NUMBERS,
        "Sở Y tế",
        "https://chat.example",
    )
    return replace(start, **changes)  # type: ignore[arg-type]


def heard(kind: HeardKind = HeardKind.TEXT, **parts: object) -> Heard:
    return Heard(ME, "1", kind, NOW, **parts)  # type: ignore[arg-type]


@dataclass(slots=True)
class Citizen:
    """One person in conversation; keeps what came back, and gives cases their numbers as the services do."""

    facts: Facts = field(default_factory=facts)
    state: Conversation = field(default_factory=Conversation)
    now: datetime = NOW
    last: Turn = field(default_factory=lambda: Turn(Conversation()))
    next_case: int = 1
    numbers: bool = False
    """Nothing can be pressed: choices are answered with their number."""
    offered: offers.Offer = offers.Offer(0, (), NOW, NOW)

    def says(self, text: str) -> Turn:
        tap = self._counted(text) if self.numbers else None
        return self.hears(heard(text=text) if tap is None else heard(HeardKind.TAP, tap=tap))

    def _counted(self, text: str) -> str | None:
        """What a number means where nothing can be pressed, by the list that was shown last."""
        said = offers.number(text)
        if said is None or not offers.answers_now(self.offered, self.state):
            return None
        tap = offers.counted(self.offered, said)
        return None if isinstance(tap, offers.Spoilt) else tap

    def taps(self, answer: str) -> Turn:
        """A button of the last message, by the end of what it sends."""
        taps = [choice.tap for choice in self.buttons if choice.tap.split(":")[-1] == answer]
        assert taps, f"no button {answer} among {[c.tap for c in self.buttons]}"
        return self.hears(heard(HeardKind.TAP, tap=taps[0]))

    def shows(self, media: Media = Media.PHOTO, **parts: object) -> Turn:
        size = parts.pop("size", 1000)
        attachment = Attachment(media, "ref", size=size if isinstance(size, int) else None)
        return self.hears(heard(HeardKind.MEDIA, attachments=(attachment,), **parts))

    def hears(self, what: Heard) -> Turn:
        return self._settle(dialogue.advance(self.state, what, self.now, self.facts))

    def waits(self, **span: float) -> Turn:
        self.now += timedelta(**span)
        if self.state.wake_at is None or self.state.wake_at > self.now:
            return self._settle(Turn(self.state))
        return self._settle(dialogue.wake(self.state, self.now, self.facts))

    def _settle(self, turn: Turn) -> Turn:
        state = turn.conversation
        for effect in turn.effects:
            if isinstance(effect, OpenCase):
                id_ = CaseId(self.next_case)
                self.next_case += 1
                kept = replace(effect.report, case=id_, words=(), attachments=())
                state = replace(state, case=id_, report=None if state.report is None else kept)
            if isinstance(effect, JoinHazard) and state.report is not None:
                state = replace(
                    state,
                    case=effect.case,
                    report=replace(state.report, case=effect.case, words=(), attachments=()),
                )
        self.state, self.last = state, turn
        if taps := tuple(choice.tap for choice in offers.countable(self.buttons)):
            self.offered = offers.Offer(0, taps, self.now, self.now)
        return turn

    @property
    def buttons(self) -> list:  # type: ignore[type-arg]
        return [
            choice for effect in self.last.effects if isinstance(effect, Say) for choice in effect.choices
        ]

    @property
    def told(self) -> list[str]:
        """Every key of the last turn, nested ones too."""
        lines = [line for effect in self.last.effects if isinstance(effect, Say) for line in effect.lines]
        return [key for line in lines for key in keys(line)]

    def effects(self, kind: type[Effect]) -> list:  # type: ignore[type-arg]
        return [effect for effect in self.last.effects if isinstance(effect, kind)]


def keys(line: Line) -> list[str]:
    inner = [key for value in line.values.values() if isinstance(value, Line) for key in keys(value)]
    return [line.key, *inner]


def pond(case: int = 40, metres: float = 80.0) -> Callable[[Point], tuple[Hazard, ...]]:
    return lambda _point: (Hazard(CaseId(case), metres, "pond", 2),)
