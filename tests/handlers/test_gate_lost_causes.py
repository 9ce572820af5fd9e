"""What even the surrender cannot carry: an outage loses nothing, and what breaks us for good reaches a human."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot.domain.cases import Case
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Attachment, HeardKind, Media
from bot.ports import Queue
from storage.engine import SqlStore
from tests.handlers.office import a_gate, backlog, eventually, office, running, somebody, waiting, words
from tests.handlers.test_gate import Shaky

CRY = "Cứu em với, bố đang đánh em, em ở xã Ea Kao"


def cases(store: SqlStore) -> list[Case]:
    return list(store.read(lambda uow: uow.cases.queue(Queue())))


def spoil_conversations(store: SqlStore) -> None:
    """Their states no longer open: as after a disk that forgot, or an upgrade that went wrong."""
    with store.engine.connect() as connection:
        changed = connection.execute(text("UPDATE conversations SET state = x'01000000010000'"))
        assert changed.rowcount == 1


@pytest.mark.parametrize("failures", range(4, 12))
async def test_an_outage_of_the_database_costs_nobody_their_message(
    sqlite_store: SqlStore, failures: int
) -> None:
    shaky = Shaky(sqlite_store, 0)
    gate = a_gate(shaky, office(sqlite_store))
    gate.turns.try_again = 0.005
    await gate.hear(words(CRY))
    shaky.failures = failures
    async with running(gate):
        await eventually(lambda: gate.pulse.counts.get("turns") == 1, "the turn")
    assert waiting(sqlite_store) == 0
    (case,) = cases(sqlite_store)
    assert case.urgency is Urgency.EMERGENCY, "understood, once the database was there again"


async def test_who_cannot_be_answered_is_handed_to_a_human_with_their_words(
    sqlite_store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    gate = a_gate(sqlite_store, office(sqlite_store))
    gate.turns.try_again = 0.005
    async with running(gate):
        await gate.hear(words("xin chào"))
        await eventually(lambda: waiting(sqlite_store) == 0)
        spoil_conversations(sqlite_store)
        photo = Attachment(Media.PHOTO, "ref")
        await gate.hear(replace(words(CRY), kind=HeardKind.MEDIA, attachments=(photo,)))
        await eventually(lambda: waiting(sqlite_store) == 0)
        await gate.hear(words("em là An", somebody("binh")))
        await eventually(lambda: waiting(sqlite_store) == 0)
    (case,) = [one for one in cases(sqlite_store) if one.kind is Kind.UNKNOWN]
    assert case.urgency is Urgency.URGENT
    entries = sqlite_store.read(lambda uow: uow.cases.entries(case.id))
    assert CRY in [entry.text for entry in entries]
    assert sqlite_store.read(lambda uow: uow.files.of_case(case.id))
    assert sqlite_store.read(lambda uow: uow.watches.alerts(case.id)), "somebody is rung"
    assert "bố" not in caplog.text


async def test_one_row_that_does_not_open_keeps_nobody_else_waiting(sqlite_store: SqlStore) -> None:
    tools = office(sqlite_store)
    early = a_gate(sqlite_store, tools)
    await early.hear(words("một", somebody("an")))
    with sqlite_store.engine.connect() as connection:
        connection.execute(text("UPDATE inbox SET heard = x'01000000010000'"))
    await early.hear(words("hai", somebody("binh")))

    def later() -> datetime:
        return words("sau").at + timedelta(hours=1)

    gate = a_gate(sqlite_store, tools, later)
    async with running(gate):
        await gate.tick()
        await eventually(lambda: gate.pulse.counts.get("turns") == 1, "the other's turn")
    assert backlog(sqlite_store) >= 1
