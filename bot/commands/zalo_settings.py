"""Each setting of the Official Account: whether it is set, and what it is for; no secret is shown."""

from collections.abc import Iterator

from bot.domain.messages import Line
from bot.settings import Settings

SET, UNSET = Line("zalo.setting.set"), Line("zalo.setting.unset")


def setting_lines(chosen: Settings) -> Iterator[Line]:
    """In the order in which an administrator meets them."""
    pair = SET if chosen.zalo_oa_refresh_token is not None else UNSET
    yield Line("zalo.setting.app_id", {"value": chosen.zalo_oa_app_id})
    yield Line("zalo.setting.app_secret", {"value": _hidden(chosen.zalo_oa_app_secret)})
    yield Line("zalo.setting.secret_key", {"value": _hidden(chosen.zalo_oa_secret_key)})
    yield Line("zalo.setting.oa_id", {"value": chosen.zalo_oa_account})
    yield Line("zalo.setting.tokens", {"value": pair})
    yield Line(
        "zalo.setting.bases",
        {
            "api": chosen.zalo_oa_api_base,
            "oauth": chosen.zalo_oa_oauth_base,
            "zbs": chosen.zalo_zbs_base,
        },
    )


def _hidden(value: object | None) -> Line:
    return UNSET if value is None else SET
