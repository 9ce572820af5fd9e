"""What each event of Zalo's webhook becomes; and that no mutation of any of them raises."""

import copy
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.messages import Heard, HeardKind, Media, Notice
from handlers.zalo_oa.heard import people
from handlers.zalo_oa.heard.event import Event, read
from handlers.zalo_oa.heard.translate import Ear, Nothing, Reached
from tests.fakes.zalo_oa.bodies import CDN, NOON, OA, PERSON, RECORDED, TALK, VISITOR, Body, pin, said, words

NOW = datetime.fromtimestamp(NOON / 1000, UTC) + timedelta(minutes=1)
EAR = Ear(OA)


def understood(body: Body) -> object:
    event = read(json.dumps(body).encode())
    assert event is not None
    return EAR.understand(event, NOW)


def heard(body: Body) -> Heard:
    found = understood(body)
    assert isinstance(found, Heard), found
    return found


KINDS = {
    "text": HeardKind.TEXT,
    "text in reply": HeardKind.TEXT,
    "image": HeardKind.MEDIA,
    "image with words": HeardKind.MEDIA,
    "gif": HeardKind.MEDIA,
    "link": HeardKind.TEXT,
    "audio": HeardKind.MEDIA,
    "video": HeardKind.MEDIA,
    "sticker": HeardKind.STICKER,
    "location": HeardKind.LOCATION,
    "location as numbers": HeardKind.LOCATION,
    "location nowhere": HeardKind.LOCATION,
    "file": HeardKind.MEDIA,
    "business card": HeardKind.CONTACT,
    "business card as link": HeardKind.CONTACT,
    "follow": HeardKind.START,
    "unfollow": HeardKind.BLOCKED,
    "submitted": HeardKind.CONTACT,
    "submitted, older": HeardKind.CONTACT,
    "chat now": HeardKind.START,
    "anonymous text": HeardKind.TEXT,
    "anonymous image": HeardKind.MEDIA,
    "anonymous file": HeardKind.MEDIA,
    "anonymous sticker": HeardKind.STICKER,
    "anonymous location": HeardKind.LOCATION,
    "a human's text": HeardKind.NOTICE,
    "a human's image": HeardKind.NOTICE,
    "a human's answer to a visitor": HeardKind.NOTICE,
    "withdrawn": HeardKind.NOTICE,
    "group text": HeardKind.GROUP,
    "a kind of a later version": HeardKind.UNSUPPORTED,
}
NOTHING = {
    "our own text": "echo",
    "our own image": "echo",
    "our own list": "echo",
    "our own answer to a visitor": "echo",
    "tagged": "tag",
    "untagged": "tag",
    "tag gone": "tag",
    "user info": "user_info",
    "group made": "group",
    "group joined": "group",
    "template status": "template",
    "daily quota": "quota",
    "template feedback": "feedback",
    "button, told again": "button",
    "of a later version": "unknown",
}
REACHED = {"seen": True, "reacted": True, "received": False, "template delivered": False}


def test_the_table_holds_every_recorded_body() -> None:
    assert {*KINDS, *NOTHING, *REACHED} == set(RECORDED)
    assert len(RECORDED) > 40


@pytest.mark.parametrize("name", KINDS)
def test_what_is_heard(name: str) -> None:
    found = heard(RECORDED[name])
    assert found.kind is KINDS[name]
    assert found.at == datetime.fromtimestamp(NOON / 1000, UTC)
    assert found.message_id


@pytest.mark.parametrize("name", NOTHING)
def test_what_concerns_nobodys_conversation(name: str) -> None:
    assert understood(RECORDED[name]) == Nothing(NOTHING[name])


@pytest.mark.parametrize("name", REACHED)
def test_what_became_of_our_letters(name: str) -> None:
    found = understood(RECORDED[name])
    assert isinstance(found, Reached)
    assert found.seen is REACHED[name]
    assert found.letters[0] in ("sent-1", "tpl-1")


def test_several_letters_are_seen_at_once() -> None:
    found = understood(RECORDED["seen"])
    assert isinstance(found, Reached)
    assert found.letters == ("sent-1", "sent-2")


# --- what they hold -------------------------------------------------------------------------------------


def test_a_text_is_its_words_and_its_own_id() -> None:
    body = words("bố đánh em")
    found = heard(body)
    assert (found.text, found.sender.person, found.sender.account) == ("bố đánh em", PERSON, OA)
    assert {"msg_id": found.message_id, "text": found.text} == body["message"]


@pytest.mark.parametrize(
    ("name", "media", "end"),
    [
        ("image", Media.PHOTO, "/1.jpg"),
        ("gif", Media.PHOTO, "/2.gif"),
        ("audio", Media.VOICE, "/3.amr"),
        ("video", Media.VIDEO, "/4.mp4"),
        ("file", Media.DOCUMENT, "/5"),
        ("anonymous image", Media.PHOTO, "/6.jpg"),
    ],
)
def test_what_came_along_is_fetched_from_its_link(name: str, media: Media, end: str) -> None:
    (attachment,) = heard(RECORDED[name]).attachments
    assert attachment.media is media
    assert attachment.ref == CDN + end
    assert attachment.fleeting, "the link expires"


def test_a_file_tells_its_size_kind_and_name() -> None:
    (attachment,) = heard(RECORDED["file"]).attachments
    assert (attachment.size, attachment.name) == (233947, "don.docx")
    assert attachment.mime.endswith("wordprocessingml.document")


def test_words_with_a_picture_are_kept() -> None:
    assert heard(RECORDED["image with words"]).text == "vết bầm ở tay"


@pytest.mark.parametrize("name", ["location", "location as numbers"])
def test_coordinates_are_strings_or_numbers(name: str) -> None:
    point = heard(RECORDED[name]).point
    assert point is not None
    assert (point.lat, point.lon) == (12.6667, 108.0383)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("91", "108"), ("12", "181"), ("nan", "108"), ("inf", "1"), ("", ""), ("12.6667", ""), (None, None), ("0", "0"),
        (True, False), ([], {}), ("1e400", "2"), ("12;6", "108"),
    ],
)  # fmt: skip
def test_a_place_that_is_none_has_no_point(lat: object, lon: object) -> None:
    found = heard(pin(lat, lon))
    assert found.kind is HeardKind.LOCATION
    assert found.point is None


def test_a_decimal_comma_is_understood() -> None:
    point = heard(pin("12,6667", "108,0383")).point
    assert point is not None
    assert point.lat == 12.6667


@pytest.mark.parametrize("name", ["business card", "business card as link"])
def test_a_business_card_is_its_number(name: str) -> None:
    assert "0900000001" in heard(RECORDED[name]).text
    assert "{" not in heard(RECORDED[name]).text


@pytest.mark.parametrize("name", ["submitted", "submitted, older"])
def test_what_somebody_submitted_is_name_number_and_address(name: str) -> None:
    text = heard(RECORDED[name]).text
    assert all(part in text for part in ("Lê Thị Mẫu", "84900000001", "2 Lê Lợi", "Đắk Lắk"))


def test_a_link_is_its_address_and_what_was_shown_of_it() -> None:
    assert heard(RECORDED["link"]).text == "Một bài viết\nhttps://bao.invalid/bai"


def test_somebody_without_an_account_is_answered_by_both_ids() -> None:
    person = heard(RECORDED["anonymous text"]).sender.person
    assert people.is_anonymous(person)
    assert people.recipient(person) == {"anonymous_id": VISITOR, "conversation_id": TALK}
    assert heard(RECORDED["a human's answer to a visitor"]).sender.person == person


def test_a_person_and_a_group_are_answered_by_theirs() -> None:
    assert people.recipient(PERSON) == {"user_id": PERSON}
    group = heard(RECORDED["group text"]).sender.person
    assert people.is_group(group)
    assert people.recipient(group) == {"group_id": "group-1"}


def test_a_group_is_told_once_a_day() -> None:
    first, second = (heard({**said("user_send_group_text", {"text": t}), "group_id": "g"}) for t in "ab")
    assert first.message_id == second.message_id
    assert first.text == ""


def test_a_humans_word_names_whom_it_was_said_to() -> None:
    found = heard(RECORDED["a human's text"])
    assert (found.tap, found.sender.person) == (Notice.STAFF, PERSON)
    assert found.text == "", "what colleagues write by hand is none of ours"


def test_a_withdrawal_names_its_person() -> None:
    found = heard(RECORDED["withdrawn"])
    assert (found.tap, found.sender.person) == (Notice.WITHDRAWN, PERSON)


# --- ids and times --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", KINDS)
def test_a_repeat_has_the_same_id(name: str) -> None:
    assert heard(RECORDED[name]).message_id == heard(copy.deepcopy(RECORDED[name])).message_id


@pytest.mark.parametrize("name", ["follow", "unfollow", "chat now", "submitted", "withdrawn"])
def test_an_event_without_an_id_is_told_from_that_of_another_time_or_person(name: str) -> None:
    body = RECORDED[name]
    later = {**body, "timestamp": str(NOON + 1)}
    other = json.loads(json.dumps(body).replace(PERSON, PERSON[:-1] + "9"))
    assert len({heard(one).message_id for one in (body, later, other)}) == 3


@pytest.mark.parametrize(
    "stamp", ["154390853474", "", "x", "-1", "9" * 40, "１２", None, [], "99999999999999"]
)
def test_a_time_that_cannot_be_is_now(stamp: object) -> None:
    assert heard({**words("a"), "timestamp": stamp}).at == NOW


def test_half_an_emoji_does_not_come_again_for_ever() -> None:
    event = read(
        b'{"event_name":"user_send_text","sender":{"id":"1"},"message":{"text":"\\ud83d c\xe1\xbb\xa9u"}}'
    )
    assert event is not None
    found = EAR.understand(event, NOW)
    assert isinstance(found, Heard)
    assert found.text.encode()
    assert "cứu" in found.text


# --- whatever comes -------------------------------------------------------------------------------------

ODD: tuple[object, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    10**40,
    "",
    "x" * 3000,
    [],
    [[]],
    [None, 1],
    {},
    {"id": {}},
    "\ud800",
)


def _paths(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*path, key)
        yield from _paths(inner, (*path, key))


def _with(body: Body, path: tuple[str | int, ...], odd: object) -> Body:
    changed: Body = copy.deepcopy(body)
    holder: object = changed
    for key in path[:-1]:
        holder = holder[key]  # type: ignore[index]
    holder[path[-1]] = odd  # type: ignore[index]
    return changed


@pytest.mark.parametrize("name", RECORDED)
def test_no_odd_value_anywhere_raises(name: str) -> None:
    tried = 0
    for path in _paths(RECORDED[name]):
        for odd in ODD:
            found = EAR.understand(Event(_with(RECORDED[name], path, odd)), NOW)
            assert isinstance(found, Heard | Reached | Nothing)
            if isinstance(found, Heard):
                assert found.sender.person
                assert found.message_id
            tried += 1
    assert tried > 30


@pytest.mark.parametrize("name", RECORDED)
def test_no_missing_field_raises(name: str) -> None:
    for path in _paths(RECORDED[name]):
        changed = copy.deepcopy(RECORDED[name])
        holder: object = changed
        for key in path[:-1]:
            holder = holder[key]  # type: ignore[index]
        del holder[path[-1]]  # type: ignore[attr-defined]
        assert EAR.understand(Event(changed), NOW) is not None


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=12,
)
NAMES = sorted({str(body["event_name"]) for body in RECORDED.values()})


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(NAMES),
    st.dictionaries(st.sampled_from(("sender", "message", "info", "follower")), JSON),
    JSON,
)
def test_whatever_json_comes_under_a_known_name_raises_nothing(
    name: str, body: Body, message: object
) -> None:
    EAR.understand(Event({**body, "event_name": name, "message": message, "user_id": "1"}), NOW)


@pytest.mark.parametrize(
    "raw", [b"", b"no json", b"[]", b"1", b"\xff\xfe", b"[" * 100_000, b'{"a":' + b"9" * 5000 + b"}"]
)
def test_what_is_no_object_is_no_event(raw: bytes) -> None:
    assert read(raw) is None
