"""Two people report one thing, an officer joins it: both go on with the whole, and nothing opens twice."""

from bot.domain.cases import CaseId, EntryKind, Result, Status
from bot.domain.kinds import Kind
from bot.domain.messages import Address
from bot.domain.officers import Officer, Role
from bot.services import casework
from tests.stories.world import Person, World

ONE, TWO = CaseId(1), CaseId(2)
PLACE = "phường Ea Kao, Buôn Ma Thuột"


def joined(world: World) -> tuple[Person, Person, Officer]:
    """Case 2 was joined into case 1, which its officer has."""
    first, second = world.citizen(), world.citizen()
    first.says(f"bạn em đang bị bố đánh ở {PLACE}")
    second.says(f"có đứa nhỏ bị bố đánh ở {PLACE}")
    officer = next(
        one
        for one in world.roster().officers
        if one.role is Role.COMMUNE_OFFICER and world.case(1).unit in one.units
    )
    world.store.write(lambda uow: casework.take(uow, world.tools, ONE, officer, world.now))
    done = world.store.write(lambda uow: casework.join(uow, world.tools, TWO, officer, ONE, world.now))
    assert isinstance(done, casework.Done)
    world.deliver()
    for person in (first, second):
        person.forgets()
    return first, second, officer


def words_of(world: World, case: CaseId) -> list[str]:
    entries = world.store.read(lambda uow: uow.cases.entries(case))
    return [entry.text for entry in entries if entry.kind in (EntryKind.WORDS, EntryKind.ANSWER)]


def test_what_the_second_reporter_adds_goes_to_the_whole_and_opens_nothing_again(world: World) -> None:
    _, second, _ = joined(world)
    second.says("bé bị chảy máu nhiều lắm")
    assert "bé bị chảy máu nhiều lắm" in words_of(world, ONE)
    assert words_of(world, TWO) == []
    assert (world.case(2).status, world.case(2).result) == (Status.CLOSED, Result.DUPLICATE)
    assert world.cases() == 1


def test_both_are_asked_what_an_officer_asks_and_both_answers_arrive(world: World) -> None:
    first, second, officer = joined(world)
    world.store.write(
        lambda uow: casework.ask_reporter(uow, world.tools, ONE, officer, "Cháu học lớp mấy?", world.now)
    )
    world.deliver()
    assert first.was_told("Cháu học lớp mấy?")
    assert second.was_told("Cháu học lớp mấy?")
    second.says("dạ cháu học lớp ba")
    assert "dạ cháu học lớp ba" in words_of(world, ONE)


def test_the_receipt_of_the_case_that_was_joined_leads_to_the_whole(world: World) -> None:
    first, second = world.citizen(), world.citizen()
    first.says(f"bạn em đang bị bố đánh ở {PLACE}")
    second.says(f"có đứa nhỏ bị bố đánh ở {PLACE}")
    receipt = world.receipt(second)
    officer = next(one for one in world.roster().officers if one.role is Role.PROVINCE_DUTY)
    world.store.write(lambda uow: casework.join(uow, world.tools, TWO, officer, ONE, world.now))
    back = world.person(Address("web_chat", "main", "on-another-phone"))
    back.says(receipt)
    back.says("tay bé sưng to lắm")
    assert "tay bé sưng to lắm" in words_of(world, ONE)


def test_the_whole_is_of_both_kinds_and_knows_the_place_that_one_of_them_knew(world: World) -> None:
    first, second = world.citizen(), world.citizen()
    first.says("bạn em đang bị bố đánh")
    second.says(f"có em nhỏ bị bắt đi làm thuê ở {PLACE}, không được đi học")
    kind = world.case(2).kind
    assert kind is not Kind.VIOLENCE
    assert (world.case(1).unit, world.case(2).unit is None) == (None, False)
    officer = next(one for one in world.roster().officers if one.role is Role.PROVINCE_DUTY)
    world.store.write(lambda uow: casework.join(uow, world.tools, TWO, officer, ONE, world.now))
    assert world.case(1).unit == world.case(2).unit
    assert kind in world.case(1).also
