"""The fake keeps Zalo's rules: what it lets through, Zalo would too."""

from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from tests.fakes.zalo_oa import APP_ID, APP_SECRET, OA_ID, Cut, Fault, ZaloOa

Json = dict[str, Any]
CS, TEMPLATE, QUOTA = "/v3.0/oa/message/cs", "/v3.0/oa/message/template", "/v3.0/oa/quota/message"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


async def call(zalo: ZaloOa, path: str, body: Json, token: str = "") -> Json:
    token = token or zalo.oauth.pair()[0]
    async with (
        aiohttp.ClientSession(zalo.base_url) as client,
        client.post(path, json=body, headers={"access_token": token}) as answer,
    ):
        assert answer.status == 200, "errors come with HTTP 200"
        found: Json = await answer.json()
    return found


async def token(zalo: ZaloOa, secret: str = APP_SECRET, **form: str) -> Json:
    async with (
        aiohttp.ClientSession(zalo.base_url) as client,
        client.post(
            "/v4/oa/access_token", data={"app_id": APP_ID, **form}, headers={"secret_key": secret}
        ) as answer,
    ):
        found: Json = await answer.json()
    return found


def to(person: str, **message: Any) -> Json:
    return {"recipient": {"user_id": person}, "message": message}


def with_buttons(*buttons: Json) -> Json:
    return {"text": "Chọn:", "attachment": {"type": "template", "payload": {"buttons": list(buttons)}}}


BUTTON: Json = {"title": "Gửi", "type": "oa.query.hide", "payload": "#1.0.abcdefgh"}
BAD: tuple[tuple[Json, int], ...] = (
    ({}, -201),
    ({"text": "  "}, -201),
    ({"text": "a" * 2001}, -210),
    (with_buttons(*[BUTTON] * 6), -210),
    (with_buttons({**BUTTON, "title": "a" * 101}), -210),
    (with_buttons({**BUTTON, "payload": "a" * 1001}), -210),
    (with_buttons({**BUTTON, "type": "callback"}), -201),
    ({"attachment": {"payload": {"template_type": "list", "elements": []}}}, -233),
    ({"attachment": {"payload": {"template_type": "media", "elements": [{"media_type": "image"}]}}}, -201),
)


@pytest.mark.parametrize(("message", "code"), BAD)
async def test_what_breaks_a_rule_is_refused_with_zalos_code(message: Json, code: int) -> None:
    async with ZaloOa() as zalo:
        zalo.person("1")
        assert (await call(zalo, CS, to("1", **message)))["error"] == code
        assert zalo.sent == []


async def test_a_refresh_token_works_once_and_an_access_token_for_its_life() -> None:
    clock = Clock()
    async with ZaloOa(clock=clock) as zalo:
        code = zalo.oauth.consent()
        pair = await token(zalo, grant_type="authorization_code", code=code)
        assert pair["expires_in"] == "90000"
        assert "error" in await token(zalo, grant_type="authorization_code", code=code)
        assert "error" in await token(
            zalo, "wrong", grant_type="refresh_token", refresh_token=pair["refresh_token"]
        )
        zalo.person("1")
        assert (await call(zalo, CS, to("1", text="a"), pair["access_token"]))["error"] == 0
        clock.now += timedelta(seconds=90_000)
        assert (await call(zalo, CS, to("1", text="a"), pair["access_token"]))["error"] == -220
        assert (await call(zalo, CS, to("1", text="a"), "no such"))["error"] == -216
        form = {"grant_type": "refresh_token", "refresh_token": pair["refresh_token"]}
        assert "access_token" in await token(zalo, **form)
        assert "error" in await token(zalo, **form)


async def test_the_window_is_free_for_two_days_then_paid_then_closed() -> None:
    clock = Clock()
    async with ZaloOa(clock=clock) as zalo:
        zalo.person("1")
        kinds = []
        for days in (0, 1, 1.5, 4, 1):
            clock.now += timedelta(days=days)
            answer = await call(zalo, CS, to("1", text="a"))
            kinds.append(answer.get("data", {}).get("quota", {}).get("quota_type", answer["error"]))
        assert kinds == ["reply", "reply", "purchase_quota", "purchase_quota", -230]
        quota = (await call(zalo, QUOTA, {"user_id": "1"}))["data"]
        assert quota["cs_reply"] == {"remain": 6, "total": 8}
        assert quota["last_interaction"].isdecimal()
        assert (await call(zalo, CS, to("2", text="a")))["error"] == -201


async def test_only_approved_templates_go_out_and_promotions_not_at_night() -> None:
    clock = Clock()
    async with ZaloOa(clock=clock) as zalo:
        zalo.person("1", interacted=False)
        body = {"user_id": "1", "template_id": "7", "template_data": {}}
        assert (await call(zalo, TEMPLATE, body))["error"] == -131
        zalo.templates["7"] = "promotion"
        assert (await call(zalo, TEMPLATE, body))["error"] == 0
        clock.now += timedelta(hours=13)
        assert (await call(zalo, TEMPLATE, body))["error"] == -133


async def test_faults_strike_where_and_as_often_as_they_are_told() -> None:
    async with ZaloOa() as zalo:
        zalo.person("1")
        zalo.fails(Fault("/cs", code=-32, message="limit", after=1))
        codes = [(await call(zalo, CS, to("1", text="a")))["error"] for _ in range(3)]
        assert codes == [0, -32, 0]
        for cut, arrived in ((Cut.BEFORE, 2), (Cut.AFTER, 3)):
            zalo.fails(Fault("/cs", cut=cut))
            with pytest.raises(aiohttp.ClientError):
                await call(zalo, CS, to("1", text="a"))
            assert len(zalo.people["1"].letters) == arrived
    assert OA_ID != APP_ID
