"""Who gets in: one-time links and device sessions on the desk; only keyed hashes are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.cases import CaseId
from bot.domain.officers import Officer
from bot.ports import LinkRow, UnitOfWork
from bot.services.officers import second_factor
from bot.services.officers.collaboration import leave_collaboration, redeem_in_chat
from bot.services.officers.invitations import Enrolled, invite, named, redeem
from bot.services.tools import Tools

__all__ = [
    "Enrolled",
    "Opened",
    "case_link",
    "confirm",
    "end_session",
    "invite",
    "keep_alive",
    "leave_collaboration",
    "login_link",
    "open_session",
    "redeem",
    "redeem_in_chat",
    "revoke",
    "revoke_all",
    "session",
    "sessions",
    "start_session",
]

LOGIN, SESSION, HALF = "login", "session", "half_session"
HALF_LIFE = timedelta(minutes=5)
"""For typing the code of the second factor."""
DESK_ENTER = "/desk/enter"
"""Where a one-time link leads; the page there uses it up only on a press, so that a preview does not."""


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """A device session; `half` until the second factor is given."""

    token: str
    officer: Officer
    case: CaseId | None = None
    """Where the link led."""
    half: bool = False


# --- one-time links ---


def login_link(uow: UnitOfWork, tools: Tools, officer: Officer, now: datetime) -> str:
    """Address of the desk that logs this officer in, once, within minutes."""
    return _link(uow, tools, officer, f"officer:{officer.id}", now)


def case_link(uow: UnitOfWork, tools: Tools, officer: Officer, case: CaseId, now: datetime) -> str:
    """The same, and leads to this case."""
    return _link(uow, tools, officer, f"officer:{officer.id}:case:{case}", now)


def _link(uow: UnitOfWork, tools: Tools, officer: Officer, subject: str, now: datetime) -> str:
    token = tools.signer.token()
    uow.links.put(LOGIN, _hash(tools, LOGIN, token), subject, now + tools.link_life)
    uow.ledger.note(
        "desk.link",
        actor=f"officer:{officer.id}",
        subject=f"officer:{officer.id}",
        detail=subject.partition(":case:")[2],
        at=now,
    )
    return f"{tools.public_url}{DESK_ENTER}/{token}"


# --- device sessions ---


def open_session(uow: UnitOfWork, tools: Tools, token: str, now: datetime) -> Opened | None:
    """Use up a one-time link; None if it is used, over or forged."""
    subject = uow.links.take(LOGIN, _hash(tools, LOGIN, token), now)
    officer = named(uow, subject)
    if subject is None or officer is None:
        return None
    led_to = subject.partition(":case:")[2]
    return start_session(uow, tools, officer, now, case=CaseId(int(led_to)) if led_to else None)


def start_session(
    uow: UnitOfWork, tools: Tools, officer: Officer, now: datetime, *, case: CaseId | None = None
) -> Opened:
    """A session for somebody whom we know by other means (a one-time link; in the demo a choice)."""
    half = second_factor.wanted(uow, tools, officer, now)
    purpose, life = (HALF, HALF_LIFE) if half else (SESSION, tools.session_idle)
    token = tools.signer.token(32)
    uow.links.put(purpose, _hash(tools, purpose, token), f"officer:{officer.id}", now + life, now)
    _note(uow, "desk.half_login" if half else "desk.login", officer, now)
    return Opened(token, officer, case, half)


def confirm(uow: UnitOfWork, tools: Tools, token: str, code: str, now: datetime) -> Opened | None:
    """The second factor: turns a half session into a whole one, under a new token."""
    hashed = _hash(tools, HALF, token)
    officer = named(uow, uow.links.peek(HALF, hashed, now))
    if officer is None or not second_factor.right(uow, tools, officer, code, now):
        return None
    uow.links.drop(HALF, hashed)
    whole = tools.signer.token(32)
    end = now + tools.session_idle
    uow.links.put(SESSION, _hash(tools, SESSION, whole), f"officer:{officer.id}", end, now)
    _note(uow, "desk.login", officer, now)
    return Opened(whole, officer)


def session(uow: UnitOfWork, tools: Tools, token: str, now: datetime) -> Officer | None:
    """Whose session this is; None once idle too long, ended or revoked. Only reads."""
    return named(uow, uow.links.peek(SESSION, _hash(tools, SESSION, token), now))


def keep_alive(uow: UnitOfWork, tools: Tools, token: str, now: datetime) -> None:
    """The session was used: its idle time starts again."""
    uow.links.touch(SESSION, _hash(tools, SESSION, token), now + tools.session_idle, now)


def end_session(uow: UnitOfWork, tools: Tools, token: str, now: datetime) -> None:
    """Log out of this device."""
    officer = session(uow, tools, token, now)
    uow.links.drop(SESSION, _hash(tools, SESSION, token))
    if officer is not None:
        _note(uow, "desk.logout", officer, now)


def sessions(uow: UnitOfWork, officer: Officer) -> Sequence[LinkRow]:
    """The officer's devices: since when, last used."""
    return uow.links.listing(SESSION, f"officer:{officer.id}")


def revoke(uow: UnitOfWork, officer: Officer, row: int, now: datetime) -> bool:
    """End one device (a lost phone); False if this officer has no such session."""
    ended = uow.links.revoke(SESSION, f"officer:{officer.id}", row)
    if ended:
        _note(uow, "desk.revoked", officer, now)
    return ended


def revoke_all(uow: UnitOfWork, officer: Officer, now: datetime) -> int:
    """End every device of this officer, and whatever could become one without a new link."""
    ended = uow.links.drop_all(SESSION, f"officer:{officer.id}")
    for purpose in (HALF, LOGIN):
        uow.links.drop_all(purpose, f"officer:{officer.id}")
    _note(uow, "desk.revoked_all", officer, now)
    return ended


def lost_phone(uow: UnitOfWork, tools: Tools, officer: Officer, now: datetime, *, by: str) -> int:
    """The phone is gone: every device ends, and the second factor that was on it. Returns how many devices."""
    second_factor.drop(uow, tools, officer, now, by=by)
    return revoke_all(uow, officer, now)


# --- helpers ---


def _hash(tools: Tools, purpose: str, token: str) -> bytes:
    return tools.signer.digest(purpose, token)


def _note(uow: UnitOfWork, action: str, officer: Officer, now: datetime) -> None:
    uow.ledger.note(action, actor=f"officer:{officer.id}", subject=f"officer:{officer.id}", at=now)
