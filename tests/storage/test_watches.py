"""Watches, their snapshot, and the alerts that were raised on them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.cases import Alert, AlertState, OfficerId, Watch, WatchState
from bot.domain.kinds import Urgency
from storage.engine import SqlStore
from tests.storage.people import MINUTE, NOW, a_case, a_watch


def added(store: SqlStore, again_at: datetime | None = NOW) -> Watch:
    case = store.write(lambda uow: uow.cases.open(a_case()))
    watch = a_watch(case, again_at)
    return replace(watch, id=store.write(lambda uow: uow.watches.add(watch)))


def raised(
    store: SqlStore, watch: Watch, officer: int, at: datetime = NOW, bundle_at: datetime | None = None
) -> Alert:
    alert = Alert(
        0,
        watch.id,
        watch.case,
        OfficerId(officer),
        "telegram_officers",
        0,
        AlertState.RAISED,
        at,
        bundle_at=bundle_at,
        urgency=Urgency.URGENT,
    )
    return replace(alert, id=store.write(lambda uow: uow.watches.add_alert(alert)))


def ids(alerts: Sequence[Alert]) -> list[int]:
    return [alert.id for alert in alerts]


def test_a_watch_comes_back_with_its_ladder_as_it_was(store: SqlStore) -> None:
    watch = added(store)
    assert store.read(lambda uow: uow.watches.of_case(watch.case)) == watch
    later = replace(
        watch, state=WatchState.TAKEN, rung=0, rounds=2, again_at=None, taken_by=OfficerId(1), taken_at=NOW
    )
    store.write(lambda uow: uow.watches.save(later))
    assert store.read(lambda uow: uow.watches.of_case(watch.case)) == later


def test_only_watches_whose_moment_has_come_are_due(store: SqlStore) -> None:
    second, first = added(store, NOW + MINUTE), added(store)
    done = added(store)
    added(store, None)
    store.write(lambda uow: uow.watches.save(replace(done, state=WatchState.DONE)))
    assert store.write(lambda uow: uow.watches.due(NOW - MINUTE, 10)) == []
    assert store.write(lambda uow: uow.watches.due(NOW, 10)) == [first]
    assert store.write(lambda uow: uow.watches.due(NOW + MINUTE, 10)) == [first, second]
    assert store.write(lambda uow: uow.watches.due(NOW + MINUTE, 1)) == [first]


def test_an_alert_lives_from_raised_to_acknowledged(store: SqlStore) -> None:
    alert = raised(store, added(store), 1)
    assert store.read(lambda uow: uow.watches.alert(alert.id)) == alert
    store.write(lambda uow: uow.watches.set_alert(alert.id, AlertState.SENT, NOW + MINUTE))
    store.write(lambda uow: uow.watches.set_alert(alert.id, AlertState.ACKNOWLEDGED, NOW + 2 * MINUTE))
    expected = replace(alert, state=AlertState.ACKNOWLEDGED, sent_at=NOW + MINUTE)
    assert store.read(lambda uow: uow.watches.alerts(alert.case)) == [expected]
    assert store.read(lambda uow: uow.watches.alert(999)) is None


def test_what_an_officer_was_alerted_of_lately_is_known(store: SqlStore) -> None:
    watch = added(store)
    raised(store, watch, 1, NOW - 10 * MINUTE)
    later, earlier = raised(store, watch, 1, NOW), raised(store, watch, 1, NOW - MINUTE)
    raised(store, watch, 2, NOW)
    found = store.read(lambda uow: uow.watches.rung_since(OfficerId(1), NOW - 5 * MINUTE))
    assert ids(found) == [earlier.id, later.id]


def test_waiting_alerts_of_one_officer_go_out_together_when_the_first_is_ripe(store: SqlStore) -> None:
    watch = added(store)
    ripe = raised(store, watch, 1, bundle_at=NOW)
    unripe = raised(store, watch, 1, bundle_at=NOW + 5 * MINUTE)
    raised(store, watch, 2, bundle_at=NOW + MINUTE)
    raised(store, watch, 1)
    assert store.write(lambda uow: uow.watches.bundled(NOW - MINUTE, 10)) == []
    assert store.write(lambda uow: uow.watches.bundled(NOW, 10)) == [ripe, unripe]
    store.write(lambda uow: uow.watches.carry([ripe.id, unripe.id], ripe.id))
    assert store.write(lambda uow: uow.watches.bundled(NOW, 10)) == []
    assert ids(store.read(lambda uow: uow.watches.carried(ripe.id))) == [unripe.id]


def test_the_limit_counts_officers_and_cuts_no_bundle(store: SqlStore) -> None:
    watch = added(store)
    expected = [raised(store, watch, 1, bundle_at=NOW).id for _ in range(3)]
    raised(store, watch, 2, bundle_at=NOW)
    assert ids(store.write(lambda uow: uow.watches.bundled(NOW, 1))) == expected
