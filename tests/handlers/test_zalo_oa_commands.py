"""`zalo login`, `zalo status`, `zalo check` as an administrator types them, against Zalo's stand-in."""

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from tests.fakes.zalo_oa import APP_ID, APP_SECRET, OA_ID, Fault
from tests.fakes.zalo_oa import ZaloOa as Zalo
from tests.fakes.zalo_oa.push import SECRET

WHOLE = {
    "TINBAO_ZALO_OA_APP_ID": APP_ID,
    "TINBAO_ZALO_OA_APP_SECRET": APP_SECRET,
    "TINBAO_ZALO_OA_SECRET_KEY": SECRET,
    "TINBAO_ZALO_OA_ID": OA_ID,
}
BASES = ("TINBAO_ZALO_OA_API_BASE", "TINBAO_ZALO_OA_OAUTH_BASE", "TINBAO_ZALO_ZBS_BASE")


class Terminal:
    """Types commands beside the loop that Zalo runs in."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, zalo: Zalo) -> None:
        monkeypatch.chdir(folder)
        for name, value in (*WHOLE.items(), *((base, zalo.base_url) for base in BASES)):
            monkeypatch.setenv(name, value)
        self.told: list[str] = []

    async def types(self, *words: str, answer: str | None = None) -> tuple[int, str]:
        result = await asyncio.to_thread(CliRunner().invoke, cli, list(words), input=answer)
        self.told.append(result.output)
        return result.exit_code, result.output


async def test_an_administrator_logs_in_once_with_one_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Zalo() as zalo:
        terminal = Terminal(tmp_path, monkeypatch, zalo)
        status, told = await terminal.types("zalo", "status")
        assert (status, "python -m bot zalo login" in told) == (0, True), told
        callback = f"https://office.invalid/?oa_id={OA_ID}&code={zalo.oauth.consent()}"
        status, told = await terminal.types("zalo", "login", answer=callback + "\n")
        assert status == 0, told
        assert f"{zalo.base_url}/v4/oa/permission?app_id={APP_ID}" in told
        status, told = await terminal.types("zalo", "login", callback)
        assert (status, "-14009" in told) == (1, True), told
        status, told = await terminal.types("zalo", "login", f"oa_id=77&code={zalo.oauth.consent()}")
        assert (status, "OA 77" in told) == (1, True), told
        status, told = await terminal.types("zalo", "login", "https://office.invalid/?error=denied")
        assert status == 1, told
        status, told = await terminal.types("zalo", "status")
        assert "python -m bot zalo login" not in told
        assert "Tin miễn phí còn lại (cộng những người Zalo đã cho biết số): 0" in told
        assert "Tin tính phí còn lại: Zalo chưa cho biết." in told
        zalo.down = True
        status, told = await terminal.types("zalo", "login", f"code={zalo.oauth.consent()}")
        assert (status, zalo.base_url in told) == (1, True), told
        said = "".join(terminal.told)
        for secret in (APP_SECRET, SECRET, *zalo.oauth.access, *zalo.oauth.refresh):
            assert secret not in said


async def test_a_login_counts_more_than_an_older_pair_in_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Zalo() as zalo:
        terminal = Terminal(tmp_path, monkeypatch, zalo)
        for name in ("ACCESS", "REFRESH"):
            monkeypatch.setenv(f"TINBAO_ZALO_OA_{name}_TOKEN", "worn-out")
        status, told = await terminal.types("zalo", "login", f"code={zalo.oauth.consent()}")
        assert status == 0, told
        status, told = await terminal.types("zalo", "check")
        assert status == 0, told


async def test_check_asks_zalo_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Zalo() as zalo:
        terminal = Terminal(tmp_path, monkeypatch, zalo)
        status, told = await terminal.types("zalo", "check")
        assert status == 1
        assert "python -m bot zalo login" in told
        assert "TINBAO_ZALO_OA_REFRESH_TOKEN cũng chưa đặt" in told
        assert "mã lỗi" not in told
        assert zalo.calls == [], "there is nothing to ask Zalo with"
        await terminal.types("zalo", "login", zalo.oauth.consent())
        status, told = await terminal.types("zalo", "check")
        assert status == 0, told
        assert "Bảo vệ trẻ em (thử)" in told
        assert "1000/1000" in told
        assert "/zalo/oa" in told
        zalo.fails(Fault("/getoa", code=-224, message="OA must upgrade"))
        status, told = await terminal.types("zalo", "check")
        assert (status, "mã lỗi -224 (OA hoặc ứng dụng chưa được phép" in told) == (1, True), told
        zalo.down = True
        status, told = await terminal.types("zalo", "check")
        assert (status, "Zalo không trả lời; xem đường mạng" in told, "mã lỗi 0" in told) == (1, True, False)


async def test_check_says_what_to_do_where_zalo_takes_no_token_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Zalo() as zalo:
        terminal = Terminal(tmp_path, monkeypatch, zalo)
        for name in ("ACCESS", "REFRESH"):
            monkeypatch.setenv(f"TINBAO_ZALO_OA_{name}_TOKEN", "worn-out")
        status, told = await terminal.types("zalo", "check")
        assert status == 1
        assert "mã truy cập không dùng được và chưa lấy được mã mới" in told
        assert "mã lỗi 0" not in told
        assert "worn-out" not in told


async def test_check_explains_each_setting_and_shows_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Zalo() as zalo:
        terminal = Terminal(tmp_path, monkeypatch, zalo)
        told = "".join([(await terminal.types(*words))[1] for words in (("check",), ("zalo", "check"))])
        for name in (*WHOLE, *BASES, "TINBAO_ZALO_OA_ACCESS_TOKEN", "TINBAO_ZALO_OA_REFRESH_TOKEN"):
            assert told.count(name) >= 2, name
        for secret in (APP_SECRET, SECRET):
            assert secret not in told


async def test_the_consent_fits_the_one_challenge_that_the_console_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Zalo() as zalo:
        terminal = Terminal(tmp_path, monkeypatch, zalo)
        zalo.oauth.challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        status, told = await terminal.types("zalo", "login", zalo.oauth.consent())
        assert (status, "-14010" in told) == (1, True), told
        # the pair of RFC 7636, appendix B
        monkeypatch.setenv("TINBAO_ZALO_OA_CODE_VERIFIER", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        status, told = await terminal.types("zalo", "login", answer=zalo.oauth.consent() + "\n")
        assert status == 0, told
        assert f"code_challenge={zalo.oauth.challenge}" in told


async def test_half_settings_are_named_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Zalo() as zalo:
        terminal = Terminal(tmp_path, monkeypatch, zalo)
        monkeypatch.delenv("TINBAO_ZALO_OA_SECRET_KEY")
        status, told = await terminal.types("zalo", "status")
        assert (status, "TINBAO_ZALO_OA_SECRET_KEY is missing" in told) == (2, True), told
        for name in WHOLE:
            monkeypatch.delenv(name, raising=False)
        status, told = await terminal.types("zalo", "status")
        assert status == 1
        assert all(name in told for name in WHOLE), told
