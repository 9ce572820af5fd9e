"""What an office sets for Zalo; half of it is refused with the name of what is missing."""

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

NEEDED: Mapping[str, str] = {
    "zalo_oa_app_id": "the app's id, from developers.zalo.me",
    "zalo_oa_app_secret": "the app's secret key, from the app's settings",
    "zalo_oa_secret_key": "the OA Secret Key, from the app's webhook page; it is not the app's secret",
    "zalo_oa_id": "the Official Account's id, from oa.zalo.me",
}
"""Settings without which there is no Official Account, and where an administrator finds them."""


class ZaloOaSettings(BaseSettings):
    """The Official Account; the environment's names are these with TINBAO_ before them."""

    model_config = SettingsConfigDict(regex_engine="python-re")

    zalo_oa_app_id: str = Field("", pattern=r"^\d*\Z")
    zalo_oa_app_secret: SecretStr | None = None
    zalo_oa_secret_key: SecretStr | None = None
    """Signs what the webhook gets."""
    zalo_oa_id: str = Field("", pattern=r"^\d*\Z")
    zalo_oa_oa_id: str = Field("", pattern=r"^\d*\Z")
    """The same under its longer name."""
    zalo_oa_access_token: SecretStr | None = None
    zalo_oa_refresh_token: SecretStr | None = None
    """Of the first pair only: afterwards the database's pair counts. `zalo login` makes them needless."""
    zalo_oa_code_verifier: SecretStr | None = None
    """Of the PKCE pair whose challenge the app's console holds; unset: the console holds none."""
    zalo_oa_appsecret_proof: bool = False
    """Send appsecret_proof with every call: where Zalo answers with error -242."""
    zalo_oa_image_url: str = ""
    """https address of the picture on the form that asks for contact details; empty: the form is never sent."""
    zalo_oa_api_base: str = Field("https://openapi.zalo.me", pattern=r"^https?://[^/]+$")
    zalo_oa_oauth_base: str = Field("https://oauth.zaloapp.com", pattern=r"^https?://[^/]+$")
    zalo_zbs_base: str = Field("https://business.openapi.zalo.me", pattern=r"^https?://[^/]+$")
    zalo_media_hosts: str = Field("", pattern=r"^[A-Za-z0-9.,\s-]*$")
    """Further domains, between commas, that photos and files of Zalo may be fetched from."""
    zalo_templates: Path | None = None
    """TOML file with the ids of approved ZBS templates and what their parameters hold."""
    zalo_price_template: int | None = Field(None, ge=0)
    zalo_price_letter: int | None = Field(None, ge=0)
    """Đồng for one template, and for one letter after the free hours, as in the office's own contract."""

    @property
    def zalo_oa_account(self) -> str:
        """The Official Account's id; "": there is none."""
        return self.zalo_oa_id or self.zalo_oa_oa_id

    @property
    def zalo_oa_challenge(self) -> str:
        """What the app's console must hold as Code Challenge; "": no verifier is set."""
        if self.zalo_oa_code_verifier is None:
            return ""
        digest = hashlib.sha256(self.zalo_oa_code_verifier.get_secret_value().encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    def zalo_oa_missing(self) -> tuple[str, ...]:
        """Names of the settings that an Official Account still needs."""
        have = {
            "zalo_oa_app_id": self.zalo_oa_app_id,
            "zalo_oa_app_secret": self.zalo_oa_app_secret,
            "zalo_oa_secret_key": self.zalo_oa_secret_key,
            "zalo_oa_id": self.zalo_oa_account,
        }
        return tuple(f"TINBAO_{name.upper()}" for name in NEEDED if not have[name])

    @model_validator(mode="after")
    def _zalo_oa_is_whole(self) -> Self:
        missing = self.zalo_oa_missing()
        extras = (self.zalo_oa_access_token, self.zalo_oa_refresh_token, self.zalo_templates)
        if missing and (len(missing) < len(NEEDED) or any(extras)):
            raise ValueError("; ".join(_needed(name) for name in missing))
        return self

    @model_validator(mode="after")
    def _zalo_oa_pair_is_whole(self) -> Self:
        access, refresh = self.zalo_oa_access_token, self.zalo_oa_refresh_token
        if (access is None) is not (refresh is None):
            lacking = "ACCESS" if access is None else "REFRESH"
            raise ValueError(
                f"TINBAO_ZALO_OA_{lacking}_TOKEN is missing: the first pair is two tokens, or neither and "
                "`python -m bot zalo login`"
            )
        if self.zalo_oa_id and self.zalo_oa_oa_id and self.zalo_oa_id != self.zalo_oa_oa_id:
            raise ValueError("TINBAO_ZALO_OA_ID and TINBAO_ZALO_OA_OA_ID name two accounts: set one of them")
        return self


def _needed(name: str) -> str:
    told = NEEDED[name.removeprefix("TINBAO_").lower()]
    return f"{name} is missing: {told}"
