"""A wrong or missing setting is named, with what it should be; secrets do not print."""

from pathlib import Path

import pytest

from bot.settings import BadSettings, load


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("TINBAO_HTTP_PORT", "eighty", "TINBAO_HTTP_PORT"),
        (
            "TINBAO_DATABASE_URL",
            "mysql://me:secret@db/tinbao",
            "TINBAO_DATABASE_URL: must be sqlite:///PATH or",
        ),
        ("TINBAO_HOME_PROVINCE", "Đắk Lắk", "TINBAO_HOME_PROVINCE"),
        ("TINBAO_PUBLIC_URL", "baotin.example.vn", "TINBAO_PUBLIC_URL: must be the whole address"),
        ("TINBAO_TELEGRAM_NEWS_TOKEN", "a token", "TINBAO_TELEGRAM_NEWS_TOKEN: must be a bot's token"),
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


def test_a_slip_in_the_file_is_named_as_one_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("TINBAO_TELEGRAM_PUBLIC_TOKN=1:x\n", encoding="utf-8")
    with pytest.raises(BadSettings) as told:
        load()
    assert str(told.value).startswith("TINBAO_TELEGRAM_PUBLIC_TOKN (.env): no such setting; did you mean")
    assert "1:x" not in str(told.value)


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


READER = "https://may-doc.co-quan.vn/v1"


def test_there_is_no_second_reader_unless_one_is_set() -> None:
    assert load().second_reader_url == ""


@pytest.mark.parametrize(
    "url",
    [READER, "http://127.0.0.1:8000/v1", "http://192.168.1.9/v1", "http://may-doc:8000", "http://a.local/"],
)
def test_a_second_reader_has_an_address_and_a_model(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("TINBAO_SECOND_READER_URL", url)
    with pytest.raises(BadSettings, match="TINBAO_SECOND_READER_MODEL"):
        load()
    monkeypatch.setenv("TINBAO_SECOND_READER_MODEL", "vi-7b")
    monkeypatch.setenv("TINBAO_SECOND_READER_KEY", "verysecret")
    found = load()
    assert found.second_reader_url == url
    assert "verysecret" not in repr(found)


@pytest.mark.parametrize(
    "url",
    [
        "may-doc.vn/v1", "ftp://may-doc.vn", "http://may-doc.vn/v1", "http://8.8.8.8/v1", "https://",
        "https://a:b@may-doc.vn", "https://may-doc.vn/?key=1", "https://may-doc.vn:99999", "https://[::1",
    ],
)  # fmt: skip
def test_words_go_to_no_address_that_is_open_or_unclear(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("TINBAO_SECOND_READER_URL", url)
    monkeypatch.setenv("TINBAO_SECOND_READER_MODEL", "vi-7b")
    with pytest.raises(BadSettings, match="TINBAO_SECOND_READER_URL"):
        load()


def test_a_second_reader_without_an_address_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINBAO_SECOND_READER_MODEL", "vi-7b")
    with pytest.raises(BadSettings, match="TINBAO_SECOND_READER_URL"):
        load()
    monkeypatch.setenv("TINBAO_SECOND_READER_URL", READER)
    monkeypatch.setenv("TINBAO_SECOND_READER_SECONDS", "0")
    with pytest.raises(BadSettings, match="TINBAO_SECOND_READER_SECONDS"):
        load()
