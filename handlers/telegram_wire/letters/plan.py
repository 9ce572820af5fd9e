"""From a letter to messages as Telegram takes them: texts in parts, which part carries which keyboard."""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import urlsplit

from bot.domain.messages import Ask, Button, Enclosure, Letter, Line
from bot.ports import Words
from handlers.telegram_wire.letters.texts import fits_callback, fits_caption, parts

MOST_BUTTONS = 100
MOST_IN_ROW = 8
MOST_TEXTS = 64
"""Of campaigns that are being sent: languages, and communes that a text names."""
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """What the keyboards of Telegram itself say; both languages, for a reply keyboard knows no reader."""

    location: str
    or_choose: str

    @classmethod
    def of(cls, words: Words) -> "Labels":
        def both(line: Line) -> str:
            return " / ".join(dict.fromkeys(words.render(line, lang) for lang in ("vi", "en")))

        return cls(both(Line("telegram.send_location")), both(Line("telegram.or_choose")))


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    """One sendMessage, or a picture with or without words under it."""

    text: str
    buttons: Rows = ()
    """Inline; never together with `location`: Telegram takes one keyboard a message."""
    location: str = ""
    """The words of a reply button that shares the location."""
    protect: bool = field(default=True)
    picture: Enclosure | None = None


class Unfit(ValueError):
    """The letter cannot be sent as it is: a tap beyond 64 bytes, too many buttons, no text."""


def plan(letter: Letter, labels: Labels) -> tuple[Message, ...]:
    """The messages of a letter, in order; raises Unfit."""
    # what a campaign says to a million people is worked out once; what one person is told is not kept
    planned = _planned if letter.run is None else _planned_once
    return planned(letter.text, letter.buttons, letter.ask, letter.private, labels)


def _planned(text: str, rows: Rows, ask: Ask | None, protect: bool, labels: Labels) -> tuple[Message, ...]:
    buttons, links = _usable(rows)
    texts = parts("\n".join((text, *links)))
    if not texts:
        raise Unfit("no text")
    *first, last = texts
    messages = [Message(text, protect=protect) for text in first]
    if ask is Ask.LOCATION:
        messages.append(Message(last, location=labels.location, protect=protect))
        if buttons:
            messages.append(Message(labels.or_choose, buttons, protect=protect))
    else:
        messages.append(Message(last, buttons, protect=protect))
    return tuple(messages)


_planned_once = lru_cache(MOST_TEXTS)(_planned)


def illustrated(letter: Letter, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """The picture above the words where they fit under it, else as a message of its own before them."""
    if letter.enclosure is None:
        return messages
    first = messages[0]
    if len(messages) == 1 and fits_caption(first.text) and not first.location:
        return (replace(first, picture=letter.enclosure),)
    return (Message("", protect=letter.private, picture=letter.enclosure), *messages)


def _usable(rows: Rows) -> tuple[Rows, tuple[str, ...]]:
    """The buttons that Telegram takes, and as words the addresses that it does not take in a button."""
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise Unfit("too many buttons")
    good: list[tuple[Button, ...]] = []
    links: list[str] = []
    for row in rows:
        kept = tuple(button for button in row if not button.url or _public(button.url))
        links += [f"{button.text}: {button.url}" for button in row if button not in kept]
        if any(not button.url and not fits_callback(button.tap) for button in kept):
            raise Unfit("a tap is empty or longer than 64 bytes")
        good += [kept[at : at + MOST_IN_ROW] for at in range(0, len(kept), MOST_IN_ROW)]
    return tuple(good), tuple(links)


def _public(url: str) -> bool:
    """Telegram refuses buttons to hosts without a dot: http://localhost:8080."""
    split = urlsplit(url)
    return split.scheme in ("http", "https", "tg") and "." in (split.hostname or "")
