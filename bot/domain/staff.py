"""Who is meant by a word of a policy, for one case at one moment, and who of them can be asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.cases import Case
from bot.domain.duty import Index, excluded, indexed, off_duty, speaks
from bot.domain.kinds import Kind
from bot.domain.officers import Officer, Role, Roster

LAST_RESORT = (Role.PROVINCE_DUTY, Role.PROVINCE, Role.SUPERVISOR, Role.ADMIN)
"""In this order, when everybody on the default route is accused or unknown."""

LAST_RESORT_MOST = 3


def area(case: Case, roster: Roster) -> tuple[str | None, str, str]:
    """(commune or None, province whose duty answers, why as a code).

    The commune of the incident acts (Nghị định 56/2017 Điều 26 K1); where only the residence is known, that.
    """
    unit = case.unit or case.residence
    if unit is None or len(unit) < 5:
        return None, roster.home, "place:unknown"
    province = roster.province_of.get(unit, "" if roster.province_of else roster.home)
    known = indexed(roster).by_unit
    if unit in known or province == roster.home or province in known:
        return unit, province or roster.home, f"place:{unit}" if case.unit else f"place:residence:{unit}"
    return None, roster.home, f"place:other_province:{province or unit}"


def concerns(case: Case, kinds: tuple[Kind, ...]) -> bool:
    """Whether these kinds (empty: all) cover the case; what nobody has heard yet concerns everybody."""
    return (
        not kinds
        or case.kind is Kind.UNKNOWN
        or case.kind in kinds
        or any(kind in kinds for kind in case.also)
    )


def once(officers: Iterable[Officer]) -> list[Officer]:
    """The same officers in order, each once."""
    return list({officer.id: officer for officer in officers}.values())


def _principals(found: list[Officer]) -> list[Officer]:
    """Without those who are there as deputies of another one: the deputy's step is theirs."""
    deputies = {officer.deputy for officer in found}
    return [officer for officer in found if officer.code not in deputies] or found


@dataclass(slots=True)
class Staff:
    """The people around one case; collects in `reasons` whom it passed over and why. Lives for one call."""

    case: Case
    index: Index
    now: datetime
    reasons: list[str]
    placed: bool = False
    """Whether the commune is known and ours."""
    near: list[Officer] = field(default_factory=list)
    """The commune's own people before those of the whole province."""

    def find(self) -> None:
        """Who works where it happened and answers for this kind."""
        unit, province, why = area(self.case, self.index.roster)
        self.reasons.append(why)
        self.placed = unit is not None
        known = self.index.by_unit
        found = (*(known.get(unit, ()) if unit else ()), *known.get(province, ()), *known.get("", ()))
        self.near = once(
            officer
            for officer in found
            if officer.role is not Role.COLLABORATOR and concerns(self.case, officer.kinds)
        )

    def meant(self, who: str, asked: Iterable[Officer] = ()) -> list[Officer]:
        """Everybody whom this word means here, speakers of the case's language first."""
        match who:
            case "responsible":
                # what has no commune of ours is the province's to find out or to hand on
                return _principals(
                    self._with_role(Role.COMMUNE_OFFICER if self.placed else Role.PROVINCE_DUTY)
                )
            case "deputy":
                return self.known(officer.deputy for officer in self.meant("responsible"))
            case "supervisor":
                return once(
                    self._with_role(Role.SUPERVISOR) + self.known(officer.supervisor for officer in asked)
                )
            case "speaker":
                found = [officer for officer in self.near if speaks(officer, self.case.language)]
                return sorted(found, key=lambda officer: officer.role is not Role.SPEAKER)
            case _:
                return self._with_role(who)

    def ready(self, people: Iterable[Officer]) -> list[Officer]:
        """Those who can be asked now; for somebody on leave or unreachable the deputy stands in at once."""
        return once(found for officer in people if (found := self._or_deputy(officer)) is not None)

    def unavailable(self, officer: Officer) -> str:
        """Why this officer cannot be asked now, as a code; "" if nothing hinders."""
        return (
            excluded(officer, self.case.excluded)
            or off_duty(officer, self.index, self.now)
            or ("" if officer.reachable else f"unreachable:{officer.code}")
        )

    def supervisors(self, asked: Iterable[Officer]) -> list[Officer]:
        """Those on duty if there are any, else whoever can be reached; never somebody accused."""
        people = [
            officer
            for officer in self.meant("supervisor", asked)
            if officer.reachable and not excluded(officer, self.case.excluded)
        ]
        return [officer for officer in people if not off_duty(officer, self.index, self.now)] or people

    def default_route(self, *, alone: bool) -> list[tuple[Officer, str]]:
        """Whoever answers for what nobody else does, and what is wrong with that (a code, or "").

        On duty if possible; else off duty; else, if nobody at all is asked (`alone`), without an enrolled
        address. Never somebody accused.
        """
        allowed: list[Officer] = []
        for officer in self.known(self.index.roster.default_route):
            if why := excluded(officer, self.case.excluded):
                self.reasons.append(why)
            else:
                allowed.append(officer)
        present = [(officer, "") for officer in allowed if not self.unavailable(officer)]
        reachable = [(officer, f"off_duty_rung:{officer.code}") for officer in allowed if officer.reachable]
        nowhere = [(officer, f"no_address:{officer.code}") for officer in allowed]
        return present or reachable or (self._anybody() or nowhere if alone else [])

    def known(self, codes: Iterable[str]) -> list[Officer]:
        """The officers with these codes; a code that nobody has is passed over (the check names it)."""
        return [self.index.by_code[code] for code in dict.fromkeys(codes) if code in self.index.by_code]

    def _with_role(self, role: str) -> list[Officer]:
        found = [officer for officer in self.near if officer.role == role]
        if self.case.language == "vi":
            return found
        return sorted(found, key=lambda officer: not speaks(officer, self.case.language))

    def _or_deputy(self, officer: Officer) -> Officer | None:
        tried: set[str] = set()
        while officer.code not in tried:
            tried.add(officer.code)
            why = self.unavailable(officer)
            if not why:
                return officer
            self.reasons.append(why)
            deputy = self.index.by_code.get(officer.deputy)
            # the deputy of somebody accused does not act in that person's place, only as a step of its own
            if why.startswith("excluded:") or deputy is None:
                return None
            officer = deputy
        return None

    def _anybody(self) -> list[tuple[Officer, str]]:
        found = [
            (officer, f"last_resort:{officer.code}")
            for officer in self.index.roster.officers
            if officer.role in LAST_RESORT and not self.unavailable(officer)
        ]
        return sorted(found, key=lambda pair: LAST_RESORT.index(pair[0].role))[:LAST_RESORT_MOST]
