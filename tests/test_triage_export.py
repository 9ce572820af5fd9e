"""`python -m bot triage export`, as an administrator types it."""

import json
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.app import office
from bot.domain.cases import Author, Case, CaseId, Entry, EntryKind, OfficerId, Status
from bot.domain.kinds import Kind, Urgency
from bot.domain.understanding import Assessment
from bot.ports import About, Judgement, UnitOfWork
from bot.settings import load

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
SAID = Assessment(Kind.NEGLECT, Urgency.STANDARD, version="2026.1")


def types(*words: str, status: int = 0) -> Result:
    result: Result = CliRunner().invoke(cli, list(words))
    assert result.exit_code == status, (result.output, result.exception)
    return result


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where an office keeps one case that an officer judged otherwise."""
    monkeypatch.chdir(tmp_path)

    def work(uow: UnitOfWork) -> None:
        case = uow.cases.open(Case(CaseId(0), Kind.NEGLECT, Urgency.STANDARD, Status.NEW, NOW, NOW, None))
        uow.cases.assessed(case, SAID, NOW)
        words = "Bé Lan ở xã Ea Kao bị bỏ đói"
        uow.cases.add_entry(Entry(0, case, NOW, Author.REPORTER, EntryKind.WORDS, words))
        uow.judgements.add(Judgement(case, OfficerId(1), NOW, About.URGENCY, "standard", "emergency"))

    with office(load()) as found:
        found.store.write(work)
    return tmp_path


def test_the_file_is_its_owners_alone_and_holds_the_officers_labels(folder: Path) -> None:
    umask = os.umask(0)
    try:
        told = types("triage", "export", "out.jsonl")
    finally:
        os.umask(umask)
    assert stat.S_IMODE((folder / "out.jsonl").stat().st_mode) == 0o600
    (line,) = (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()
    row = json.loads(line)
    assert row["text"] == "Bé [tên] ở [nơi] bị bỏ đói"
    assert (row["kind"], row["urgency"], row["also"]) == ("neglect", "emergency", [])
    assert row["officer"] == {"urgency": "emergency"}
    assert row["machine"] == {"kind": "neglect", "urgency": "standard", "also": [], "version": "2026.1"}
    assert "1" in told.output
    assert sorted(path.name for path in folder.iterdir()) == ["out.jsonl", "var"]


def test_it_goes_to_standard_output_too(folder: Path) -> None:
    assert json.loads(types("triage", "export", "-").stdout)["urgency"] == "emergency"


def test_a_file_that_was_open_to_others_is_so_no_more(folder: Path) -> None:
    old = folder / "out.jsonl"
    old.write_text("old", encoding="utf-8")
    old.chmod(0o644)
    types("triage", "export", "out.jsonl")
    assert stat.S_IMODE(old.stat().st_mode) == 0o600
    assert "old" not in old.read_text(encoding="utf-8")


def test_it_says_where_it_cannot_write(folder: Path) -> None:
    assert "no/such/out.jsonl" in types("triage", "export", "no/such/out.jsonl", status=2).output
    assert "triage export" in types("triage", "export", status=2).output


def test_what_was_exported_can_be_scored(folder: Path) -> None:
    types("triage", "export", "out.jsonl")
    assert "messages 1" in types("triage", "out.jsonl", "--score").output


def test_a_second_file_is_refused(folder: Path) -> None:
    (folder / "in.jsonl").write_text('{"text": "alo"}\n', encoding="utf-8")
    assert json.loads(types("triage", "in.jsonl").output)["kind"] == "off_topic"
    types("triage", "in.jsonl", "out.jsonl", status=2)
