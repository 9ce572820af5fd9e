"""Several places in one text: the incident's first, the writer's after it, a denied one not at all."""

import pytest

from bot.data.units import load_units
from bot.domain.places import Gazetteer

GAZETTEER = Gazetteer(load_units())
DAK_LAK = "66"


def names(text: str) -> tuple[list[str], str | None]:
    found = GAZETTEER.find(text, DAK_LAK)
    return [GAZETTEER.name(one.unit) for one in found.units], found.needs


@pytest.mark.parametrize(
    ("text", "incident", "other"),
    [
        ("Tôi ở xã Ea Tul nhưng việc xảy ra ở xã Ea Kao", "Phường Ea Kao", "Xã Ea Tul"),
        ("Vụ việc xảy ra ở xã Ea Kao, còn tôi sống ở xã Ea Tul", "Phường Ea Kao", "Xã Ea Tul"),
        ("Em ở xã Ea Tul, em thấy cháu bé bị đánh ở xã Ea Kao", "Phường Ea Kao", "Xã Ea Tul"),
        ("toi o xa ea tul, chau be bi danh o xa ea kao", "Phường Ea Kao", "Xã Ea Tul"),
        ("Quê em ở xã Ea Tul, em bị chủ đánh ở xã Ea Kao", "Phường Ea Kao", "Xã Ea Tul"),
        ("Tôi là giáo viên xã Ea Tul, học sinh của tôi ở xã Ea Kao bị bỏ đói", "Phường Ea Kao", "Xã Ea Tul"),
    ],
)
def test_the_incident_comes_before_the_writer(text: str, incident: str, other: str) -> None:
    found, needs = names(text)
    assert found[:1] == [incident]
    assert other in found
    assert needs is None


@pytest.mark.parametrize(
    "text",
    [
        "giáp ranh xã Ea Tul và xã Ea Kao có hồ sâu không rào",
        "từ xã Ea Tul bị đưa xuống xã Ea Kao",
    ],
)
def test_where_nothing_tells_both_are_told_and_asked_about(text: str) -> None:
    found, needs = names(text)
    assert found == ["Xã Ea Tul", "Phường Ea Kao"]
    assert needs == "which"


@pytest.mark.parametrize(
    "text", ["Không phải xã Ea Tul mà là xã Ea Kao", "việc xảy ra ở xã Ea Kao chứ không phải xã Ea Tul"]
)
def test_a_denied_place_is_left_out(text: str) -> None:
    found, _ = names(text)
    assert found == ["Phường Ea Kao"]


def test_a_place_that_is_only_denied_is_asked_about() -> None:
    assert names("không phải ở xã Ea Tul đâu") == ([], "where")


def test_two_ways_to_name_one_commune_are_one_answer() -> None:
    found, needs = names("phường Tân Lợi, cạnh phường Tự An, Buôn Ma Thuột")
    assert found == ["Phường Buôn Ma Thuột"]
    assert needs is None
