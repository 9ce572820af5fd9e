"""A wrong or missing setting is named, with what it should be; secrets do not print."""

from pathlib import Path

import pytest

from bot.settings import BadSettings, load


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("TINBAO_HTTP_PORT", "eighty", "TINBAO_HTTP_PORT"),
        ("TINBAO_HOME_PROVINCE", "Đắk Lắk", "TINBAO_HOME_PROVINCE"),
        ("TINBAO_TELEGRAM_MODE", "webhook", "TINBAO_TELEGRAM_WEBHOOK_SECRET is needed"),
        ("TINBAO_TELEGRAM_MODE", "carrier pigeon", "TINBAO_TELEGRAM_MODE"),
        ("TINBAO_TELEGRAM_PUBLIC_TOKN", "1:x", "did you mean TINBAO_TELEGRAM_PUBLIC_TOKEN?"),
    ],
)
def test_a_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings, match="TINBAO_") as told:
        load()
    assert expected in str(told.value)


def test_one_token_cannot_serve_two_bots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINBAO_TELEGRAM_PUBLIC_TOKEN", "1:same")
    monkeypatch.setenv("TINBAO_TELEGRAM_OFFICERS_TOKEN", "1:same")
    with pytest.raises(BadSettings, match="two bots"):
        load()


def test_a_webhook_needs_an_address_that_telegram_can_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINBAO_TELEGRAM_MODE", "webhook")
    monkeypatch.setenv("TINBAO_TELEGRAM_WEBHOOK_SECRET", "s")
    with pytest.raises(BadSettings, match="https://"):
        load()


def test_secrets_do_not_print(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINBAO_TELEGRAM_PUBLIC_TOKEN", "1:verysecret")
    monkeypatch.setenv("TINBAO_DATABASE_URL", "postgresql://me:hidden@db/tinbao")
    printed = repr(load())
    assert "verysecret" not in printed
    assert "hidden" not in printed


def test_a_log_in_without_a_password_cannot_be_switched_on_by_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TINBAO_DEMO", "true")
    with pytest.raises(BadSettings, match="TINBAO_DEMO: no such setting"):
        load()
    monkeypatch.delenv("TINBAO_DEMO")
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("TINBAO_DEMO=true\n", encoding="utf-8")
    assert not load(demo=False).demo, "as `run` loads it"
