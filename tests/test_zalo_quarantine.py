"""`zalo quarantine` as an administrator types it: no words, and what is rightly signed goes in exactly once."""

import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.domain.messages import Address
from bot.ports import Suspect
from handlers.zalo_oa.traits import NAME
from storage.engine import open_store
from tests.fakes.zalo_oa.bodies import APP, OA, PERSON, words
from tests.fakes.zalo_oa.push import SECRET, encoded, signed
from tests.handlers.office import wall_clock

WORDS = "bố em đánh em"


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the settings of an Official Account whose secret is right by now."""
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "DATABASE_URL": f"sqlite:///{tmp_path}/tinbao.db",
        "SEAL_KEY_FILE": str(tmp_path / "keys.json"),
        "FILES_DIR": str(tmp_path / "files"),
        "ZALO_OA_APP_ID": APP,
        "ZALO_OA_APP_SECRET": "app",
        "ZALO_OA_SECRET_KEY": SECRET,
        "ZALO_OA_ID": OA,
    }.items():
        monkeypatch.setenv(f"TINBAO_{name}", value)
    return tmp_path


def types(*more: str, status: int = 0) -> str:
    result = CliRunner().invoke(cli, ["zalo", "quarantine", *more])
    assert result.exit_code == status, (result.output, result.exception)
    return result.output


def shut_away(folder: Path, *, signed_ones: int, strange: int) -> None:
    store = open_store(f"sqlite:///{folder}/tinbao.db", folder / "keys.json", folder / "files")
    try:
        for number in range(signed_ones + strange):
            body = words(f"{WORDS} {number}")
            raw = encoded(body)
            mac = signed(raw, str(body["timestamp"])) if number < signed_ones else "mac=0"
            store.write(
                lambda uow, raw=raw, mac=mac: uow.quarantine.put(
                    NAME, Suspect(raw, mac), "signature", wall_clock()
                )
            )
    finally:
        store.close()


def inbox(folder: Path) -> int:
    store = open_store(f"sqlite:///{folder}/tinbao.db", folder / "keys.json", folder / "files")
    try:
        oldest = store.read(lambda uow: uow.inbox.oldest(Address(NAME, OA, PERSON)))
        assert oldest is None or WORDS in oldest.heard.text
        return store.read(lambda uow: uow.inbox.waiting())
    finally:
        store.close()


def test_nothing_is_in_there(typed: Path) -> None:
    assert "Không có tin nào" in types()


def test_it_lists_when_and_how_many_and_no_words(typed: Path) -> None:
    shut_away(typed, signed_ones=2, strange=1)
    output = types()
    assert "3 tin bị niêm phong" in output
    assert output.count("byte") == 3
    assert "đánh" not in output
    assert PERSON not in output
    assert inbox(typed) == 0


def test_what_is_rightly_signed_goes_in_exactly_once(typed: Path) -> None:
    shut_away(typed, signed_ones=120, strange=2)
    output = types("--replay")
    assert "120 tin nay đúng chữ ký" in output
    assert "2 tin còn niêm phong" in output
    assert inbox(typed) == 120
    assert "0 tin nay đúng chữ ký" in types("--replay")
    assert inbox(typed) == 120


def test_a_row_that_does_not_open_stays_and_is_named_and_holds_nobody_up(typed: Path) -> None:
    shut_away(typed, signed_ones=5, strange=0)
    with sqlite3.connect(typed / "tinbao.db") as database:
        database.execute("UPDATE quarantine SET body = x'00' WHERE id = 3")
    database.close()
    output = types("--replay")
    assert "4 tin nay đúng chữ ký" in output
    assert "1 tin không mở được" in output
    assert "số 3." in output
    assert inbox(typed) == 4
    assert "1 tin bị niêm phong" in types()


def test_without_an_account_it_says_what_is_missing(typed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("APP_ID", "APP_SECRET", "SECRET_KEY", "ID"):
        monkeypatch.delenv(f"TINBAO_ZALO_OA_{name}")
    assert "TINBAO_ZALO_OA_SECRET_KEY" in types("--replay", status=2)
    assert "Không có tin nào" in types()
