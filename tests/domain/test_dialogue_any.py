"""Whatever somebody does, in whatever order: nothing raises, and what must always hold holds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import script
from bot.domain.dialogue import keeping
from bot.domain.effects import AddWords, OpenCase, Say, UpdateCase
from bot.domain.messages import Attachment, Heard, HeardKind, Media
from bot.domain.understanding import Point
from locales.catalogue import load
from tests.domain.citizen import Citizen, facts, heard, pond

CATALOGUE = load()
SAID = st.sampled_from(
    [
        "hi", "cô ơi", "em buồn lắm", "nó bị mắng suốt ngày", "bố hay đánh em", "bố đang đánh em", "ổng sờ người em",
        "ao không rào", "thủ tục nhận con nuôi", "ở Ea Kao", "ở xã Hòa Phú", "sau trường", "đúng", "không", "bỏ qua",
        "xong", "hủy", "xóa", "riêng tư", "/moi", "/english", "tình trạng", "đừng nhắn lại", "cảm ơn", "1", "3", "",
        "😭", "8431 0275 9946 1203", "8431 0275 9946 1203 bố đang đánh em", "nyo hluê brei kâo", "{x} %s",
    ]
)  # fmt: skip
POINT = Point(12.66, 108.05)
SHOWN = st.sampled_from(
    [
        heard(HeardKind.MEDIA, attachments=(Attachment(Media.PHOTO, "p"),), album="a"),
        heard(HeardKind.MEDIA, attachments=(Attachment(Media.VOICE, "v"),)),
        heard(
            HeardKind.MEDIA,
            attachments=(Attachment(Media.VIDEO, "x", size=99_000_000),),
            text="bố đang đánh em",
        ),
        heard(HeardKind.LOCATION, point=POINT),
        heard(HeardKind.LIVE_LOCATION, point=POINT),
        heard(HeardKind.CONTACT, text="Cô Lan"),
        heard(HeardKind.EDITED, text="bố đang đánh em"),
        heard(HeardKind.BLOCKED),
        heard(HeardKind.START),
        heard(HeardKind.TAP, tap="c:hazard"),
        heard(HeardKind.TAP, tap="c:ask_officer"),
        heard(HeardKind.TAP, tap="q:1:where:-"),
    ]
)
PRESS = st.integers(0, 9)
WAIT = st.sampled_from([2.0, 11.0, 2000.0])
ACTS = st.lists(st.one_of(SAID, SHOWN, PRESS, WAIT), min_size=1, max_size=12)


def act(citizen: Citizen, what: str | Heard | int | float) -> None:
    match what:
        case str():
            citizen.says(what)
        case Heard():
            citizen.hears(what)
        case float():
            citizen.waits(minutes=what)
        case int():
            if buttons := citizen.buttons:
                citizen.hears(heard(HeardKind.TAP, tap=buttons[what % len(buttons)].tap))


@given(ACTS, st.booleans(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_whatever_somebody_does_what_must_hold_holds(
    acts: list[str | Heard | int | float], buttons: bool, hazard: bool
) -> None:
    citizen = Citizen(facts(hazards=pond() if hazard else lambda _point: ()), numbers=not buttons)
    for what in acts:
        act(citizen, what)
        check(citizen)
        if isinstance(what, str) and "đang đánh" in what:
            helped(citizen)


def helped(citizen: Citizen) -> None:
    """An emergency is answered with numbers before anything else and is in a case when the turn ends."""
    assert citizen.effects(Say)[0].lines[0].key.startswith("danger.")
    assert citizen.effects(OpenCase) or citizen.effects(AddWords)
    assert citizen.state.case is not None


def check(citizen: Citizen) -> None:
    state = citizen.last.conversation
    assert state.asking == "" or state.asking in script.QUESTIONS
    opened = citizen.effects(OpenCase)
    assert len(opened) <= 2, "a draft and what begins after it at most"
    for effect in citizen.effects(Say):
        assert all(CATALOGUE.render(line, state.lang, state.voice) for line in effect.lines)
        assert all(len(choice.tap.encode()) <= 64 for choice in effect.choices)
    assert all(effect.report.opened for effect in citizen.effects(UpdateCase))
    texts = [effect.text for effect in citizen.effects(AddWords)]
    texts += [words for effect in opened for words in effect.report.words]
    texts += [*state.report.words, *state.report.answers.values()] if state.report else []
    assert not any("8431 0275" in text for text in texts)
    if state.report is not None and not state.report.opened and keeping.worth_a_case(state.report):
        assert state.wake_at is not None, "a report that nobody would ever open"
