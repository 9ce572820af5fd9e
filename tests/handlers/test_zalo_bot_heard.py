"""What arrives from Zalo's Bot Platform, as recorded, and what is made of it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.messages import Attachment, HeardKind, Media
from handlers.zalo_bot.heard import GROUP_PERSON, heard, update_in

NOW = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
AN = "a1b2c3d4e5f60718293a"
PHOTO, VOICE = "https://photo-stal-1.zdn.vn/1.jpg", "https://voice-1.zdn.vn/1.aac"


def update(event: str, chat: str = "PRIVATE", **what: object) -> dict[str, Any]:
    """As captured: chat and sender have the same id in private."""
    message = {
        "date": 1789033572455,
        "chat": {"chat_type": chat, "id": AN if chat == "PRIVATE" else "9f9f"},
        "message_id": "m1a2b3",
        "from": {"id": AN, "is_bot": False, "display_name": "…"},
        **what,
    }
    return {"event_name": event, "message": message}


TABLE = [
    ("message.text.received", {"text": "cứu em"}, HeardKind.TEXT, "cứu em", ()),
    (
        "message.image.received",
        {"photo_url": PHOTO, "caption": "tay em", "message_type": "CHAT_PHOTO"},
        HeardKind.MEDIA,
        "tay em",
        (Attachment(Media.PHOTO, PHOTO, mime="image/jpeg", fleeting=True),),
    ),
    (
        "message.image.received",
        {"photo": PHOTO},
        HeardKind.MEDIA,
        "",
        (Attachment(Media.PHOTO, PHOTO, mime="image/jpeg", fleeting=True),),
    ),
    (
        "message.voice.received",
        {"voice_url": VOICE},
        HeardKind.MEDIA,
        "",
        (Attachment(Media.VOICE, VOICE, mime="audio/aac", fleeting=True),),
    ),
    ("message.sticker.received", {"sticker": "4c", "url": "https://x.vn/s.webp"}, HeardKind.STICKER, "", ()),
    ("message.unsupported.received", {}, HeardKind.UNSUPPORTED, "", ()),
    ("message.unsupported.received", {"text": "chữ vẫn tới"}, HeardKind.TEXT, "chữ vẫn tới", ()),
    ("message.image.received", {"caption": "không có ảnh"}, HeardKind.TEXT, "không có ảnh", ()),
    ("message.image.received", {}, HeardKind.UNSUPPORTED, "", ()),
    ("message.text.received", {"text": 7}, HeardKind.TEXT, "7", ()),
    ("message.text.received", {}, HeardKind.UNSUPPORTED, "", ()),
    ("message.file.received", {"file": {"name": "x"}}, HeardKind.UNSUPPORTED, "", ()),
    ("message.of.tomorrow", {"text": "mới"}, HeardKind.TEXT, "mới", ()),
    ("message.of.tomorrow", {"photo_url": PHOTO}, HeardKind.MEDIA, "", None),
]


@pytest.mark.parametrize(("event", "what", "kind", "text", "attachments"), TABLE)
def test_every_event_is_understood(
    event: str,
    what: dict[str, object],
    kind: HeardKind,
    text: str,
    attachments: tuple[Attachment, ...] | None,
) -> None:
    said = heard(update(event, **what), "459201", NOW)
    assert said is not None
    assert (said.kind, said.text, said.message_id) == (kind, text, "m1a2b3")
    assert (said.sender.channel, said.sender.account, said.sender.person) == ("zalo_bot", "459201", AN)
    assert said.at == datetime(2026, 9, 10, 9, 46, 12, 455000, tzinfo=UTC)
    if attachments is not None:
        assert said.attachments == attachments


def test_both_shapes_of_body_are_read() -> None:
    bare = update("message.text.received", text="cứu em")
    assert update_in(json.dumps(bare).encode()) == bare
    assert update_in(json.dumps({"ok": True, "result": bare}).encode()) == bare


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"7", b'{"ok":true}', b'{"ok":true,"result":[]}', b'{"message":7}']
)
def test_what_is_no_update_is_none(body: bytes) -> None:
    assert update_in(body) is None


def test_a_group_is_told_once_a_day_and_its_words_are_not_taken() -> None:
    first = heard(update("message.text.received", "GROUP", text="@bot bé nhà bên"), "459201", NOW)
    again = heard(update("message.text.received", "GROUP", text="@bot nữa", message_id="m2"), "459201", NOW)
    assert first is not None
    assert again is not None
    assert (first.kind, first.text, first.sender.person) == (HeardKind.GROUP, "", f"{GROUP_PERSON}9f9f")
    assert first.message_id == again.message_id


def test_other_bots_and_nobody_are_not_heard() -> None:
    assert (
        heard(update("message.text.received", text="x", **{"from": {"id": "b", "is_bot": True}}), "1", NOW)
        is None
    )
    assert heard({"event_name": "message.text.received", "message": {"text": "x"}}, "1", NOW) is None


def test_a_message_without_an_id_is_known_by_the_rest() -> None:
    plain = update("message.text.received", text="cứu em", message_id="")
    other = update("message.text.received", text="cứu em", message_id="", date=1789033572456)
    ids = [said.message_id for one in (plain, plain, other) if (said := heard(one, "1", NOW))]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.parametrize("date", [None, "x", -1, 0, 99999999999999999, 4102444800000, True])
def test_an_unlikely_time_is_now(date: object) -> None:
    said = heard(update("message.text.received", text="x", date=date), "1", NOW)
    assert said is not None
    assert said.at == NOW


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["id", "text", "from", "chat", "chat_type", "photo_url", "date"]), inner
        )
    ),
    max_leaves=8,
)


@given(st.sampled_from(["message.text.received", "message.image.received", "x"]), _JSON)
def test_whatever_a_body_holds_nothing_raises(event: str, message: object) -> None:
    body = json.dumps({"event_name": event, "message": message}).encode()
    if (found := update_in(body)) is not None and (said := heard(found, "1", NOW)) is not None:
        said.sender.person.encode()
        said.text.encode()
