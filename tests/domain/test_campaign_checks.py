"""Every fault of a campaign has its code, its place and a sentence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.campaigns.campaign import (
    EVERY_CHANNEL,
    Audience,
    Campaign,
    Content,
    Event,
    Picture,
    Quiz,
    Source,
)
from bot.domain.campaigns.checks import Finding, Known, Level, check
from bot.domain.campaigns.placeholders import Slip, fill, slips, used
from bot.domain.campaigns.preview import Surface, compose, length
from bot.domain.campaigns.schedule import (
    Daily,
    Lunar,
    Moment,
    Monthly,
    Named,
    Once,
    Personal,
    Schedule,
    Season,
    Weekly,
    Yearly,
)
from bot.domain.campaigns.subscribers import Reach, Skipped
from bot.domain.messages import Line
from locales.catalogue import load

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
WORDS = load()
TELEGRAM = Surface("telegram_news", 4096, 1024, 100, 10_000_000)
ZALO = Surface("zalo_oa", 2000, 2000, 5, 1_000_000)
BARE = Surface("zalo_bot", 2000, 2000, 0, 1_000_000)
GOOD = Campaign(
    id=0,
    code="an-toan",
    title="An toàn",
    content=Content({"vi": {EVERY_CHANNEL: "Chào {commune}"}}),
    audience=Audience(units=("24163",)),
    schedule=Schedule((Once(date(2026, 11, 23)),)),
)
EVENT = Event("boi", {"vi": "Lớp bơi"}, NOW + timedelta(days=9), {"vi": "Hồ bơi"}, seats=20)
QUIZ = Quiz("q", {"vi": "Hỏi?"}, ({"vi": "A"}, {"vi": "B"}), 1, {"vi": "Vì"})


def say(line: Line) -> str:
    return WORDS.render(line, "vi")


KNOWN = Known(
    now=NOW,
    surfaces={one.name: one for one in (TELEGRAM, ZALO)},
    dates={"trung_thu": Lunar(8, 15)},
    values={"office": "Sở Y tế", "hotline": "111", "day": "23/11/2026"},
    units=frozenset({"24163", "66"}),
    languages=("vi", "en"),
    say={"vi": say, "en": lambda line: WORDS.render(line, "en")},
)


def found(campaign: Campaign, known: Known = KNOWN) -> dict[str, Finding]:
    return {one.code: one for one in check(campaign, known)}


def text(words: str) -> Content:
    return Content({"vi": {EVERY_CHANNEL: words}})


def schedule(*rules: object, **limits: object) -> Schedule:
    return Schedule(rules, **limits)  # type: ignore[arg-type]


def test_a_good_campaign_has_no_fault() -> None:
    assert check(GOOD, KNOWN) == ()


FAULTS: list[tuple[str, Callable[[Campaign], Campaign], Level]] = [
    ("code.bad", lambda c: replace(c, code="Có dấu"), Level.WRONG),
    ("title.long", lambda c: replace(c, title="a" * 60_000), Level.WRONG),
    (
        "link.bad",
        lambda c: replace(c, content=replace(c.content, links={"a": "https://a\x00b"})),
        Level.WRONG,
    ),
    (
        "link.bad",
        lambda c: replace(c, content=replace(c.content, links={"a": "https://a\u202eb"})),
        Level.WRONG,
    ),
    ("title.empty", lambda c: replace(c, title=" "), Level.WRONG),
    ("text.none", lambda c: replace(c, content=text("  ")), Level.HINDERS),
    ("text.language", lambda c: replace(c, content=Content({"xx": {"": "x"}})), Level.WRONG),
    ("text.too_long", lambda c: replace(c, content=text("a" * 1990)), Level.HINDERS),
    ("placeholder.unknown", lambda c: replace(c, content=text("{ten}")), Level.WRONG),
    ("placeholder.unknown", lambda c: replace(c, content=text("chào {commune")), Level.WRONG),
    ("placeholder.empty", lambda c: replace(c, content=text("gọi {phone}")), Level.HINDERS),
    ("placeholder.empty", lambda c: replace(c, content=text("{event}")), Level.HINDERS),
    (
        "picture.large",
        lambda c: replace(c, content=replace(c.content, picture=Picture("a" * 64, "image/png", 40_000_000))),
        Level.HINDERS,
    ),
    (
        "picture.kind",
        lambda c: replace(c, content=replace(c.content, picture=Picture("a" * 64, "text/html", 1))),
        Level.WRONG,
    ),
    ("link.bad", lambda c: replace(c, content=replace(c.content, links={"a": "http://x.vn"})), Level.WRONG),
    (
        "quiz.answers",
        lambda c: replace(c, content=replace(c.content, quiz=(replace(QUIZ, right=2),))),
        Level.WRONG,
    ),
    (
        "quiz.words",
        lambda c: replace(c, content=replace(c.content, quiz=(replace(QUIZ, explanation={}),))),
        Level.HINDERS,
    ),
    (
        "event.past",
        lambda c: replace(c, content=replace(c.content, event=replace(EVENT, at=NOW))),
        Level.HINDERS,
    ),
    (
        "event.seats",
        lambda c: replace(c, content=replace(c.content, event=replace(EVENT, seats=0))),
        Level.WRONG,
    ),
    ("audience.unit", lambda c: replace(c, audience=Audience(units=("99999",))), Level.WRONG),
    ("audience.channel", lambda c: replace(c, audience=Audience(channels=("viber",))), Level.HINDERS),
    ("schedule.empty", lambda c: replace(c, schedule=schedule()), Level.HINDERS),
    ("schedule.past", lambda c: replace(c, schedule=schedule(Once(date(2026, 11, 1)))), Level.HINDERS),
    ("schedule.past", lambda c: replace(c, schedule=schedule(Daily(), end=date(2026, 1, 1))), Level.HINDERS),
    (
        "schedule.never",
        lambda c: replace(c, schedule=schedule(Yearly(1, 1), season=Season((6, 1), (6, 2)))),
        Level.HINDERS,
    ),
    ("schedule.quiet", lambda c: replace(c, schedule=schedule(Daily(), at=time(22))), Level.HINDERS),
    ("schedule.lunar", lambda c: replace(c, schedule=schedule(Lunar(13, 1))), Level.WRONG),
    ("schedule.lunar", lambda c: replace(c, schedule=schedule(Lunar(8, 31))), Level.WRONG),
    ("schedule.lunar_30", lambda c: replace(c, schedule=schedule(Lunar(12, 30))), Level.NOTE),
    ("schedule.lunar_29", lambda c: replace(c, schedule=schedule(Lunar(12, 30))), Level.NOTE),
    ("schedule.yearly", lambda c: replace(c, schedule=schedule(Yearly(2, 30))), Level.WRONG),
    ("schedule.monthly", lambda c: replace(c, schedule=schedule(Monthly(32))), Level.WRONG),
    ("schedule.weekly", lambda c: replace(c, schedule=schedule(Weekly((7,)))), Level.WRONG),
    ("schedule.daily", lambda c: replace(c, schedule=schedule(Daily(0))), Level.WRONG),
    ("schedule.named", lambda c: replace(c, schedule=schedule(Named("tet_tay"))), Level.WRONG),
    (
        "schedule.personal",
        lambda c: replace(c, schedule=schedule(Personal(Moment.SUBSCRIBED, -1))),
        Level.WRONG,
    ),
    (
        "schedule.mixed",
        lambda c: replace(c, schedule=schedule(Daily(), Personal(Moment.SUBSCRIBED, 1))),
        Level.WRONG,
    ),
    (
        "schedule.ends_before",
        lambda c: replace(c, schedule=schedule(Daily(), start=date(2027, 2, 1), end=date(2027, 1, 1))),
        Level.WRONG,
    ),
    (
        "schedule.season",
        lambda c: replace(c, schedule=schedule(Daily(), season=Season((13, 1), (6, 2)))),
        Level.WRONG,
    ),
    ("theme.old", lambda c: replace(c, theme_year=2025), Level.HINDERS),
    ("source.unverified", lambda c: replace(c, sources=(Source("báo"),)), Level.NOTE),
]


@pytest.mark.parametrize(("code", "spoil", "level"), FAULTS)
def test_each_fault_is_named_with_its_place(
    code: str, spoil: Callable[[Campaign], Campaign], level: Level
) -> None:
    one = found(spoil(GOOD))[code]
    assert one.level is level
    assert one.field
    assert WORDS.render(one.line, "vi") != one.line.key


def test_an_empty_audience_is_said_with_how_many_were_meant() -> None:
    known = replace(KNOWN, reach=Reach(3, {}, {}, {Skipped.WINDOW: 3}))
    assert found(GOOD, known)["audience.empty"].line.values == {"total": 3}


def test_a_text_too_long_for_one_channel_names_that_channel_alone() -> None:
    codes = [
        one.field
        for one in check(replace(GOOD, content=text("a" * 2500)), KNOWN)
        if one.code == "text.too_long"
    ]
    assert codes == ["texts.vi.zalo_oa"]
    own = Content({"vi": {EVERY_CHANNEL: "a" * 2500, "zalo_oa": "ngắn"}})
    assert check(replace(GOOD, content=own), KNOWN) == ()


def test_an_urgent_notice_needs_no_schedule_and_may_go_at_night() -> None:
    assert check(replace(GOOD, urgent=True, schedule=schedule(at=time(23))), KNOWN) == ()


def test_slips_tell_line_and_character_and_what_was_meant() -> None:
    assert list(slips("Chào {comune}\n{link:x} }", ["y"])) == [
        Slip("comune", 1, 6, "commune"),
        Slip("link:x", 2, 1, "link:y"),
        Slip("", 2, 10),
    ]
    assert list(slips("{commune} {link:y} {day}", ["y"])) == []


def test_filling_leaves_what_has_no_value() -> None:
    assert fill("{day}: {commune}", {"day": "1/6"}) == "1/6: {commune}"
    assert used("{day}: {commune}") == {"day", "commune"}


def shown(campaign: Campaign, on: Surface) -> str:
    letter = compose(campaign, "vi", on, 7, {}, say)
    assert letter is not None
    return letter.text


def test_a_quiz_is_pressed_where_there_are_buttons_and_typed_where_there_are_none() -> None:
    campaign = replace(GOOD, content=replace(GOOD.content, quiz=(QUIZ,)))
    pressed = compose(campaign, "vi", TELEGRAM, 7, {}, say)
    assert pressed is not None
    assert [button.tap for row in pressed.rows for button in row] == ["k:q:7:0:0", "k:q:7:0:1"]
    assert "TL 7 1 2" in shown(campaign, BARE)
    assert "TL 7" not in pressed.text


def test_a_long_text_lets_the_picture_go_first() -> None:
    content = replace(text("a" * 1500), picture=Picture("a" * 64, "image/jpeg", 1000))
    telegram = compose(replace(GOOD, content=content), "vi", TELEGRAM, 7, {}, say)
    zalo = compose(replace(GOOD, content=content), "vi", ZALO, 7, {}, say)
    assert telegram is not None
    assert zalo is not None
    assert (telegram.apart, zalo.apart) == (True, False)


def test_a_language_without_a_text_gets_none() -> None:
    assert compose(GOOD, "en", TELEGRAM, 7, {}, say) is None


def test_every_letter_says_how_to_stop() -> None:
    assert "DỪNG" in shown(GOOD, TELEGRAM)


def test_the_length_of_a_communes_name_is_counted() -> None:
    told = length(say(Line("campaign.letter.stop"))) + 2
    fits = text("a" * (2000 - told - 40) + "{commune}")
    assert "text.too_long" not in found(replace(GOOD, content=fits))
    assert "text.too_long" in found(replace(GOOD, content=text("a" * (2000 - told - 39) + "{commune}")))


@pytest.mark.parametrize(
    ("left_out", "told"),
    [({}, "chưa có ai trong nhóm này đăng ký"), ({Skipped.WINDOW: 7}, "nhóm này có 7 người")],
)
def test_nobody_to_write_to_says_whether_there_is_anybody(left_out: dict[Skipped, int], told: str) -> None:
    nobody = replace(KNOWN, reach=Reach(0, {}, {}, left_out))
    assert told in say(found(GOOD, nobody)["audience.empty"].line)


def test_a_yearly_campaign_may_be_approved_before_anybody_has_subscribed() -> None:
    nobody = replace(KNOWN, reach=Reach(0, {}, {}, {}))
    yearly = replace(GOOD, schedule=Schedule((Yearly(6, 1),)))
    assert found(GOOD, nobody)["audience.empty"].level is Level.HINDERS
    assert found(yearly, nobody)["audience.empty"].level is Level.NOTE
