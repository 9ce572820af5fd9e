"""What ships: a calendar of drafts in both languages, nothing approved, each slogan with its source and year."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.campaigns.campaign import Campaign, State
from bot.domain.campaigns.checks import Level, check
from bot.domain.campaigns.occurrences import following
from bot.office.campaigns import read_campaigns, shipped_dates, shipped_drafts, write_campaigns
from bot.office.faults import Fault, File
from tests.domain.test_campaign_checks import BARE, KNOWN, TELEGRAM, ZALO

DRAFTS = shipped_drafts()
OFFICE = replace(
    KNOWN,
    dates=shipped_dates(),
    surfaces={one.name: one for one in (TELEGRAM, ZALO, BARE)},
    values=dict.fromkeys(("office", "phone", "hotline", "day", "lunar_day", "year"), "…"),
)
FROM_2025 = datetime(2025, 1, 1, tzinfo=UTC)


def draft(code: str) -> Campaign:
    return next(one for one in DRAFTS if one.code == code)


def test_nothing_is_approved_as_shipped() -> None:
    assert len(DRAFTS) >= 12
    assert {(one.state, one.author, one.approver, one.next_at) for one in DRAFTS} == {
        (State.DRAFT, None, None, None)
    }


@pytest.mark.parametrize("code", [one.code for one in DRAFTS])
def test_each_draft_is_whole_in_both_languages_and_fits_every_channel(code: str) -> None:
    one = draft(code)
    assert set(one.content.texts) == {"vi", "en"}
    assert all(text[""].strip() for text in one.content.texts.values())
    found = check(one, replace(OFFICE, now=FROM_2025))
    assert [fault.code for fault in found if fault.level > Level.NOTE] == []


@pytest.mark.parametrize("code", [one.code for one in DRAFTS if one.theme_year is not None])
def test_a_text_of_2025_asks_for_a_new_approval_in_any_later_year(code: str) -> None:
    assert "theme.old" in [fault.code for fault in check(draft(code), OFFICE)]


def test_a_slogan_stands_only_with_a_verified_source_of_its_year() -> None:
    for one in DRAFTS:
        if one.theme_year is not None:
            assert any(s.verified and s.year == one.theme_year and s.address for s in one.sources), one.code
        quoted = "“" in one.content.texts["vi"][""]
        assert not quoted or one.sources or one.code in {"mua-ban-nguoi-30-7", "khai-giang", "truoc-lop-mot"}


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("thang-hanh-dong-vi-tre-em", "2027-06-01"),
        ("duoi-nuoc-truoc-he", "2027-05-15"),
        ("lao-dong-tre-em-12-6", "2027-06-12"),
        ("duoi-nuoc-25-7", "2027-07-25"),
        ("mua-lu", None),
        ("khai-giang", "2027-09-04"),
        ("trung-thu", "2027-09-12"),
        ("tre-em-the-gioi-20-11", "2027-11-20"),
        ("sinh-nhat-111", "2026-12-06"),
        ("tet", "2027-02-01"),
    ],
)
def test_when_each_would_speak_next(code: str, day: str | None) -> None:
    found = following(draft(code).schedule, datetime(2026, 11, 22, 3, tzinfo=UTC), shipped_dates())
    assert found is not None
    if day is not None:
        assert f"{found.at:%Y-%m-%d}" == day
    else:
        assert datetime(2027, 8, 1, tzinfo=UTC) <= found.at <= datetime(2027, 8, 31, tzinfo=UTC)


def test_a_file_gives_back_what_made_it() -> None:
    file = write_campaigns(DRAFTS)
    assert read_campaigns(file) == DRAFTS
    assert write_campaigns(DRAFTS) == file


SPOILT = [
    ("rules = 3", "rules"),
    ('rules = ["once 2027-13-01"]', "rules"),
    ('rules = ["weekly mon"]', "rules"),
    ('rules = ["personal wedding 3"]', "rules"),
    ('at = "25:00"', "at"),
    ('topics = ["war"]', "topics"),
    ("start = 3", "start"),
    ('season = { start = "June", end = "30/9" }', "start"),
    ("links = { a = 3 }", "a"),
    ("theme_year = 1900", "theme_year"),
    ('colour = "red"', "colour"),
    ('event = { code = "a", at = 2027-06-01 }', "at"),
]


@pytest.mark.parametrize(("line", "key"), SPOILT)
def test_each_slip_in_a_file_is_named_by_line_and_key(line: str, key: str) -> None:
    file = File("he.toml", f'[[campaign]]\ncode = "he"\ntitle = "Hè"\n{line}\n')
    found = read_campaigns(file)
    assert [(one.line, one.column) for one in found if isinstance(one, Fault)] == [(4, key)]
