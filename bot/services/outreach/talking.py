"""One turn of a person about letters of campaigns: what is said, and the conversation that remembers it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.campaigns.subscribers import Subscriber
from bot.domain.conversation import Conversation
from bot.domain.messages import Address, Choice, Line
from bot.ports import UnitOfWork
from bot.services import letters
from bot.services.tools import Tools


@dataclass(frozen=True, slots=True)
class Turn:
    uow: UnitOfWork
    tools: Tools
    person: Address
    conversation: int
    state: Conversation
    now: datetime

    def says(self, *lines: Line, choices: Sequence[Choice] = ()) -> bool:
        """Answer, and remember that somebody was here; always True, so that a turn may end with it.

        The first answer says that it is a machine (Luật 134/2025/QH15, Điều 11).
        """
        whole = lines if self.state.greeted else (*lines, Line("intro.automatic"))
        lang, voice = self.state.lang, self.state.voice
        letters.say(
            self.uow, self.tools, self.person, whole, self.now, lang=lang, voice=voice, choices=choices
        )
        seen = replace(self.state, greeted=True, heard_at=self.now, blocked=False)
        self.uow.conversations.save(self.conversation, seen)
        return True

    @property
    def subscriber(self) -> Subscriber | None:
        """Their yes, unless they have taken it back."""
        known = self.uow.subscribers.at(self.person)
        return None if known is None or known.stopped else known

    def notes(self, action: str, subject: str, detail: str = "") -> None:
        actor = f"conversation:{self.conversation}"
        self.uow.ledger.note(action, actor=actor, subject=subject, detail=detail, at=self.now)
