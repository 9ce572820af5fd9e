"""`campaign …` as an administrator types it, on a database of its own."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands.campaigns.following import WIDTH, bar
from bot.domain.campaigns.subscribers import LetterState, Run, RunState
from bot.services.outreach import Progress
from locales.catalogue import load
from tests.test_program import FILES, Terminal

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
SPOILED = """
[[campaign]]
code = "he"
title = "Hè"
rules = ["lunar 15/8", "moonly 3"]
at = "8 giờ"
groups = ["dad"]

[campaign.texts.vi]
default = "Chào"
"""
UNKNOWN = """
[[campaign]]
code = "he"
title = "Hè"
rules = ["lunar 15/8"]

[campaign.texts.vi]
default = '''
Chào
bạn {ten}'''
"""


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TINBAO_TELEGRAM_NEWS_TOKEN", "1:A")
    return Terminal(tmp_path)


@pytest.fixture
def office(terminal: Terminal) -> Terminal:
    terminal.types("import", *FILES)
    terminal.types("campaign", "import")
    return terminal


def test_the_drafts_that_ship_are_drafts_and_nothing_else(office: Terminal) -> None:
    listed = office.types("campaign", "list")
    assert "trung-thu · bản nháp" in listed
    assert "đã duyệt" not in listed
    assert office.types("campaign", "list", "--state", "approved") == "Chưa có chiến dịch nào.\n"


def test_a_calendar_goes_from_office_to_office_to_the_byte(office: Terminal) -> None:
    office.types("campaign", "export", "one.toml")
    office.types("campaign", "import", "one.toml")
    office.types("campaign", "export", "two.toml")
    first = (office.folder / "one.toml").read_bytes()
    assert b"Trung thu" in first
    assert (office.folder / "two.toml").read_bytes() == first


def test_a_fault_is_named_by_file_line_and_key_and_nothing_is_taken(terminal: Terminal) -> None:
    (terminal.folder / "he.toml").write_text(SPOILED, encoding="utf-8")
    told = terminal.types("campaign", "import", "he.toml", status=1)
    for what in ("he.toml", "moonly 3", "dad"):
        assert what in told
    for line in ("5", "6", "7"):
        assert line in told
    assert "Chưa có" in terminal.types("campaign", "list")


def test_an_unknown_placeholder_in_a_file_is_named_with_its_place(terminal: Terminal) -> None:
    (terminal.folder / "he.toml").write_text(UNKNOWN, encoding="utf-8")
    told = terminal.types("campaign", "import", "he.toml", status=1)
    assert "he texts.vi" in told
    assert "{ten}" in told
    assert "dòng 2, ký tự 5" in told


def test_a_file_that_is_no_toml_is_named(terminal: Terminal) -> None:
    (terminal.folder / "he.toml").write_text("[[campaign]\n", encoding="utf-8")
    assert "he.toml" in terminal.types("campaign", "import", "he.toml", status=1)


def test_the_calendar_shows_lunar_days_and_what_falls_on_them(office: Terminal) -> None:
    shown = office.types("campaign", "calendar", 2027)
    assert "15/09/2027 · 15/8 ÂL · Tết Trung thu" in shown
    assert "CN 12/09/2027 · 12/8 ÂL" in shown
    assert "trung-thu · Tết Trung thu an toàn (bản nháp) · nội dung năm cũ" in shown
    assert "06/02/2027 · 1/1 ÂL · Tết Nguyên đán" in shown


def test_two_officers_are_needed_and_both_are_in_the_ledger(office: Terminal) -> None:
    first, second = _two()
    refused = office.types("campaign", "approve", "tet", "--officer", second, status=1)
    assert "chưa được trình duyệt" in refused
    office.types("campaign", "propose", "tet", "--officer", first)
    office.types("campaign", "approve", "tet", "--officer", first, status=1)
    shown = office.types("campaign", "approve", "tet", "--officer", second, answers="n\n", status=1)
    assert "--- telegram_news, vi" in shown
    assert "Duyệt đúng như trên?" in shown
    office.types("campaign", "approve", "tet", "--officer", second, answers="y\n")
    office.types("ledger", "verify")


def test_only_the_version_that_was_shown_is_approved(office: Terminal) -> None:
    first, second = _two()
    office.types("campaign", "propose", "tet", "--officer", first)
    found = re.search(r"bản số (\d+)", office.types("campaign", "show", "tet"))
    assert found is not None
    seen = int(found[1])
    refused = office.types("campaign", "approve", "tet", "--officer", second, "--version", seen - 1, status=1)
    assert "Nội dung đã đổi" in refused
    office.types("campaign", "approve", "tet", "--officer", second, "--version", seen)
    assert "tet · đã duyệt" in office.types("campaign", "list")


def test_codes_that_nobody_has_are_named(office: Terminal) -> None:
    assert "khong-co" in office.types("campaign", "show", "khong-co", status=1)
    assert "XYZ" in office.types("campaign", "pause", "tet", "--officer", "XYZ", status=1)


def test_show_tells_what_hinders_and_shows_each_channels_letter(office: Terminal) -> None:
    shown = office.types("campaign", "show", "thang-hanh-dong-vi-tre-em")
    assert "nội dung" in shown.lower()
    assert "--- telegram_news, vi" in shown
    assert "2025" in shown
    english = office.types("campaign", "show", "trung-thu", "--lang", "en")
    assert "Mid-Autumn" in english


def test_a_run_that_is_not_there_is_said(office: Terminal) -> None:
    assert "Chưa có lần gửi nào" in office.types("campaign", "run", "tet", status=1)


def test_the_bar_tells_how_far_how_fast_and_what_failed() -> None:
    counts = {LetterState.SENT: 50, LetterState.WAITING: 45, LetterState.REFUSED: 5}
    run = Run(1, 1, NOW, RunState.SENDING, frozen=100, ready=True, counts=counts)
    progress = Progress(run, 100, 55, 50, 5, 45, 10.0, timedelta(seconds=4), {"blocked": 5})
    line = load().render(bar(progress, 9.0), "vi")
    assert line.startswith("█" * int(0.55 * WIDTH) + "░")
    for what in ("55%", "55/100", "9 tin/giây", "0:00:05", "đã chặn tài khoản của cơ quan: 5"):
        assert what in line
    assert "?" in load().render(bar(progress, 0.0), "vi")


def _two() -> tuple[str, str]:
    rows = _officers()
    codes = {row.split(",")[2]: row.split(",")[0] for row in rows.splitlines()[1:]}
    return codes["province_duty"], codes["supervisor"]


def _officers() -> str:
    return next(file for file in FILES if file.name == "officers.csv").read_text(encoding="utf-8")


def test_a_poster_leads_to_the_page_with_the_schools_code(terminal: Terminal) -> None:
    words = ("--unit", "24163", "--group", "parent", "--tag", "thcs_nguyen_du")
    told = terminal.types("campaign", "poster", "school.svg", *words)
    assert "/tin/tin-24163-parent-thcs_nguyen_du" in told
    assert "TIN-24163-PARENT-THCS_NGUYEN_DU" in told
    assert "<svg " in (terminal.folder / "school.svg").read_text(encoding="utf-8")
    terminal.types("campaign", "poster", "school.png", *words)
    assert (terminal.folder / "school.png").read_bytes().startswith(b"\x89PNG")
    assert "Trường" in terminal.types("campaign", "poster", "x.svg", "--tag", "Trường A", status=2)


def test_last_years_campaign_is_copied_under_a_code_of_its_own(office: Terminal) -> None:
    _, second = _two()
    assert "đã lưu" in office.types("campaign", "copy", "trung-thu", 2027, "--officer", second).lower()
    assert "trung-thu-2027 · bản nháp" in office.types("campaign", "list")
    again = office.types("campaign", "copy", "trung-thu", 2027, "--officer", second, status=1)
    assert "trung-thu-2027" in again


def test_a_file_does_not_undo_what_officers_have_worked_on(office: Terminal) -> None:
    _, second = _two()
    office.types("campaign", "copy", "trung-thu", 2027, "--officer", second)
    office.types("campaign", "export", "one.toml")
    assert "trung-thu-2027" in office.types("campaign", "import", "one.toml", status=1)
    assert "16" in office.types("campaign", "import", "one.toml", "--over")


def test_show_and_results_tell_what_a_campaign_costs(office: Terminal) -> None:
    code = "trung-thu"
    assert "Chi phí dự tính: 0 mẫu tin, 0 tin trả phí\n" in office.types("campaign", "show", code)
    assert "Đã dùng: 0 tin miễn phí, 0 mẫu tin, 0 tin trả phí\n" in office.types("campaign", "results", code)
