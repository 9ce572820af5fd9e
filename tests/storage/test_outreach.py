"""Runs of campaigns: an audience frozen in chunks, letters claimed, sent, stopped, lost."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.campaigns.campaign import Audience, Group, State, Topic
from bot.domain.campaigns.subscribers import LetterState, RunState
from bot.ports import Deferred, Delivered, Outcome, Refused, Scope, Settled, Why
from storage.engine import SqlStore
from storage.outreach.forgetting import KEPT
from storage.tables import run_letters
from storage.upkeep import tidy
from tests.storage.outreach import (
    EVERYBODY,
    LEASE,
    NEWS,
    NO_CAP,
    WORDS,
    a_campaign,
    a_subscriber,
    begun,
    claim,
    freeze,
    frozen,
    subscribed,
    the_run,
)
from tests.storage.people import MINUTE, NOW

WEEK = timedelta(days=7)


def settle(store: SqlStore, letters: object, outcome: Outcome, now: datetime = NOW) -> None:
    settled = [Settled(letter.id, outcome) for letter in letters]  # type: ignore[attr-defined]
    store.write(lambda uow: uow.runs.settle(settled, now))


# --- freezing ---


def test_an_audience_is_frozen_in_chunks_and_sending_begins_when_it_is_complete(store: SqlStore) -> None:
    subscribed(store, 7)
    run = store.write(begun)
    looked = [store.write(lambda uow: uow.runs.freeze(run, EVERYBODY, NO_CAP, 3, NOW)) for _ in range(3)]
    assert looked == [3, 3, 1]
    assert (the_run(store, run).ready, the_run(store, run).frozen) == (False, 7)
    assert claim(store) == []
    assert store.write(lambda uow: uow.runs.freeze(run, EVERYBODY, NO_CAP, 3, NOW)) == 0
    assert (the_run(store, run).ready, the_run(store, run).state) == (True, RunState.SENDING)
    assert len(claim(store)) == 7


def test_a_chunk_that_breaks_leaves_the_place_where_the_next_goes_on(store: SqlStore) -> None:
    people = subscribed(store, 6)
    run = store.write(begun)

    def broken(uow: object) -> None:
        uow.runs.freeze(run, EVERYBODY, NO_CAP, 2, NOW)  # type: ignore[attr-defined]
        raise KeyError("killed before the commit")

    store.write(lambda uow: uow.runs.freeze(run, EVERYBODY, NO_CAP, 2, NOW))
    with pytest.raises(KeyError):
        store.write(broken)
    assert the_run(store, run).frozen == 2
    freeze(store, run)
    assert sorted(letter.to.person for letter in claim(store)) == sorted(p.address.person for p in people)


def test_a_run_of_a_campaign_at_a_moment_begins_once(store: SqlStore) -> None:
    run = store.write(begun)
    campaign = the_run(store, run).campaign
    assert store.write(lambda uow: uow.runs.begin(campaign, NOW, RunState.FREEZING, NOW)) is None
    assert store.write(lambda uow: uow.runs.begin(campaign, NOW + MINUTE, RunState.FREEZING, NOW)) is not None


def test_a_person_gets_one_letter_of_a_run_however_often_it_is_frozen(store: SqlStore) -> None:
    subscribed(store, 3)
    run = frozen(store)
    freeze(store, run)
    assert the_run(store, run).counts == {LetterState.WAITING: 3}


@pytest.mark.parametrize(
    ("audience", "wanted"),
    [
        (EVERYBODY, {0, 1, 2, 3}),
        (Audience(groups=(Group.TEACHER, Group.PARENT)), {1, 2}),
        (Audience(units=("24163",)), {0, 2}),
        (Audience(units=("66",)), {0, 1, 2}),
        (Audience(units=("24163", "52")), {0, 2, 3}),
        (Audience(tags=("river_bank",)), {2}),
        (Audience(tags=("river_bank", "border")), {2, 3}),
        (Audience(tags=("river",)), set()),
        (Audience(languages=("en",)), {3}),
        (Audience(topics=(Topic.DROWNING,)), {0, 2, 3}),
        (Audience(topics=(Topic.ABUSE, Topic.DROWNING)), {0, 1, 2, 3}),
        (Audience(channels=("zalo_oa",)), set()),
        (Audience(subscribed=date(2026, 11, 21)), {0, 2, 3}),
        (Audience(subscribed=date(2026, 11, 20)), {1}),
        (Audience(born_in=2019), {1}),
        (Audience(units=("66",), topics=(Topic.ABUSE,)), {0, 1, 2}),
    ],
)
def test_an_audience_is_exactly_those_whom_it_means(
    store: SqlStore, audience: Audience, wanted: set[int]
) -> None:
    before_midnight = datetime(2026, 11, 20, 16, 59, tzinfo=UTC)
    people = [
        a_subscriber(0, unit="24163", province="66"),
        a_subscriber(
            1, unit="24169", province="66", group=Group.TEACHER, topics=frozenset({Topic.ABUSE}),
            since=before_midnight, born=date(2019, 12, 1),
        ),
        a_subscriber(2, unit="24163", province="66", group=Group.PARENT, tags=frozenset({"river_bank", "x"})),
        a_subscriber(3, unit="22015", province="52", lang="en", tags=frozenset({"border"}), born=date(2020, 1, 1)),
    ]  # fmt: skip
    store.write(lambda uow: [uow.subscribers.put(one, NOW) for one in people])
    reach = store.read(lambda uow: uow.subscribers.reach(audience, NOW))
    frozen(store, audience=audience)
    assert {int(letter.to.person) - 700_200_000 for letter in claim(store)} == wanted
    assert reach.total == len(wanted)


def test_whoever_cannot_be_reached_is_skipped_with_the_reason(store: SqlStore) -> None:
    people = subscribed(store, 5)
    elsewhere = replace(people[4], address=replace(people[4].address, channel="zalo_oa", person="9"))

    def work(uow: object) -> None:
        uow.subscribers.stop(people[0].address, NOW)  # type: ignore[attr-defined]
        uow.subscribers.mark(people[1].address, blocked=True)  # type: ignore[attr-defined]
        uow.subscribers.mark(people[2].address, unsafe=True)  # type: ignore[attr-defined]
        uow.subscribers.put(elsewhere, NOW)  # type: ignore[attr-defined]

    store.write(work)
    run = the_run(store, frozen(store))
    assert run.counts == {LetterState.WAITING: 2, LetterState.SKIPPED: 3}
    assert run.reasons == {"blocked": 1, "unsafe": 1, "channel": 1}
    reach = store.read(lambda uow: uow.subscribers.reach(EVERYBODY, NOW, channels=(NEWS,)))
    assert (reach.total, reach.by_channel, reach.by_language) == (2, {NEWS: 2}, {"vi": 2})
    assert reach.left_out == {"no_consent": 1, "blocked": 1, "unsafe": 1, "channel": 1}


def test_where_a_channel_has_a_window_only_those_get_a_letter_for_whom_it_is_open(store: SqlStore) -> None:
    people = subscribed(store, 2)
    store.write(lambda uow: uow.contacts.touched(people[0].address, NOW, WEEK))
    store.write(lambda uow: uow.contacts.touched(people[1].address, NOW - 2 * WEEK, WEEK))

    def windowed(uow: object) -> int:
        run = begun(uow, texts=())  # type: ignore[arg-type]
        uow.runs.text(run, "vi", NEWS, WORDS, windowed=True)  # type: ignore[attr-defined]
        return run

    run = store.write(windowed)
    freeze(store, run)
    assert the_run(store, run).reasons == {"window": 1}
    assert claim(store, now=NOW + 2 * WEEK) == []
    assert the_run(store, run).reasons == {"window": 2}
    assert store.read(lambda uow: uow.subscribers.reach(EVERYBODY, NOW, windowed=(NEWS,))).total == 1


def test_nobody_gets_more_than_the_cap_within_its_time(store: SqlStore) -> None:
    subscribed(store, 4)
    cap = (2, WEEK)
    for number in range(2):
        frozen(store, a_campaign(f"c{number}"), cap=cap, at=NOW - timedelta(days=number + 1))
    (third, *_) = claim(store, 1)
    settle(store, (third,), Refused(Why.CONTENT))
    run = the_run(store, frozen(store, a_campaign("c3"), cap=cap))
    assert run.counts == {LetterState.WAITING: 1, LetterState.SKIPPED: 3}
    assert run.reasons == {"cap": 3}
    later = frozen(store, a_campaign("c4"), cap=(2, timedelta(days=2)), at=NOW + timedelta(minutes=1))
    assert the_run(store, later).counts == {LetterState.WAITING: 3, LetterState.SKIPPED: 1}


def test_everybody_gets_their_own_language_or_the_first(store: SqlStore) -> None:
    subscribed(store, 1)
    store.write(lambda uow: uow.subscribers.put(a_subscriber(1, lang="en"), NOW))
    store.write(lambda uow: uow.subscribers.put(a_subscriber(2, lang="ede"), NOW))
    run = store.write(lambda uow: begun(uow, texts=("vi", "en")))
    freeze(store, run)
    letters = {letter.to.person[-1]: letter.text for letter in claim(store)}
    assert (letters["0"], letters["2"]) == (WORDS, WORDS)
    assert letters["1"].startswith("No child")


def test_an_empty_audience_is_done_at_once(store: SqlStore) -> None:
    run = the_run(store, frozen(store))
    assert (run.state, run.frozen, run.ready) == (RunState.DONE, 0, True)


# --- sending ---


def test_letters_are_claimed_once_sent_and_counted_until_the_run_is_done(store: SqlStore) -> None:
    subscribed(store, 3)
    run = frozen(store)
    letters = claim(store)
    assert [letter.text for letter in letters] == [WORDS] * 3
    assert claim(store) == []
    assert the_run(store, run).counts == {LetterState.IN_FLIGHT: 3}
    settle(store, letters, Delivered("1"))
    assert the_run(store, run).counts == {LetterState.SENT: 3}
    claim(store)
    assert the_run(store, run).state is RunState.DONE


def test_urgent_runs_go_first_and_alone_while_people_sleep(store: SqlStore) -> None:
    subscribed(store, 2)
    usual = frozen(store, at=NOW - MINUTE)
    urgent = frozen(store, a_campaign("lu-lut", urgent=True))
    assert [letter.run for letter in claim(store, urgent_only=True)] == [urgent, urgent]
    assert claim(store, urgent_only=True) == []
    assert [letter.run for letter in claim(store)] == [usual, usual]


@pytest.mark.parametrize("state", [RunState.STOPPED, RunState.PAUSED])
def test_what_is_not_yet_sent_is_not_sent_when_a_run_is_stopped_or_paused(
    store: SqlStore, state: RunState
) -> None:
    subscribed(store, 5)
    run = frozen(store)
    flying = claim(store, 2)
    store.write(lambda uow: uow.runs.set_state(run, state, NOW))
    assert claim(store) == []
    assert [store.read(lambda uow, one=one: uow.runs.wanted(one.id)) for one in flying] == [False, False]
    settle(store, flying[:1], Delivered("1"))
    settle(store, flying[1:], Deferred(MINUTE, Scope.CHAT, Why.RATE))
    counts = the_run(store, run).counts
    left = LetterState.SKIPPED if state is RunState.STOPPED else LetterState.WAITING
    assert counts == {LetterState.SENT: 1, left: 4}


def test_a_paused_run_goes_on_where_it_was_and_a_stopped_one_never(store: SqlStore) -> None:
    subscribed(store, 2)
    run = frozen(store)
    for state, left in ((RunState.PAUSED, 0), (RunState.SENDING, 1)):
        store.write(lambda uow, s=state: uow.runs.set_state(run, s, NOW))
        assert len(claim(store, 1)) == left
    store.write(lambda uow: uow.runs.set_state(run, RunState.STOPPED, NOW))
    store.write(lambda uow: uow.runs.set_state(run, RunState.SENDING, NOW))
    assert the_run(store, run).state is RunState.STOPPED
    assert claim(store) == []


def test_a_paused_campaign_sends_nothing_whatever_its_runs_say(store: SqlStore) -> None:
    subscribed(store, 1)
    run = frozen(store)

    def pause(uow: object) -> None:
        campaign = uow.campaigns.get(the_run(store, run).campaign)  # type: ignore[attr-defined]
        assert uow.campaigns.save(replace(campaign, state=State.PAUSED))  # type: ignore[attr-defined]

    store.write(pause)
    assert claim(store) == []


def test_whoever_says_stop_gets_nothing_of_what_waits(store: SqlStore) -> None:
    people = subscribed(store, 3)
    run = frozen(store)
    (flying,) = claim(store, 1)
    assert store.write(lambda uow: uow.subscribers.stop(flying.to, NOW))
    assert not store.write(lambda uow: uow.subscribers.stop(flying.to, NOW))
    assert not store.read(lambda uow: uow.runs.wanted(flying.id))
    store.write(lambda uow: uow.subscribers.stop(people[1].address, NOW))
    store.write(lambda uow: uow.subscribers.forget(people[2].address))
    assert claim(store) == []
    assert the_run(store, run).reasons == {"no_consent": 2}
    assert store.read(lambda uow: uow.subscribers.at(people[2].address)) is None
    assert store.read(lambda uow: uow.subscribers.stopped_between(NOW, NOW + MINUTE)) == 2


def test_what_changed_since_the_freeze_is_seen_when_a_letter_is_claimed(store: SqlStore) -> None:
    people = subscribed(store, 3)
    run = frozen(store)
    store.write(lambda uow: uow.subscribers.mark(people[0].address, unsafe=True))
    store.write(lambda uow: uow.subscribers.mark(people[1].address, blocked=True))
    assert [letter.to for letter in claim(store)] == [people[2].address]
    assert the_run(store, run).reasons == {"unsafe": 1, "blocked": 1}


def test_somebody_who_blocked_us_is_marked_and_comes_back_by_writing(store: SqlStore) -> None:
    (person,) = subscribed(store, 1)
    run = frozen(store)
    settle(store, claim(store), Refused(Why.BLOCKED))
    assert the_run(store, run).reasons == {"blocked": 1}
    assert store.read(lambda uow: uow.subscribers.at(person.address)).blocked  # type: ignore[union-attr]
    store.write(lambda uow: uow.subscribers.mark(person.address, blocked=False))
    again = frozen(store, a_campaign("lan-hai"))
    assert the_run(store, again).counts == {LetterState.WAITING: 1}


def test_what_was_in_flight_at_a_crash_is_unknown_and_never_repeated(store: SqlStore) -> None:
    subscribed(store, 3)
    run = frozen(store)
    lost = claim(store, 2)
    assert len(claim(store, now=NOW + LEASE)) == 1
    assert the_run(store, run).counts == {LetterState.UNKNOWN: 2, LetterState.IN_FLIGHT: 1}
    assert claim(store, now=NOW + 9 * LEASE) == []
    settle(store, lost[:1], Delivered("1"))
    assert the_run(store, run).counts == {LetterState.UNKNOWN: 2, LetterState.SENT: 1}


def test_a_lost_answer_is_unknown_and_a_wait_is_kept(store: SqlStore) -> None:
    subscribed(store, 2)
    run = frozen(store)
    one, other = claim(store)
    settle(store, (one,), Deferred(MINUTE, Scope.CHAT, Why.NETWORK))
    settle(store, (other,), Deferred(MINUTE, Scope.CHAT, Why.RATE))
    assert claim(store) == []
    assert [letter.id for letter in claim(store, now=NOW + MINUTE)] == [other.id]
    assert the_run(store, run).counts == {LetterState.UNKNOWN: 1, LetterState.IN_FLIGHT: 1}


def test_what_a_platform_tells_afterwards_is_counted(store: SqlStore) -> None:
    subscribed(store, 1)
    run = frozen(store)
    (letter,) = claim(store)
    assert not store.write(lambda uow: uow.runs.told(letter.id, LetterState.SEEN, NOW))
    settle(store, (letter,), Delivered("m1", tracked=("m1",)))
    assert store.write(lambda uow: uow.outbox.reached(("m1",), NOW, seen=False)) == []
    assert the_run(store, run).counts == {LetterState.DELIVERED: 1}
    assert store.write(lambda uow: uow.outbox.reached(("m1",), NOW, seen=True)) == []
    assert not store.write(lambda uow: uow.runs.told(letter.id, LetterState.DELIVERED, NOW))
    assert the_run(store, run).counts == {LetterState.SEEN: 1}


def test_a_subscriber_of_another_account_is_skipped(store: SqlStore) -> None:
    subscribed(store, 1)
    run = frozen(store)
    assert store.write(lambda uow: uow.runs.claim(NEWS, "new-bot", 9, NOW, LEASE)) == []
    assert the_run(store, run).reasons == {"channel": 1}


def test_who_got_which_letter_is_forgotten_after_a_time_and_the_numbers_stay(store: SqlStore) -> None:
    subscribed(store, 3)
    old, new = frozen(store), frozen(store, a_campaign("moi"), at=NOW + WEEK)
    for _ in range(2):
        settle(store, claim(store), Delivered("1"))
        claim(store)
    store.write(lambda uow: uow.replies.answered(old, "q", 0, 1))
    later = NOW + KEPT + timedelta(days=1)
    tidy(store, later, ())
    assert the_run(store, old).counts == the_run(store, new).counts == {LetterState.SENT: 3}
    assert [_letters(store, run) for run in (old, new)] == [0, 3]
    assert store.read(lambda uow: uow.replies.answers(old)) == {"q": {0: 1}}


def _letters(store: SqlStore, run: int) -> int:
    with store.engine.connect() as connection:
        count = select(func.count()).select_from(run_letters).where(run_letters.c.run_id == run)
        return int(connection.execute(count).scalar() or 0)
