"""A whole hotline in one process: real services on a real database; only platforms and the clock are replaced."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from itertools import count

from bot.data.triage import load_triage
from bot.data.units import load_units
from bot.domain.cases import Case, CaseId
from bot.domain.messages import Address, Attachment, Heard, HeardKind, Lane, Letter, Media
from bot.domain.officers import Roster
from bot.domain.places import Gazetteer
from bot.domain.understanding import Point
from bot.ports import Delivered, Outcome, Refused, Settled, Taps, Traits, UnitOfWork, Why
from bot.services import duty, intake
from bot.services.tools import Tools
from handlers.zalo_bot.traits import ZALO_BOT
from handlers.zalo_oa.traits import ZALO_OA
from locales.catalogue import load as load_words
from storage.engine import SqlStore
from tests.stories.office import demo_roster
from tests.ticking import tick

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LEASE = timedelta(minutes=1)
STEP = timedelta(seconds=15)
PHONES = Traits(
    text_limit=4096,
    buttons=100,
    location=True,
    media=True,
    download_limit=20_000_000,
    may_write_first=True,
    per_chat=timedelta(0),
)
PAGES = replace(PHONES, pull=True)
TRAITS = {
    "telegram_public": PHONES,
    "telegram_officers": PHONES,
    "web_chat": PAGES,
    "web_desk": PAGES,
    "zalo_oa": ZALO_OA,
    "zalo_bot": ZALO_BOT,
}
_messages = count(1)


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer(load_units())


def tools_for(store: SqlStore) -> Tools:
    triage = load_triage()
    return Tools(
        words=load_words(),
        signer=store.signer,
        assess=triage.together,
        find=partial(_gazetteer().find, home="66"),
        answer=partial(_gazetteer().answer, home="66"),
        near=_gazetteer().near,
        unit_name=_gazetteer().full_name,
        traits=TRAITS,
        public_url="http://127.0.0.1:8080",
        home="66",
    )


@dataclass
class Person:
    """Somebody with a phone: what they were told, and what they can do."""

    world: "World"
    address: Address
    letters: list[Letter] = field(default_factory=list)
    blocks_us: bool = False

    def says(self, text: str) -> "Person":
        return self._sends(HeardKind.TEXT, text=text)

    def starts(self, token: str = "") -> "Person":
        return self._sends(HeardKind.START, tap=token)

    def shares(self, lat: float, lon: float) -> "Person":
        return self._sends(HeardKind.LOCATION, point=Point(lat, lon))

    def shows(self, *media: Media, album: str = "") -> "Person":
        attachments = tuple(Attachment(m, f"file{next(_messages)}") for m in media)
        return self._sends(HeardKind.MEDIA, attachments=attachments, album=album)

    def taps(self, label: str) -> "Person":
        """Presses the newest button whose text begins so: on some platforms that types what it carries."""
        tap, traits = self.button(label), self.world.tools.traits.get(self.address.channel)
        return self.says(tap) if traits is not None and traits.taps is Taps.TYPED else self.presses(tap)

    def presses(self, tap: str) -> "Person":
        return self._sends(HeardKind.TAP, tap=tap)

    def button(self, label: str) -> str:
        for letter in reversed(self.letters):
            for row in letter.buttons:
                for button in row:
                    if button.text.startswith(label):
                        return button.tap or button.url
        raise AssertionError(f"no button {label!r} in {[b.text for b in self._buttons()]}")

    def _buttons(self) -> Iterator["object"]:
        return (button for letter in self.letters for row in letter.buttons for button in row)

    def was_told(self, words: str) -> bool:
        return any(words in letter.text for letter in self.letters)

    @property
    def last(self) -> str:
        return self.letters[-1].text if self.letters else ""

    @property
    def alerts(self) -> list[str]:
        """First lines of the cards that rang."""
        return [letter.text.splitlines()[0] for letter in self.letters if letter.lane is Lane.ALERT]

    def forgets(self) -> None:
        self.letters.clear()

    def _sends(self, kind: HeardKind, **what: object) -> "Person":
        heard = Heard(self.address, str(next(_messages)), kind, self.world.now, **what)  # type: ignore[arg-type]
        self.world.hear(heard)
        return self


class World:
    """Everything but the network: time goes only when told to."""

    def __init__(self, store: SqlStore, roster: Roster | None = None) -> None:
        self.store = store
        self.tools = tools_for(store)
        self.now = START
        self.people: dict[Address, Person] = {}
        self.down: set[str] = set()
        """Channels whose platform answers nothing."""
        self.store.write(lambda uow: uow.office.replace(roster or demo_roster()))

    # --- people ---

    def citizen(self, channel: str = "telegram_public") -> Person:
        return self.person(Address(channel, "main", f"person-{len(self.people)}"))

    def officer(self, code: str, channel: str = "telegram_officers") -> Person:
        """An officer of the roster, enrolled on this channel."""
        officer = next(one for one in self.roster().officers if one.code == code)
        place = str(officer.id) if channel == "web_desk" else f"officer-{code}"
        person = self.person(Address(channel, "main", place))
        self.store.write(lambda uow: uow.office.enrol(officer.id, person.address, self.now))
        return person

    def person(self, address: Address) -> Person:
        return self.people.setdefault(address, Person(self, address))

    def roster(self) -> Roster:
        return self.store.read(lambda uow: uow.office.roster())

    # --- what happens ---

    def hear(self, heard: Heard) -> None:
        """One message: stored, answered, and everything that follows from it delivered."""
        self.store.write(lambda uow: intake.hear(uow, heard, self.now))
        while self.store.write(lambda uow: intake.answer(uow, self.tools, heard.sender, self.now)):
            pass
        self.deliver()

    def forward(self, **time: float) -> None:
        """Let the clock run, tick by tick."""
        end = self.now + timedelta(**time)
        while self.now < end:
            self.now = min(end, self.now + STEP)
            self.tick()
            self.deliver()

    def tick(self) -> None:
        for person in self.store.read(lambda uow: intake.quiet(uow, self.now)):
            self.store.write(partial(intake.wake, tools=self.tools, person=person, now=self.now))
        self.store.write(lambda uow: tick(uow, self.tools, self.now))
        self.store.write(lambda uow: uow.ledger.link(500))

    def deliver(self) -> None:
        """Carry the outbox until nothing is due."""
        while any([self._carry(channel, lane) for channel in TRAITS for lane in Lane]):
            pass

    def _carry(self, channel: str, lane: Lane) -> bool:
        if TRAITS[channel].pull:
            return self._fetch(channel, lane)
        claimed = self.store.write(lambda uow: uow.outbox.claim(channel, "main", lane, 50, self.now, LEASE))
        for letter in claimed:
            self._settle(letter, self._send(letter))
        return bool(claimed)

    def _send(self, letter: Letter) -> Outcome:
        person = self.person(letter.to)
        if person.blocks_us:
            return Refused(Why.BLOCKED)
        person.letters.append(letter)
        return Delivered(str(letter.id))

    def _settle(self, letter: Letter, outcome: Outcome) -> None:
        def work(uow: UnitOfWork) -> None:
            uow.outbox.settle([Settled(letter.id, outcome)], self.now)
            if letter.alert is not None:
                duty.alert_settled(uow, self.tools, letter.alert, outcome, self.now)

        self.store.write(work)

    def _fetch(self, channel: str, lane: Lane) -> bool:
        """Pages of people who are looking at them fetch their letters."""
        fetched = False
        for person in [p for p in self.people.values() if p.address.channel == channel]:
            known = max((letter.id for letter in person.letters), default=0)
            letters = self.store.read(lambda uow, p=person, k=known: uow.outbox.waiting_for(p.address, k))
            new = [letter for letter in letters if letter.lane is lane]
            person.letters.extend(new)
            person.letters.sort(key=lambda letter: letter.id)
            fetched = fetched or bool(new)
        return fetched

    # --- what can be seen ---

    def case(self, number: int) -> Case:
        case = self.store.read(lambda uow: uow.cases.get(CaseId(number)))
        assert case is not None, f"no case {number}"
        return case

    def cases(self) -> int:
        return self.store.read(lambda uow: uow.cases.count_open())

    def receipt(self, person: Person) -> str:
        """The 16 digits that this person was given."""
        for letter in reversed(person.letters):
            found = re.search(r"(?:\d[ .-]?){16}", letter.text)
            if found:
                return re.sub(r"\D", "", found.group())
        raise AssertionError("no receipt")
