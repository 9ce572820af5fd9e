"""Campaigns come back as they were written, one hand at a time; what came back is counted and follows nobody."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.campaigns.campaign import (
    Audience,
    Campaign,
    Content,
    Event,
    Group,
    Picture,
    Quiz,
    Source,
    State,
    Topic,
)
from bot.domain.campaigns.schedule import (
    Daily,
    Lunar,
    Missing,
    Moment,
    Monthly,
    Named,
    Once,
    Personal,
    Schedule,
    Season,
    Weekly,
    Yearly,
)
from storage.engine import SqlStore
from storage.outreach import bodies
from storage.tables import metadata
from tests.storage.outreach import a_campaign, a_subscriber, subscribed
from tests.storage.people import MINUTE, NOW, a_case

RULES = (
    Once(date(2026, 6, 1)),
    Daily(3),
    Weekly((0, 4)),
    Monthly(31),
    Yearly(9, 5),
    Lunar(8, 15, Missing.SKIP),
    Named("trung_thu", -3),
    Personal(Moment.SCHOOL_START, -14),
)
WHOLE = Campaign(
    id=0,
    code="nuoc-2026",
    title="Phòng, chống đuối nước",
    content=Content(
        {"vi": {"": "Đừng để trẻ một mình gần nước. {link:bai}", "zalo_oa": "Ngắn"}, "en": {"": "Water"}},
        Picture("a" * 64, "image/jpeg", 12_345, {"vi": "Phao cứu sinh"}),
        {"bai": "https://example.invalid/bai"},
        (Quiz("q1", {"vi": "Gọi số nào?"}, ({"vi": "111"}, {"vi": "113"}), 0, {"vi": "Gọi 111."}),),
        Event("boi", {"vi": "Lớp bơi"}, datetime(2026, 7, 1, 1, tzinfo=UTC), {"vi": "Nhà văn hóa"}, 30),
    ),
    audience=Audience(
        (Group.PARENT,), ("66", "24163"), ("river_bank",), ("vi",), (Topic.DROWNING,), ("zalo_oa",)
    ),
    schedule=Schedule(
        RULES,
        time(7, 30),
        date(2026, 1, 1),
        date(2027, 1, 1),
        Season((6, 29), (9, 30), lunar=True),
        frozenset({date(2026, 9, 2)}),
        timedelta(hours=3),
    ),
    state=State.PROPOSED,
    author=3,
    approver=None,
    approved_at=NOW,
    urgent=True,
    promotional=True,
    theme_year=2026,
    sources=(Source("Công văn 1234", 2026, "https://example.invalid", True),),
    next_at=NOW + MINUTE,
)


def test_a_campaign_comes_back_as_it_was_written(store: SqlStore) -> None:
    id_ = store.write(lambda uow: uow.campaigns.add(WHOLE))
    assert store.read(lambda uow: uow.campaigns.get(id_)) == replace(WHOLE, id=id_)
    assert store.read(lambda uow: uow.campaigns.by_code("nuoc-2026")) == replace(WHOLE, id=id_)
    assert store.read(lambda uow: uow.campaigns.by_code("khac")) is None


def test_nothing_of_a_campaign_or_its_schedule_is_forgotten_when_it_is_written() -> None:
    kept = {one.name for one in fields(bodies._Body)} | {
        "id",
        "code",
        "state",
        "urgent",
        "next_at",
        "version",
    }
    assert kept == {one.name for one in fields(Campaign)}
    assert {one.name for one in fields(bodies._Schedule)} == {one.name for one in fields(Schedule)}


def test_two_hands_at_once_and_the_second_is_told(store: SqlStore) -> None:
    id_ = store.write(lambda uow: uow.campaigns.add(WHOLE))
    read = store.read(lambda uow: uow.campaigns.get(id_))
    assert read is not None
    assert store.write(lambda uow: uow.campaigns.save(replace(read, approver=4)))
    assert not store.write(lambda uow: uow.campaigns.save(replace(read, approver=5)))
    kept = store.read(lambda uow: uow.campaigns.get(id_))
    assert kept is not None
    assert (kept.approver, kept.version) == (4, 1)


def test_a_code_is_taken_once(store: SqlStore) -> None:
    store.write(lambda uow: uow.campaigns.add(WHOLE))
    with pytest.raises(ValueError, match="nuoc-2026"):
        store.write(lambda uow: uow.campaigns.add(WHOLE))


def test_only_approved_campaigns_come_due_oldest_first(store: SqlStore) -> None:
    for number, (state, minutes) in enumerate(
        ((State.APPROVED, 2), (State.APPROVED, 1), (State.APPROVED, 3), (State.PAUSED, 1), (State.DRAFT, 1))
    ):
        one = replace(a_campaign(f"c{number}", state=state), next_at=NOW + minutes * MINUTE)
        store.write(lambda uow, one=one: uow.campaigns.add(one))
    due = store.read(lambda uow: uow.campaigns.due(NOW + 2 * MINUTE, 9))
    assert [one.code for one in due] == ["c1", "c0"]
    assert len(store.read(lambda uow: uow.campaigns.listing())) == 5
    assert [one.code for one in store.read(lambda uow: uow.campaigns.listing([State.PAUSED]))] == ["c3"]


def test_a_subscriber_comes_back_as_they_were_put_and_is_changed_by_address(store: SqlStore) -> None:
    one = a_subscriber(
        1, group=Group.TEACHER, unit="24163", province="66", tags=frozenset({"a", "b"}), lang="en",
        topics=frozenset({Topic.RIGHTS, Topic.ABUSE}), born=date(2020, 5, 1), source="qr-1", unsafe=True,
    )  # fmt: skip
    id_ = store.write(lambda uow: uow.subscribers.put(one, NOW))
    assert store.read(lambda uow: uow.subscribers.get(id_)) == replace(one, id=id_)
    changed = replace(one, stopped=True, topics=frozenset(), born=None)
    assert store.write(lambda uow: uow.subscribers.put(changed, NOW)) == id_
    assert store.read(lambda uow: uow.subscribers.at(one.address)) == replace(changed, id=id_)


def test_clicks_are_counted_and_by_whom_is_nowhere(store: SqlStore) -> None:
    for link, day in (("bai", 1), ("bai", 1), ("bai", 2), ("phim", 2)):
        store.write(lambda uow, a=link, b=day: uow.replies.clicked(7, a, date(2026, 6, b)))
    assert store.read(lambda uow: uow.replies.clicks(7)) == {"bai": 3, "phim": 1}
    assert store.read(lambda uow: uow.replies.clicks(8)) == {}
    assert {column.name for column in metadata.tables["clicks"].columns} == {
        "id",
        "run_id",
        "link",
        "day",
        "n",
    }


def test_a_quiz_is_answered_once_by_each_and_only_counted(store: SqlStore) -> None:
    answers = [(1, 0), (2, 1), (1, 1), (3, 0)]
    took = [store.write(lambda uow, s=s, a=a: uow.replies.answered(7, "q1", a, s)) for s, a in answers]
    assert took == [True, True, False, True]
    assert store.read(lambda uow: uow.replies.answers(7)) == {"q1": {0: 2, 1: 1}}
    assert "answer" not in metadata.tables["quiz_takers"].columns


def test_the_last_seat_goes_to_one_and_is_free_again_when_they_stay_away(store: SqlStore) -> None:
    people = subscribed(store, 3)
    ids = [store.read(lambda uow, p=p: uow.subscribers.at(p.address)).id for p in people]  # type: ignore[union-attr]

    def comes(place: int, *, yes: bool = True) -> bool:
        return store.write(lambda uow: uow.replies.comes("boi", ids[place], yes, 2, NOW))

    assert [comes(0), comes(1), comes(2), comes(1)] == [True, True, False, True]
    assert comes(0, yes=False)
    assert comes(2)
    coming = store.read(lambda uow: uow.replies.coming("boi"))
    assert [one.address for one in coming] == [people[1].address, people[2].address]
    assert store.read(lambda uow: uow.replies.declined("boi")) == 1
    store.write(lambda uow: uow.subscribers.stop(people[1].address, NOW))
    assert len(store.read(lambda uow: uow.replies.coming("boi"))) == 1
    assert comes(0), "whoever wants no more letters keeps no seat"
    assert len(store.read(lambda uow: uow.replies.coming("boi"))) == 2


def test_reports_are_counted_by_commune_and_kind_in_a_time(store: SqlStore) -> None:
    for minutes, unit in ((0, "24163"), (1, "24163"), (2, None), (9, "24163")):
        case = a_case(opened_at=NOW + minutes * MINUTE, unit=unit)
        store.write(lambda uow, case=case: uow.cases.open(case))
    found = store.read(lambda uow: uow.replies.reports(NOW, NOW + 5 * MINUTE))
    assert set(found) == {("24163", "violence", 2), (None, "violence", 1)}


def test_a_picture_is_kept_by_what_it_is_and_forty_megabytes_are_refused(store: SqlStore) -> None:
    digest = store.write(lambda uow: uow.pictures.put(b"pixels"))
    assert store.read(lambda uow: uow.pictures.content(digest)) == b"pixels"
    assert store.read(lambda uow: uow.pictures.content("0" * 64)) is None
    with pytest.raises(ValueError, match="40000000 bytes"):
        store.write(lambda uow: uow.pictures.put(b"x" * 40_000_000))
