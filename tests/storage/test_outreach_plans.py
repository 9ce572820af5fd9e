"""Statements about campaigns find their rows by an index, among millions of letters and subscribers."""

import re

import pytest

from storage.engine import SqlStore
from storage.outreach import (
    campaigns,
    claiming,
    forgetting,
    freezing,
    hearsay,
    humans,
    reminding,
    replies,
    runs,
    settling,
    subscribers,
    tallies,
)
from tests.storage.outreach import EVERYBODY
from tests.storage.test_plans import found_in, full_scans, plan

MODULES = (
    campaigns, claiming, forgetting, freezing, hearsay, humans, reminding, replies, runs, settling, subscribers,
    tallies,
)  # fmt: skip
ONLY_POSTGRESQL = {"outreach.claiming._LOST_LOCKED", "outreach.claiming._WAITING_LOCKED"}
RARE = {"outreach.replies._REPORTS", "outreach.subscribers._SOURCES"}
"""For a page of results: two months of cases; for the page of posters: every subscriber."""


def test_every_statement_has_its_index(sqlite_store: SqlStore) -> None:
    looked_at = 0
    for module in MODULES:
        for name, statement in found_in(module):
            if name in ONLY_POSTGRESQL | RARE:
                continue
            sql, constants = statement.bound(sqlite_store.engine.dialect, {})
            wanted = {key: 1 for key in re.findall(r":(\w+)", sql)}
            looked_at += 1
            assert full_scans(plan(sqlite_store, sql, wanted | dict(constants))) == [], name
    assert looked_at > 40


@pytest.mark.parametrize("lately", [(), (1, 2, 3)])
def test_a_chunk_walks_its_own_subscribers_only(sqlite_store: SqlStore, lately: tuple[int, ...]) -> None:
    texts = ((1, "vi", "telegram_news", 0), (2, "en", "telegram_news", 0), (3, "vi", "zalo_oa", 1))
    sql, constants = freezing._chunk(texts, EVERYBODY, 3, lately).bound(sqlite_store.engine.dialect, {})
    wanted = {key: 1 for key in re.findall(r":(\w+)", sql)}
    steps = plan(sqlite_store, sql, wanted | dict(constants))
    assert any("subscribers USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)" in step for step in steps), steps
    assert [step for step in full_scans(steps) if not step.startswith("SCAN anon_")] == []
    letters = [step for step in steps if "run_letters" in step]
    assert all("SEARCH" in step for step in letters), letters
    assert bool(letters) is bool(lately)


def test_the_lane_finds_what_waits_by_the_index_of_what_waits(sqlite_store: SqlStore) -> None:
    sql, constants = claiming._WAITING.bound(sqlite_store.engine.dialect, {})
    steps = plan(sqlite_store, sql, {"text": 1, "now": 1, "most": 9, **constants})
    assert any("ix_run_letters_waiting" in step for step in steps), steps
    assert not any("TEMP B-TREE" in step for step in steps), steps
