"""OAuth v4: codes and refresh tokens that work once, access tokens that wear out."""

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

Json = dict[str, Any]
CODE_LIFE = timedelta(minutes=10)
REFRESH_LIFE = timedelta(days=90)
_numbers = count(1)


@dataclass(slots=True)
class OAuthServer:
    """What an app's console and Zalo's authorization server know."""

    clock: Callable[[], datetime]
    app_id: str
    app_secret: str
    life: timedelta = timedelta(seconds=90_000)
    challenge: str = ""
    """Saved in the console; "": no PKCE."""
    codes: dict[str, datetime] = field(default_factory=dict)
    access: dict[str, datetime] = field(default_factory=dict)
    """Until when each works."""
    refresh: dict[str, datetime] = field(default_factory=dict)
    """Those that still work."""
    used: list[str] = field(default_factory=list)
    """Refresh tokens in the order in which they were used, double use too."""
    granted: int = 0

    def consent(self) -> str:
        """An administrator agrees in the browser: the code."""
        code = f"code-{next(_numbers)}"
        self.codes[code] = self.clock() + CODE_LIFE
        return code

    def pair(self) -> tuple[str, str]:
        """A fresh pair, as the API Explorer hands it out."""
        number = next(_numbers)
        access, refresh = f"access-{number}", f"refresh-{number}"
        self.access[access] = self.clock() + self.life
        self.refresh[refresh] = self.clock() + REFRESH_LIFE
        return access, refresh

    def answer(self, form: Mapping[str, str], secret: str) -> Json:
        if secret != self.app_secret or form.get("app_id") != self.app_id:
            return _error(-14002, "Invalid app")
        match form.get("grant_type"):
            case "authorization_code":
                return self._exchanged(form)
            case "refresh_token":
                return self._refreshed(form.get("refresh_token", ""))
            case _:
                return _error(-14004, "Invalid grant type")

    def _exchanged(self, form: Mapping[str, str]) -> Json:
        until = self.codes.pop(form.get("code", ""), None)
        if until is None or until <= self.clock():
            return _error(-14009, "Invalid authorization code")
        if self.challenge and _challenge(form.get("code_verifier", "")) != self.challenge:
            return _error(-14010, "Invalid code verifier")
        return self._granted()

    def _refreshed(self, token: str) -> Json:
        self.used.append(token)
        until = self.refresh.pop(token, None)
        if until is None or until <= self.clock():
            return _error(-14014, "Invalid refresh token")
        return self._granted()

    def _granted(self) -> Json:
        self.granted += 1
        access, refresh = self.pair()
        seconds = str(int(self.life.total_seconds()))
        return {"access_token": access, "refresh_token": refresh, "expires_in": seconds}

    def refuses(self, access: str) -> tuple[int, str] | None:
        """Why a call with this token fails."""
        if access not in self.access:
            return -216, "Access token is invalid"
        if self.access[access] <= self.clock():
            return -220, "Access token has expired"
        return None


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _error(code: int, name: str) -> Json:
    return {"error": code, "error_name": name, "error_description": name}
