"""From a letter to messages as the Bot Platform takes them: texts of at most 2,000 characters, perhaps a picture."""

from dataclasses import dataclass

from bot.domain.messages import Letter
from handlers.texts import parts
from handlers.zalo_bot.traits import TEXT_LIMIT


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    """One sendMessage, or one sendPhoto with its caption."""

    text: str
    picture: str = ""
    """The address of a picture that goes above the words."""


def plan(letter: Letter, picture: str = "") -> tuple[Message, ...]:
    """In order. A link is words here, and so is a button that should not have come."""
    buttons = [button for row in letter.buttons for button in row]
    lines = [f"{button.text}: {button.url}" if button.url else button.text for button in buttons]
    texts = parts("\n".join((letter.text, *lines)), TEXT_LIMIT)
    return tuple(Message(text, picture if at == 0 else "") for at, text in enumerate(texts))
