"""The office: its people, one-time links, the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.messages import Address
from bot.domain.officers import Officer, Roster


class Ledger(Protocol):
    """Append-only and hash-chained: ids, codes and digests, no words."""

    def note(self, action: str, *, actor: str, subject: str, detail: str = "", at: datetime) -> None:
        """`actor` and `subject` are codes such as "officer:12", "case:7", "system"; linked later by `link`."""

    def link(self, limit: int) -> int:
        """Chain rows that are not chained yet, in order; returns how many."""

    def verify(self) -> int | None:
        """The id of the first row that does not fit, or None."""

    def of(self, subject: str, limit: int = 200) -> Sequence["LedgerRow"]: ...


@dataclass(frozen=True, slots=True)
class LedgerRow:
    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: str


class Office(Protocol):
    """Roster, enrolled addresses, invitations."""

    def roster(self) -> Roster:
        """Cached by version; `reachable` filled from enrolled addresses."""

    def replace(self, roster: Roster) -> None:
        """Import: all or nothing; officers keep their ids and addresses by code; those missing are retired."""

    def officer(self, id_: int) -> Officer | None: ...

    def officer_at(self, address: Address) -> Officer | None: ...

    def address_of(self, officer: int, channel: str) -> Address | None: ...

    def enrol(self, officer: int, address: Address, now: datetime) -> None: ...

    def unreachable(self, address: Address) -> None:
        """A dead address: it no longer counts as a way to reach this officer, until they write again."""

    def leave(self, officer: int) -> None:
        """All addresses of this officer go."""

    def on_duty(self, officer: int, on: bool) -> None: ...

    def collaborator_at(self, address: Address) -> Officer | None: ...


class Links(Protocol):
    """One-time tokens and device sessions: only keyed hashes are stored."""

    def put(
        self, purpose: str, token: bytes, subject: str, expires: datetime, now: datetime | None = None
    ) -> None:
        """`purpose`: "invitation", "case_link", "login", "session" …; `now`: when it was made, for `listing`."""

    def take(self, purpose: str, token: bytes, now: datetime) -> str | None:
        """The subject, exactly once."""

    def peek(self, purpose: str, token: bytes, now: datetime) -> str | None: ...

    def touch(self, purpose: str, token: bytes, expires: datetime, now: datetime | None = None) -> None: ...

    def drop(self, purpose: str, token: bytes) -> None: ...

    def drop_all(self, purpose: str, subject: str) -> int: ...

    def revoke(self, purpose: str, subject: str, row: int) -> bool:
        """End one of `listing` by its number; False where this subject has none of that number."""

    def listing(self, purpose: str, subject: str) -> Sequence["LinkRow"]: ...

    def attempts(self, purpose: str, who: str, since: datetime) -> int:
        """How often `who` ("" for everybody) tried since then."""

    def tried(self, purpose: str, who: str, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class LinkRow:
    id: int
    subject: str
    created: datetime
    seen: datetime
    expires: datetime
