"""No statement walks through a table that grows: each has its index."""

import re
from collections.abc import Iterator
from datetime import timedelta
from types import ModuleType

from bot.domain.cases import OfficerId
from bot.ports import Queue
from storage import (
    alarms,
    conversations,
    files,
    inbox,
    judgements,
    ledger,
    links,
    office,
    outbox,
    readings,
    watches,
)
from storage import cases as case_store
from storage.cases import joining, keys, queue, reports, search, timeline
from storage.engine import SqlStore
from storage.platforms import spending, statements, tokens
from storage.writer.db import Prepared
from tests.storage.people import NOW, a_case

MODULES = (
    conversations, files, inbox, ledger, links, office, outbox, watches,
    case_store, joining, keys, reports, search, timeline, alarms, statements, spending, tokens, judgements,
    readings,
)  # fmt: skip
SMALL = {"office", "officers", "officer_addresses", "ledger_head", "anon_1"}
"""As large as an office, not as its years; and a subquery that is one page."""
RARE = {"links._OLD_TRIES", "outbox._FORGET", "outbox._BACKLOG", "ledger._ANY_CASE"}
"""Once an hour, or one row and no more."""
ONLY_POSTGRESQL = {"inbox._ONE_TURN"}
NOT_REALLY = {"watches._ADD"}
"""SQLite plans to look for orphans of a new parent, and skips it while there are none."""


def found_in(module: ModuleType) -> Iterator[tuple[str, Prepared]]:
    short = module.__name__.removeprefix("storage.").removeprefix("cases.")
    for name, value in vars(module).items():
        many = value if isinstance(value, tuple) else (value,)
        yield from ((f"{short}.{name}", one) for one in many if isinstance(one, Prepared))


def plan(store: SqlStore, sql: str, parameters: dict[str, object]) -> list[str]:
    with store.engine.connect() as connection:
        raw = connection.connection.cursor()
        raw.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
        return [row[3] for row in raw.fetchall()]


def full_scans(steps: list[str]) -> list[str]:
    """Steps that look at every row of a table that grows."""
    return [
        step
        for step in steps
        if (found := re.match(r"SCAN (\w+)\b(?!.* USING (COVERING )?INDEX)", step)) and found[1] not in SMALL
    ]


def test_every_prepared_statement_has_its_index(sqlite_store: SqlStore) -> None:
    looked_at = 0
    dialect = sqlite_store.engine.dialect
    for module in MODULES:
        for name, statement in found_in(module):
            if name in RARE | ONLY_POSTGRESQL | NOT_REALLY:
                continue
            sql, constants = statement.bound(dialect, {})
            wanted = {key: 1 for key in re.findall(r":(\w+)", sql)}
            looked_at += 1
            assert full_scans(plan(sqlite_store, sql, wanted | dict(constants))) == [], name
    assert looked_at > 90


def test_a_page_of_the_queue_reads_no_more_than_it_shows(sqlite_store: SqlStore) -> None:
    for number in range(5):
        sqlite_store.write(
            lambda uow, n=number: uow.cases.open(a_case(opened_at=NOW + n * timedelta(hours=1)))
        )
    for query in (
        Queue(),
        Queue(owner=OfficerId(1)),
        Queue(units=("24163",)),
        Queue(kinds=("neglect",)),
        Queue(open_only=False),
    ):
        for place in (None, (1, 0, 3)):
            compiled = queue.statement(query, place).compile(
                dialect=sqlite_store.engine.dialect, compile_kwargs={"literal_binds": True}
            )
            steps = plan(sqlite_store, str(compiled), {})
            assert not any("TEMP B-TREE" in step for step in steps) or query.owner or query.units, (
                query,
                steps,
            )
            if query.open_only:
                assert full_scans(steps) == [], (query, steps)
