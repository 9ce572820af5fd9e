"""The commands as an administrator types them, on a database of their own."""

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import Result
from typer.main import get_command
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.app import CannotStart
from bot.data import demo

DEMO = Path(demo.__file__).parent
FILES = sorted([*DEMO.glob("*.csv"), *DEMO.glob("*.toml")])


class Terminal:
    """Types commands in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def types(self, *words: object, status: int = 0, answers: str = "") -> str:
        result: Result = CliRunner().invoke(cli, [str(word) for word in words], input=answers)
        assert result.exit_code == status, (result.output, result.exception)
        return result.output


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.chdir(tmp_path)
    return Terminal(tmp_path)


@pytest.fixture
def office(terminal: Terminal) -> Terminal:
    terminal.types("import", *FILES)
    return terminal


def test_what_is_imported_is_exported_to_the_byte(office: Terminal) -> None:
    office.types("export", "out")
    for file in FILES:
        assert (office.folder / "out" / file.name).read_bytes() == file.read_bytes(), file.name


def test_a_bad_row_is_named_by_file_line_and_column_and_nothing_is_imported(terminal: Terminal) -> None:
    lines = (DEMO / "officers.csv").read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].replace("commune_officer", "wizard")
    bad = terminal.folder / "officers.csv"
    bad.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = terminal.types("import", bad, *(f for f in FILES if f.name != "officers.csv"), status=1)
    assert "officers.csv" in told
    assert "3" in told
    assert "role" in told
    assert "0 " in terminal.types("check", status=1)


def test_check_names_the_holes_of_an_office_that_nobody_has_enrolled_in(office: Terminal) -> None:
    told = office.types("check", status=1)
    assert "415 cán bộ chưa có kênh liên lạc" in told


def test_who_answers_with_a_ladder_and_reasons(office: Terminal) -> None:
    told = office.types("who", "--kind", "violence", "--unit", "24163", "--at", "2026-11-21T23:10")
    assert "SYT-TRUC" in told
    assert "Vì sao" in told


def test_who_names_what_it_does_not_know(office: Terminal) -> None:
    assert "99999" in office.types("who", "--unit", "99999", status=2)


def test_triage_and_place_write_a_json_line_for_each_message(terminal: Terminal) -> None:
    messages = terminal.folder / "messages.jsonl"
    words = {"id": "1", "text": "cháu bé ở phường Ea Kao, Đắk Lắk đang bị bố cầm dao đuổi đánh", "home": "66"}
    messages.write_text(json.dumps(words) + "\n", encoding="utf-8")
    understood = json.loads(terminal.types("triage", messages))
    assert (understood["kind"], understood["urgency"]) == ("violence", "emergency")
    assert understood["reasons"]
    assert json.loads(terminal.types("place", messages))["units"][0]["code"] == "24169"


def test_the_ledger_is_whole_until_somebody_touches_it(office: Terminal) -> None:
    office.types("invite", "TE-24169")
    assert "nguyên vẹn" in office.types("ledger", "verify")
    with sqlite3.connect(office.folder / "var" / "tinbao.db") as database:
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute("UPDATE ledger SET actor = 'officer:1' WHERE id = 1")
    assert "dòng 1 " in office.types("ledger", "verify", status=1)


def test_a_backup_is_put_back_beside_what_is_there_never_over_it(office: Terminal) -> None:
    office.types("backup", "copy.tar")
    wrong = CliRunner().invoke(cli, ["restore", "copy.tar"])
    assert wrong.exception is not None
    (office.folder / "var" / "tinbao.db").rename(office.folder / "old.db")
    for left in (office.folder / "var").glob("tinbao.db-*"):
        left.unlink()
    office.types("restore", "copy.tar")
    office.types("export", "again")
    assert (office.folder / "again" / "officers.csv").read_bytes() == (DEMO / "officers.csv").read_bytes()


def test_keys_are_rotated_while_everything_stays_readable(office: Terminal) -> None:
    before = (office.folder / "var" / "keys.json").read_bytes()
    office.types("keys", "rotate")
    assert (office.folder / "var" / "keys.json").read_bytes() != before
    office.types("export", "out")
    assert (office.folder / "out" / "officers.csv").read_bytes() == (DEMO / "officers.csv").read_bytes()


def test_the_demo_does_not_open_a_real_office_without_a_log_in(terminal: Terminal) -> None:
    table = (DEMO / "officers.csv").read_text(encoding="utf-8")
    other = terminal.folder / "officers.csv"
    other.write_text(table.replace("SYT-TRUC-1", "REAL-1"), encoding="utf-8")
    rest = [f for f in FILES if f.name not in ("officers.csv", "office.toml", "duty.csv", "absences.csv")]
    basics = terminal.folder / "office.toml"
    basics.write_text(
        (DEMO / "office.toml").read_text(encoding="utf-8").replace("SYT-TRUC-1", "REAL-1"), encoding="utf-8"
    )
    terminal.types("import", other, basics, *rest)
    refused = CliRunner().invoke(cli, ["demo"])
    assert isinstance(refused.exception, CannotStart)


def test_a_lost_phone_logs_an_officer_out_and_a_wrong_code_is_named(office: Terminal) -> None:
    assert "NOBODY" in office.types("lost-phone", "NOBODY", status=1)
    told = office.types("lost-phone", "SYT-TRUC-1")
    assert " 0 " in told


def test_every_command_says_what_it_is_for() -> None:
    commands = get_command(cli).commands.values()  # type: ignore[attr-defined]
    assert len(commands) > 10
    assert all(command.help for command in commands)


def test_check_reminds_that_words_leave_to_a_second_reader(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Nghị định 356/2025" not in terminal.types("check", status=1)
    monkeypatch.setenv("TINBAO_SECOND_READER_URL", "https://may-doc.co-quan.vn/v1")
    monkeypatch.setenv("TINBAO_SECOND_READER_MODEL", "vi-7b")
    told = terminal.types("check", status=1)
    assert "may-doc.co-quan.vn" in told
    assert "Việt Nam" in told
