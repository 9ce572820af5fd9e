"""Templates of campaigns: what is wrong with them, and as a file."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.domain.campaigns import checks
from bot.domain.campaigns.campaign import Audience, Campaign, Content
from bot.domain.campaigns.checks import Known, Level
from bot.domain.campaigns.preview import Surface
from bot.domain.campaigns.schedule import Once, Schedule
from bot.domain.campaigns.templates import LIMITS, Param, ParamKind, Tag, Template
from bot.domain.messages import Approved, Gap
from bot.office.campaigns import read_campaigns, write_campaigns
from bot.office.faults import Fault, File

ZALO = "zalo_oa"
CAMPAIGN = Campaign(
    0, "an-toan", "An toàn", Content({"vi": {"": "Giữ trẻ an toàn."}}), Audience(), Schedule((Once(date(2026, 12, 1)),))
)  # fmt: skip
ADVERTISING = (time(6), time(22))
KNOWN = Known(
    now=datetime(2026, 11, 21, tzinfo=UTC),
    surfaces={
        ZALO: Surface(ZALO, 2000, 2000, 5, 1_000_000, ADVERTISING, templates=True),
        "telegram_news": Surface("telegram_news", 4096, 1024, 100, 10_000_000),
    },
    dates={},
    values={"office": "Ủy ban nhân dân xã Ea Kao", "hotline": "111"},
    units=frozenset(),
    languages=("vi", "en"),
    commune="xã Ea Kao, tỉnh Đắk Lắk",
)


def with_template(template: Template, channel: str = ZALO, **more: object) -> Campaign:
    content = replace(CAMPAIGN.content, templates={channel: template})
    return replace(CAMPAIGN, content=content, **more)  # type: ignore[arg-type]


def of(**params: str) -> Template:
    return Template("412345", {name: Param(value) for name, value in params.items()})


def codes(campaign: Campaign, least: Level = Level.NOTE) -> set[str]:
    return {one.code for one in checks.check(campaign, KNOWN) if one.level >= least}


def test_a_good_template_has_no_fault() -> None:
    template = Template("412345", {"noi": Param("{commune}"), "so": Param("{hotline}", ParamKind.CODE)})
    assert codes(with_template(template)) == set()


@pytest.mark.parametrize(
    ("template", "code", "level"),
    [
        (Template(""), "template.id", Level.WRONG),
        (Template("12 34"), "template.id", Level.WRONG),
        (of(noi="{comune}"), "placeholder.unknown", Level.WRONG),
        (of(noi="{office"), "placeholder.unknown", Level.WRONG),
        (of(noi="{phone}"), "placeholder.empty", Level.HINDERS),
        (of(noi=" "), "template.empty", Level.HINDERS),
        (of(noi="{office}, " + "x" * 10), "template.too_long", Level.HINDERS),
        (of(noi="{commune}" + "x" * 8), "template.too_long", Level.HINDERS),
        (Template("1", {"nơi ở": Param("x")}), "template.param", Level.WRONG),
    ],
)
def test_what_is_wrong_with_a_template_is_said(template: Template, code: str, level: Level) -> None:
    found = [one for one in checks.check(with_template(template), KNOWN) if one.code == code]
    assert [(one.level, one.field) for one in found] == [(level, "templates.zalo_oa")]


@pytest.mark.parametrize("kind", ParamKind)
def test_each_kind_of_parameter_has_its_own_limit_counted_composed(kind: ParamKind) -> None:
    just, more = (
        Template("1", {"a": Param("ẹ" * count, kind)}) for count in (LIMITS[kind], LIMITS[kind] + 1)
    )
    assert (codes(with_template(just)), codes(with_template(more))) == (set(), {"template.too_long"})


@pytest.mark.parametrize(
    ("at", "tag", "wrong"),
    [
        (time(6, 29), Tag.PROMOTION, {"schedule.quiet"}),
        (time(5, 59), Tag.PROMOTION, {"schedule.quiet", "schedule.advertising"}),
        (time(22), Tag.PROMOTION, {"schedule.quiet", "schedule.advertising"}),
        (time(8), Tag.PROMOTION, set()),
        (time(22), Tag.CARE, {"schedule.quiet"}),
    ],
)
def test_a_promotional_template_goes_from_six_to_ten_only(at: time, tag: Tag, wrong: set[str]) -> None:
    schedule = replace(CAMPAIGN.schedule, at=at)
    assert codes(with_template(Template("1", tag=tag), schedule=schedule)) == wrong


def test_an_urgent_notice_takes_no_promotional_template() -> None:
    assert codes(with_template(Template("1", tag=Tag.PROMOTION), urgent=True)) == {"template.urgent"}
    assert codes(with_template(Template("1", tag=Tag.TRANSACTION), urgent=True)) == set()


def test_a_template_on_a_channel_that_takes_none_hinders() -> None:
    assert codes(with_template(of(), "telegram_news"), Level.HINDERS) == {"template.channel"}
    assert codes(with_template(of(), "fax"), Level.HINDERS) == set()


def test_what_is_the_same_for_all_is_filled_at_once_and_each_gap_is_cut_at_its_limit() -> None:
    template = Template("7", {"a": Param("{office} · {commune}")}, Tag.PROMOTION)
    filled = template.filled({"office": "UBND"})
    assert filled == Approved("7", {"a": Gap("UBND · {commune}", 30)}, promotional=True)
    assert Gap("x" * 29 + " yz", 30).fitting == "x" * 29
    assert Gap(" ", 30).fitting == "-"


def test_templates_survive_a_file() -> None:
    params = {"noi": Param("{commune}"), "dia_chi": Param('"{office}"', ParamKind.ADDRESS)}
    campaign = with_template(Template("412345", params, Tag.PROMOTION))
    campaign = replace(campaign, content=replace(campaign.content, links={"a": "https://example.vn/"}))
    assert read_campaigns(write_campaigns([campaign])) == (campaign,)


HEAD = """[[campaign]]
code = "an-toan"
title = "An toàn"
rules = ["once 2026-12-01"]
[campaign.texts.vi]
default = "Giữ trẻ an toàn."
[campaign.templates.zalo_oa]
"""


@pytest.mark.parametrize(
    ("rest", "line", "key"),
    [
        ("tag = 2", 7, "id"),
        ('id = "1"\ntag = 4', 9, "tag"),
        ('id = "1"\nphone = "2"', 9, "phone"),
        ('id = "1"\n[campaign.templates.zalo_oa.params]\na = 7', 10, "a"),
        ('id = "1"\n[campaign.templates.zalo_oa.params]\na = {value = "x", kind = "tall"}', 10, "kind"),
        ('id = "1"\nparams = "x"', 9, "params"),
    ],
)
def test_a_fault_in_a_file_is_found_by_its_line(rest: str, line: int, key: str) -> None:
    (found,) = read_campaigns(File("c.toml", HEAD + rest + "\n"))
    assert isinstance(found, Fault), found
    assert (found.line, found.column) == (line, key)
