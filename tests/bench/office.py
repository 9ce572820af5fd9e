"""Fills a database before a program is measured on it: officers, open cases, letters that wait."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.domain.cases import Author, Case, CaseId, Entry, EntryKind, Status
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Address, Lane
from bot.domain.officers import Officer, Role
from bot.ports import NewLetter, NewReport, UnitOfWork
from bot.services import duty
from storage.engine import SqlStore, open_store
from tests.bench.settings import OFFICERS
from tests.stories.office import demo_roster

BATCH = 500
FIRST_CHAT = 5_000_000
_ORDER = (Role.COMMUNE_OFFICER, Role.PROVINCE_DUTY, Role.SUPERVISOR, Role.POLICE, Role.CHAIR)
_TEXT = "Vụ 12 · khẩn cấp · bạo lực · Xã Ea Kao, Tỉnh Đắk Lắk\n\nCòn 11 giờ 30 phút (từ 08:15 22/11)."


def opened(folder: Path) -> SqlStore:
    return open_store(f"sqlite:///{folder / 'tinbao.db'}", folder / "keys.json", folder / "files")


def fill(folder: Path, *, officers: int = 200, cases: int = 0, letters: int = 0) -> None:
    """The demo office with so many officers on Telegram; cases that are open and taken; letters to send."""
    store = opened(folder)
    try:
        store.write(lambda uow: uow.office.replace(demo_roster()))
        everybody = store.read(lambda uow: uow.office.roster()).officers
        reached = sorted(everybody, key=_rank)[:officers]
        store.write(partial(_enrol, officers=reached, everybody=everybody))
        for first in range(0, cases, BATCH):
            numbers = range(first, min(cases, first + BATCH))
            store.write(partial(_open_cases, numbers=numbers, officers=reached))
        for first in range(0, letters, BATCH):
            store.write(partial(_post, numbers=range(first, min(letters, first + BATCH))))
        while store.write(lambda uow: uow.ledger.link(5_000)):
            pass
    finally:
        store.close()


def _rank(officer: Officer) -> tuple[int, str]:
    return (_ORDER.index(officer.role) if officer.role in _ORDER else len(_ORDER), officer.code)


def _enrol(uow: UnitOfWork, officers: Sequence[Officer], everybody: Sequence[Officer]) -> None:
    now = _now()
    for officer in everybody:
        uow.office.enrol(officer.id, Address("web_desk", "main", str(officer.id)), now)
    for officer in officers:
        uow.office.enrol(officer.id, chat_of(officer.id), now)


def chat_of(officer: int) -> Address:
    return Address("telegram_officers", OFFICERS.partition(":")[0], str(FIRST_CHAT + officer))


def _open_cases(uow: UnitOfWork, numbers: range, officers: Sequence[Officer]) -> None:
    now = _now()
    for number in numbers:
        officer = officers[number % len(officers)]
        unit = officer.units[0] if officer.units and len(officer.units[0]) == 5 else None
        case = Case(CaseId(0), Kind.VIOLENCE, Urgency.URGENT, Status.NEW, now, now, None, unit=unit)
        id_ = uow.cases.open(case)
        who, _ = uow.conversations.load(Address("web_chat", "main", f"earlier-{number}"))
        uow.cases.add_report(id_, NewReport(who, None, {"where": "thôn 3"}, "web_chat", now, None))
        words = "Cháu bé nhà bên hay bị đánh, tối nào cũng nghe tiếng khóc."
        uow.cases.add_entry(Entry(0, id_, now, Author.REPORTER, EntryKind.WORDS, words))
        found = uow.cases.get(id_)
        if found is not None:
            duty.take_silently(uow, found, officer, now)


def _post(uow: UnitOfWork, numbers: range) -> None:
    now = _now()
    for number in numbers:
        to = Address("telegram_officers", OFFICERS.partition(":")[0], str(FIRST_CHAT + number))
        uow.outbox.post(NewLetter(Lane.CONVERSATION, to, f"{number}. {_TEXT}"), now)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251
