"""Whether a reply to somebody is left, free or paid: where it is known that none is, nothing is tried blindly."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain.messages import Address
from bot.ports import Quota
from bot.services.reaching import Way
from handlers.books import Books
from handlers.zalo_oa.api.client import Answered, Client
from handlers.zalo_oa.api.errors import Fault
from handlers.zalo_oa.heard.people import is_anonymous, is_group
from handlers.zalo_oa.letters.answers import own_quota_of

PAID: Final = ("sub_quota", "purchase_quota", "reward_quota")
"""What letters past the free ones are paid from."""
TRY_AGAIN_URGENT: Final = timedelta(minutes=2)
OWN_QUOTA: Final[dict[str, Any]] = {"quota_owner": "OA", "product_type": "cs"}


@dataclass(frozen=True, slots=True)
class Replies:
    """Our own rows first; Zalo's word where they do not know."""

    client: Client
    books: Books

    async def none_left(self, to: Address, way: Way, *, urgent: bool = False) -> bool:
        """So Zalo said of this person, or of what the account may pay; an alert (`urgent`) believes it for minutes."""
        now = self.books.now()
        nothing_left = way.nothing_left(now)
        if is_anonymous(to.person) or is_group(to.person) or not (nothing_left or way.ran_out(now)):
            return False
        if urgent and now - _told_at(way, now) >= TRY_AGAIN_URGENT:
            return False
        # one quota has run out, by the answer to the last letter: the office may have another
        return nothing_left or not await self._another_quota(to)

    async def _another_quota(self, to: Address) -> bool:
        """Zalo's own word on each; where it says nothing a letter is worth a try."""
        now = self.books.now()
        found = Quota(0, now)
        for kind in PAID:
            answer = await self.client.post("/v3.0/oa/quota/message", {**OWN_QUOTA, "quota_type": kind})
            left = own_quota_of(answer) if isinstance(answer, Answered) else None
            if left != 0:
                found = Quota(1 if left is None else left, now, kind)
                break
        await self.books.ask(lambda uow: uow.contacts.told_quota(to.channel, to.account, found))
        return found.remain > 0

    async def used_up(self, to: Address, fault: Fault) -> None:
        """Zalo took no letter for them: nothing is left, for this person or for anybody."""
        if fault in (Fault.QUOTA, Fault.PERSON_QUOTA):
            now, paid = self.books.now(), fault is Fault.QUOTA
            await self.books.ask(lambda uow: uow.contacts.used_up(to, now, paid=paid))


def _told_at(way: Way, now: datetime) -> datetime:
    """When Zalo last said that nothing is left."""
    person = None if way.contact is None else way.contact.spent_at
    account = way.quota.told_at if way.quota is not None and not way.quota.remain else None
    return max((at for at in (person, account) if at is not None), default=now)
