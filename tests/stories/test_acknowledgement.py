"""From somebody's first words to an officer's acknowledgement, and what happens when nobody answers."""

from bot.domain.cases import Status
from bot.domain.kinds import Kind, Urgency
from tests.stories.world import World

CRY = "Cứu em với, bố đang cầm dao đánh em, nhà em ở xã Ea Kao, Đắk Lắk"


def test_a_cry_for_help_is_answered_with_numbers_and_rings_the_communes_officer_at_once(world: World) -> None:
    worker, far_away = world.officer("TE-24169"), world.officer("TE-22015")
    child = world.citizen().says(CRY)
    assert child.was_told("113")
    assert child.was_told("111")
    case = world.case(1)
    assert (case.kind, case.urgency) == (Kind.VIOLENCE, Urgency.EMERGENCY)
    assert len(worker.alerts) == 1
    assert far_away.alerts == []


def test_the_writer_knows_when_an_officer_has_taken_it(world: World) -> None:
    worker = world.officer("TE-24169")
    child = world.citizen().says(CRY)
    worker.taps("Tiếp nhận")
    assert world.case(1).status is Status.TAKEN
    assert "Đã tiếp nhận" in worker.last
    assert child.was_told("đã nhận lời nhắn")


def test_silence_climbs_to_other_people_and_never_just_stops(world: World) -> None:
    codes = (
        "TE-24169",
        "TE2-24169",
        "CT-24169",
        "CA-24169",
        "SYT-TRUC-1",
        "SYT-TRUC-2",
        "SYT-TRUC-3",
        "SYT-GS-1",
    )
    people = {code: world.officer(code) for code in codes}
    world.citizen().says(CRY)
    world.forward(hours=1)
    rung = {code for code, person in people.items() if person.alerts}
    assert {"TE-24169", "TE2-24169", "CT-24169"} <= rung
    assert any(people[f"SYT-TRUC-{n}"].was_told("gọi ngay tổng đài 111") for n in (1, 2, 3))
    before = sum(len(person.letters) for person in people.values())
    world.forward(hours=3)
    assert sum(len(person.letters) for person in people.values()) > before


def test_of_two_officers_who_press_exactly_one_has_it_and_the_other_is_told_who(world: World) -> None:
    worker, chair = world.officer("TE-24169"), world.officer("CT-24169")
    world.citizen().says(CRY)
    world.forward(minutes=30)
    late = chair.button("Tiếp nhận")
    worker.taps("Tiếp nhận")
    owner = world.case(1).owner
    chair.presses(late)
    assert world.case(1).owner == owner
    name = next(one.name for one in world.roster().officers if one.id == owner)
    assert name in chair.last


def test_an_acknowledgement_without_action_wears_off(world: World) -> None:
    worker = world.officer("TE-24169")
    world.citizen().says(CRY)
    worker.taps("Tiếp nhận").forgets()
    world.forward(hours=2)
    assert worker.was_told("không còn hiệu lực")
    assert worker.alerts


def test_what_is_acted_on_stays_quiet_until_its_time_runs_out(world: World) -> None:
    worker = world.officer("TE-24169")
    world.citizen().says(CRY)
    worker.taps("Tiếp nhận")
    worker.taps("Tình trạng").taps("đang xử lý")
    assert world.case(1).status is Status.ACTING, worker.last
    worker.forgets()
    world.forward(hours=3)
    assert worker.alerts == []


def test_an_officer_who_has_blocked_us_is_passed_over_at_once(world: World) -> None:
    worker, deputy = world.officer("TE-24169"), world.officer("TE2-24169")
    worker.blocks_us = True
    world.citizen().says(CRY)
    assert deputy.alerts, "the next one rings without waiting"


def test_alarms_sound_before_the_twelve_hours_end(world: World) -> None:
    worker = world.officer("TE-24169")
    world.citizen().says(CRY)
    worker.taps("Tiếp nhận")
    world.forward(hours=12)
    assert worker.was_told("Chỉ còn")


def test_an_accused_policeman_is_never_rung(world: World) -> None:
    police, worker = world.officer("CA-24169"), world.officer("TE-24169")
    world.citizen().says("Công an xã Ea Kao đang đánh con tôi chảy máu, cứu cháu với, ở xã Ea Kao Đắk Lắk")
    world.forward(hours=2)
    assert "police" in world.case(1).excluded.roles
    assert worker.alerts
    assert police.alerts == []


def test_where_the_place_is_unknown_the_provinces_duty_is_rung_and_the_writer_asked(world: World) -> None:
    duty = [world.officer(f"SYT-TRUC-{n}") for n in (1, 2, 3)]
    worker = world.officer("TE-24169")
    child = world.citizen().says("Cứu con với, bố đang cầm dao đuổi con")
    assert any(one.alerts for one in duty)
    assert world.case(1).unit is None
    child.says("xã Ea Kao, Đắk Lắk")
    assert world.case(1).unit == "24169"
    assert worker.alerts, "once the place is known the commune's own officer is rung"


def test_cancelling_after_an_alert_informs_the_officer_and_closes_nothing(world: World) -> None:
    worker = world.officer("TE-24169")
    child = world.citizen().says(CRY)
    child.says("hủy")
    assert worker.was_told("muốn thôi")
    assert world.case(1).status is Status.NEW


def test_a_forged_button_and_another_persons_button_do_nothing(world: World) -> None:
    worker, chair = world.officer("TE-24169"), world.officer("CT-24169")
    world.citizen().says(CRY)
    stolen = worker.button("Tiếp nhận")
    chair.presses(stolen)
    chair.presses("o1:take:1:AAAAAAAAAAAA")
    assert world.case(1).status is Status.NEW
    worker.presses(stolen)
    assert world.case(1).status is Status.TAKEN


def test_a_card_never_holds_the_childs_words(world: World) -> None:
    worker = world.officer("TE-24169")
    world.citizen().says("Em là Trịnh Ngọc Lam, bố đang đánh em bằng cán chổi ở xã Ea Kao, sđt 0987654321")
    world.forward(hours=1)
    said = "\n".join(letter.text for letter in worker.letters)
    assert worker.alerts
    for word in ("Lam", "cán chổi", "0987654321"):
        assert word not in said
