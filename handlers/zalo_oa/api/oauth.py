"""A code or a refresh token becomes a pair: Zalo's OAuth v4 for Official Accounts."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.ports import TokenPair
from handlers.zalo_wire.answers import whole

REFRESH_LIFE = timedelta(days=90)
"""A refresh token works once within three months; where Zalo tells a time of its own, that counts."""
ACCESS_LIFE = 3600
"""Seconds, where the answer does not tell: older pages of Zalo's say an hour."""
SECONDS = 30
LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Rejected:
    """Zalo says no; `code` and its name hold no secret."""

    why: str


class Unreachable(Exception):
    """No answer that could be read: whether the token was used up is not known."""


Exchanged = TokenPair | Rejected


@dataclass(frozen=True, slots=True, repr=False)
class OAuth:
    """The office's app at Zalo."""

    base: str
    app_id: str
    app_secret: str
    verifier: str = ""
    """Of the one fixed PKCE pair whose challenge the app's console holds; "": none."""

    def consent_url(self, redirect: str, challenge: str = "") -> str:
        wanted = {"app_id": self.app_id, "redirect_uri": redirect}
        if challenge:
            wanted["code_challenge"] = challenge
        return f"{self.base}/v4/oa/permission?{urlencode(wanted, quote_via=quote)}"

    async def exchange(self, session: ClientSession, code: str, now: datetime) -> Exchanged:
        form = {"code": code, "app_id": self.app_id, "grant_type": "authorization_code"}
        if self.verifier:
            form["code_verifier"] = self.verifier
        return await self._asked(session, form, now)

    async def refresh(self, session: ClientSession, token: str, now: datetime) -> Exchanged:
        form = {"refresh_token": token, "app_id": self.app_id, "grant_type": "refresh_token"}
        return await self._asked(session, form, now)

    async def _asked(self, session: ClientSession, form: dict[str, str], now: datetime) -> Exchanged:
        """Raises Unreachable."""
        try:
            async with session.post(
                f"{self.base}/v4/oa/access_token",
                data=form,
                headers={"secret_key": self.app_secret},
                timeout=ClientTimeout(total=SECONDS),
                allow_redirects=False,
            ) as answer:
                said = json.loads(await whole(answer, LARGEST))
                status = answer.status
        except (ClientError, TimeoutError, OSError, ValueError):
            raise Unreachable from None
        if not isinstance(said, dict) or status >= 500:
            raise Unreachable
        return pair_of(said, now) or Rejected(_why(said))


def pair_of(said: dict[str, object], now: datetime) -> TokenPair | None:
    """The pair in an answer; `expires_in` is a string of seconds."""
    access, refresh = said.get("access_token"), said.get("refresh_token")
    if not (isinstance(access, str) and isinstance(refresh, str) and access and refresh):
        return None
    life = _seconds(said.get("expires_in")) or ACCESS_LIFE
    refresh_life = _seconds(said.get("refresh_token_expires_in"))
    return TokenPair(
        access,
        refresh,
        now + timedelta(seconds=life),
        now + (timedelta(seconds=refresh_life) if refresh_life else REFRESH_LIFE),
    )


def code_in(pasted: str) -> tuple[str, str]:
    """(code, the OA's id or "") from a bare code or the whole address that the browser was sent to."""
    pasted = pasted.strip()
    if "code=" not in pasted:
        return ("", "") if any(mark in pasted for mark in ":/?& ") else (pasted, "")
    query = parse_qs(urlsplit(pasted).query or pasted)
    return query.get("code", [""])[0], query.get("oa_id", [""])[0]


def _seconds(told: object) -> int:
    text = str(told) if isinstance(told, int | str) else ""
    return int(text) if text.isdecimal() else 0


def _why(said: dict[str, object]) -> str:
    code, name = said.get("error"), said.get("error_name")
    parts = [str(one) for one in (code, name) if isinstance(one, int | str)]
    return " ".join(parts)[:80] or "no token in the answer"
