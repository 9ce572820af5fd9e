"""What an administrator can mend ends the program with a sentence that says what and where, never a traceback."""

import socket
import sys

import pytest

from bot.__main__ import main
from tests.test_program import Terminal, office, terminal

__all__ = ["office", "terminal"]


def ends_with(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    """The exit status of the whole program, what an administrator can mend caught."""
    monkeypatch.setattr(sys, "argv", ["bot", *(str(word) for word in words)])
    try:
        return main()
    except SystemExit as ended:
        return int(ended.code or 0)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("backup", "nowhere/b.tar"), "không có tệp hay thư mục này"),
        (("export", "var/keys.json/out"), "keys.json"),
        (("campaign", "export", "var"), "đó là một thư mục"),
        (("campaign", "poster", "nowhere/q.svg"), "nowhere"),
    ],
)
def test_a_file_that_cannot_be_written_is_a_sentence(
    office: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    named: str,
) -> None:
    assert office.folder.is_dir()
    assert ends_with(monkeypatch, *words) == 2
    assert named in capsys.readouterr().err


def test_a_poster_in_another_format_is_refused_with_those_that_there_are(terminal: Terminal) -> None:
    assert ".svg hoặc .png" in terminal.types("campaign", "poster", "q.jpg", status=2)


def test_a_database_that_cannot_be_reached_is_a_sentence_without_its_password(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("TINBAO_DATABASE_URL", f"postgresql://me:hidden@127.0.0.1:{port}/tinbao")
    assert ends_with(monkeypatch, "check") == 2
    told = capsys.readouterr().err
    assert "the database cannot be used" in told
    assert "hidden" not in told
    assert list(terminal.folder.glob("var/*")) == []


def test_a_port_that_another_program_has_is_named(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("TINBAO_HTTP_PORT", str(taken.getsockname()[1]))
        assert ends_with(monkeypatch, "run") == 2
    assert "TINBAO_HTTP_PORT" in capsys.readouterr().err
    assert terminal.folder.is_dir()
