"""What one message holds, read kind by kind; the first that fits."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.messages import Attachment, HeardKind, Media
from bot.domain.understanding import Point
from handlers.telegram_wire.heard.shapes import File, Location, Message

_START = re.compile(r"/start(?:@\w+)?(?:\s+(?P<argument>.*))?\s*", re.DOTALL)
_COMMAND = re.compile(r"(?P<command>/\w+)@\w+")

SERVICE = tuple(
    """
    new_chat_members left_chat_member new_chat_title new_chat_photo delete_chat_photo
    group_chat_created supergroup_chat_created channel_chat_created message_auto_delete_timer_changed
    migrate_to_chat_id migrate_from_chat_id pinned_message successful_payment refunded_payment
    users_shared chat_shared connected_website write_access_allowed proximity_alert_triggered
    boost_added chat_background_set forum_topic_created forum_topic_edited forum_topic_closed
    forum_topic_reopened general_forum_topic_hidden general_forum_topic_unhidden giveaway_created
    giveaway_completed video_chat_scheduled video_chat_started video_chat_ended
    video_chat_participants_invited direct_message_price_changed paid_message_price_changed
    checklist_tasks_done checklist_tasks_added suggested_post_approved suggested_post_approval_failed
    suggested_post_declined suggested_post_paid suggested_post_refunded chat_owner_left
    chat_owner_changed managed_bot_created poll_option_added poll_option_deleted gift_upgrade_sent
    """.split()
)
"""What Telegram itself writes into a chat: nobody said it, nobody waits for an answer."""


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    kind: HeardKind
    text: str = ""
    tap: str = ""
    attachments: tuple[Attachment, ...] = ()
    point: Point | None = None


def content_of(message: Message) -> Content | None:
    """None for what Telegram itself wrote; unsupported for what we do not know."""
    for read in _READERS:
        if (found := read(message)) is not None:
            return found
    if any(getattr(message, name, None) for name in SERVICE):
        return None
    return Content(HeardKind.UNSUPPORTED)


def _text(message: Message) -> Content | None:
    if message.text is None:
        return None
    if (start := _START.fullmatch(message.text)) is not None:
        return Content(HeardKind.START, tap=(start["argument"] or "").strip())
    return Content(HeardKind.TEXT, _COMMAND.sub(r"\g<command>", message.text, count=1))


def _place(message: Message) -> Content | None:
    if (venue := message.venue) is not None:
        return Content(HeardKind.LOCATION, f"{venue.title}\n{venue.address}", point=_point(venue.location))
    if (location := message.location) is None:
        return None
    kind = HeardKind.LIVE_LOCATION if location.live_period else HeardKind.LOCATION
    return Content(kind, point=_point(location))


def _point(location: Location) -> Point:
    return Point(location.latitude, location.longitude, location.horizontal_accuracy)


def _photo(message: Message) -> Content | None:
    if not message.photo:
        return None
    largest = max(message.photo, key=lambda size: size.file_size or 0)
    return _media(Media.PHOTO, largest, "image/jpeg")


def _file(message: Message) -> Content | None:
    """An animation bears a document too, so it stands first."""
    for media, file, mime in (
        (Media.VIDEO, message.animation, "video/mp4"),
        (Media.VIDEO, message.video, "video/mp4"),
        (Media.VIDEO, message.video_note, "video/mp4"),
        (Media.VIDEO, getattr(message, "live_photo", None), "video/mp4"),
        (Media.VOICE, message.voice, "audio/ogg"),
        (Media.AUDIO, message.audio, "audio/mpeg"),
        (Media.DOCUMENT, message.document, ""),
    ):
        if file is not None:
            return _media(media, file, mime)
    return None


def _media(media: Media, file: File, mime: str) -> Content:
    attachment = Attachment(
        media,
        file.file_id,
        file.file_size,
        getattr(file, "mime_type", None) or mime,
        getattr(file, "file_name", None) or "",
    )
    return Content(HeardKind.MEDIA, attachments=(attachment,))


def _contact(message: Message) -> Content | None:
    if (contact := message.contact) is None:
        return None
    name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
    return Content(HeardKind.CONTACT, f"{name}\n{contact.phone_number}".strip())


def _sticker(message: Message) -> Content | None:
    if (shown := message.sticker or getattr(message, "dice", None)) is None:
        return None
    return Content(HeardKind.STICKER, shown.emoji or "")


def _poll(message: Message) -> Content | None:
    if (poll := message.poll) is None:
        return None
    return Content(HeardKind.POLL, "\n".join((poll.question, *(option.text for option in poll.options))))


def _checklist(message: Message) -> Content | None:
    if (checklist := getattr(message, "checklist", None)) is None:
        return None
    return Content(HeardKind.TEXT, "\n".join((checklist.title, *(task.text for task in checklist.tasks))))


_READERS: tuple[Callable[[Message], Content | None], ...] = (
    _text, _photo, _file, _place, _contact, _sticker, _poll, _checklist,
)  # fmt: skip
