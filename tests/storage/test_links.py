"""One-time tokens work once; attempts are counted."""

from datetime import timedelta

from storage.engine import SqlStore
from tests.storage.people import MINUTE, NOW

END = NOW + 5 * MINUTE
TOKEN, OTHER = b"t" * 32, b"o" * 32


def test_a_token_works_exactly_once(store: SqlStore) -> None:
    store.write(lambda uow: uow.links.put("login", TOKEN, "officer:12", END))
    takes = [store.submit(lambda uow: uow.links.take("login", TOKEN, NOW)) for _ in range(8)]
    assert sorted(str(take.result()) for take in takes) == ["None"] * 7 + ["officer:12"]


def test_a_token_does_not_work_for_something_else_or_too_late(store: SqlStore) -> None:
    store.write(lambda uow: uow.links.put("login", TOKEN, "officer:12", END))
    assert store.write(lambda uow: uow.links.take("session", TOKEN, NOW)) is None
    assert store.write(lambda uow: uow.links.take("login", OTHER, NOW)) is None
    assert store.write(lambda uow: uow.links.take("login", TOKEN, END)) is None
    assert store.read(lambda uow: uow.links.peek("login", TOKEN, NOW)) == "officer:12"


def test_a_session_that_is_used_lives_longer(store: SqlStore) -> None:
    store.write(lambda uow: uow.links.put("session", TOKEN, "officer:12", END, NOW))
    store.write(lambda uow: uow.links.touch("session", TOKEN, END + MINUTE, NOW + MINUTE))
    assert store.read(lambda uow: uow.links.peek("session", TOKEN, END)) == "officer:12"
    (row,) = store.read(lambda uow: uow.links.listing("session", "officer:12"))
    assert (row.subject, row.created, row.seen, row.expires) == (
        "officer:12",
        NOW,
        NOW + MINUTE,
        END + MINUTE,
    )


def test_a_lost_phone_is_logged_out_alone_or_with_all_others(store: SqlStore) -> None:
    for token, subject in ((TOKEN, "officer:12"), (OTHER, "officer:12"), (b"x" * 32, "officer:13")):
        store.write(lambda uow, t=token, s=subject: uow.links.put("session", t, s, END))
    rows = store.read(lambda uow: uow.links.listing("session", "officer:12"))
    assert not store.write(lambda uow: uow.links.revoke("session", "officer:13", rows[0].id))
    assert store.write(lambda uow: uow.links.revoke("session", "officer:12", rows[0].id))
    assert store.read(lambda uow: uow.links.peek("session", TOKEN, NOW)) is None
    assert store.read(lambda uow: uow.links.peek("session", OTHER, NOW)) == "officer:12"
    assert store.write(lambda uow: uow.links.drop_all("session", "officer:12")) == 1
    assert store.read(lambda uow: uow.links.peek("session", b"x" * 32, NOW)) == "officer:13"


def test_a_dropped_token_is_gone(store: SqlStore) -> None:
    store.write(lambda uow: uow.links.put("login", TOKEN, "officer:12", END))
    store.write(lambda uow: uow.links.drop("login", TOKEN))
    assert store.read(lambda uow: uow.links.peek("login", TOKEN, NOW)) is None


def test_a_token_that_is_put_again_means_the_new_thing(store: SqlStore) -> None:
    store.write(lambda uow: uow.links.put("login", TOKEN, "officer:12", END))
    store.write(lambda uow: uow.links.put("login", TOKEN, "officer:13", END))
    assert store.read(lambda uow: uow.links.peek("login", TOKEN, NOW)) == "officer:13"


def test_attempts_are_counted_by_person_and_by_all(store: SqlStore) -> None:
    for minute, who in enumerate(("an", "an", "bi")):
        store.write(lambda uow, w=who, m=minute: uow.links.tried("receipt", w, NOW + m * MINUTE))
    assert store.read(lambda uow: uow.links.attempts("receipt", "an", NOW)) == 2
    assert store.read(lambda uow: uow.links.attempts("receipt", "an", NOW + MINUTE)) == 1
    assert store.read(lambda uow: uow.links.attempts("receipt", "", NOW)) == 3
    assert store.read(lambda uow: uow.links.attempts("login", "", NOW)) == 0


def test_what_expired_is_cleared_away(store: SqlStore) -> None:
    store.write(lambda uow: uow.links.put("login", TOKEN, "officer:12", END))
    store.write(lambda uow: uow.links.put("login", OTHER, "officer:12", END + timedelta(days=9)))
    store.write(lambda uow: uow.links.tried("receipt", "an", NOW))
    assert store.write(lambda uow: uow.links.prune(END + MINUTE)) == 2
    assert store.read(lambda uow: uow.links.peek("login", OTHER, NOW)) == "officer:12"
