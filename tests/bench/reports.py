"""From a report's webhook to the officer's card at the Bot API, while ten thousand cases are open."""

import asyncio
import re
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bot.data.units import load_units
from bot.domain.cases import Alert, Case
from bot.domain.kinds import Urgency
from bot.domain.messages import Address
from bot.ports import UnitOfWork
from tests.bench.child import Child, serving
from tests.bench.line import Lines
from tests.bench.office import chat_of, fill, opened
from tests.bench.people import update
from tests.bench.settings import ACCOUNT, OFFICERS, PUBLIC, SECRET, fresh, with_bots
from tests.bench.table import Row, quantile
from tests.fakes.bot_api import BotApi, Limits

PATH = "/telegram/public"
RATE = 50
SECONDS = 60
OPEN_CASES, ON_TELEGRAM = 10_000, 200
EMERGENCIES = 5
"""Every fifth report is one."""
LAST_CARDS = 15.0
"""Seconds for what is still under way at the end."""
FIRST_PERSON = 20_000_000
_NUMBER = re.compile(r"\d+")


@dataclass(slots=True)
class Watched:
    """What was seen from outside: when each report was sent, how soon the webhook answered."""

    sent: dict[int, float] = field(default_factory=dict)
    """Seconds since the epoch, by person."""
    answered: list[float] = field(default_factory=list)
    megabytes: float = 0.0


async def reports(*, quick: bool) -> list[Row]:
    """Both rows, and the memory after the second."""
    rate, seconds, cases = (20, 10, 1_000) if quick else (RATE, SECONDS, OPEN_CASES)
    folder, seen, cards = await _run("lifted", rate, seconds, cases)
    waits = await asyncio.to_thread(_waits, folder, seen, cards, only_first_emergencies=False)
    rows = [
        Row(
            "report to card, p99", _ms(waits), "ms", "1,000 ms", None, _load(rate, seconds, cases, len(waits))
        ),
        Row("report to card, p50", quantile(waits, 0.5) * 1e3, "ms"),
        Row("webhook answered, p99", _ms(seen.answered), "ms", "200 ms"),
        Row("reports that no card reached", len(seen.sent) - len(waits), "", "0"),
    ]
    folder, seen, cards = await _run("telegram", rate, seconds, cases)
    waits = await asyncio.to_thread(_waits, folder, seen, cards, only_first_emergencies=True)
    note = _load(rate, seconds, cases, len(waits)) + "; 30/s, 1/s per chat, bundles"
    return [
        *rows,
        Row("first emergencies at Telegram's limits, p99", _ms(waits), "ms", "2,000 ms", None, note),
        Row("webhook answered at Telegram's limits, p99", _ms(seen.answered), "ms", "200 ms"),
        Row("resident memory after that, both bots", seen.megabytes, "MB", "400 MB"),
    ]


def _ms(waits: list[float]) -> float:
    return quantile(waits, 0.99) * 1e3


def _load(rate: int, seconds: int, cases: int, counted: int) -> str:
    return (
        f"{rate} reports/s for {seconds} s, {cases:,} open cases, {ON_TELEGRAM} officers; {counted:,} counted"
    )


async def _run(limits: str, rate: int, seconds: int, cases: int) -> tuple[Path, Watched, dict[int, float]]:
    folder, seen = fresh("reports"), Watched()
    await asyncio.to_thread(fill, folder, officers=ON_TELEGRAM, cases=cases)
    async with BotApi() as fake:
        await asyncio.to_thread(_acquaint, fake, folder, rate * seconds)
        if limits == "telegram":
            fake.keeps_limits(Limits(), token=OFFICERS)
            fake.keeps_limits(Limits(), token=PUBLIC)
        more = ["--one-by-one"] if limits == "lifted" else []
        env = with_bots(folder, fake.base_url)
        child = Child("-m", "tests.bench.server", "--limits", limits, *more, env=env)
        async with serving(child):
            await _send(child.port, rate, seconds, seen)
            await asyncio.sleep(LAST_CARDS)
            seen.megabytes = child.megabytes()
        return folder, seen, _cards(fake)


def _acquaint(fake: BotApi, folder: Path, people: int) -> None:
    """Whom the two bots may write to."""
    store = opened(folder)
    roster = store.read(lambda uow: uow.office.roster())
    store.close()
    for officer in roster.officers:
        fake.person(int(chat_of(officer.id).person), token=OFFICERS)
    for number in range(people):
        fake.person(FIRST_PERSON + number, token=PUBLIC)


async def _send(port: int, rate: int, seconds: int, seen: Watched) -> None:
    """In an open loop: a slow answer does not hold up the next report."""
    communes = [unit.name for unit in load_units().communes if unit.province == "66"]
    start = time.perf_counter()
    async with Lines(port) as lines, asyncio.TaskGroup() as group:
        for number in range(rate * seconds):
            await asyncio.sleep(max(0.0, start + number / rate - time.perf_counter()))
            text = _report(number, communes[number * 37 % len(communes)])
            group.create_task(_one(lines, FIRST_PERSON + number, text, seen))


def _report(number: int, commune: str) -> str:
    if number % EMERGENCIES == 0:
        return f"cứu với, bố đang cầm dao đuổi đánh hai mẹ con nhà bên, ở {commune}"
    return f"Bạn em bị bố dượng đánh bằng roi bầm tím hết tay, nhà ở {commune}"


async def _one(lines: Lines, person: int, text: str, seen: Watched) -> None:
    body = update(person, text)
    seen.sent[person] = time.time()
    before = time.perf_counter()
    status = await lines.post(PATH, body, SECRET)
    if status != 200:
        raise RuntimeError(f"the webhook answered {status}")
    seen.answered.append(time.perf_counter() - before)


def _cards(fake: BotApi) -> dict[int, float]:
    """When the first card of each case arrived, by its number, the first in a card's headline."""
    cards: dict[int, float] = {}
    for sent in fake.bot(OFFICERS).sent:
        if (found := _NUMBER.search(sent.text)) is not None:
            cards.setdefault(int(found.group()), sent.at)
    return cards


def _waits(
    folder: Path, seen: Watched, cards: dict[int, float], *, only_first_emergencies: bool
) -> list[float]:
    """Seconds from each report to the card of its case."""
    store = opened(folder)
    waits: list[float] = []
    try:
        for person, sent in seen.sent.items():
            case, alerts = store.write(partial(_case_of, person=person))
            if case is None or (only_first_emergencies and not _first_emergency(case, alerts)):
                continue
            if (at := cards.get(case.id)) is not None:
                waits.append(at - sent)
            elif only_first_emergencies:
                waits.append(LAST_CARDS)
    finally:
        store.close()
    return waits


def _case_of(uow: UnitOfWork, person: int) -> tuple[Case | None, tuple[Alert, ...]]:
    _, state = uow.conversations.load(Address("telegram_public", ACCOUNT, str(person)))
    case = None if state.case is None else uow.cases.get(state.case)
    return case, () if case is None else tuple(uow.watches.alerts(case.id))


def _first_emergency(case: Case, alerts: tuple[Alert, ...]) -> bool:
    """Went out at once: neither waits in a bundle nor went out in one."""
    if case.urgency is not Urgency.EMERGENCY or not alerts:
        return False
    first = alerts[0]
    return first.bundle_at is None and first.carried_by is None
