"""A grave word alone is asked about, however it is typed; a few words of Hmong are no prank."""

import pytest

from bot.data.triage import load_triage
from bot.data.triage.styles import restyled
from bot.domain.kinds import Kind, Urgency

TRIAGE = load_triage()
GRAVE = (
    "xâm hại", "hiếp dâm", "dâm ô", "lạm dụng tình dục", "sàm sỡ", "giết người", "giết", "chém người", "bắt cóc",
    "bạo hành", "bạo lực", "đánh đập", "mua bán người", "tảo hôn", "ép cưới", "bóc lột", "bỏ rơi", "bị nhốt",
    "đuối nước", "mất tích", "tự tử",
)  # fmt: skip


@pytest.mark.parametrize("word", GRAVE)
def test_a_grave_word_alone_is_never_put_aside(word: str) -> None:
    for typed in (word, restyled(word, "no_tones"), word.upper(), word.title(), f"{word} ạ", f"{word}!!"):
        assessed = TRIAGE.assess(typed)
        assert assessed.urgency.rank >= Urgency.URGENT.rank, typed
        assert assessed.kind not in {Kind.ADVICE, Kind.OFF_TOPIC}, typed


@pytest.mark.parametrize(
    "text", ["phim giết người", "tập huấn phòng chống đuối nước", "game bắn giết", "luật tảo hôn"]
)
def test_a_grave_word_in_a_film_or_a_course_raises_nothing(text: str) -> None:
    assert TRIAGE.assess(text).urgency is Urgency.NONE


@pytest.mark.parametrize("text", ["kuv txiv ntaus kuv", "pab kuv", "kuv ntshai", "nws ntaus kuv"])
def test_a_few_words_of_hmong_go_to_a_person(text: str) -> None:
    assessed = TRIAGE.assess(text)
    assert (assessed.language, assessed.kind, assessed.urgency) == ("other", Kind.UNKNOWN, Urgency.URGENT)


@pytest.mark.parametrize("text", ["alo", "ok", "Kim Anh", "hi ad", "lol"])
def test_few_words_are_vietnamese_otherwise(text: str) -> None:
    assert TRIAGE.assess(text).language == "vi"
