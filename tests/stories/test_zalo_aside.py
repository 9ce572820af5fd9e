"""A human answers in Zalo's own tool: the bot steps back, keeps every word, and still sees an emergency."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.cases import EntryKind
from bot.domain.kinds import Urgency
from bot.domain.messages import Heard, HeardKind, Lane, Media, Notice
from bot.ports import Delivered, NewLetter, Settled, UnitOfWork
from storage.engine import SqlStore
from tests.stories.world import TRAITS, Person, World

BEATEN = "hàng xóm đánh con hằng ngày, cháu bé 6 tuổi, ở xã Ea Kao"
NOW_BEATING = "bố đang cầm dao đuổi đánh em, cứu em với"


@pytest.fixture
def zalo(sqlite_store: SqlStore) -> World:
    """The demo office, where the citizens' channel has a reply window and a tool of its own."""
    world = World(sqlite_store)
    windowed = replace(TRAITS["telegram_public"], window=timedelta(days=7), free=timedelta(hours=48))
    traits = {**world.tools.traits, "telegram_public": windowed}
    world.tools = replace(world.tools, traits=traits)
    return world


def a_human_writes_to(person: Person) -> None:
    person._sends(HeardKind.NOTICE, tap=Notice.STAFF)


def ledger(world: World, subject: str) -> list[str]:
    return [row.action for row in world.store.read(lambda uow: uow.ledger.of(subject))]


def said(world: World, case: int) -> list[str]:
    entries = world.store.read(lambda uow: uow.cases.entries(world.case(case).id))
    return [entry.text for entry in entries if entry.kind is EntryKind.WORDS]


def test_while_a_human_answers_the_bot_is_silent_and_asks_nothing(zalo: World) -> None:
    citizen = zalo.citizen().says("cho em hỏi thủ tục")
    citizen.forgets()
    a_human_writes_to(citizen)
    citizen.says("dạ em cảm ơn").says("vậy mai em lên").shows(Media.PHOTO)
    assert citizen.letters == []


def test_an_emergency_is_seen_all_the_same(zalo: World) -> None:
    worker, citizen = zalo.officer("TE-24169"), zalo.citizen().says("cho em hỏi thủ tục")
    a_human_writes_to(citizen)
    citizen.forgets()
    citizen.says(f"{NOW_BEATING}, ở xã Ea Kao")
    assert zalo.case(1).urgency is Urgency.EMERGENCY
    assert worker.alerts
    assert citizen.was_told("113")
    assert not citizen.was_told("?"), "no question of ours while a human talks"
    assert len(citizen.letters) == 1
    assert NOW_BEATING in said(zalo, 1)[0] or NOW_BEATING in said(zalo, 1)[-1]


def test_what_is_reported_meanwhile_becomes_a_case_after_the_quiet_time(zalo: World) -> None:
    citizen = zalo.citizen().says("alo")
    a_human_writes_to(citizen)
    citizen.forgets()
    citizen.says("cháu bé 6 tuổi nhà bên cạnh không được đi học").shares(12.66, 108.04)
    zalo.now += timedelta(minutes=30)
    zalo.tick()
    zalo.deliver()
    assert zalo.cases() == 1
    assert citizen.letters == []
    assert zalo.case(1).point is not None or zalo.case(1).unit is not None


def test_the_quiet_time_says_nothing_into_a_humans_talk(zalo: World) -> None:
    citizen = zalo.citizen().says("alo")
    a_human_writes_to(citizen)
    citizen.says("cháu bé 6 tuổi nhà bên cạnh không được đi học").shares(12.66, 108.04)

    def safe(uow: UnitOfWork) -> None:
        id_, state = uow.conversations.load(citizen.address)
        uow.conversations.save(id_, replace(state, safe_to_write=True))

    zalo.store.write(safe)
    citizen.forgets()
    zalo.now += timedelta(minutes=30)
    zalo.tick()
    zalo.deliver()
    assert zalo.cases() == 1
    assert citizen.letters == []


def test_more_words_go_into_the_case_that_is_open(zalo: World) -> None:
    citizen = zalo.citizen().says(BEATEN).says("xong")
    a_human_writes_to(citizen)
    citizen.forgets()
    citizen.says("hôm qua họ đánh cháu nữa")
    assert "hôm qua họ đánh cháu nữa" in said(zalo, 1)
    assert citizen.letters == []


@pytest.mark.parametrize("word", ["menu", "Tin báo", "BOT", "trợ giúp", "/help", "tình trạng"])
def test_a_word_calls_the_bot_back(zalo: World, word: str) -> None:
    citizen = zalo.citizen().says("alo")
    a_human_writes_to(citizen)
    citizen.forgets()
    citizen.says(word)
    assert citizen.letters
    assert ledger(zalo, "conversation:1") == ["conversation.stepped_back", "conversation.called_back"]
    citizen.forgets()
    citizen.says(BEATEN)
    assert citizen.letters, "it stays until a human writes again"


def test_a_button_calls_the_bot_back(zalo: World) -> None:
    citizen = zalo.citizen().says(BEATEN)
    tap = citizen.button("Đúng")
    a_human_writes_to(citizen)
    citizen.forgets()
    citizen.presses(tap)
    assert citizen.letters


def test_eight_hours_after_the_humans_last_word_the_bot_answers_again(zalo: World) -> None:
    citizen = zalo.citizen().says("alo")
    a_human_writes_to(citizen)
    zalo.now += timedelta(hours=7)
    a_human_writes_to(citizen)
    zalo.now += timedelta(hours=7)
    citizen.forgets()
    citizen.says("cô ơi")
    assert citizen.letters == [], "seven hours after the last word"
    zalo.now += timedelta(hours=2)
    citizen.says("cô ơi")
    assert citizen.letters


def test_the_receipt_that_was_owed_is_told_when_the_bot_is_called(zalo: World) -> None:
    citizen = zalo.citizen()
    a_human_writes_to(citizen)
    citizen.says("bố hay đánh em bằng roi, ở xã Ea Kao")
    assert zalo.cases() == 1
    assert citizen.letters == []
    citizen.says("menu")
    assert zalo.receipt(citizen)


def test_an_officer_is_never_stepped_back_from(zalo: World) -> None:
    worker = zalo.officer("TE-24169")
    a_human_writes_to(worker)
    worker.says("/viec")
    assert worker.letters


def test_a_letter_of_ours_that_the_platform_ascribes_to_an_administrator_silences_nobody(zalo: World) -> None:
    citizen = zalo.citizen().says("alo")
    letter = zalo.store.write(
        lambda uow: uow.outbox.post(NewLetter(Lane.CONVERSATION, citizen.address, "x"), zalo.now)
    )
    zalo.store.write(
        lambda uow: uow.outbox.settle([Settled(letter, Delivered("m1", tracked=("m1",)))], zalo.now)
    )
    zalo.hear(Heard(citizen.address, "m1", HeardKind.NOTICE, zalo.now, tap=Notice.STAFF))
    citizen.forgets()
    citizen.says("cô ơi")
    assert citizen.letters
