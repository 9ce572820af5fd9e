"""What people write and who they are: in no file of the database, and readable after a change of keys."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, select

from bot.domain.campaigns.subscribers import Subscriber
from bot.domain.cases import Author, CaseId, Entry, EntryKind
from bot.domain.conversation import Conversation, Report
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Address, Attachment, Button, Heard, HeardKind, Lane, Media
from bot.domain.officers import Officer, Role, Roster
from bot.domain.understanding import Assessment, Point, Reason
from bot.ports import NewLetter, NewOffer, NewReport, TokenPair, UnitOfWork
from storage.engine import SqlStore, engine_for, open_store
from storage.rotation import COLUMNS, rotate
from storage.sealed import KeyFile, key_id, read_ring
from storage.sealed.seals import NO_MASTER
from storage.tables import metadata
from tests.storage.people import MINUTE, NOW, a_case

MARK = "ZQXW"
"""Stands in everything that a citizen or officer gave, and in nothing else."""
WHO = Address("telegram_public", "main", f"{MARK}8812")
OFFICER = Address("telegram_officers", "main", f"{MARK}9912")
RECEIPT = f"{MARK}7712"
JUDGED = Assessment(
    Kind.VIOLENCE, Urgency.URGENT, place=f"{MARK} hẻm", reasons=(Reason("beaten", f"{MARK} đánh"),)
)
PHOTO = Attachment(Media.PHOTO, f"{MARK}-ref", name=f"{MARK}.jpg")
HOME = Point(12.6789123, 108.0512345)


def everything(store: SqlStore) -> Callable[[UnitOfWork], CaseId]:
    """One of each thing that holds something of somebody."""
    receipt = store.signer.digest("receipt", RECEIPT)

    def work(uow: UnitOfWork) -> CaseId:
        person = Officer(0, "HOA", f"{MARK} Hoa", Role.COMMUNE_OFFICER, f"{MARK}0900")
        uow.office.replace(Roster((person,)))
        uow.office.enrol(uow.office.roster().officers[0].id, OFFICER, NOW)
        for number in range(3):
            text = f"{MARK} bạn em đang bị đánh"
            heard = Heard(
                WHO, f"{WHO.person}:{number}", HeardKind.MEDIA, NOW, text, f"{MARK}tap", (PHOTO,), HOME
            )
            uow.inbox.put(heard, NOW)
        answered = uow.inbox.oldest(WHO)
        assert answered is not None
        uow.inbox.mark(answered.id)
        id_, _ = uow.conversations.load(WHO)
        report = Report(NOW, (f"{MARK} em sợ",), JUDGED, answers={"who": f"{MARK} chú Ba"}, point=HOME)
        uow.conversations.save(id_, Conversation(report=report, contact=f"{MARK} sau 5 giờ"))
        case = uow.cases.open(replace(a_case(), point=HOME))
        uow.cases.add_report(
            case, NewReport(id_, JUDGED, {"who": f"{MARK} chú Ba"}, "telegram_public", NOW, True, receipt)
        )
        uow.cases.add_entry(Entry(0, case, NOW, Author.REPORTER, EntryKind.WORDS, f"{MARK} cứu em"))
        uow.cases.assessed(case, JUDGED, NOW)
        uow.cases.index_words(case, (f"{MARK} Ba", MARK))
        uow.cases.set_hazard(case, f"{MARK} ao")
        loose = uow.files.put(None, "telegram_public", "main", PHOTO, NOW)
        uow.files.kept(loose, f"{MARK} pixels".encode() * 99, "image/jpeg", NOW)
        kept = uow.files.put(case, "telegram_public", "main", PHOTO, NOW)
        uow.files.kept(kept, f"{MARK} pixels".encode() * 99, "image/jpeg", NOW)
        letter = NewLetter(Lane.CONVERSATION, WHO, f"{MARK} nghe", ((Button(f"{MARK} nút", f"{MARK}"),),))
        uow.outbox.post(letter, NOW)
        uow.offers.put(NewOffer(WHO, (f"o1:open:7:{MARK}",), NOW + MINUTE, numbered=True), NOW)
        uow.contacts.touched(WHO, NOW, MINUTE, MINUTE)
        pair = TokenPair(f"{MARK}access", f"{MARK}refresh", NOW, NOW)
        uow.tokens.seed("zalo_oa", "4200", pair, store.signer.digest("zalo.seed", MARK), NOW)
        uow.links.put("login", f"{MARK}token".encode(), f"officer:{MARK}", NOW + MINUTE, NOW)
        uow.links.tried("receipt", f"{WHO.person}", NOW)
        uow.subscribers.put(Subscriber(0, WHO), NOW)
        uow.ledger.note("case.opened", actor="system", subject=f"case:{case}", at=NOW)
        return case

    return work


def read_back(uow: UnitOfWork) -> list[object]:
    """Everything that `everything` wrote, opened."""
    (case,) = uow.cases.search(MARK)
    id_, _ = uow.conversations.load(WHO)
    return [
        case,
        uow.inbox.oldest(WHO),
        uow.inbox.unanswered(NOW, 9),
        uow.conversations.get(id_),
        uow.cases.reports(case.id),
        uow.cases.entries(case.id),
        uow.cases.hazards_near(HOME, 10),
        uow.outbox.waiting_for(WHO, 0),
        uow.offers.numbered(WHO),
        uow.contacts.get(WHO),
        uow.tokens.get("zalo_oa", "4200"),
        uow.office.roster(),
        uow.office.address_of(1, "telegram_officers"),
        uow.links.peek("login", f"{MARK}token".encode(), NOW),
        uow.subscribers.at(WHO),
        [uow.files.get(file) for file in (1, 2)],
        [uow.files.content(file) for file in (1, 2)],
        uow.ledger.verify(),
    ]


def raw_octets(folder: Path) -> Iterator[tuple[str, bytes]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    yield from ((path.name, path.read_bytes()) for path in files)


def test_nothing_of_anybody_stands_in_the_files(
    sqlite_store: SqlStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    sqlite_store.write(everything(sqlite_store))
    sqlite_store.write(lambda uow: uow.ledger.link(99))
    seen = dict(raw_octets(tmp_path))
    wal = next(content for name, content in seen.items() if name.endswith(".db-wal"))
    assert b"telegram_public" in wal, "looked at the wrong file"
    assert len(seen) >= 5
    for name, content in seen.items():
        for mark in (MARK.encode(), MARK.lower().encode(), b"12.678", b"108.05", "đánh".encode()):
            assert mark not in content, (name, mark)
    assert MARK not in caplog.text


def test_nothing_of_anybody_stands_in_the_tables(store: SqlStore, database_url: str) -> None:
    store.write(everything(store))
    engine, looked_at = engine_for(database_url), 0
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)):
                looked_at += 1
                text = b" ".join(v if isinstance(v, bytes) else str(v).encode() for v in row)
                assert MARK.lower().encode() not in text.lower(), table.name
    assert looked_at > 15
    engine.dispose()


def test_a_home_is_sealed_and_only_a_hazard_is_searched_by_place(store: SqlStore) -> None:
    store.write(everything(store))
    assert store.read(lambda uow: uow.cases.hazards_near(HOME, 10)) == []
    (case,) = store.read(lambda uow: uow.cases.search(MARK))
    assert case.point == HOME


def masters_in_use(url: str) -> set[int]:
    """Of everything in the database that looks sealed."""
    engine, found = engine_for(url), set()
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            columns = [column for column in table.columns if isinstance(column.type, LargeBinary)]
            for row in connection.execute(select(*columns)) if columns else ():
                found |= {key_id(v) for v in row if v and v[:4] == b"\x01\0\0\0"}
    engine.dispose()
    return found - {NO_MASTER}


def test_after_a_rotation_everything_opens_with_the_new_key_alone(
    store: SqlStore, database_url: str, tmp_path: Path
) -> None:
    store.write(everything(store))
    before = store.write(read_back)
    assert None not in before[:-1]
    rotated = rotate(store)
    assert (rotated.key, rotated.old_kept) == (2, False)
    assert rotated.resealed == 15
    assert list(read_ring(tmp_path / "keys.json").master) == [2]
    assert masters_in_use(database_url) == {2}
    assert store.write(read_back) == before
    store.write(lambda uow: uow.inbox.mark(1))  # the store goes on


def test_a_rotation_that_was_broken_off_goes_on(store: SqlStore, database_url: str, tmp_path: Path) -> None:
    store.write(everything(store))
    before = store.write(read_back)
    with KeyFile(tmp_path / "keys.json"):  # another program has it open, so nothing is thrown away
        broken_off = rotate(store, COLUMNS[:4])
    assert broken_off.old_kept
    assert masters_in_use(database_url) == {1, 2}
    assert store.write(read_back) == before
    assert rotate(store).key == 2
    assert masters_in_use(database_url) == {2}
    assert store.write(read_back) == before


def test_a_program_that_runs_through_a_rotation_goes_on_reading(
    store: SqlStore, database_url: str, tmp_path: Path
) -> None:
    store.write(everything(store))
    other = open_store(database_url, tmp_path / "keys.json", tmp_path / "files")
    assert rotate(store).old_kept
    assert other.write(read_back) == store.write(read_back)
    other.close()
    assert not rotate(store).old_kept
