"""A small invented office on a real store, and a hand to press buttons with."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from bot.domain.cases import Alert, Case, CaseId, Excluded, Status, Watch
from bot.domain.conversation import Conversation
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Address, Heard, HeardKind, Lane, Letter
from bot.domain.officers import Officer, Role, Roster
from bot.domain.understanding import Places
from bot.ports import Delivered, NewReport, Outcome, Refused, Settled, UnitOfWork, Why
from bot.services import duty
from bot.services.officers import turn as officer_turn
from bot.services.tools import Tools
from storage.engine import SqlStore
from tests.services.people import (
    ASSESSED,
    BUTTONS,
    FIVE,
    HERE,
    HOME,
    NAMES,
    NOON,
    PEOPLE_BY_CODE,
    ROSTER,
    TELEGRAM,
    WORDS,
    _messages,
)
from tests.ticking import tick


@dataclass
class Office:
    """The store with everybody enrolled on Telegram; `now` moves only when a test says so."""

    store: SqlStore
    tools: Tools
    now: datetime = NOON
    claimed: list[Letter] = field(default_factory=list)

    # --- people ---

    def officer(self, code: str) -> Officer:
        roster = self.store.read(lambda uow: uow.office.roster())
        return next(one for one in roster.officers if one.code == code)

    def address(self, code: str) -> Address:
        return Address(TELEGRAM, "main", f"9000{PEOPLE_BY_CODE.index(code)}")

    # --- time and letters ---

    def forward(self, **span: float) -> None:
        """Let time pass the way the clock does: a tick every half minute."""
        until = self.now + timedelta(**span)
        while self.now < until:
            self.now = min(self.now + timedelta(seconds=30), until)
            self.tick()

    def tick(self) -> int:
        return self.store.write(lambda uow: tick(uow, self.tools, self.now))

    def deliver(self, outcome: Outcome | None = None, *, channel: str = TELEGRAM) -> list[Letter]:
        """Carry every due letter of the officers' channel; returns them in order."""
        carried: list[Letter] = []
        while batch := self.store.write(
            lambda uow: [
                letter
                for lane in Lane
                for letter in uow.outbox.claim(channel, "main", lane, 50, self.now, FIVE)
            ]
        ):
            carried += batch
            self.store.write(partial(self._settle, batch=tuple(batch), outcome=outcome or Delivered("1")))
        self.claimed += carried
        return carried

    def _settle(self, uow: UnitOfWork, batch: tuple[Letter, ...], outcome: Outcome) -> None:
        uow.outbox.settle([Settled(letter.id, outcome) for letter in batch], self.now)
        for letter in batch:
            if letter.alert is not None:
                duty.alert_settled(uow, self.tools, letter.alert, outcome, self.now)

    def refuse(self) -> list[Letter]:
        return self.deliver(Refused(Why.BLOCKED))

    def told(self, code: str) -> list[str]:
        """What this officer's telephone shows since the last look."""
        self.deliver()
        mine = [letter for letter in self.claimed if letter.to == self.address(code)]
        self.claimed = [letter for letter in self.claimed if letter.to != self.address(code)]
        return [letter.text for letter in mine]

    def letters(self, code: str) -> list[Letter]:
        self.deliver()
        mine = [letter for letter in self.claimed if letter.to == self.address(code)]
        self.claimed = [letter for letter in self.claimed if letter.to != self.address(code)]
        return mine

    # --- cases ---

    def report(self, writer: Address | None = None, **fields: object) -> CaseId:
        """A case as a citizen's report opens it, watched over."""
        made = Case(
            id=CaseId(0),
            kind=Kind.VIOLENCE,
            urgency=Urgency.EMERGENCY,
            status=Status.NEW,
            opened_at=self.now,
            clock_from=self.now,
            due_at=self.now + timedelta(hours=12),
            unit=HERE,
            excluded=Excluded(),
        )
        case = replace(made, **fields)  # type: ignore[arg-type]

        def work(uow: UnitOfWork) -> CaseId:
            id_ = uow.cases.open(case)
            if writer is not None:
                conversation, _ = uow.conversations.load(writer)
                uow.cases.add_report(
                    id_,
                    NewReport(
                        conversation, ASSESSED, {"where": "gần chợ"}, "telegram_public", self.now, None
                    ),
                )
            opened = uow.cases.get(id_)
            assert opened is not None
            duty.watch_over(uow, self.tools, opened, self.now)
            return id_

        return self.store.write(work)

    def case(self, id_: CaseId) -> Case:
        found = self.store.read(lambda uow: uow.cases.get(id_))
        assert found is not None
        return found

    def alerts(self, id_: CaseId) -> Sequence[Alert]:
        return self.store.read(lambda uow: uow.watches.alerts(id_))

    def watch(self, id_: CaseId) -> Watch:
        found = self.store.read(lambda uow: uow.watches.of_case(id_))
        assert found is not None
        return found

    def changes(self, case: Case) -> None:
        """Somebody changes the case: saved and routed anew."""

        def work(uow: UnitOfWork) -> None:
            uow.cases.save(case)
            changed = uow.cases.get(case.id)
            assert changed is not None
            duty.reroute(uow, self.tools, changed, self.now)

        self.store.write(work)

    def settles(self, alert: int, outcome: Outcome) -> None:
        self.store.write(lambda uow: duty.alert_settled(uow, self.tools, alert, outcome, self.now))

    def events(self, id_: CaseId) -> list[str]:
        return [
            e.code for e in self.store.read(lambda uow: uow.cases.entries(id_)) if e.code.startswith("event.")
        ]

    def ledger(self, subject: str) -> list[str]:
        return [row.action for row in self.store.read(lambda uow: uow.ledger.of(subject))]

    # --- officers speak ---

    def hears(self, code: str, kind: HeardKind = HeardKind.TEXT, **fields: object) -> None:
        heard = Heard(self.address(code), f"m{next(_messages)}", kind, self.now)
        heard = replace(heard, **fields)  # type: ignore[arg-type]
        officer = self.officer(code)
        self.store.write(lambda uow: officer_turn.answer(uow, self.tools, officer, heard, self.now))

    def types(self, code: str, text: str) -> str:
        """What the officer is answered."""
        self.deliver()
        self.claimed.clear()
        self.hears(code, text=text)
        return "\n".join(self.told(code))

    def presses(self, code: str, tap: str) -> str:
        self.deliver()
        self.claimed.clear()
        self.hears(code, HeardKind.TAP, tap=tap)
        return "\n".join(self.told(code))

    def writer_reads(self, writer: Address) -> list[str]:
        return [letter.text for letter in self.deliver(channel=writer.channel) if letter.to == writer]


def open_office(store: SqlStore, *, roster: Roster = ROSTER, buttons: int = 12) -> Office:
    """Everybody enrolled on Telegram except the collaborator."""
    tools = Tools(
        words=WORDS,
        signer=store.signer,
        assess=lambda _earlier, _texts: ASSESSED,
        find=lambda _: Places(),
        answer=lambda _: Places(),
        near=lambda _: Places(),
        unit_name=lambda code: NAMES.get(code, code),
        traits={TELEGRAM: replace(BUTTONS, buttons=buttons), "telegram_public": BUTTONS},
        public_url="https://tinbao.example",
        home=HOME,
    )
    office = Office(store, tools)

    def work(uow: UnitOfWork) -> None:
        uow.office.replace(roster)
        for one in uow.office.roster().officers:
            if one.role is not Role.COLLABORATOR:
                uow.office.enrol(one.id, office.address(one.code), NOON)

    store.write(work)
    return office


def say_state(office: Office, writer: Address, **fields: object) -> None:
    """Set something in a citizen's conversation."""

    def work(uow: UnitOfWork) -> None:
        id_, state = uow.conversations.load(writer)
        uow.conversations.save(id_, replace(state, **fields))  # type: ignore[arg-type]

    office.store.write(work)


def state_of(office: Office, person: Address) -> Conversation:
    return office.store.write(lambda uow: uow.conversations.load(person)[1])
