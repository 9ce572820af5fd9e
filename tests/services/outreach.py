"""An invented office that runs campaigns on a real store: officers, subscribers, a clock that a test moves."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from bot.domain.campaigns.campaign import EVERY_CHANNEL, Audience, Campaign, Content, State
from bot.domain.campaigns.schedule import Once, Schedule
from bot.domain.campaigns.subscribers import Run, Subscriber
from bot.domain.messages import Address, Heard, HeardKind, Lane, Letter
from bot.domain.officers import Officer
from bot.office.campaigns import shipped_dates
from bot.ports import UnitOfWork
from bot.services import intake, outreach
from bot.services.outreach import Saved
from bot.services.tools import Tools
from storage.engine import SqlStore
from tests.services.office import Office, open_office
from tests.services.people import BUTTONS, ELSEWHERE, HERE, HOME

NEWS = "telegram_news"
ZALO = "zalo_oa"
MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""Friday, 08:00 in Vietnam."""
ZALO_TRAITS = replace(
    BUTTONS,
    text_limit=2000,
    buttons=5,
    window=timedelta(days=7),
    free=timedelta(days=2),
    picture_limit=1_000_000,
    advertising=(time(6), time(22)),
    templates=True,
)
_numbers = count(1)


@dataclass
class News:
    """The office's campaigns, by hand."""

    office: Office
    now: datetime = MORNING
    read: dict[Address, list[Letter]] = field(default_factory=dict)

    @property
    def tools(self) -> Tools:
        return self.office.tools

    @property
    def store(self) -> SqlStore:
        return self.office.store

    def officer(self, code: str) -> Officer:
        return self.office.officer(code)

    # --- people ---

    def person(self, name: str = "an", channel: str = NEWS) -> Address:
        return Address(channel, "main", f"person-{name}")

    def says(self, person: Address, text: str) -> str:
        return self.hears(person, HeardKind.TEXT, text=text)

    def taps(self, person: Address, tap: str) -> str:
        return self.hears(person, HeardKind.TAP, tap=tap)

    def starts(self, person: Address, code: str) -> str:
        return self.hears(person, HeardKind.START, tap=code)

    def hears(self, person: Address, kind: HeardKind, **what: object) -> str:
        """What this person is answered."""
        heard = Heard(person, f"n{next(_numbers)}", kind, self.now, **what)  # type: ignore[arg-type]
        self.store.write(lambda uow: intake.hear(uow, heard, self.now))
        while self.store.write(lambda uow: intake.answer(uow, self.tools, person, self.now)):
            pass
        return "\n".join(letter.text for letter in self.letters(person))

    def letters(self, person: Address) -> list[Letter]:
        """What waits for this person, taken."""
        return [letter for letter in self.office.deliver(channel=person.channel) if letter.to == person]

    def subscriber(self, person: Address) -> Subscriber | None:
        return self.store.read(lambda uow: uow.subscribers.at(person))

    def subscribes(self, *people: Address, **fields: object) -> None:
        def work(uow: UnitOfWork) -> None:
            for one in people:
                fresh = Subscriber(0, one, unit=HERE, province=HOME, since=self.now)
                uow.subscribers.put(replace(fresh, **fields), self.now)  # type: ignore[arg-type]

        self.store.write(work)

    # --- campaigns ---

    def draft(self, **fields: object) -> Campaign:
        """Saved by Hoa for her commune, tomorrow at 8."""
        made = replace(a_campaign(), **fields)  # type: ignore[arg-type]
        saved = self.store.write(
            lambda uow: outreach.save_draft(uow, self.tools, self.officer("HOA"), made, self.now)
        )
        assert isinstance(saved, Saved), saved
        return saved.campaign

    def approved(self, **fields: object) -> Campaign:
        """Written by Hoa, approved by the supervisor."""
        draft = self.draft(**fields)
        self.does(outreach.propose, "HOA", draft.id)
        told = self.does(outreach.approve, "SUP", draft.id)
        assert isinstance(told, outreach.Done), told
        return self.campaign(draft.id)

    def does(self, act: object, code: str, id_: int, **more: object) -> outreach.Outcome:
        officer = self.officer(code)
        return self.store.write(
            lambda uow: act(uow, self.tools, officer, id_, self.now, **more)  # type: ignore[operator,no-any-return]
        )

    def campaign(self, id_: int) -> Campaign:
        found = self.store.read(lambda uow: uow.campaigns.get(id_))
        assert found is not None
        return found

    def runs(self, id_: int) -> list[Run]:
        return list(self.store.read(lambda uow: uow.runs.of(id_)))

    def tick(self, now: datetime | None = None) -> int:
        self.now = self.office.now = now or self.now
        return self.store.write(lambda uow: outreach.tick(uow, self.tools, self.now))

    def ledger(self, id_: int) -> list[str]:
        return self.office.ledger(f"campaign:{id_}")

    def told(self, code: str) -> str:
        return "\n".join(self.office.told(code))

    def alerts(self, code: str) -> list[Letter]:
        return [letter for letter in self.office.letters(code) if letter.lane is Lane.ALERT]


def a_campaign() -> Campaign:
    return Campaign(
        id=0,
        code="an-toan",
        title="An toàn",
        content=Content({"vi": {EVERY_CHANNEL: "Giữ trẻ an toàn ở {commune}. {office}"}}),
        audience=Audience(units=(HERE,)),
        schedule=Schedule((Once(date(2026, 11, 21)),)),
        state=State.DRAFT,
    )


def open_news(store: SqlStore) -> News:
    office = open_office(store)
    traits = {**office.tools.traits, NEWS: BUTTONS, ZALO: ZALO_TRAITS}
    units = frozenset({HERE, ELSEWHERE, HOME})
    office.tools = replace(office.tools, traits=traits, dates=shipped_dates(), units=units)
    office.now = MORNING
    return News(office)
