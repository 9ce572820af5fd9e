"""From Telegram's objects, of either library, to what was heard; every kind of message has its place here."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.messages import Address, Heard, HeardKind
from handlers.telegram_wire.heard.content import content_of
from handlers.telegram_wire.heard.shapes import Membership, Message, Tap, User
from handlers.telegram_wire.heard.unread import LAST

GROUPS = ("group", "supergroup")
INSIDE = ("member", "administrator", "creator", "restricted")


@dataclass(frozen=True, slots=True)
class Ear:
    """Translates for one account."""

    channel: str
    account: str

    def message(self, message: Message, update_id: int, *, edited: bool = False) -> Heard | None:
        """What a message says; None for what nobody said (service messages) or said to others (groups)."""
        if message.chat.type in GROUPS:
            return self._in_group(message, update_id)
        if message.chat.type != "private":
            return None
        heard = self._content(message, update_id)
        if heard is None or not edited:
            return heard
        kind = HeardKind.LIVE_LOCATION if message.location else HeardKind.EDITED
        return _as(heard, kind, _moment(message.edit_date) or heard.at)

    def tap(self, tap: Tap, update_id: int, now: datetime) -> Heard | None:
        """A button; Telegram does not tell when, so `now`. None in a group, where nobody should tap ours."""
        if tap.message is not None and tap.message.chat.type != "private":
            return None
        return Heard(
            sender=self._address(tap.from_user.id),
            message_id=f"{update_id}.{tap.id}",
            kind=HeardKind.TAP,
            at=now,
            tap=tap.data or "",
            lang=_lang(tap.from_user),
        )

    def membership(self, change: Membership, update_id: int) -> Heard | None:
        """Blocked, unblocked, put into a group or taken out of it."""
        before, after = change.old_chat_member.status in INSIDE, change.new_chat_member.status in INSIDE
        if before == after:
            return None
        if change.chat.type not in (*GROUPS, "private"):
            return None
        entered = HeardKind.UNBLOCKED if change.chat.type == "private" else HeardKind.GROUP
        kind = entered if after else HeardKind.BLOCKED
        sender = self._address(change.chat.id)
        return Heard(sender, str(update_id), kind, change.date, lang=_lang(change.from_user))

    def _content(self, message: Message, update_id: int) -> Heard | None:
        if (found := content_of(message)) is None:
            return None
        return Heard(
            sender=self._address(message.chat.id),
            message_id=f"{update_id}.{message.message_id}",
            kind=found.kind,
            at=message.date,
            text=found.text or message.caption or "",
            tap=found.tap,
            attachments=found.attachments,
            point=found.point,
            album=message.media_group_id or "",
            lang=_lang(message.from_user),
        )

    def _in_group(self, message: Message, update_id: int) -> Heard | None:
        """Only what is said to us: a command, or a reply to our words."""
        text = message.text or message.caption or ""
        replied = getattr(message, "reply_to_message", None)
        ours = replied is not None and replied.from_user is not None and replied.from_user.is_bot
        if not (ours or text.startswith("/")):
            return None
        sender = self._address(message.chat.id)
        return Heard(sender, f"{update_id}.{message.message_id}", HeardKind.GROUP, message.date, text=text)

    def _address(self, number: int) -> Address:
        return Address(self.channel, self.account, str(number))


def _as(heard: Heard, kind: HeardKind, at: datetime) -> Heard:
    return Heard(
        heard.sender, heard.message_id, kind, at, heard.text, heard.tap, heard.attachments, heard.point,
        heard.album, heard.lang,
    )  # fmt: skip


def _moment(date: datetime | int | None) -> datetime | None:
    if isinstance(date, int):
        return datetime.fromtimestamp(date, UTC) if 0 < date < LAST else None
    return date


def _lang(user: User | None) -> str:
    return (user.language_code if user else None) or ""
