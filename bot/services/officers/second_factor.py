"""An optional second factor for the desk; its secret is derived from the key, never stored."""

from datetime import datetime, timedelta

from bot.domain import totp
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services.tools import Tools

TOTP, OFFERED, USED = "totp", "totp_offered", "totp_used"
FOR_GOOD = timedelta(days=36500)
OFFER_LIFE = timedelta(minutes=15)
SECRET_BYTES = 20
"""As RFC 4226 recommends for SHA-1."""
TRIES = 5
TRY_WINDOW = timedelta(minutes=15)
USED_LIFE = timedelta(minutes=5)


def wanted(uow: UnitOfWork, tools: Tools, officer: Officer, now: datetime) -> bool:
    """Whether this officer has set one up."""
    return _seed(uow, tools, TOTP, officer, now) is not None


def offer(uow: UnitOfWork, tools: Tools, officer: Officer, now: datetime, *, old: str = "") -> str | None:
    """A fresh secret as an address for an authenticator app; it counts once its first code is confirmed.

    Whoever has a second factor already shows it once more (`old`, a code of today's): a device left open must
    not be enough to replace it. None: that code is wrong.
    """
    if wanted(uow, tools, officer, now) and not right(uow, tools, officer, old, now):
        return None
    uow.links.drop(OFFERED, _row(tools, OFFERED, officer))
    seed = f"officer:{officer.id}:{tools.signer.token()}"
    uow.links.put(OFFERED, _row(tools, OFFERED, officer), seed, now + OFFER_LIFE)
    return totp.address(_secret(tools, seed), uow.office.roster().name, officer.code)


def set_up(uow: UnitOfWork, tools: Tools, officer: Officer, code: str, now: datetime) -> bool:
    """The first code of the offered secret: from now on it is asked at every log-in."""
    seed = _seed(uow, tools, OFFERED, officer, now)
    if seed is None or not _fresh(uow, tools, officer, seed, code, now):
        return False
    uow.links.drop(OFFERED, _row(tools, OFFERED, officer))
    uow.links.drop(TOTP, _row(tools, TOTP, officer))
    uow.links.put(TOTP, _row(tools, TOTP, officer), seed, now + FOR_GOOD)
    uow.ledger.note("desk.totp_on", actor=f"officer:{officer.id}", subject=f"officer:{officer.id}", at=now)
    return True


def drop(uow: UnitOfWork, tools: Tools, officer: Officer, now: datetime, *, by: str) -> None:
    """No second factor any more (a lost phone); `by` is a code such as "officer:12"."""
    uow.links.drop(TOTP, _row(tools, TOTP, officer))
    uow.ledger.note("desk.totp_off", actor=by, subject=f"officer:{officer.id}", at=now)


def right(uow: UnitOfWork, tools: Tools, officer: Officer, code: str, now: datetime) -> bool:
    """Whether the code is right; each counts once, and wrong ones are limited."""
    seed = _seed(uow, tools, TOTP, officer, now)
    return seed is not None and _fresh(uow, tools, officer, seed, code, now)


def _fresh(uow: UnitOfWork, tools: Tools, officer: Officer, seed: str, code: str, now: datetime) -> bool:
    who = f"officer:{officer.id}"
    if uow.links.attempts(TOTP, who, now - TRY_WINDOW) >= TRIES:
        return False
    counter = totp.verify(_secret(tools, seed), code, now)
    used = None if counter is None else tools.signer.digest(USED, f"{seed}:{counter}")
    if used is None or uow.links.peek(USED, used, now) is not None:
        uow.links.tried(TOTP, who, now)
        return False
    uow.links.put(USED, used, who, now + USED_LIFE)
    return True


def _seed(uow: UnitOfWork, tools: Tools, purpose: str, officer: Officer, now: datetime) -> str | None:
    return uow.links.peek(purpose, _row(tools, purpose, officer), now)


def _row(tools: Tools, purpose: str, officer: Officer) -> bytes:
    return tools.signer.digest(purpose, str(officer.id))


def _secret(tools: Tools, seed: str) -> bytes:
    return tools.signer.digest("totp_secret", seed)[:SECRET_BYTES]
