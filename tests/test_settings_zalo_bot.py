"""Half of a Zalo bot's settings is refused with the name of what is missing."""

import pytest

from bot.settings import BadSettings, load

SECRET = "a secret of the webhook"
WHOLE = {"TOKEN": "459201:Zq7vX", "MODE": "webhook", "SECRET": SECRET}


def chosen(monkeypatch: pytest.MonkeyPatch, public_url: str = "", **named: str) -> object:
    for name, value in named.items():
        monkeypatch.setenv(f"TINBAO_ZALO_BOT_{name}", value)
    if public_url:
        monkeypatch.setenv("TINBAO_PUBLIC_URL", public_url)
    return load()


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ({"SECRET": SECRET}, "TINBAO_ZALO_BOT_TOKEN is missing"),
        ({"MODE": "webhook"}, "TINBAO_ZALO_BOT_TOKEN is missing"),
        ({"TOKEN": "Zq7vX"}, "TINBAO_ZALO_BOT_TOKEN must be the bot's number, a colon and its key"),
        ({"TOKEN": "bot:Zq7vX"}, "TINBAO_ZALO_BOT_TOKEN must be"),
        ({"TOKEN": "1: "}, "TINBAO_ZALO_BOT_TOKEN must be"),
        ({**WHOLE, "SECRET": "1234567"}, "TINBAO_ZALO_BOT_SECRET must be 8 to 256"),
        ({**WHOLE, "SECRET": "x" * 257}, "TINBAO_ZALO_BOT_SECRET must be 8 to 256"),
        (WHOLE, "TINBAO_PUBLIC_URL must start with https://"),
        ({"TOKEN": "1:a", "MODE": "push"}, "TINBAO_ZALO_BOT_MODE"),
        ({"TOKEN": "1:a", "API_BASE": "bot.zalo.example"}, "TINBAO_ZALO_BOT_API_BASE"),
    ],
)
def test_what_is_wrong_is_named(monkeypatch: pytest.MonkeyPatch, named: dict[str, str], told: str) -> None:
    with pytest.raises(BadSettings) as refused:
        chosen(monkeypatch, **named)
    assert told in str(refused.value)
    assert "Zq7vX" not in str(refused.value)


def test_whole_settings_are_taken_and_do_not_print(monkeypatch: pytest.MonkeyPatch) -> None:
    for public_url, named in (("", {"TOKEN": "459201:Zq7vX"}), ("https://tinbao.example", WHOLE)):
        found = chosen(monkeypatch, public_url, **named)
        assert "Zq7vX" not in repr(found)
        assert SECRET not in repr(found)
