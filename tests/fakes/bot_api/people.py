"""The people at the other end: what they do becomes updates, what they see is what was sent."""

import asyncio
import itertools
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from tests.fakes.bot_api.account import Account, Sent, StoredFile
from tests.fakes.bot_api.rules import Json

T = TypeVar("T")
_numbers = itertools.count(1)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
LOOK_AGAIN = 0.02
BIG = 25 * 1024 * 1024


def _number() -> int:
    return next(_numbers)


@dataclass(slots=True)
class Person:
    """Somebody with an account on the platform, in a private chat with one bot."""

    account: Account
    id: int
    name: str = "An"
    lang: str = "vi"

    # --- what they are ---

    def user(self) -> Json:
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.lang}

    def chat(self) -> Json:
        return {"id": self.id, "type": "private", "first_name": self.name}

    # --- what they do: each returns the update's id ---

    def says(self, text: str, **extra: Any) -> int:
        if text.startswith("/"):
            length = len(text.split()[0])
            extra.setdefault("entities", [{"type": "bot_command", "offset": 0, "length": length}])
        return self.sends({"text": text} | extra)

    def starts(self, argument: str = "") -> int:
        return self.says(f"/start {argument}".strip())

    def sends(self, content: Json, *, kind: str = "message", chat: Json | None = None) -> int:
        """Any message: `content` is what stands beside message_id, from, chat and date."""
        where = chat or self.chat()
        self.account.chats.setdefault(where["id"], where)
        head = {"message_id": self.account.next_message_id(), "from": self.user(), "chat": where,
                "date": self.account.now()}  # fmt: skip
        return self.account.push(kind, head | content)

    def edits(self, message_id: int, text: str) -> int:
        edited = {"message_id": message_id, "text": text, "edit_date": self.account.now()}
        return self.sends(edited, kind="edited_message")

    def taps(self, label: str) -> str:
        """Presses the newest button with these words; gives the callback's id ("" for a reply key)."""
        for sent in reversed(self.messages):
            for button in sent.buttons:
                if label in (button.get("text"), button.get("callback_data")):
                    return self._press(sent, button)
        raise AssertionError(
            f"nobody offered the button {label!r}; there are {[m.labels for m in self.messages]}"
        )

    def _press(self, sent: Sent, button: Json) -> str:
        if "callback_data" in button:
            return self.taps_data(button["callback_data"], sent.message_id)
        if button.get("request_location"):
            self.shares_location()
        elif button.get("request_contact"):
            self.shares_contact()
        elif "url" not in button:
            self.says(button["text"])
        return ""

    def taps_data(self, data: str, message_id: int = 0) -> str:
        """A tap on any button, offered or forged; message_id 0 is a message the bot cannot see any more."""
        query = f"{self.id}{_number()}"
        self.account.callbacks[query] = None
        message: Json = {"message_id": message_id, "chat": self.chat(), "date": 0}
        if (sent := self.account.by_id.get((self.id, message_id))) is not None:
            message |= {
                "date": int(sent.at),
                "from": self.account.me(),
                "text": sent.text,
                "reply_markup": sent.markup,
            }
        body = {"id": query, "from": self.user(), "message": message, "chat_instance": "1", "data": data}
        self.account.push("callback_query", body)
        return query

    def sends_photo(
        self, caption: str = "", *, content: bytes = JPEG, album: str = "", big: bool = False
    ) -> int:
        stored = self.uploads(content, "photos/file.jpg", BIG if big else len(content))
        sizes = [
            self._size(self.uploads(content[:10], "photos/small.jpg", 10), 90),
            self._size(stored, 1280),
        ]
        return self.sends(_with_caption({"photo": sizes}, caption, album))

    @staticmethod
    def _size(stored: StoredFile, width: int) -> Json:
        return {"file_id": stored.file_id, "file_unique_id": stored.file_id, "width": width, "height": width,
                "file_size": stored.size}  # fmt: skip

    def sends_album(self, count: int = 10, caption: str = "") -> list[int]:
        album = str(13_000_000_000_000_000 + _number())
        return [self.sends_photo(caption if place == 0 else "", album=album) for place in range(count)]

    def sends_file(
        self,
        media: str,
        caption: str = "",
        *,
        content: bytes = b"content",
        size: int | None = None,
        **extra: Any,
    ) -> int:
        """media: voice, audio, video, video_note, animation or document."""
        stored = self.uploads(content, f"{media}/file", len(content) if size is None else size)
        body: Json = {"file_id": stored.file_id, "file_unique_id": stored.file_id, "file_size": stored.size}
        if media in ("voice", "audio", "video", "video_note", "animation"):
            body["duration"] = 3
        if media in ("video", "animation"):
            body |= {"width": 640, "height": 480}
        if media == "video_note":
            body["length"] = 240
        return self.sends(_with_caption({media: body | extra}, caption, ""))

    def sends_voice(self, content: bytes = b"OggS", size: int | None = None) -> int:
        return self.sends_file("voice", content=content, size=size, mime_type="audio/ogg")

    def sends_document(
        self, name: str = "don.pdf", content: bytes = b"%PDF-1.4", size: int | None = None
    ) -> int:
        return self.sends_file(
            "document", content=content, size=size, file_name=name, mime_type="application/pdf"
        )

    def shares_location(self, lat: float = 12.68, lon: float = 108.04, *, live: bool = False) -> int:
        point: Json = {"latitude": lat, "longitude": lon, "horizontal_accuracy": 20.0}
        return self.sends({"location": point | ({"live_period": 900} if live else {})})

    def moves(self, message_id: int, lat: float, lon: float) -> int:
        """The next point of a live location."""
        point = {"latitude": lat, "longitude": lon, "live_period": 900}
        moved = {"message_id": message_id, "location": point, "edit_date": self.account.now()}
        return self.sends(moved, kind="edited_message")

    def shares_contact(self, phone: str = "+84000000000", name: str = "An") -> int:
        return self.sends({"contact": {"phone_number": phone, "first_name": name, "user_id": self.id}})

    def sends_sticker(self, emoji: str = "😢") -> int:
        stored = self.uploads(b"webp", "stickers/file.webp", 4)
        sticker = {"file_id": stored.file_id, "file_unique_id": "s", "type": "regular", "width": 512,
                   "height": 512, "is_animated": False, "is_video": False, "emoji": emoji}  # fmt: skip
        return self.sends({"sticker": sticker})

    def sends_poll(self, question: str = "?", options: tuple[str, ...] = ("có", "không")) -> int:
        choices = [
            {"persistent_id": str(n), "text": text, "voter_count": 0} for n, text in enumerate(options)
        ]
        poll = {"id": str(_number()), "question": question, "options": choices, "total_voter_count": 0,
                "is_closed": False, "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
                "allows_revoting": False, "members_only": False}  # fmt: skip
        return self.sends({"poll": poll})

    def blocks(self) -> int:
        self.account.blocked_by.add(self.id)
        return self._membership(self.chat(), "member", "kicked")

    def unblocks(self) -> int:
        self.account.blocked_by.discard(self.id)
        return self._membership(self.chat(), "kicked", "member")

    def adds_to_group(self, group: int = -4001, title: str = "Tổ dân phố") -> int:
        chat = {"id": group, "type": "group", "title": title}
        self.account.chats[group] = chat
        return self._membership(chat, "left", "member")

    def removes_from_group(self, group: int = -4001) -> int:
        self.account.blocked_by.add(group)
        return self._membership(self.account.chats[group], "member", "left")

    def upgrades_group(self, group: int = -4001, new: int = -100_4001) -> int:
        self.account.migrated[group] = new
        self.account.chats[new] = self.account.chats[group] | {"id": new, "type": "supergroup"}
        return self.sends({"migrate_to_chat_id": new}, chat=self.account.chats[group])

    def _membership(self, chat: Json, before: str, after: str) -> int:
        def member(status: str) -> Json:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"user": self.account.me(), "status": status} | until

        self.account.chats.setdefault(chat["id"], chat)
        change = {"chat": chat, "from": self.user(), "date": self.account.now(),
                  "old_chat_member": member(before), "new_chat_member": member(after)}  # fmt: skip
        return self.account.push("my_chat_member", change)

    def uploads(self, content: bytes, path: str, size: int) -> StoredFile:
        number = _number()
        folder, _, name = path.rpartition("/")
        stored = StoredFile(f"AgAC{number}", content, f"{folder}/{number}_{name}", size)
        self.account.files[stored.file_id] = stored
        return stored

    # --- what they see ---

    @property
    def messages(self) -> list[Sent]:
        return self.account.sent_to(self.id)

    @property
    def texts(self) -> list[str]:
        return [sent.text for sent in self.messages]

    def was_told(self, words: str) -> bool:
        return any(words in text for text in self.texts)

    async def hears(self, words: str = "", *, within: float = 5.0, after: int = 0) -> Sent:
        """Waits for a message with these words beyond the first `after`; AssertionError when none comes."""

        def found() -> Sent | None:
            return next((sent for sent in self.messages[after:] if words in sent.text), None)

        return await until(self.account, found, within, f"{words!r}; there are {len(self.messages)} messages")

    async def hears_answer(self, query: str, *, within: float = 5.0) -> str:
        """The little notice that answers a tap."""
        found = await until(self.account, lambda: _answered(self.account, query), within, "an answered tap")
        return found[0]


def _answered(account: Account, query: str) -> tuple[str] | None:
    text = account.callbacks.get(query)
    return None if text is None else (text,)


async def until(account: Account, look: Callable[[], T | None], within: float, what: str) -> T:
    try:
        async with asyncio.timeout(within):
            while (found := look()) is None:
                with suppress(TimeoutError):  # what is waited for may happen on the other side of the wire
                    async with asyncio.timeout(LOOK_AGAIN):
                        await account.changed.wait()
            return found
    except TimeoutError:
        raise AssertionError(f"waited {within} s in vain for {what}") from None


def _with_caption(content: Json, caption: str, album: str) -> Json:
    if caption:
        content["caption"] = caption
    if album:
        content["media_group_id"] = album
    return content
