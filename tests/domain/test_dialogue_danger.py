"""What to do now and whom to phone; who is accused; what the words of a hazard tell."""

import pytest

from bot.domain.dialogue.listening.accused import accused, named
from bot.domain.dialogue.listening.danger import Danger, advice, grown_up, to_call, what
from bot.domain.dialogue.listening.known import known_answers
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Line
from bot.domain.understanding import Assessment
from tests.domain.citizen import NUMBERS, keys


def emergency(kind: Kind) -> Assessment:
    return Assessment(kind, Urgency.EMERGENCY)


@pytest.mark.parametrize(
    ("kind", "text", "danger", "numbers"),
    [
        (Kind.VIOLENCE, "bố đang đánh em", Danger.ATTACK, {"113", "111"}),
        (Kind.VIOLENCE, "nó bị đánh chảy máu đầu", Danger.ATTACK, {"113", "115", "111"}),
        (Kind.SEXUAL_ABUSE, "ổng đang ở trong phòng với bé", Danger.SEXUAL, {"113", "111"}),
        (Kind.TRAFFICKING, "có người đang dắt bé đi", Danger.TAKEN, {"113", "111"}),
        (Kind.DROWNING_INCIDENT, "có đứa đang chìm", Danger.WATER, {"114", "115", "111"}),
        (Kind.OTHER_DANGER, "em muốn chết", Danger.SELF_HARM, {"115", "111"}),
        (Kind.OTHER_DANGER, "em uong het vi thuoc ngu roi", Danger.SELF_HARM, {"115", "111"}),
        (Kind.OTHER_DANGER, "bé uống nhầm thuốc trừ sâu", Danger.POISON, {"115", "111"}),
        (Kind.OTHER_DANGER, "nhà cháy có trẻ con kẹt bên trong", Danger.FIRE, {"114", "115", "111"}),
        (Kind.OTHER_DANGER, "nha chay co tre con ket ben trong", Danger.FIRE, {"114", "115", "111"}),
        (Kind.OTHER_DANGER, "lũ cuốn trôi nhà, ba đứa nhỏ trên mái", Danger.DISASTER, {"112", "114", "111"}),
        (Kind.OTHER_DANGER, "cháu mất tích từ sáng", Danger.MISSING, {"113", "111"}),
        (Kind.OTHER_DANGER, "bé ngã từ tầng ba, bất tỉnh", Danger.INJURY, {"115", "111"}),
        (Kind.NEGLECT, "bé 3 tuổi khóa trong nhà một mình", Danger.ALONE, {"113", "111"}),
        (Kind.SUPPORT_NEED, "không biết sao nữa", Danger.ANY, {"113", "115", "111"}),
    ],
)
def test_each_danger_has_its_help_and_its_numbers(
    kind: Kind, text: str, danger: Danger, numbers: set[str]
) -> None:
    assert what(emergency(kind), text) is danger
    told = {
        key.removeprefix("number.") for line in advice(emergency(kind), text, NUMBERS) for key in keys(line)
    }
    assert told & {"111", "112", "113", "114", "115"} == numbers
    assert "office" in told


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_emergency_names_111_and_something_to_do(kind: Kind) -> None:
    first, numbers = advice(emergency(kind), "", {})
    assert first.key.startswith("danger.")
    assert "number.111" in keys(numbers)
    assert "number.office" not in keys(numbers), "an office without a number has none to tell"


def test_an_offices_own_numbers_are_told() -> None:
    line = to_call(("office", "111"), {"office": "0262 3 951 567"})
    first = line.values["first"]
    assert isinstance(first, Line)
    assert first.values["number"] == "0262 3 951 567"


@pytest.mark.parametrize(
    "text", ["chạy nhanh ra đây", "chay nhanh ra day", "toi bao cho me biet", "tim giup em"]
)
def test_everyday_words_without_their_marks_are_no_fire_and_no_storm(text: str) -> None:
    assert what(emergency(Kind.OTHER_DANGER), text) is Danger.ANY


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("công an xã đánh con tôi ở trụ sở", ("police",)),
        ("cong an xa danh con toi", ("police",)),
        ("bố bạn ấy là công an nên không ai dám nói", ("police",)),
        ("thầy dạy thêm hay sờ người bạn em", ("teacher",)),
        ("thầy sờ người em", ("teacher",)),
        ("ông chủ tịch xã bao che cho cháu ổng", ("chair",)),
        ("nó là con ông chủ tịch", ("chair",)),
        ("trưởng thôn dọa em không được kể", ("collaborator",)),
        ("cán bộ xã gạ em đi nhà nghỉ", ("commune_officer",)),
        ("the police officer beats my son", ("police",)),
        ("em báo công an rồi mà nó vẫn đánh", ()),
        ("em đã nói với cô giáo là bố đánh em", ()),
        ("cô giáo thấy em bị đánh", ()),
        ("công an đã đến lập biên bản", ()),
        ("toi thay no danh be", ()),
        ("tôi là cán bộ xã, thấy cháu bị đánh", ()),
        ("tôi là giáo viên chủ nhiệm", ()),
        ("bố hay đánh em", ()),
        ("", ()),
    ],
)
def test_who_is_accused_is_left_out_and_who_helps_is_not(text: str, roles: tuple[str, ...]) -> None:
    assert accused(text) == roles


def test_everybody_named_as_somebody_who_must_not_know_is_left_out() -> None:
    assert named("chú em làm công an, với cô chủ nhiệm") == ("police", "teacher")
    assert named("không có ai") == ()


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("hố công trình không có gì chắn", {"water": "pit", "fence": "none"}),
        ("cái giếng không nắp, trẻ con hay chơi", {"water": "well", "fence": "none", "children": "often"}),
        ("kênh chảy xiết", {"water": "canal"}),
        ("ao ca khong rao", {"water": "pond", "fence": "none"}),
        ("chỗ đó nguy hiểm lắm", {}),
        ("bến sông có rào rồi", {"water": "river"}),
    ],
)
def test_what_the_words_of_a_hazard_tell(text: str, known: dict[str, str]) -> None:
    assert known_answers(text) == known


@pytest.mark.parametrize(
    ("text", "adult"),
    [
        ("chồng tôi đánh tôi", True),
        ("chong toi danh toi", True),
        ("bố đánh em", False),
        ("tôi đánh răng", False),
    ],
)
def test_an_adult_who_is_in_danger_is_heard(text: str, adult: bool) -> None:
    assert grown_up(text) is adult
