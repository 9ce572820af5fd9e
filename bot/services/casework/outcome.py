"""What becomes of an officer's action: done, or refused with a sentence for the officer."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain import moves
from bot.domain.cases import CaseId
from bot.domain.messages import Line
from bot.domain.moves import No
from bot.ports import UnitOfWork
from bot.services.duty import cards


@dataclass(frozen=True, slots=True)
class Done:
    """It is recorded; `line` says so to the officer."""

    line: Line
    case: CaseId | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nothing was changed; `line` says why."""

    line: Line

    @property
    def key(self) -> str:
        return self.line.key


Outcome = Done | Refusal

NO_SUCH_CASE = Refusal(Line("desk.no_such_case"))
NAMED_ONLY = Refusal(Line("desk.named_only"))
FASTER = Refusal(Line("desk.somebody_was_faster"))
NO_WORDS = Refusal(Line("desk.no_words"))

_WHY: Mapping[No, Line] = {
    No.ALREADY_TAKEN: Line("move.no.already_taken"),
    No.NOT_YOURS: Line("move.no.not_yours"),
    No.NOT_TAKEN: Line("move.no.not_taken"),
    No.CLOSED: Line("move.no.closed"),
    No.HANDED_ON: Line("move.no.handed_on"),
    No.OPEN: Line("move.no.open"),
    No.EXCLUDED: Line("move.no.excluded"),
    No.REASON_NEEDED: Line("move.no.reason_needed"),
    No.NOT_LISTENED: Line("move.no.not_listened"),
}


def illegal(uow: UnitOfWork, refusal: moves.Refusal) -> Refusal:
    """The sentence for a move that is not legal; says who has the case where that is the reason."""
    owner = None if refusal.by is None else uow.office.officer(refusal.by)
    if refusal.why in (No.ALREADY_TAKEN, No.NOT_YOURS) and owner is not None:
        since = "" if refusal.at is None else cards.clock(refusal.at)
        return Refusal(Line("desk.has_it", {"name": owner.name, "time": since}))
    return Refusal(_WHY[refusal.why])
