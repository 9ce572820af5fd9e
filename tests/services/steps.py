"""Single steps of officers, and an officer's telephone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.domain.cases import CaseId
from bot.domain.messages import HeardKind, Letter
from bot.domain.officers import Officer
from bot.services import casework, duty
from bot.services.casework import Done, Entered
from tests.services.office import Office
from tests.services.people import AN, HERE, NOON


def does(office: Office, step: Callable[..., Any], *args: object, **named: object) -> casework.Outcome:
    """One step in one transaction."""
    done: casework.Outcome = office.store.write(lambda uow: step(uow, office.tools, *args, **named))
    return done


def taken(office: Office, code: str = "HOA", **fields: object) -> tuple[CaseId, Officer]:
    """A case that this officer has."""
    case, officer = office.report(AN, **fields), office.officer(code)
    assert isinstance(does(office, casework.take, case, officer, office.now), Done)
    office.deliver()
    office.deliver(channel="telegram_public")
    office.claimed.clear()
    return case, officer


def adds_words(office: Office, case: CaseId) -> None:
    def work(uow: object) -> None:
        found = uow.cases.get(case)  # type: ignore[attr-defined]
        casework.words_added(uow, office.tools, found, office.now)  # type: ignore[arg-type]

    office.store.write(work)


def an_entry(**fields: object) -> Entered:
    made = Entered("phone", "Cháu bé bị nhốt ở nhà", NOON, unit=HERE, answers={"where": "hẻm 5"})
    return replace(made, **fields)  # type: ignore[arg-type]


def buttons(letters: list[Letter]) -> dict[str, str]:
    return {b.text: b.tap or b.url for letter in letters for row in letter.buttons for b in row}


def answered(office: Office, code: str, text: str = "", tap: str = "") -> list[Letter]:
    office.deliver()
    office.claimed.clear()
    office.hears(code, HeardKind.TAP if tap else HeardKind.TEXT, text=text, tap=tap)
    return office.letters(code)


def takes(office: Office, code: str, case: CaseId) -> duty.Acknowledgement:
    officer = office.officer(code)
    return office.store.write(lambda uow: duty.acknowledge(uow, office.tools, case, officer, office.now))
