"""Messages are understood: kinds, emergencies, styles, traps, several together, languages that nobody reads."""

import json
from pathlib import Path

import pytest

from bot.data.triage import load_triage
from bot.data.triage.styles import restyled
from bot.domain.kinds import Kind, Urgency
from bot.domain.understanding import Assessment
from locales.catalogue import load

TRIAGE = load_triage()
LABELLED = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "triage.jsonl").read_text("utf-8").splitlines()
]
NOTHING = {Kind.ADVICE, Kind.OFF_TOPIC}


def kinds_right(texts: list[str]) -> float:
    right = [TRIAGE.assess(text).kind == row["kind"] for text, row in zip(texts, LABELLED, strict=True)]
    return sum(right) / len(right)


def test_nine_kinds_in_ten_are_right() -> None:
    assert len(LABELLED) > 30
    assert kinds_right([row["text"] for row in LABELLED]) >= 0.9


@pytest.mark.parametrize("style", ["no_tones", "telex", "vni", "teencode", "voice"])
def test_another_way_of_typing_loses_little(style: str) -> None:
    plain = kinds_right([row["text"] for row in LABELLED])
    assert kinds_right([restyled(row["text"], style) for row in LABELLED]) >= plain - 0.1


@pytest.mark.parametrize("text", [row["text"] for row in LABELLED if row["urgency"] == "emergency"])
def test_an_emergency_is_never_less_than_urgent(text: str) -> None:
    assert TRIAGE.assess(text).urgency.rank >= Urgency.URGENT.rank


def test_most_emergencies_are_emergencies() -> None:
    emergencies = [row["text"] for row in LABELLED if row["urgency"] == "emergency"]
    caught = sum(TRIAGE.assess(text).urgency is Urgency.EMERGENCY for text in emergencies)
    assert caught >= 0.9 * len(emergencies)


@pytest.mark.parametrize("text", [row["text"] for row in LABELLED if row["urgency"] != "none"])
def test_what_needs_action_is_never_put_aside(text: str) -> None:
    assessed = TRIAGE.assess(text)
    assert assessed.kind not in NOTHING
    assert assessed.urgency is not Urgency.NONE


@pytest.mark.parametrize("row", LABELLED, ids=range(len(LABELLED)))
def test_kind_and_urgency_agree_and_every_reason_has_words(row: dict[str, str]) -> None:
    assessed = TRIAGE.assess(row["text"])
    assert (assessed.kind in NOTHING) == (assessed.urgency is Urgency.NONE)
    assert assessed.reasons
    for reason in assessed.reasons:
        assert all(piece in row["text"] for piece in reason.words.split(" … ") if piece)


def test_every_reason_has_a_sentence_in_every_language() -> None:
    words = load()
    rules = {reason.rule for row in LABELLED for reason in TRIAGE.assess(row["text"]).reasons}
    assert len(rules) > 10
    for lang in words.languages:
        known = {key for key, _ in words._sentences[lang]}
        assert rules <= known


def test_the_same_text_gives_the_same_assessment() -> None:
    again = load_triage()
    for row in LABELLED:
        assert again.assess(row["text"]) == TRIAGE.assess(row["text"])


@pytest.mark.parametrize("text", ["", " ", "🙂", "…", "1", "\u202e\u200b", "a" * 60_000, "ߊߋ", "\x00"])
def test_no_text_is_too_strange(text: str) -> None:
    assert isinstance(TRIAGE.assess(text), Assessment)


@pytest.mark.parametrize(
    "text", ["ខ្ញុំសុំជំនួយ ឪពុកខ្ញុំវាយខ្ញុំ", "我爸爸打我 请帮帮我", "Amĭ kâo čih sa pô hđeh mâo ngă jhat ti sang hră"]
)
def test_a_language_that_nobody_here_reads_goes_to_a_person(text: str) -> None:
    assessed = TRIAGE.assess(text)
    assert (assessed.language, assessed.kind, assessed.urgency) == ("other", Kind.UNKNOWN, Urgency.URGENT)


def test_english_is_told_from_vietnamese() -> None:
    assert TRIAGE.assess("My neighbour beats his son every night").language == "en"
    assert TRIAGE.assess("hang xom danh con moi dem").language == "vi"


@pytest.mark.parametrize("cry", ["cứu em", "cứu con với", "help me", "sos", "khẩn cấp"])
def test_a_bare_cry_for_help_is_an_emergency(cry: str) -> None:
    assert TRIAGE.assess(cry).urgency is Urgency.EMERGENCY


@pytest.mark.parametrize(
    "answer",
    [
        "bố em",
        "em 12 tuổi",
        "ở nhà em",
        "Nguyễn Văn An",
        "nguyễn thị hoa",
        "LE VAN BINH",
        "Y Bluk Niê",
        "có ạ",
        "Cồn",
        "cồn",
        "Ao Sen",
        "Cà Mau",
    ],
)
def test_a_bare_answer_is_no_report(answer: str) -> None:
    assert TRIAGE.assess(answer).urgency is Urgency.NONE


def test_a_negation_is_not_the_thing_denied() -> None:
    assert TRIAGE.assess("Không phải bị đánh đâu, cháu ngã xe trầy gối thôi").urgency is not Urgency.EMERGENCY


class TestTogether:
    def test_later_words_raise(self) -> None:
        first = TRIAGE.assess("con hay bị ba đánh")
        assert first.urgency is Urgency.URGENT
        texts = ["con hay bị ba đánh", "ba đang cầm dao phá cửa, cứu con với"]
        assert TRIAGE.together(first, texts).urgency is Urgency.EMERGENCY

    def test_a_joke_or_a_correction_never_lowers(self) -> None:
        first = TRIAGE.assess("ba đang cầm dao phá cửa, cứu con với")
        later = TRIAGE.together(first, ["ba đang cầm dao phá cửa, cứu con với", "đùa thôi haha", "cảm ơn ad"])
        assert later.urgency is Urgency.EMERGENCY
        assert later.kind is Kind.VIOLENCE

    def test_a_greeting_before_a_report_is_forgotten(self) -> None:
        first = TRIAGE.assess("alo")
        later = TRIAGE.together(first, ["alo", "bé gái nhà bên bị bố đánh mỗi ngày, người bầm tím"])
        assert later.kind is Kind.VIOLENCE

    def test_what_was_known_is_kept(self) -> None:
        first = TRIAGE.assess("bé 7 tuổi ở xã Ea Kao bị mẹ kế đánh")
        later = TRIAGE.together(first, ["bé 7 tuổi ở xã Ea Kao bị mẹ kế đánh", "hôm nào cũng bị"])
        assert (later.ages, later.place) == ((7,), "xã Ea Kao")

    def test_a_short_answer_raises_nothing_by_itself(self) -> None:
        first = TRIAGE.assess("bé hàng xóm hay bị mẹ đánh, tay bầm tím")
        for answer in (
            "mẹ em", "em 12 tuổi", "ở nhà", "Đắk Lắk", "không", "mai em viết tiếp", "em không nhớ số nhà",
            "không phải Ea Kao, ở Ea Tu", "bố mẹ em đi làm xa",
        ):  # fmt: skip
            later = TRIAGE.together(first, ["bé hàng xóm hay bị mẹ đánh, tay bầm tím", answer])
            assert later.urgency is first.urgency, answer

    def test_no_words_leave_things_as_they_were(self) -> None:
        first = TRIAGE.assess("bé bị mẹ kế đánh mỗi ngày")
        assert TRIAGE.together(first, []).kind is first.kind


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Đêm nay dượng lại qua phòng con, lần nào dượng cũng sờ con", "reason.danger.abuser_near"),
        ("đi chợ về thấy em bé quấn khăn nằm cạnh thùng rác", "reason.danger.small_child_alone"),
    ],
)
def test_a_danger_told_calmly_is_an_emergency_by_rule(text: str, rule: str) -> None:
    assessed = TRIAGE.assess(text)
    assert assessed.urgency is Urgency.EMERGENCY
    assert rule in {reason.rule for reason in assessed.reasons}


@pytest.mark.parametrize(
    "text",
    [
        "con",
        "em",
        "hihi alo alo 123",
        "xem phim tối qua có đoạn ông bố nhốt con trong tủ, khóc quá trời luôn mn",
    ],
)
def test_a_film_or_an_empty_word_reports_nothing(text: str) -> None:
    assert TRIAGE.assess(text).kind is Kind.OFF_TOPIC
