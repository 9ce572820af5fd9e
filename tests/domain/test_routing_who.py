"""`who` says who would be asked, when, on which channel, and why."""

from datetime import datetime

import pytest

from bot.data.demo.make import demo_office
from bot.data.units import load_units
from bot.domain.messages import Line
from bot.office.files import on_the_desk
from bot.office.telling import why
from bot.office.who import Question, read_question, tell_who
from locales.catalogue import load as load_words
from tests.domain.small_office import NOON

UNITS = load_units()
PROVINCES = {unit.code: unit.province for unit in UNITS.communes}
NAMES = {unit.code: unit.name for unit in UNITS.communes}
OFFICE = on_the_desk(demo_office())


def ask(*, kind: str, urgency: str, unit: str = "", at: str = "", lang: str = "vi") -> list[str]:
    question = read_question(kind, urgency, unit, at, lang, now=NOON, provinces=PROVINCES)
    assert isinstance(question, Question), question
    words = load_words()
    return [
        words.render(line, "vi") for line in tell_who(question, OFFICE, lambda code: NAMES.get(code, code))
    ]


def test_the_ladder_of_an_emergency_at_night_in_e_de() -> None:
    lines = ask(kind="violence", urgency="emergency", unit="24163", at="2026-11-21T23:10", lang="rad")
    assert "Phường Tân An · 21/11/2026 23:10" in lines[0]
    assert "22/11/2026 11:10" in lines[1]
    rungs = [line for line in lines if line[0].isdigit()]
    codes = ["EDE-1", "TE-24163", "CA-24163", "TE2-24163", "CT-24163", "SYT-TRUC-2"]
    for rung, code, delay in zip(
        rungs, codes, ["ngay", "ngay", "5 phút", "5 phút", "10 phút", "15 phút"], strict=True
    ):
        assert f"({code})" in rung
        assert f". {delay}: " in rung
    assert "nói tiếng rad" in rungs[0]
    assert "gọi 111" in rungs[-1]
    assert "– SYT-TRUC-1 ngoài giờ trực" in lines


def test_a_place_that_nobody_knows_ends_at_the_duty_of_the_province() -> None:
    lines = ask(kind="drowning_hazard", urgency="standard")
    assert "chưa rõ nơi xảy ra" in lines[0]
    assert next(line for line in lines if line[0].isdigit()).startswith("1. ngay: ")
    assert any("(SYT-TRUC-1)" in line for line in lines)
    assert any("22:00" in line for line in lines)


def test_what_was_typed_wrongly_is_named_all_at_once() -> None:
    found = read_question("beating", "now", "1", "tonight", "vi", now=NOON, provinces=PROVINCES)
    assert isinstance(found, tuple)
    assert [line.key for line in found] == [
        "office.ask.kind",
        "office.ask.urgency",
        "office.ask.unit",
        "office.ask.at",
    ]


@pytest.mark.parametrize("at", ["2026-11-21T23:10", "2026-11-21T16:10+00:00"])
def test_a_moment_without_zone_is_local(at: str) -> None:
    found = read_question("violence", "urgent", "", at, "", now=NOON, provinces=PROVINCES)
    assert isinstance(found, Question)
    assert found.at == datetime.fromisoformat("2026-11-21T23:10+07:00")
    assert (found.unit, found.language) == (None, "vi")


@pytest.mark.parametrize(
    "reason",
    [
        "place:24163", "place:unknown", "place:residence:24163", "place:other_province:01",
        "excluded:officer:HOA", "excluded:role:police", "excluded:unit:24163", "policy_missing:urgent",
        "policy_missing:urgent:emergency", "empty:chair", "no_unit:police", "absent:HOA", "off_duty:HOA",
        "unreachable:HOA", "default:HOA", "off_duty_rung:HOA", "no_address:HOA", "last_resort:HOA",
        "transferred:HOA",
    ],
)  # fmt: skip
def test_every_reason_has_a_sentence(reason: str) -> None:
    line = why(reason, lambda code: NAMES.get(code, code))
    assert isinstance(line, Line)
    assert line.key != "office.why.other"
    for lang in ("vi", "en"):
        assert "{" not in load_words().render(line, lang)
