"""People outside the reply window: an approved template where the campaign names one, else nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.campaigns.campaign import Campaign, Content
from bot.domain.campaigns.subscribers import LetterState, RunState, Skipped
from bot.domain.campaigns.templates import Param, ParamKind, Tag, Template
from bot.domain.messages import Address, Approved, Gap
from bot.ports import Deferred, Scope, Settled, UnitOfWork, Why
from bot.ports.outreach import RunLetter
from storage.engine import SqlStore
from tests.storage.outreach import EVERYBODY, LEASE, WORDS, a_campaign, a_subscriber, freeze, the_run
from tests.storage.people import NOW

ZALO = "zalo_oa"
WEEK, FREE = timedelta(days=7), timedelta(days=2)
APPROVED = Approved("412345", {"noi": Gap("{commune}", 30)}, promotional=True)
AGO = (timedelta(hours=1), timedelta(days=3), timedelta(days=8), None)
"""When the four of them last wrote: free, paid, outside, never."""


def four(uow: UnitOfWork) -> None:
    for number, ago in enumerate(AGO):
        to = Address(ZALO, "main", str(700_200_000 + number))
        uow.subscribers.put(replace(a_subscriber(number), address=to), NOW)
        if ago is not None:
            uow.contacts.touched(to, NOW - ago, WEEK, FREE)


def frozen(store: SqlStore, template: Approved | None, latest: timedelta | None = None) -> int:
    def begun(uow: UnitOfWork) -> int:
        id_ = uow.campaigns.add(a_campaign())
        run = uow.runs.begin(
            id_, NOW, RunState.FREEZING, NOW, latest=None if latest is None else NOW + latest
        )
        assert run is not None
        uow.runs.text(run, "vi", ZALO, WORDS, windowed=True, template=template)
        return run

    store.write(four)
    run = store.write(begun)
    freeze(store, run)
    return run


def claim(store: SqlStore, after: timedelta = timedelta()) -> list[RunLetter]:
    return list(store.write(lambda uow: uow.runs.claim(ZALO, "main", 100, NOW + after, LEASE)))


def put_off(store: SqlStore, letters: list[RunLetter], wait: timedelta, now: timedelta = timedelta()) -> None:
    outcome = Deferred(wait, Scope.CHAT, Why.QUOTA)
    settled = [Settled(letter.id, outcome) for letter in letters]
    store.write(lambda uow: uow.runs.settle(settled, NOW + now))


def test_without_a_template_whoever_is_outside_the_window_is_skipped(store: SqlStore) -> None:
    run = frozen(store, None)
    assert [(one.outside, one.approved) for one in claim(store)] == [(False, None)] * 2
    assert the_run(store, run).reasons == {Skipped.WINDOW: 2}


def test_with_a_template_everybody_gets_a_letter_and_it_is_chosen_when_it_is_taken(store: SqlStore) -> None:
    run = frozen(store, APPROVED)
    assert the_run(store, run).counts == {LetterState.WAITING: 4}
    late = Address(ZALO, "main", "700200002")
    store.write(lambda uow: uow.contacts.touched(late, NOW, WEEK, FREE))  # wrote after the freezing
    letters = claim(store)
    assert [one.outside for one in letters] == [False, False, False, True]
    assert [one.approved for one in letters] == [APPROVED] * 4


def test_the_window_may_close_between_freezing_and_taking(store: SqlStore) -> None:
    frozen(store, APPROVED)
    assert [one.outside for one in claim(store, timedelta(days=5))] == [False, True, True, True]


def test_reach_counts_whom_a_template_reaches_and_who_costs_something(store: SqlStore) -> None:
    store.write(four)
    windowed = (ZALO,)
    plain = store.read(lambda uow: uow.subscribers.reach(EVERYBODY, NOW, windowed=windowed))
    assert (plain.by_channel, plain.by_template, plain.paid) == ({ZALO: 2}, {}, {ZALO: 1})
    assert plain.left_out == {Skipped.WINDOW: 2}
    more = store.read(
        lambda uow: uow.subscribers.reach(EVERYBODY, NOW, windowed=windowed, templated=windowed)
    )
    assert (more.by_channel, more.by_template, more.paid) == ({ZALO: 4}, {ZALO: 2}, {ZALO: 1})
    assert more.left_out == {}


@pytest.mark.parametrize(("latest", "hours"), [(None, 24), (timedelta(hours=72), 72)])
def test_a_letter_put_off_again_and_again_is_given_up_in_the_end(
    store: SqlStore, latest: timedelta | None, hours: int
) -> None:
    run = frozen(store, APPROVED, latest)
    hour, at = timedelta(hours=1), timedelta()
    tries = 0
    while letters := claim(store, at):
        tries += 1
        put_off(store, letters, hour, at)
        at += hour
    assert tries == hours + 1
    assert the_run(store, run).reasons == {Skipped.LATE: 4}
    claim(store, at)
    assert the_run(store, run).state is RunState.DONE


def test_a_letter_that_was_never_tried_is_not_too_late_however_long_the_run_lasts(store: SqlStore) -> None:
    frozen(store, APPROVED)
    assert len(claim(store, timedelta(days=3))) == 4


def test_a_campaign_keeps_its_templates(store: SqlStore) -> None:
    template = Template(
        "7", {"noi": Param("{commune}"), "dia_chi": Param("x", ParamKind.ADDRESS)}, Tag.PROMOTION
    )
    made: Campaign = replace(a_campaign(), content=Content({"vi": {"": WORDS}}, templates={ZALO: template}))
    id_ = store.write(lambda uow: uow.campaigns.add(made))
    kept = store.read(lambda uow: uow.campaigns.get(id_))
    assert kept is not None
    assert kept.content == made.content


def test_sign_ups_are_counted_by_their_code_without_those_who_stopped(store: SqlStore) -> None:
    def work(uow: UnitOfWork) -> None:
        for number, source in enumerate(("qr-a", "qr-a", "qr-b", "")):
            uow.subscribers.put(a_subscriber(number, source=source), NOW)
        uow.subscribers.stop(a_subscriber(1).address, NOW)

    store.write(work)
    assert store.read(lambda uow: uow.subscribers.by_source()) == {"": 1, "qr-a": 1, "qr-b": 1}
