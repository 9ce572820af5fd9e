"""Who can be reached: letters that wait for a window, officers told elsewhere, alarms of the office."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.cases import CaseId, EntryKind
from bot.domain.duty import LOCAL
from bot.domain.messages import Address, Heard, HeardKind, Lane, Letter, Line, Notice
from bot.ports import (
    Deferred,
    Delivered,
    NewLetter,
    Outcome,
    Quota,
    Refused,
    Scope,
    Settled,
    Spent,
    UnitOfWork,
    Why,
)
from bot.services import casework, letters, reaching, windows
from bot.services.casework.looking import Cost
from bot.services.duty import alarms, cards
from bot.services.reports import questions
from tests.services.office import Office
from tests.services.people import BUTTONS, ROSTER, TELEGRAM

ZALO = "zalo_oa"
WEEK, FREE = timedelta(days=7), timedelta(hours=48)
AN = Address(ZALO, "main", "1001")
HOA = Address(ZALO, "main", "2001")
WAITS = Deferred(timedelta(hours=1), Scope.CHAT, Why.WINDOW)
TOKEN = Line("alarm.zalo.token_over")


@pytest.fixture
def zalo(both: Office) -> Office:
    """The office, with a channel whose window closes."""
    traits = {**both.tools.traits, ZALO: replace(BUTTONS, window=WEEK, free=FREE, mixed=True)}
    both.tools = replace(both.tools, traits=traits)
    return both


def hears(office: Office, sender: Address, kind: HeardKind = HeardKind.TEXT, **what: str) -> bool:
    heard = Heard(sender, f"z{office.now}{kind}", kind, office.now, **what)  # type: ignore[arg-type]
    return office.store.write(lambda uow: reaching.heard(uow, office.tools, heard, office.now))


def settle(office: Office, number: int, outcome: Outcome) -> Letter:
    """The courier carried this letter, and this became of it."""

    def work(uow: UnitOfWork) -> Letter:
        claimed = [
            letter
            for lane in Lane
            for letter in uow.outbox.claim(ZALO, "main", lane, 50, office.now, timedelta(minutes=1))
        ]
        letter = next(one for one in claimed if one.id == number)
        uow.outbox.settle([Settled(number, outcome)], office.now)
        reaching.settled(uow, office.tools, letter, outcome, office.now)
        return letter

    return office.store.write(work)


def post(office: Office, to: Address, text: str, case: CaseId | None = None) -> int:
    letter = NewLetter(Lane.CONVERSATION, to, text, case=case)
    return office.store.write(lambda uow: uow.outbox.post(letter, office.now))


def due(office: Office, to: Address) -> list[str]:
    def work(uow: UnitOfWork) -> list[str]:
        claimed = uow.outbox.claim(
            to.channel, to.account, Lane.CONVERSATION, 50, office.now, timedelta(minutes=1)
        )
        return [letter.text for letter in claimed]

    return office.store.write(work)


def test_a_letter_outside_the_window_waits_and_the_case_and_its_officer_know(zalo: Office) -> None:
    case = zalo.report(AN)
    hears(zalo, AN)
    zalo.told("HOA")
    zalo.now += WEEK
    settle(zalo, post(zalo, AN, "Em ở đâu?", case), WAITS)
    assert zalo.case(case).reached is False
    assert any("chưa nhắn được cho người báo" in text for text in zalo.told("HOA"))
    entries = zalo.store.read(lambda uow: uow.cases.entries(case))
    assert [one.code for one in entries if one.kind is EntryKind.EVENT][-1] == "event.unreachable"
    assert due(zalo, AN) == []
    hears(zalo, AN)
    assert zalo.case(case).reached is True
    assert due(zalo, AN) == ["Em ở đâu?"]


def test_a_word_that_came_while_the_letter_was_on_its_way_back_releases_it(zalo: Office) -> None:
    hears(zalo, AN)
    zalo.now += WEEK
    number = post(zalo, AN, "Em ở đâu?")

    def race(uow: UnitOfWork) -> None:
        (letter,) = uow.outbox.claim(ZALO, "main", Lane.CONVERSATION, 1, zalo.now, timedelta(minutes=1))
        reaching.interacted(uow, zalo.tools, AN, zalo.now, zalo.now)
        uow.outbox.settle([Settled(number, WAITS)], zalo.now)
        reaching.settled(uow, zalo.tools, letter, WAITS, zalo.now)

    zalo.store.write(race)
    assert due(zalo, AN) == ["Em ở đâu?"]


def test_a_citizens_letter_never_goes_to_another_channel_on_its_own(zalo: Office) -> None:
    settle(zalo, post(zalo, AN, "Bí mật"), Refused(Why.WINDOW))
    backlog = zalo.store.read(lambda uow: uow.outbox.backlog())
    assert sum(backlog.values()) == 0


def test_an_officers_letter_goes_to_the_next_of_their_channels(zalo: Office) -> None:
    hoa = zalo.officer("HOA")
    zalo.store.write(lambda uow: uow.office.enrol(hoa.id, HOA, zalo.now))
    zalo.told("HOA")
    settle(zalo, post(zalo, HOA, "Vụ 7 đã chuyển cho anh/chị"), Refused(Why.WINDOW))
    assert zalo.told("HOA") == ["Vụ 7 đã chuyển cho anh/chị"]


def test_a_reporter_who_blocked_us_shows_on_the_case_until_they_write(zalo: Office) -> None:
    case = zalo.report(AN)
    hears(zalo, AN)
    zalo.told("HOA")
    settle(zalo, post(zalo, AN, "Em ở đâu?", case), Refused(Why.BLOCKED))
    assert zalo.case(case).reached is False
    assert any("đã chặn tài khoản này" in text for text in zalo.told("HOA"))
    zalo.now += timedelta(minutes=1)
    hears(zalo, AN)
    assert zalo.case(case).reached is True


def test_an_officer_who_blocked_us_is_told_elsewhere_and_no_more_there(zalo: Office) -> None:
    hoa = zalo.officer("HOA")
    hears(zalo, HOA)
    zalo.store.write(lambda uow: uow.office.enrol(hoa.id, HOA, zalo.now))
    zalo.told("HOA")
    settle(zalo, post(zalo, HOA, "Vụ 7 đã chuyển cho anh/chị"), Refused(Why.BLOCKED))
    assert zalo.told("HOA") == ["Vụ 7 đã chuyển cho anh/chị"]
    assert ZALO not in zalo.officer("HOA").reachable


def test_what_a_letter_cost_stands_with_its_case(zalo: Office) -> None:
    case = zalo.report(AN)
    hears(zalo, AN)
    spent = (Spent("cs", "reply", 7, 8), Spent("cs", "purchase_quota"))
    settle(zalo, post(zalo, AN, "Chào em", case), Delivered("z1", spent))
    cost = zalo.store.read(lambda uow: uow.contacts.cost_of_case(case))
    assert cost == {"cs:reply": 1, "cs:purchase_quota": 1}


@pytest.mark.parametrize(("person", "signs"), [("1001", True), ("anonymous/1/2", False)])
def test_a_sign_goes_only_to_who_can_be_given_one(zalo: Office, person: str, signs: bool) -> None:
    traits = replace(zalo.tools.traits[ZALO], reactions=True, words_only=("anonymous/",))
    zalo.tools = replace(zalo.tools, traits={**zalo.tools.traits, ZALO: traits})
    to = Address(ZALO, "main", person)
    assert zalo.store.write(lambda uow: letters.nod(uow, zalo.tools, to, "m1", zalo.now)) is signs
    assert not zalo.store.write(lambda uow: letters.nod(uow, zalo.tools, to, "", zalo.now))
    assert due(zalo, to) == ([""] if signs else [])


def test_every_question_that_a_block_kept_back_waits_and_is_put_in_its_order(zalo: Office) -> None:
    case = zalo.report(AN)
    hears(zalo, AN)
    hoa = zalo.officer("HOA")
    asked = ("Em ở đâu?", "Em ở đâu? Có ai ở cạnh em không?", "Em mấy tuổi?")
    for text in asked:
        zalo.store.write(lambda uow, t=text: casework.ask_reporter(uow, zalo.tools, case, hoa, t, zalo.now))

    def refused(uow: UnitOfWork) -> None:
        """One letter after the other comes back."""
        while found := uow.outbox.claim(ZALO, "main", Lane.CONVERSATION, 50, zalo.now, timedelta(minutes=1)):
            for letter in found:
                uow.outbox.settle([Settled(letter.id, Refused(Why.BLOCKED))], zalo.now)
                reaching.settled(uow, zalo.tools, letter, Refused(Why.BLOCKED), zalo.now)

    zalo.store.write(refused)
    assert zalo.store.read(lambda uow: questions.pending(uow, case)) == asked


def ask_and_join(office: Office, outcome: Outcome, *, claimed_before: bool) -> CaseId:
    """A question is on its way while its case is joined into another; then this became of it."""
    one, into, hoa = office.report(AN), office.report(), office.officer("HOA")
    hears(office, AN)

    def claims(uow: UnitOfWork) -> Letter:
        (letter,) = uow.outbox.claim(ZALO, "main", Lane.CONVERSATION, 1, office.now, timedelta(minutes=1))
        return letter

    def comes_back(uow: UnitOfWork, letter: Letter) -> None:
        uow.outbox.settle([Settled(letter.id, outcome)], office.now)
        reaching.settled(uow, office.tools, letter, outcome, office.now)

    write = office.store.write
    for case in (one, into):
        write(lambda uow, c=case: casework.take(uow, office.tools, c, hoa, office.now))
    office.deliver(channel=ZALO)
    office.now += WEEK
    write(lambda uow: casework.ask_reporter(uow, office.tools, one, hoa, "Em ở đâu?", office.now))
    letter = write(claims) if claimed_before else None
    done = write(lambda uow: casework.join(uow, office.tools, one, hoa, into, office.now))
    assert isinstance(done, casework.Done)
    office.told("HOA")
    carried = letter or write(claims)
    write(lambda uow: comes_back(uow, carried))
    return into


@pytest.mark.parametrize("claimed_before", [True, False])
def test_a_question_that_was_on_its_way_when_its_case_was_joined_waits_with_the_whole(
    zalo: Office, claimed_before: bool
) -> None:
    into = ask_and_join(zalo, Refused(Why.BLOCKED), claimed_before=claimed_before)
    assert zalo.store.read(lambda uow: questions.pending(uow, into)) == ("Em ở đâu?",)
    assert zalo.store.write(lambda uow: uow.conversations.load(AN)[1].question_waits) == into
    assert zalo.case(into).reached is False


@pytest.mark.parametrize("claimed_before", [True, False])
def test_a_question_that_waits_for_a_window_shows_on_the_whole_and_goes_with_it(
    zalo: Office, claimed_before: bool
) -> None:
    into = ask_and_join(zalo, WAITS, claimed_before=claimed_before)
    assert zalo.case(into).reached is False
    zalo.store.write(lambda uow: uow.cases.erase(into))
    hears(zalo, AN)
    assert due(zalo, AN) == []


OUT = Deferred(timedelta(hours=1), Scope.CHAT, Why.QUOTA)


def test_a_letter_that_nothing_can_pay_waits_for_the_next_word_and_the_case_says_why(zalo: Office) -> None:
    case = zalo.report(AN)
    hears(zalo, AN)
    zalo.told("HOA")
    zalo.store.write(lambda uow: uow.contacts.used_up(AN, zalo.now, paid=True))
    settle(zalo, post(zalo, AN, "Em ở đâu?", case), OUT)
    assert zalo.case(case).reached is False
    assert any("hết tin trả lời" in text for text in zalo.told("HOA"))
    assert due(zalo, AN) == []
    zalo.now += timedelta(minutes=1)
    hears(zalo, AN)
    assert (zalo.case(case).reached, due(zalo, AN)) == (True, ["Em ở đâu?"])


def test_when_the_office_buys_more_the_first_letter_that_arrives_takes_the_rest_along(zalo: Office) -> None:
    case = zalo.report(AN)
    hears(zalo, AN)
    zalo.store.write(lambda uow: uow.contacts.used_up(AN, zalo.now, paid=True))
    first = post(zalo, AN, "Một", case)
    settle(zalo, first, OUT)
    post(zalo, AN, "Hai", case)
    zalo.now += timedelta(hours=1)
    settle(zalo, first, Delivered("z1", (Spent("cs", "purchase_quota", 9),)))
    assert (zalo.case(case).reached, due(zalo, AN)) == (True, ["Hai"])


def test_a_sign_that_arrives_pays_for_no_letter(zalo: Office) -> None:
    case = zalo.report(AN)
    hears(zalo, AN)
    zalo.store.write(lambda uow: uow.contacts.used_up(AN, zalo.now, paid=True))
    settle(zalo, post(zalo, AN, "Em ở đâu?", case), OUT)
    sign = Letter(99, Lane.CONVERSATION, AN, "", react="m1")
    zalo.store.write(lambda uow: reaching.settled(uow, zalo.tools, sign, Delivered("m1"), zalo.now))
    contact = zalo.store.read(lambda uow: uow.contacts.get(AN))
    assert contact is not None
    assert (contact.held_at, contact.spent_at) == (zalo.now, zalo.now)
    assert (zalo.case(case).reached, due(zalo, AN)) == (False, [])


def test_a_platform_without_a_window_that_is_out_of_quota_says_nothing_of_its_people(zalo: Office) -> None:
    def work(uow: UnitOfWork) -> object:
        to = zalo.address("HOA")
        letter = Letter(1, Lane.CONVERSATION, to, "Chào")
        reaching.settled(uow, zalo.tools, letter, OUT, zalo.now)
        return uow.contacts.get(to)

    assert zalo.store.write(work) is None


def replies(office: Office, case: CaseId) -> str:
    hoa = office.officer("HOA")
    file = office.store.write(lambda uow: casework.look(uow, office.tools, case, hoa, office.now))
    assert isinstance(file, casework.CaseFile)
    return "\n".join(office.tools.words.render(line, "vi") for line in file.replies)


def tell_quota(office: Office, quota: Quota) -> None:
    office.store.write(lambda uow: uow.contacts.told_quota(ZALO, "main", quota))


def test_the_case_tells_its_officer_until_when_and_how_often_the_reporter_can_be_written_to(
    zalo: Office,
) -> None:
    case, since = zalo.report(AN), zalo.now
    hears(zalo, AN)
    week, free = (cards.clock(since + span) for span in (WEEK, FREE))
    assert replies(zalo, case) == f"Zalo: nhắn được đến {week}; miễn phí đến {free}."
    spent = (Spent("cs", "reply", 3, 8),)
    settle(zalo, post(zalo, AN, "Chào em", case), Delivered("z1", spent))
    assert replies(zalo, case).endswith(f"miễn phí đến {free}, còn 3 tin.")
    zalo.now = since + FREE
    assert replies(zalo, case).endswith("mỗi tin cơ quan phải trả phí.")
    settle(zalo, post(zalo, AN, "Em sao rồi?", case), Delivered("z2", (Spent("cs", "sub_quota", 12),)))
    assert replies(zalo, case).endswith("(còn 12 tin đã mua).")
    zalo.store.write(lambda uow: uow.contacts.used_up(AN, zalo.now, paid=True))
    assert "hết tin trả lời" in replies(zalo, case)
    zalo.now = since + WEEK
    assert replies(zalo, case).startswith(f"Zalo: hết hạn nhắn từ {week}")


def test_one_empty_quota_says_nothing_of_the_others(zalo: Office) -> None:
    case = zalo.report(AN)
    hears(zalo, AN)
    zalo.now += FREE
    tell_quota(zalo, Quota(0, zalo.now, "sub_quota"))
    assert replies(zalo, case).endswith("mỗi tin cơ quan phải trả phí.")
    tell_quota(zalo, Quota(0, zalo.now))
    assert "hết tin trả lời" in replies(zalo, case)


@pytest.mark.parametrize(("kind", "on_zalo"), [("sub_quota", True), ("", False)])
def test_an_officers_letter_goes_past_zalo_only_where_no_quota_is_left(
    zalo: Office, kind: str, on_zalo: bool
) -> None:
    closed = Address("zalo_bot", "main", "3001")
    traits = {**zalo.tools.traits, closed.channel: zalo.tools.traits[ZALO]}
    zalo.tools = replace(zalo.tools, traits=traits)
    hoa = replace(zalo.officer("HOA"), channels=(ZALO, TELEGRAM))
    others = tuple(one for one in ROSTER.officers if one.code != hoa.code)
    zalo.store.write(lambda uow: uow.office.replace(replace(ROSTER, officers=(hoa, *others))))
    for address in (HOA, closed):
        zalo.store.write(lambda uow, address=address: uow.office.enrol(hoa.id, address, zalo.now))
    hears(zalo, HOA)
    zalo.told("HOA")
    zalo.now += FREE
    tell_quota(zalo, Quota(0, zalo.now, kind))
    letter = Letter(99, Lane.CONVERSATION, closed, "Vụ 7 đã chuyển cho anh/chị")
    zalo.store.write(lambda uow: reaching.settled(uow, zalo.tools, letter, Refused(Why.WINDOW), zalo.now))
    assert (due(zalo, HOA), zalo.told("HOA")) == (([letter.text], []) if on_zalo else ([], [letter.text]))


def test_the_cost_of_a_conversation_is_told_apart_from_that_of_the_case(zalo: Office) -> None:
    early = (Spent("cs", "reply"),)
    zalo.store.write(lambda uow: uow.contacts.spent(AN, early, zalo.now))  # before there was a case
    case = zalo.report(AN)
    hears(zalo, AN)
    both = (Spent("cs", "reply"), Spent("cs", "purchase_quota"))
    settle(zalo, post(zalo, AN, "Chào em", case), Delivered("z1", both))
    zalo.store.write(lambda uow: uow.contacts.spent(HOA, (Spent("template_uid"),), zalo.now, case=case))
    hoa = zalo.officer("HOA")
    file = zalo.store.write(lambda uow: casework.look(uow, zalo.tools, case, hoa, zalo.now))
    assert isinstance(file, casework.CaseFile)
    assert file.cost == Cost(free=1, paid=1, templates=1)
    assert file.talk_cost == Cost(free=2, paid=1, templates=0)


def test_neither_a_block_nor_a_notice_opens_the_window(zalo: Office) -> None:
    hears(zalo, AN)
    hears(zalo, AN, HeardKind.BLOCKED)
    hears(zalo, AN, HeardKind.NOTICE, tap=Notice.STAFF)
    contact = zalo.store.read(lambda uow: uow.contacts.get(AN))
    assert contact is not None
    assert contact.blocked
    zalo.now += timedelta(minutes=1)
    hears(zalo, AN)
    contact = zalo.store.read(lambda uow: uow.contacts.get(AN))
    assert contact is not None
    assert contact.is_free(zalo.now)


def test_channels_without_a_window_leave_no_trace(zalo: Office) -> None:
    person = Address("telegram_public", "main", "7")
    hears(zalo, person)
    assert zalo.store.read(lambda uow: uow.contacts.get(person)) is None


# --- reminders ---


def remind(office: Office) -> int:
    return office.store.write(lambda uow: windows.keep_open(uow, office.tools, office.now))


def test_an_officer_is_asked_once_in_waking_hours_before_the_window_closes(zalo: Office) -> None:
    hoa = zalo.officer("HOA")
    hears(zalo, HOA)
    hears(zalo, AN)
    zalo.store.write(lambda uow: uow.office.enrol(hoa.id, HOA, zalo.now))
    zalo.now += WEEK - timedelta(hours=25)
    assert remind(zalo) == 0
    zalo.now = zalo.now.astimezone(LOCAL).replace(hour=23) + timedelta(minutes=5)
    assert remind(zalo) == 0, "at night nobody is asked"
    zalo.now += timedelta(hours=9)
    assert (remind(zalo), remind(zalo)) == (1, 0)
    assert "một chữ bất kỳ" in due(zalo, HOA)[0]


def test_the_word_that_was_asked_for_is_thanked_for_and_a_command_is_a_command(zalo: Office) -> None:
    hoa = zalo.officer("HOA")
    hears(zalo, HOA)
    zalo.store.write(lambda uow: uow.office.enrol(hoa.id, HOA, zalo.now))
    assert not hears(zalo, HOA, text="OK"), "nobody asked"
    for said, is_answer in (("/viec", False), ("Dạ vâng.", True), ("ok", False)):
        if said != "ok":
            zalo.now += timedelta(days=6, hours=2)
            zalo.store.write(lambda uow: uow.contacts.reminded(HOA, zalo.now))
        zalo.now += timedelta(minutes=1)
        assert hears(zalo, HOA, text=said) is is_answer
    assert due(zalo, HOA) == ["Cảm ơn anh/chị, kênh này vẫn mở."]


# --- alarms ---


def test_an_alarm_reaches_the_provinces_duty_once_a_day_and_not_on_what_is_broken(zalo: Office) -> None:
    duty_officer = zalo.officer("TRUC")
    there = Address(ZALO, "main", "3001")
    zalo.store.write(lambda uow: uow.office.enrol(duty_officer.id, there, zalo.now))

    def alarm() -> bool:
        return zalo.store.write(
            lambda uow: alarms.raise_alarm(uow, zalo.tools, "zalo_oa.token", TOKEN, zalo.now, avoid=ZALO)
        )

    assert [alarm(), alarm()] == [True, False]
    assert any("python -m bot zalo login" in text for text in zalo.told("TRUC"))
    assert zalo.told("HOA") == []
    assert due(zalo, there) == []
    zalo.now += timedelta(days=1)
    assert alarm()
    assert len(zalo.told("TRUC")) == 1
    told = zalo.store.read(lambda uow: uow.ledger.of("office"))
    assert [row.detail for row in told] == ["zalo_oa.token"] * 2


def test_without_anybody_on_duty_the_alarm_still_finds_somebody(zalo: Office) -> None:
    duty_officer = zalo.officer("TRUC")
    zalo.store.write(lambda uow: uow.office.on_duty(duty_officer.id, on=False))
    roster = zalo.store.read(lambda uow: uow.office.roster())
    assert [one.code for one in alarms.who_is_told(roster, zalo.now)] == ["TRUC"]
    nobody = replace(roster, officers=tuple(one for one in roster.officers if one.code in ("HOA", "SUP")))
    assert [one.code for one in alarms.who_is_told(nobody, zalo.now)] == ["SUP"]
    assert TELEGRAM in zalo.officer("TRUC").reachable
