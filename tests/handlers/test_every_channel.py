"""One contract over every channel: it says honestly what it can do, hears all there is to hear, loses no letter."""

import inspect
from pathlib import Path

import pytest

import handlers
from bot.channels import configured
from bot.domain.messages import Button, HeardKind
from bot.ports import Deferred, Delivered, Fetched, Outcome, Refused, Scope, Taps, TooLarge, Traits, Why
from bot.settings import load
from storage.engine import SqlStore
from tests.handlers.rigs import RIGS, Rig, Shown, Went
from tests.handlers.rigs.rig import a_letter

EVERY = pytest.mark.parametrize("name", RIGS)
SENTENCE = "Nếu đang nguy hiểm, em gọi 113 ngay nhé. "
WANTED: dict[Went, tuple[type[Outcome], Scope | None, Why | None]] = {
    Went.DELIVERED: (Delivered, None, None),
    Went.CHAT_WAITS: (Deferred, Scope.CHAT, None),
    Went.ACCOUNT_WAITS: (Deferred, Scope.ACCOUNT, None),
    Went.UNWANTED: (Refused, None, Why.BLOCKED),
    Went.GONE: (Refused, None, Why.GONE),
    Went.CONTENT: (Refused, None, Why.CONTENT),
}


# --- every channel is here ---


def test_every_folder_that_is_a_channel_has_a_rig() -> None:
    root = Path(str(inspect.getfile(handlers))).parent
    folders = {file.parent.name for file in root.glob("*/channel.py")}
    assert len(folders) > 5, "looked at nothing"
    assert folders == set(RIGS)


def test_the_program_wires_every_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "TELEGRAM_PUBLIC_TOKEN": "1:a",
        "TELEGRAM_OFFICERS_TOKEN": "2:b",
        "TELEGRAM_NEWS_TOKEN": "3:c",
        "ZALO_OA_APP_ID": "4",
        "ZALO_OA_APP_SECRET": "d",
        "ZALO_OA_SECRET_KEY": "e",
        "ZALO_OA_ID": "5",
        "ZALO_BOT_TOKEN": "6:f",
    }.items():
        monkeypatch.setenv(f"TINBAO_{name}", value)
    assert {one.name for one in configured(load())} == set(RIGS)


@EVERY
async def test_it_bears_the_name_of_its_folder_and_declares_its_traits(
    name: str, sqlite_store: SqlStore
) -> None:
    async with RIGS[name](sqlite_store) as rig:
        assert rig.channel.name == name == rig.to.channel
        assert rig.channel.account == rig.to.account != ""
        assert isinstance(rig.channel.traits, Traits)


# --- hearing ---


@EVERY
async def test_every_kind_is_heard_or_named_as_what_the_platform_never_says(
    name: str, sqlite_store: SqlStore
) -> None:
    async with RIGS[name](sqlite_store) as rig:
        assert set(rig.does) | set(rig.cannot) == set(HeardKind), "undeclared"
        assert not set(rig.does) & set(rig.cannot)
        assert all(rig.cannot.values())


@EVERY
async def test_what_people_do_is_heard_as_its_kind(name: str, sqlite_store: SqlStore) -> None:
    async with RIGS[name](sqlite_store) as rig:
        for kind in rig.does:
            before = len(rig.heard)
            await _done(rig, kind)
            assert [said.kind for said in rig.heard[before:]] == [kind]
            said = rig.heard[-1]
            assert (said.sender.channel, said.sender.account) == (name, rig.channel.account)
            assert said.message_id
            assert said.at.tzinfo is not None
        assert len({said.message_id for said in rig.heard}) == len(rig.heard)


@EVERY
async def test_what_it_claims_to_take_it_takes(name: str, sqlite_store: SqlStore) -> None:
    async with RIGS[name](sqlite_store) as rig:
        traits = rig.channel.traits
        assert traits.location is (HeardKind.LOCATION in rig.does)
        assert traits.media is (HeardKind.MEDIA in rig.does)
        if HeardKind.MEDIA in rig.does:
            await _done(rig, HeardKind.MEDIA)
            assert rig.heard[-1].attachments
        if traits.buttons and rig.does:
            assert (traits.taps is Taps.CALLBACK) is (HeardKind.TAP in rig.does)
        if HeardKind.LOCATION in rig.does:
            await _done(rig, HeardKind.LOCATION)
            assert rig.heard[-1].point is not None


@EVERY
async def test_a_file_is_handed_over_up_to_the_limit(name: str, sqlite_store: SqlStore) -> None:
    async with RIGS[name](sqlite_store) as rig:
        if rig.file is None:
            return
        held, limit = rig.file(b"pixels"), rig.channel.traits.download_limit
        assert limit > 1024 * 1024
        found = await rig.channel.fetch(held)
        assert isinstance(found, Fetched)
        assert found.content == b"pixels"
        too_large = type(held)(held.media, held.ref, size=limit + 1)
        assert isinstance(await rig.channel.fetch(too_large), TooLarge)


# --- speaking ---


@EVERY
async def test_a_text_of_the_limits_length_is_one_message(name: str, sqlite_store: SqlStore) -> None:
    async with RIGS[name](sqlite_store) as rig:
        text = "ắ" * rig.channel.traits.text_limit
        assert [one.text for one in await _told(rig, text)] == [text]


@EVERY
async def test_a_longer_text_arrives_whole_and_composed(name: str, sqlite_store: SqlStore) -> None:
    async with RIGS[name](sqlite_store) as rig:
        limit = rig.channel.traits.text_limit
        text = SENTENCE * (limit // len(SENTENCE) + 20)
        told = await _told(rig, text)
        assert " ".join(one.text.strip() for one in told) == text.strip()
        if not rig.channel.traits.pull:
            assert len(told) > 1
            assert all(len(one.text) <= limit for one in told)


@EVERY
async def test_as_many_buttons_as_it_claims_can_be_pressed(name: str, sqlite_store: SqlStore) -> None:
    async with RIGS[name](sqlite_store) as rig:
        labels = [f"Chọn {number}" for number in range(rig.channel.traits.buttons)]
        if not rig.does:
            return  # a page of cases: what a letter's buttons open is a link there
        buttons = [Button(label, rig.taps(number)) for number, label in enumerate(labels)]
        told = await _told(rig, "Chọn đi", buttons)
        assert [label for one in told for label in one.buttons] == labels


@EVERY
async def test_a_button_that_should_not_have_come_costs_nobody_the_words(
    name: str, sqlite_store: SqlStore
) -> None:
    async with RIGS[name](sqlite_store) as rig:
        told = await _told(rig, "Mở trang này", [Button("Mở", url="http://127.0.0.1:8080/desk")])
        assert any("Mở trang này" in one.text for one in told)


# --- what becomes of a letter ---


@EVERY
async def test_every_outcome_is_reached_or_named_as_impossible(name: str, sqlite_store: SqlStore) -> None:
    async with RIGS[name](sqlite_store) as rig:
        assert set(rig.goes_wrong) | set(rig.never) == set(Went), "undeclared"
        assert not set(rig.goes_wrong) & set(rig.never)
        assert rig.channel.traits.pull is bool(rig.never)


@EVERY
async def test_what_the_platform_answers_is_understood(name: str, sqlite_store: SqlStore) -> None:
    for went in Went:
        async with RIGS[name](sqlite_store) as rig:
            if went in rig.never:
                continue
            rig.goes_wrong[went]()
            outcome = await rig.channel.send(a_letter(rig.to, "Chào em"))
            kind, scope, why = WANTED[went]
            assert isinstance(outcome, kind), (went, outcome)
            assert getattr(outcome, "scope", None) is scope, went
            assert why is None or getattr(outcome, "why", None) is why, went
            if isinstance(outcome, Deferred):
                assert outcome.wait.total_seconds() > 0
            if isinstance(outcome, Delivered):
                assert outcome.platform_id


# --- steps ---


async def _done(rig: Rig, kind: HeardKind) -> None:
    doing = rig.does[kind]()
    if inspect.isawaitable(doing):
        await doing
    if rig.hear is not None:
        await rig.hear()


async def _told(rig: Rig, text: str, buttons: list[Button] | None = None) -> list[Shown]:
    """What the person sees of this letter."""
    before = len(await rig.shown())
    letter = a_letter(rig.to, text, buttons or [])
    if rig.post is not None:
        await rig.post(letter)
    else:
        assert isinstance(await rig.channel.send(letter), Delivered)
    return list(await rig.shown())[before:]
