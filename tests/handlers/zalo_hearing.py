"""The Zalo webhook on a real gate and a real database, behind a real server on loopback."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bot.domain.messages import Address
from bot.ports import Waiting
from handlers.gate import Gate
from handlers.zalo_oa.signature import Keys
from handlers.zalo_oa.traits import NAME
from handlers.zalo_oa.webhook import PATH, Webhook
from storage.engine import SqlStore
from tests.fakes.zalo_oa.bodies import APP, OA, PERSON
from tests.fakes.zalo_oa.push import SECRET, Push
from tests.handlers.office import a_gate, office, waiting

KEYS = Keys(APP, OA, SECRET)


@dataclass
class Hearing:
    """The webhook, who stands behind it, and Zalo in front of it."""

    store: SqlStore
    gate: Gate
    webhook: Webhook
    zalo: Push

    @property
    def rows(self) -> int:
        """Unanswered messages in the inbox."""
        return waiting(self.store)

    @property
    def shut(self) -> int:
        return self.store.read(lambda uow: uow.quarantine.count(NAME))

    def oldest(self, person: str = PERSON) -> Waiting | None:
        return self.store.read(lambda uow: uow.inbox.oldest(Address(NAME, OA, person)))

    def counted(self, what: str) -> int:
        return self.gate.pulse.counts.get(f"zalo_{what}", 0)

    @property
    def alarms(self) -> Sequence[str]:
        return [
            row.code
            for row in self.store.read(lambda uow: uow.alarms.standing(self.gate.now().replace(year=2020)))
        ]


@asynccontextmanager
async def a_webhook(store: SqlStore, keys: Keys = KEYS) -> AsyncIterator[Hearing]:
    """Turns are not taken: what is heard stays in the inbox."""
    gate = a_gate(store, office(store))
    webhook = Webhook(gate, keys, keys.oa_id)
    application = web.Application()
    application.add_routes(webhook.routes())
    served = web.AppRunner(application, access_log=None)
    await served.setup()
    await web.TCPSite(served, "127.0.0.1", 0).start()
    try:
        async with Push(f"http://127.0.0.1:{served.addresses[0][1]}{PATH}") as zalo:
            yield Hearing(store, gate, webhook, zalo)
    finally:
        await served.cleanup()
        gate.close()
