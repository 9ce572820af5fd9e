"""An invented office's campaigns and subscribers."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, insert

from bot.domain.campaigns.campaign import Audience, Campaign, Content, State
from bot.domain.campaigns.schedule import Once, Schedule
from bot.domain.campaigns.subscribers import Run, RunState, Subscriber
from bot.domain.messages import Address
from bot.ports import UnitOfWork
from bot.ports.outreach import RunLetter
from storage.engine import SqlStore
from storage.outreach.humans import human
from storage.outreach.people import ADDRESS as SEALED_AS
from storage.rows import AddressBody, encode, micros
from storage.tables import subscribers
from storage.writer.db import Prepared
from tests.storage.people import NOW

FIRST: Final = 700_300_000
BATCH: Final = 5_000
_COLUMNS: Final = (
    "channel",
    "account",
    "lang",
    "topics",
    "since",
    "unit",
    "province",
    "person",
    "human",
    "address",
)
_ADD = Prepared(insert(subscribers).values({name: bindparam(name) for name in _COLUMNS}))
NEWS: Final = "telegram_news"
EVERYBODY: Final = Audience()
NO_CAP: Final = (1_000, timedelta(days=7))
LEASE: Final = timedelta(minutes=1)
WORDS: Final = "Trẻ em không xuống ao, suối khi không có người lớn."


def a_campaign(code: str = "duoi-nuoc", *, urgent: bool = False, state: State = State.APPROVED) -> Campaign:
    schedule = Schedule((Once(date(2026, 11, 21)),))
    content = Content({"vi": {"": WORDS}})
    return Campaign(0, code, "Phòng đuối nước", content, EVERYBODY, schedule, state, urgent=urgent)


def a_subscriber(number: int, **more: object) -> Subscriber:
    address = Address(NEWS, "main", str(700_200_000 + number))
    return Subscriber(0, address, **{"since": NOW, **more})  # type: ignore[arg-type]


def subscribed(store: SqlStore, count: int, **more: object) -> Sequence[Subscriber]:
    people = [a_subscriber(number, **more) for number in range(count)]
    store.write(lambda uow: [uow.subscribers.put(one, NOW) for one in people])
    return people


def begun(
    uow: UnitOfWork, campaign: Campaign | None = None, *, at: datetime = NOW, texts: Sequence[str] = ("vi",)
) -> int:
    """A run of a campaign that is added with it, with its words; nothing frozen yet."""
    id_ = uow.campaigns.add(campaign or a_campaign())
    run = uow.runs.begin(id_, at, RunState.FREEZING, NOW)
    assert run is not None
    for lang in texts:
        uow.runs.text(run, lang, NEWS, WORDS if lang == "vi" else "No child goes near water alone.")
    return run


def frozen(
    store: SqlStore,
    campaign: Campaign | None = None,
    audience: Audience = EVERYBODY,
    cap: tuple[int, timedelta] = NO_CAP,
    at: datetime = NOW,
) -> int:
    """A run that is ready."""
    run = store.write(lambda uow: begun(uow, campaign, at=at))
    freeze(store, run, audience, cap)
    return run


def freeze(
    store: SqlStore,
    run: int,
    audience: Audience = EVERYBODY,
    cap: tuple[int, timedelta] = NO_CAP,
    chunk: int = 50,
) -> None:
    while store.write(lambda uow: uow.runs.freeze(run, audience, cap, chunk, NOW)):
        pass


def claim(
    store: SqlStore, limit: int = 100, now: datetime = NOW, *, urgent_only: bool = False
) -> Sequence[RunLetter]:
    return store.write(lambda uow: uow.runs.claim(NEWS, "main", limit, now, LEASE, urgent_only=urgent_only))


def the_run(store: SqlStore, run: int) -> Run:
    found = store.read(lambda uow: uow.runs.get(run))
    assert found is not None
    return found


def crowd(store: SqlStore, count: int, channel: str = NEWS, account: str = "main") -> None:
    """So many subscribers at once, quicker than one by one; their numbers begin at 700,300,000."""
    seals = store.memory.seals

    def rows(numbers: range) -> list[dict[str, object]]:
        found: list[dict[str, object]] = []
        for number in numbers:
            body = encode(AddressBody(channel, account, str(FIRST + number)))
            to = Address(channel, account, str(FIRST + number))
            found.append(
                {
                    "channel": channel, "account": account, "lang": "vi", "topics": 63, "since": micros(NOW),
                    "unit": "24163", "province": "66", "person": seals.person(to), "human": human(seals, to),
                    "address": seals.seal(body, SEALED_AS),
                }
            )  # fmt: skip
        return found

    for first in range(0, count, BATCH):
        batch = rows(range(first, min(count, first + BATCH)))
        store.transact(lambda db, batch=batch: db.many(_ADD, batch))
