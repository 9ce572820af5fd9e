"""One turn as it is being decided: the conversation so far and what is asked for up to now."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.cases import CaseId
from bot.domain.conversation import Conversation, Facts, Report
from bot.domain.effects import Effect, Say, Turn
from bot.domain.messages import Ask, Choice, Line
from bot.domain.replacing import replace


@dataclass(frozen=True, slots=True, repr=False)
class Scene:
    """Immutable; every step returns the next one."""

    now: datetime
    facts: Facts
    talk: Conversation
    effects: tuple[Effect, ...] = ()
    opened: bool = False
    """A case was opened in this very turn: its number is not known yet."""

    @property
    def report(self) -> Report:
        """The report in the making; an empty one where nothing was reported yet."""
        return self.talk.report or Report(started_at=self.now)

    @property
    def is_open(self) -> bool:
        return self.talk.report is not None and self.talk.report.opened

    @property
    def case(self) -> CaseId | None:
        """What effects call the case: None for the one opened in this turn."""
        if self.opened:
            return None
        return self.report.case or self.talk.case

    @property
    def has_case(self) -> bool:
        return self.opened or self.case is not None

    def talking(self, talk: Conversation) -> "Scene":
        # not dataclasses.replace: this is called a dozen times a turn, and that takes four times as long
        return Scene(self.now, self.facts, talk, self.effects, self.opened)

    def reporting(self, report: Report | None) -> "Scene":
        return self.talking(replace(self.talk, report=report))

    def plus(self, *effects: Effect) -> "Scene":
        return Scene(self.now, self.facts, self.talk, (*self.effects, *effects), self.opened)

    def says(self, *lines: Line, choices: tuple[Choice, ...] = (), ask: Ask | None = None) -> "Scene":
        """One message; lines that follow each other without another effect between them become one."""
        if not lines:
            return self
        last = self.effects[-1] if self.effects else None
        if isinstance(last, Say) and not last.choices and last.ask is None:
            joined = Say((*last.lines, *lines), choices, ask)
            return replace(self, effects=(*self.effects[:-1], joined))
        return self.plus(Say(lines, choices, ask))

    def nods(self, line: Line) -> "Scene":
        """Thanks for thanks. A sticker gets words: it may be all that somebody can say."""
        return self.plus(Say((line,), nod=True)) if self.silent else self.says(line)

    def says_first(self, *lines: Line) -> "Scene":
        """A message of its own before everything else of this turn."""
        return replace(self, effects=(Say(lines), *self.effects))

    @property
    def silent(self) -> bool:
        return not any(isinstance(effect, Say) for effect in self.effects)

    def turn(self) -> Turn:
        return Turn(self.talk, self.effects)
