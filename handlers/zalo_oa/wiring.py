"""From the office's settings to an account: what `bot.channels` and the commands of the terminal start from."""

from datetime import datetime

from pydantic import SecretStr

from bot.ports import TokenPair
from bot.settings import Settings
from handlers.zalo_oa.api.client import Bases
from handlers.zalo_oa.api.oauth import REFRESH_LIFE, OAuth
from handlers.zalo_oa.channel import Account
from handlers.zalo_oa.letters.templates import load
from handlers.zalo_oa.signature import Keys as Signing
from handlers.zalo_wire.media import rules_of


def account_of(settings: Settings, now: datetime) -> Account:
    """Raises BadSettings where the file of templates is wrong."""
    bases = Bases(settings.zalo_oa_api_base, settings.zalo_zbs_base, settings.zalo_oa_oauth_base)
    secret = _secret(settings.zalo_oa_app_secret)
    return Account(
        oa_id=settings.zalo_oa_account,
        oauth=OAuth(bases.oauth, settings.zalo_oa_app_id, secret, _secret(settings.zalo_oa_code_verifier)),
        bases=bases,
        first=first_pair(settings, now),
        proof_secret=secret if settings.zalo_oa_appsecret_proof else "",
        templates=load(settings.zalo_templates),
        share_image=settings.zalo_oa_image_url,
        media=rules_of(settings.zalo_media_hosts, settings.zalo_oa_api_base),
    )


def signed_with(settings: Settings) -> Signing:
    """What the webhook's signatures are made of."""
    return Signing(settings.zalo_oa_app_id, settings.zalo_oa_account, _secret(settings.zalo_oa_secret_key))


def first_pair(settings: Settings, now: datetime) -> TokenPair | None:
    """How old it is nobody knows: it counts as worn out, so that it is renewed before anything else."""
    access, refresh = _secret(settings.zalo_oa_access_token), _secret(settings.zalo_oa_refresh_token)
    return TokenPair(access, refresh, now, now + REFRESH_LIFE) if access and refresh else None


def _secret(value: SecretStr | None) -> str:
    return "" if value is None else value.get_secret_value()
