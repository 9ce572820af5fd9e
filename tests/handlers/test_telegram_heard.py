"""Every kind of update, through both libraries, as what was heard."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.messages import Heard, HeardKind, Media
from bot.domain.understanding import Point
from tests.fakes.bot_api import TOKEN, Account, BotApi, Person
from tests.handlers.telegram import LIBRARIES, Ledge, Library, a_bot

Doing = Callable[[Person], object]
Row = tuple[Doing, HeardKind | None]

TABLE: dict[str, Row] = {
    "text": (lambda an: an.says("bạn em bị đánh"), HeardKind.TEXT),
    "command": (lambda an: an.says("/viec@tinbao_bot"), HeardKind.TEXT),
    "start": (lambda an: an.starts(), HeardKind.START),
    "start with argument": (lambda an: an.starts("loi-moi_1"), HeardKind.START),
    "60,000 characters": (lambda an: an.says("a" * 60_000), HeardKind.TEXT),
    "zero width": (lambda an: an.says("\u200b\u200f"), HeardKind.TEXT),
    "photo": (lambda an: an.sends_photo("vết thương"), HeardKind.MEDIA),
    "voice": (lambda an: an.sends_voice(), HeardKind.MEDIA),
    "audio": (lambda an: an.sends_file("audio", title="ghi âm"), HeardKind.MEDIA),
    "video": (lambda an: an.sends_file("video"), HeardKind.MEDIA),
    "video note": (lambda an: an.sends_file("video_note"), HeardKind.MEDIA),
    "animation": (lambda an: an.sends_file("animation"), HeardKind.MEDIA),
    "document": (lambda an: an.sends_document("don.pdf"), HeardKind.MEDIA),
    "location": (lambda an: an.shares_location(12.5, 108.25), HeardKind.LOCATION),
    "live location": (lambda an: an.shares_location(live=True), HeardKind.LIVE_LOCATION),
    "live location moves": (lambda an: an.moves(7, 12.0, 108.0), HeardKind.LIVE_LOCATION),
    "venue": (
        lambda an: an.sends(
            {
                "location": {"latitude": 1.0, "longitude": 2.0},
                "venue": {
                    "location": {"latitude": 1.0, "longitude": 2.0},
                    "title": "Trường A",
                    "address": "Đường B",
                },
            }
        ),
        HeardKind.LOCATION,
    ),
    "contact": (lambda an: an.shares_contact("+84000000001", "Bình"), HeardKind.CONTACT),
    "sticker": (lambda an: an.sends_sticker("😢"), HeardKind.STICKER),
    "dice": (lambda an: an.sends({"dice": {"emoji": "🎲", "value": 3}}), HeardKind.STICKER),
    "poll": (lambda an: an.sends_poll("Ai?", ("An", "Bình")), HeardKind.POLL),
    "edited": (lambda an: an.edits(5, "bạn em tên Bình"), HeardKind.EDITED),
    "tap": (lambda an: an.taps_data("k:violence"), HeardKind.TAP),
    "tap on something gone": (lambda an: an.taps_data("x", 999), HeardKind.TAP),
    "blocked": (lambda an: an.blocks(), HeardKind.BLOCKED),
    "unblocked": (lambda an: an.unblocks(), HeardKind.UNBLOCKED),
    "group add": (lambda an: an.adds_to_group(), HeardKind.GROUP),
    "story": (lambda an: an.sends({"story": {"chat": an.chat(), "id": 1}}), HeardKind.UNSUPPORTED),
    "unknown content": (lambda an: an.sends({"hologram": {"x": 1}}), HeardKind.UNSUPPORTED),
    "unreadable update": (lambda an: an.sends({"photo": 5}), HeardKind.UNSUPPORTED),
    "unreadable text": (lambda an: an.sends({"text": "cứu", "entities": 7}), HeardKind.TEXT),
    "service message": (lambda an: an.sends({"pinned_message": _bare(an)}), None),
    "group upgrade": (lambda an: (an.adds_to_group(), _forget(an), an.upgrades_group()), None),
    "talk in a group": (lambda an: (an.adds_to_group(), _forget(an), _talks(an, "chào")), None),
    "command in a group": (
        lambda an: (an.adds_to_group(), _forget(an), _talks(an, "/baocao")),
        HeardKind.GROUP,
    ),
    "promoted in a group": (lambda an: an._membership(an.chat(), "member", "administrator"), None),
    "unknown update": (lambda an: an.account.push("purchased_paid_media", {"x": 1}), None),
}


def _bare(person: Person) -> dict[str, object]:
    return {"message_id": 1, "chat": person.chat(), "date": 0}


def _forget(person: Person) -> int:
    person.account.updates.clear()
    return 0


def _talks(person: Person, text: str) -> int:
    return person.sends({"text": text}, chat=person.account.chats[-4001])


async def heard_of(library: Library, doing: Doing) -> list[Heard]:
    fake, ledge = BotApi(), Ledge()
    doing(fake.person(7654321, lang="vi"))
    async with a_bot(library, fake, ledge) as bot:
        for update in fake.bot().updates:
            await bot.wire.hear(update)
    return ledge.heard


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", TABLE)
async def test_every_kind_of_update_is_heard_as_its_kind(library: Library, name: str) -> None:
    doing, kind = TABLE[name]
    kinds = [heard.kind for heard in await heard_of(library, doing)]
    assert kinds == ([] if kind is None else [kind])


@pytest.mark.parametrize("name", TABLE)
async def test_both_libraries_hear_the_same(name: str) -> None:
    doing, _ = TABLE[name]
    one, other = [await heard_of(library, doing) for library in LIBRARIES]
    assert [_plain(heard) for heard in one] == [_plain(heard) for heard in other]


def _plain(heard: Heard) -> Heard:
    """Without what differs between two runs: channel, fake's own numbers."""
    sender = replace(heard.sender, channel="")
    files = tuple(replace(attachment, ref="") for attachment in heard.attachments)
    at = heard.at.replace(second=0, microsecond=0)
    return replace(heard, sender=sender, attachments=files, message_id="", album="", at=at)


def test_the_table_has_every_kind() -> None:
    """But for what only other platforms tell: of people who said nothing."""
    assert {kind for _, kind in TABLE.values()} == {None, *HeardKind} - {HeardKind.NOTICE}


@pytest.mark.parametrize("library", LIBRARIES)
async def test_the_words_and_the_person_arrive(library: Library) -> None:
    (heard,) = await heard_of(library, lambda an: an.says("bạn em bị đánh"))
    assert (heard.text, heard.sender.person, heard.lang) == ("bạn em bị đánh", "7654321", "vi")
    assert heard.sender.channel == ("telegram_public" if library is LIBRARIES[0] else "telegram_officers")
    assert heard.at.tzinfo is not None


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_command_loses_the_name_of_the_bot(library: Library) -> None:
    (heard,) = await heard_of(library, lambda an: an.says("/chuyen@tinbao_bot 7 vắng"))
    assert heard.text == "/chuyen 7 vắng"


@pytest.mark.parametrize("library", LIBRARIES)
async def test_an_invitation_arrives_as_the_tap_of_a_start(library: Library) -> None:
    (heard,) = await heard_of(library, lambda an: an.starts("loi-moi_1"))
    assert (heard.kind, heard.tap, heard.text) == (HeardKind.START, "loi-moi_1", "")


@pytest.mark.parametrize("library", LIBRARIES)
async def test_an_album_of_ten_is_ten_messages_of_one_album_with_the_largest_sizes(library: Library) -> None:
    heard = await heard_of(library, lambda an: an.sends_album(10, "ở trường"))
    assert len(heard) == 10
    assert len({one.album for one in heard}) == 1
    assert heard[0].album
    assert [one.text for one in heard] == ["ở trường"] + [""] * 9
    assert len({one.message_id for one in heard}) == 10
    assert all(one.attachments[0].size == 22 for one in heard)


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_file_keeps_its_name_size_and_type(library: Library) -> None:
    (heard,) = await heard_of(library, lambda an: an.sends_document("don.pdf", b"12345"))
    (file,) = heard.attachments
    assert (file.media, file.name, file.size, file.mime) == (Media.DOCUMENT, "don.pdf", 5, "application/pdf")


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_pin_is_a_point_with_its_accuracy(library: Library) -> None:
    (heard,) = await heard_of(library, lambda an: an.shares_location(12.5, 108.25))
    assert heard.point == Point(12.5, 108.25, 20.0)


@pytest.mark.parametrize("library", LIBRARIES)
async def test_an_edit_is_another_message_with_the_new_words(library: Library) -> None:
    first, second = await heard_of(library, lambda an: (an.edits(5, "một"), an.edits(5, "hai")))
    assert (first.text, second.text) == ("một", "hai")
    assert first.message_id != second.message_id


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_card_a_poll_and_a_sticker_are_readable(library: Library) -> None:
    heard = await heard_of(
        library,
        lambda an: (
            an.shares_contact("+84000000001", "Bình"),
            an.sends_poll("Ai?", ("An",)),
            an.sends_sticker(),
        ),
    )
    assert [one.text for one in heard] == ["Bình\n+84000000001", "Ai?\nAn", "😢"]


def _words_photo_block_and_edit(an: Person) -> None:
    an.says("a")
    an.sends_photo()
    an.blocks()
    an.edits(1, "b")


@pytest.mark.parametrize("library", LIBRARIES)
async def test_no_id_of_a_message_holds_the_chat(library: Library) -> None:
    heard = await heard_of(library, _words_photo_block_and_edit)
    assert len(heard) == 4
    assert not any("7654321" in one.message_id for one in heard)


@pytest.mark.parametrize("library", LIBRARIES)
async def test_an_update_repeated_keeps_its_id(library: Library) -> None:
    fake, ledge = BotApi(), Ledge()
    fake.person(101).says("một lần")
    async with a_bot(library, fake, ledge) as bot:
        for _ in range(2):
            await bot.wire.hear(fake.bot().updates[0])
    assert len({heard.message_id for heard in ledge.heard}) == 1
    assert len(ledge.heard) == 2


def test_the_fake_knows_its_token() -> None:
    account: Account = BotApi().bot()
    assert account.token == TOKEN
