"""From a letter to messages as Zalo takes them: texts in parts, at most five buttons each."""

import re
from dataclasses import dataclass, replace
from typing import Any
from unicodedata import normalize
from urllib.parse import urlsplit

from bot.domain.messages import Ask, Button, Enclosure, Letter, Line
from bot.ports import Words
from handlers.texts import parts
from handlers.zalo_oa.heard.people import is_anonymous, is_group, recipient
from handlers.zalo_oa.traits import MOST_BUTTONS, PAYLOAD_LIMIT, TEXT_LIMIT, TITLE_LIMIT, WORDS_ONLY

Json = dict[str, Any]
_MENTION = re.compile(r"\[@[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Sayings:
    """What the messages of this channel say themselves; both languages, for a letter knows no language."""

    more: str
    share_title: str
    share_subtitle: str
    share_image: str = ""
    """Address of the picture that Zalo demands with a request for contact details; "": none is sent."""

    @classmethod
    def of(cls, words: Words, share_image: str = "") -> "Sayings":
        def both(line: Line) -> str:
            return " / ".join(dict.fromkeys(words.render(line, lang) for lang in ("vi", "en")))

        return cls(
            both(Line("zalo.more_choices")),
            both(Line("zalo.share_info.title"))[:TITLE_LIMIT],
            both(Line("zalo.share_info.subtitle")),
            share_image,
        )


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    """One consultation message."""

    text: str = ""
    buttons: tuple[Button, ...] = ()
    share: bool = False
    """The form in which somebody may leave name and telephone."""
    picture: str = ""
    """`https://…` or the id of an upload."""
    enclosure: Enclosure | None = None
    """A picture that is still to be uploaded; the words stand under it."""


class Unfit(ValueError):
    """The letter cannot be sent as it is: no text, a payload that is too long."""


def plan(letter: Letter, sayings: Sayings) -> tuple[Message, ...]:
    """The messages of a letter, in order; raises Unfit."""
    buttons, links = _usable([button for row in letter.buttons for button in row])
    texts = parts("\n".join((letter.text, *links)), TEXT_LIMIT)
    if not texts:
        raise Unfit("no text")
    *first, last = texts
    groups = [buttons[at : at + MOST_BUTTONS] for at in range(0, len(buttons), MOST_BUTTONS)] or [()]
    messages = [*(Message(text) for text in first), Message(last, groups[0])]
    messages[0] = replace(messages[0], enclosure=letter.enclosure)
    messages += [Message(sayings.more, group) for group in groups[1:]]
    if letter.ask is Ask.CONTACT and sayings.share_image and not _words_only(letter.to.person):
        messages.append(Message(share=True))
    return tuple(messages)


def _usable(buttons: list[Button]) -> tuple[tuple[Button, ...], tuple[str, ...]]:
    """The buttons that Zalo takes, and as words the addresses that it does not take in a button."""
    good = tuple(button for button in buttons if not button.url or _public(button.url))
    if any(not button.url and not 0 < len(button.tap) <= PAYLOAD_LIMIT for button in good):
        raise Unfit("a payload is empty or too long")
    return good, tuple(f"{one.text}: {one.url}" for one in buttons if one not in good)


def _public(url: str) -> bool:
    split = urlsplit(url)
    host, dot, top = (split.hostname or "").rpartition(".")
    named = bool(host and dot) and not top.isdecimal()  # nobody's phone knows an address inside the office
    return split.scheme == "tel" or (split.scheme in ("http", "https") and named)


# --- as Zalo's JSON ---


def path(person: str) -> str:
    """Where a message to them goes: visitors without an account and groups have endpoints of their own."""
    if is_anonymous(person):
        return "/v2.0/oa/message"
    return "/v3.0/oa/group/message" if is_group(person) else "/v3.0/oa/message/cs"


def body(person: str, message: Message, sayings: Sayings) -> Json:
    """The request's JSON; visitors and groups get words only."""
    if _words_only(person):
        content: Json = {"text": _plain(message)}
    else:
        content = _content(message, sayings)
    return {"recipient": dict(recipient(person)), "message": content}


def _words_only(person: str) -> bool:
    return person.startswith(WORDS_ONLY)


def _plain(message: Message) -> str:
    """Buttons that have an address become words; "[@…]" would be a mention in a group."""
    links = [f"{one.text}: {one.url.removeprefix('tel:')}" for one in message.buttons if one.url]
    return _MENTION.sub("", "\n".join((message.text, *links)))[:TEXT_LIMIT]


def _content(message: Message, sayings: Sayings) -> Json:
    if message.share:
        element = {
            "title": sayings.share_title,
            "subtitle": sayings.share_subtitle,
            "image_url": sayings.share_image,
        }
        return _template({"template_type": "request_user_info", "elements": [element]})
    buttons = [_button(button) for button in message.buttons]
    if message.picture:
        where = "url" if message.picture.startswith(("http://", "https://")) else "attachment_id"
        payload: Json = {
            "template_type": "media",
            "elements": [{"media_type": "image", where: message.picture}],
        }
        if buttons:
            payload["buttons"] = buttons
        return {**({"text": message.text} if message.text else {}), **_template(payload)}
    if not buttons:
        return {"text": message.text}
    return {"text": message.text, **_template({"buttons": buttons})}


def _template(payload: Json) -> Json:
    return {"attachment": {"type": "template", "payload": payload}}


def _button(button: Button) -> Json:
    title = normalize("NFC", button.text)[:TITLE_LIMIT]
    if button.url.startswith("tel:"):
        phone = button.url.removeprefix("tel:")
        return {"title": title, "type": "oa.open.phone", "payload": {"phone_code": phone}}
    if button.url:
        return {"title": title, "type": "oa.open.url", "payload": {"url": button.url}}
    return {"title": title, "type": "oa.query.hide", "payload": button.tap}
