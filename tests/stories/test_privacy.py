"""Marked words go through everything, also what breaks: they stand in no log, card, metric or file."""

import asyncio
import logging
import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import ClientError
from sqlalchemy import text

from bot.app import build, office, run
from bot.ports import Queue
from bot.settings import load
from tests.fakes.bot_api import Cut, Fault
from tests.handlers.office import eventually
from tests.stories.house import House, house, worker
from tests.stories.marked import (
    CHAT,
    FILE,
    LAT,
    LON,
    NAME,
    OFFICERS_OWN,
    OTHER_CHAT,
    PHONE,
    POISON,
    STRANGER,
    WORD,
    Watched,
    watched,
)
from tests.stories.program import OFFICERS, PATHS, PUBLIC, SECRET, free_port

CRY = f"Cứu em với, bố {WORD} đang cầm dao đánh em ở xã Ea Kao, số của mẹ {PHONE}"
RECEIPT = re.compile(r"\d{4} \d{4} \d{4} \d{4}")


async def everything_by_telegram(place: House) -> None:
    """Every kind of message, and every way for a letter to fail."""
    child = place.api.person(CHAT, NAME, token=PUBLIC)
    place.api.person(OFFICERS_OWN, token=OFFICERS).starts()
    child.says(CRY)
    await place.settled()
    await eventually(lambda: any(RECEIPT.search(told) for told in child.texts), "the receipt", within=30)
    place.api.bot(PUBLIC).faults.add(
        Fault(method="sendMessage", chat=CHAT, code=400, description=f"Bad Request: {WORD} {CHAT}")
    )
    child.says(f"em là {NAME}, {WORD}")
    await place.settled()
    for fault in (
        Fault(method="sendMessage", chat=CHAT, garbage=True),
        Fault(method="sendMessage", chat=CHAT, cut=Cut.AFTER),
        Fault(method="sendMessage", chat=CHAT, code=429, retry_after=1),
        Fault(method="getFile", code=400, description=f"Bad Request: {FILE} {WORD}", times=2),
    ):
        place.api.bot(PUBLIC).faults.add(fault)
    child.shares_location(LAT, LON)
    child.shares_contact(f"+84{PHONE[1:]}", NAME)
    child.sends_photo(f"ảnh {WORD}", content=b"\xff\xd8zqxw pixels\xff\xd9")
    child.sends_file("document", WORD, content=b"zqxw content", file_name=FILE)
    child.sends_file("document", WORD, content=b"zqxw large", size=50_000_000, file_name=FILE)
    child.sends_poll(f"{WORD}?", (NAME, WORD))
    child.edits(1, f"{WORD} sửa lại")
    child.taps_data(f"{WORD}:nothing")
    child.sends({"text": WORD, "zqxw_new_kind": {"of": NAME}})
    child.sends({"checklist": {"title": WORD, "tasks": "none"}})
    await place.settled()
    other = place.api.person(OTHER_CHAT, NAME, token=PUBLIC)
    other.says(f"{POISON} em tên {NAME}")
    await place.settled()
    other.blocks()
    await place.settled()
    stranger = place.api.person(STRANGER, NAME, token=OFFICERS)
    stranger.says(f"/start {WORD}")
    stranger.says(CRY)
    await place.settled()


async def wrong_webhooks(place: House) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    message = {"chat": {"id": CHAT}, "text": WORD}
    update = {"update_id": 1, "message": message}
    async with place.browser() as anybody:
        for path in PATHS.values():
            for body in (update, {**update, "message": {**message, "date": WORD}}, {WORD: CHAT}):
                for sent in (headers, {"X-Telegram-Bot-Api-Secret-Token": WORD}):
                    async with anybody.post(path, json=body, headers=sent) as answer:
                        assert answer.status < 600
            async with anybody.post(path, data=f"no json {WORD}".encode(), headers=headers) as answer:
                assert answer.status == 200


async def everything_on_the_page(place: House) -> None:
    async with place.browser() as child:
        for body in (
            {"id": "message-0001", "text": CRY},
            {"id": "message-0002", "lat": LAT, "lon": LON},
            {"id": "message-0003", "text": f"{POISON} {NAME}"},
            {"id": "message-0004", "text": f"em tên {NAME}", "lang": WORD},
        ):
            async with child.post("/chat/say", json=body) as answer:
                assert answer.status == 202
        for path, wrong in (("/chat/say", f'{{"id": "{WORD}"'), ("/chat/seen", WORD)):
            async with child.post(path, data=wrong, headers={"Content-Type": "application/json"}) as answer:
                assert answer.status == 400
        async with child.post(f"/chat/file?id=upload-0001&name={FILE}", data=b"zqxw bytes") as answer:
            assert answer.status == 202
        broken = {"Content-Type": f"multipart/form-data; boundary={WORD}"}
        for raw in (f"--{WORD}\r\nContent-Disposition: form-data; name={NAME}", WORD, f"--other\r\n{WORD}"):
            with suppress(ClientError):
                async with child.post("/chat/file", data=raw.encode(), headers=broken) as answer:
                    assert answer.status >= 400
                async with child.post("/chat/say", data=raw.encode(), headers=broken) as answer:
                    assert answer.status >= 400
        async with child.get(f"/{WORD}/{PHONE}?{NAME}") as answer:
            assert answer.status == 404
    await bare_bytes(place)
    await place.settled()


async def bare_bytes(place: House) -> None:
    """What no HTTP library would send."""
    port = int(place.url.rsplit(":", 1)[1])
    for raw in (
        f"GET /{WORD}\x01 {NAME}\r\n\r\n",
        f"POST /chat/say HTTP/1.1\r\nHost: x\r\nX-{WORD}\x00: {PHONE}\r\n\r\n",
        f"POST /chat/say HTTP/1.1\r\nHost: x\r\nContent-Length: {WORD}\r\n\r\n",
        f"POST /chat/say HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{WORD}\r\n",
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(raw.encode())
        assert b" 400 " in await asyncio.wait_for(reader.readline(), 5)
        writer.close()


async def officers_work(place: House) -> None:
    """A log-in, looks, notes, a search; the search breaks, with the words in its error."""
    officer = place.api.person(OFFICERS_OWN, token=OFFICERS)
    officer.says(f"/ghi 1 {WORD}")
    officer.says(f"/hoi 1 {WORD}?")
    await place.settled()
    async with place.browser() as desk:
        async with desk.post("/desk/login", data={"officer": worker(place.found).id}) as answer:
            token = (await answer.text()).split('name="csrf" value="')[1].split('"')[0]
        case = place.found.store.read(lambda uow: uow.cases.queue(Queue()))[0]
        form = {"csrf": token, "words": f"{NAME} {PHONE}", "text": WORD, "reason": NAME, "to": WORD}
        form |= {"version": str(case.version), "role": WORD, "unit": WORD, "exclude_unit": WORD, "once": WORD}
        for act in ("take", "note", "ask", "hand_on", "exclude", "unit", "urgency", "close", "join"):
            async with desk.post(f"/desk/case/{case.id}/{act}", data=form) as answer:
                assert answer.status < 500, act
        for path in ("/desk/search", "/desk/new"):
            async with desk.post(path, data=form | {"source": "phone", "name": NAME}) as answer:
                assert answer.status < 500, path
        with place.found.store.engine.connect() as connection:
            connection.execute(text("ALTER TABLE case_words RENAME TO gone"))
        async with desk.post("/desk/search", data=form) as answer:
            assert answer.status == 500
            assert WORD not in await answer.text()
        with place.found.store.engine.connect() as connection:
            connection.execute(text("ALTER TABLE gone RENAME TO case_words"))


async def test_nobodys_words_name_number_or_address_stands_where_others_read(tmp_path: Path) -> None:
    async with house(tmp_path) as place:
        await wrong_webhooks(place)
        await everything_by_telegram(place)
        await everything_on_the_page(place)
        await officers_work(place)
        said = "\n".join(sent.text for sent in place.api.sent_to(CHAT, token=PUBLIC))
        receipts = RECEIPT.findall(said)
        assert receipts, "the receipt is looked for too"
        place.seen.marks += [form for one in receipts for form in (one, one.replace(" ", ""))]
        cards = [s.text for s in place.api.sent_to(OFFICERS_OWN, token=OFFICERS) if s.text.startswith("Vụ ")]
        assert cards
        assert place.seen.found(metrics=await place.metrics(), cards="\n".join(cards)) == []
        assert "ValueError" in place.seen.log.getvalue(), "the poison was met"
        assert "OperationalError" in place.seen.log.getvalue(), "the broken search was met"
        assert "tinbao_heard_total" in await place.metrics()


@pytest.mark.parametrize("mark", [WORD, str(CHAT), PHONE])
def test_the_search_would_find_a_mark(tmp_path: Path, mark: str) -> None:
    (tmp_path / "x.db-wal").write_bytes(b"\0" + mark.upper().encode() + b"\0")
    assert Watched(tmp_path).found() == [("x.db-wal", m) for m in Watched(tmp_path).marks if m in mark]


async def test_what_the_event_loop_complains_of_is_not_said(tmp_path: Path) -> None:
    with watched(tmp_path) as seen:
        loop = asyncio.get_running_loop()
        loop.call_exception_handler(
            {
                "message": "Task exception was never retrieved",
                "exception": ValueError(CRY),
                "task": CRY,
            }
        )
        loop.call_soon(int, CRY)
        logging.getLogger("asyncio").error("socket.accept() out of system resource")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        told = seen.log.getvalue()
    assert WORD not in told
    assert "Task exception was never retrieved: ValueError" in told
    assert "Exception in callback int: ValueError" in told
    assert "socket.accept() out of system resource" in told


class Broken:
    """A service that ends with a person's words in its error."""

    async def run(self) -> None:
        raise ValueError(CRY)


async def test_what_ends_the_program_is_told_by_its_place_only(tmp_path: Path) -> None:
    settings = load(
        database_url=f"sqlite:///{tmp_path}/tinbao.db", seal_key_file=tmp_path / "keys.json",
        files_dir=tmp_path / "files", http_port=free_port(),
    )  # fmt: skip
    with watched(tmp_path) as seen, office(settings) as found:
        hotline = build(settings, found)
        with pytest.raises(SystemExit) as ended:
            await run(replace(hotline, services=(*hotline.services, Broken())), lambda _: None)
        assert ended.value.code == 1
        assert ended.value.__suppress_context__
        assert "CRITICAL bot.app stopped: ValueError in test_privacy.py" in seen.log.getvalue()
        assert seen.found() == []
