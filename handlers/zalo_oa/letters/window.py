"""Whether the window is open; and what is done where it is not: a template, another channel, or waiting."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from bot.domain.duty import LOCAL
from bot.domain.messages import Address, Approved, Lane, Letter, Line
from bot.ports import Contact, Deferred, Delivered, Outcome, Refused, Scope, Spent, Why
from bot.services import reaching
from bot.services.duty import alarms
from bot.services.reaching import Way
from bot.services.tools import Tools
from handlers.books import Books
from handlers.zalo_oa.api.client import Answered, Client, Failed
from handlers.zalo_oa.api.errors import Fault, outcome
from handlers.zalo_oa.heard.people import is_anonymous, is_group
from handlers.zalo_oa.letters.answers import international, quota_of, spent_of
from handlers.zalo_oa.letters.templates import Purpose, Template, Templates
from handlers.zalo_oa.traits import NAME

ASK_AGAIN: Final = timedelta(hours=6)
"""A window that we think closed is asked for at Zalo no more often: an event may have been lost."""
ASK_AGAIN_URGENT: Final = timedelta(minutes=2)
LOOK_AGAIN: Final = timedelta(hours=1)
"""A letter that waits for the window is looked at so often; as soon as the person writes it goes out anyway."""
_BAD_TEMPLATE = frozenset({Fault.CONTENT, Fault.OTHER_WAY, Fault.HUMAN, Fault.QUOTA, Fault.UNKNOWN})
_LATER = frozenset({Why.NIGHT, Why.QUOTA, Why.TOKEN})
"""A template that was refused for these may go with the next look."""
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Windows:
    """Asks our own rows first, Zalo where they do not know, and finds the way around a closed window."""

    client: Client
    books: Books
    tools: Tools
    templates: Templates

    async def way(self, to: Address) -> Way:
        return await self.books.look(partial(reaching.way, to=to))

    async def is_open(self, to: Address, contact: Contact | None, *, urgent: bool = False) -> bool:
        """`urgent`: an alert, for which a window that we think closed is asked for at once."""
        if is_anonymous(to.person) or is_group(to.person):
            return True
        now = self.books.now()
        if contact is not None and contact.is_open(now):
            return True
        rest = ASK_AGAIN_URGENT if urgent else ASK_AGAIN
        if contact is not None and contact.asked_at is not None and now - contact.asked_at < rest:
            return False
        return await self._asked(to, contact, now)

    async def _asked(self, to: Address, contact: Contact | None, now: datetime) -> bool:
        """Zalo's own word; without one an unknown person is worth a try."""
        answer = await self.client.post("/v3.0/oa/quota/message", {"user_id": to.person})
        if isinstance(answer, Failed):
            unknown = contact is None or contact.window_until is None
            return unknown and answer.fault not in (Fault.WINDOW, Fault.BLOCKED, Fault.GONE)
        last, remain, total = quota_of(answer)
        learnt = await self.books.ask(
            partial(
                reaching.told,
                tools=self.tools,
                person=to,
                last=last,
                now=now,
                remain=remain,
                total=total,
            )
        )
        return learnt is not None and learnt.is_open(now)

    async def closed(self, to: Address) -> None:
        """Zalo says so, whatever our rows say."""
        now = self.books.now()
        await self.books.ask(lambda uow: uow.contacts.closed(to, now))

    # --- ways around ---

    async def around(self, letter: Letter, way: Way, why: Why = Why.WINDOW) -> Outcome:
        """What becomes of a letter outside the window, or where no reply is left (`why` is QUOTA)."""
        if letter.lane is Lane.ALERT and way.officer is not None:
            return await self._alert(letter, way, why)
        if letter.alert is not None and why is Why.QUOTA:
            return Refused(why)
        if letter.lane is Lane.CAMPAIGN and why is Why.QUOTA:
            # what two officers agreed to pay for it counted on letters, not on templates
            return Deferred(LOOK_AGAIN, Scope.CHAT, why)
        if letter.approved is not None:
            return await self.by_template(letter, letter.approved)
        if letter.lane is Lane.CAMPAIGN or way.officer is not None:
            return Refused(why)
        spent = await self._nudged(letter, way.contact)
        return Deferred(LOOK_AGAIN, Scope.CHAT, why, spent)

    async def _alert(self, letter: Letter, way: Way, why: Why) -> Outcome:
        """By template to the officer's id, else to their telephone; else the next rung rings at once."""
        template = self.templates.get(Purpose.OFFICER_ALERT)
        if template is None:
            return Refused(why)
        found: Outcome = Refused(why)
        if template.uid:
            found = await self._by_uid(template, letter, Purpose.OFFICER_ALERT)
        phone = "" if way.officer is None else international(way.officer.phone)
        if isinstance(found, Refused) and template.phone and phone:
            found = await self._by_phone(template, letter, phone)
        return Refused(why) if isinstance(found, Refused) else found

    async def _nudged(self, letter: Letter, contact: Contact | None) -> tuple[Spent, ...]:
        """A reporter is told once that a message waits, by their Zalo id only, where the office wants it."""
        template = self.templates.get(Purpose.REPORTER_WAITING)
        if template is None or is_anonymous(letter.to.person):
            return ()
        if contact is not None and contact.nudged_at is not None:
            heard = contact.heard_at
            if heard is None or heard < contact.nudged_at:
                return ()
        found = await self._by_uid(template, letter, Purpose.REPORTER_WAITING)
        if isinstance(found, Deferred) or (isinstance(found, Refused) and found.why in _LATER):
            return ()
        now = self.books.now()
        await self.books.ask(lambda uow: uow.contacts.nudged(letter.to, now))
        return found.spent

    # --- templates ---

    async def by_template(self, letter: Letter, approved: Approved) -> Outcome:
        """A campaign's letter outside the window, by the person's Zalo id only."""
        body: Json = {
            "user_id": letter.to.person,
            "template_id": approved.id,
            "template_data": {name: gap.fitting for name, gap in approved.gaps.items()},
        }
        answer = await self.client.post("/v3.0/oa/message/template", body)
        return await self._became(answer, "template_uid", Purpose.CAMPAIGN, urgent=False)

    async def _by_uid(self, template: Template, letter: Letter, purpose: Purpose) -> Outcome:
        body: Json = {
            "user_id": letter.to.person,
            "template_id": template.uid,
            "template_data": template.filled(await self._values(letter)),
        }
        answer = await self.client.post("/v3.0/oa/message/template", body)
        return await self._became(answer, "template_uid", purpose)

    async def _by_phone(self, template: Template, letter: Letter, phone: str) -> Outcome:
        body: Json = {
            "phone": phone,
            "template_id": template.phone,
            "template_data": template.filled(await self._values(letter)),
            "tracking_id": f"tinbao-{letter.id}",
            "sending_mode": "1",
        }
        if template.mode:
            body["mode"] = template.mode
        answer = await self.client.post("/message/template", body, base=self.client.bases.zbs)
        return await self._became(answer, "template_phone", Purpose.OFFICER_ALERT)

    async def _values(self, letter: Letter) -> dict[str, str]:
        """An alert's first line is its headline: number, urgency, kind and commune, nobody's words."""
        office = await self.books.look(lambda uow: uow.office.roster().name)
        alert = letter.lane is Lane.ALERT
        return {
            "case": "" if letter.case is None else str(letter.case),
            "headline": letter.text.partition("\n")[0] if alert else "",
            "office": office,
            "time": (letter.at or self.books.now()).astimezone(LOCAL).strftime("%H:%M %d/%m/%Y"),
            "url": self.tools.public_url,
        }

    async def _became(
        self, answer: Answered | Failed, product: str, purpose: Purpose, *, urgent: bool = True
    ) -> Outcome:
        if isinstance(answer, Answered):
            said = answer.data.get("message_id") or answer.data.get("msg_id") or ""
            # Zalo tells by this id that it arrived, also where it went to a telephone number
            return Delivered(str(said), (spent_of(answer, product),), (str(said),) if said else ())
        if answer.fault in _BAD_TEMPLATE:
            now = self.books.now()
            line = Line("alarm.zalo.template", {"purpose": purpose.value, "code": answer.code})
            if purpose is Purpose.CAMPAIGN:
                line = Line("alarm.zalo.template_campaign", {"code": answer.code})
            await self.books.ask(
                lambda uow: alarms.raise_alarm(
                    uow, self.tools, f"{NAME}.template.{purpose}", line, now, avoid=NAME
                )
            )
        return outcome(answer.fault, self.books.now(), urgent=urgent, wait=answer.wait)
