"""From an event to what follows from it: something heard, letters that arrived or were seen, or nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from bot.domain.messages import Address, Heard, HeardKind, Notice
from handlers.zalo_oa.heard import people
from handlers.zalo_oa.heard.content import GROUP, PERSON, VISITOR, Content, content_of, submitted
from handlers.zalo_oa.heard.event import LONGEST_ID, Event, part, text, texts
from handlers.zalo_oa.traits import NAME

UNKNOWN = "unknown"
OTHER_ACCOUNT = "other_account"
OURS = "oa_send_"
"""How the echoes of what this account says begin, by our own calls or by a human in Zalo's tool."""
LOCAL = timezone(timedelta(hours=7))
"""Vietnam's clock, for "once a day" in a group."""


@dataclass(frozen=True, slots=True, repr=False)
class Reached:
    """Letters of ours, by the platform's ids, arrived on the person's phone or were seen."""

    letters: tuple[str, ...]
    at: datetime
    seen: bool


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nobody waits for anything; counted under this name."""

    code: str


Understood = Heard | Reached | Nothing


@dataclass(frozen=True, slots=True)
class Ear:
    """Translates for one account."""

    account: str

    def understand(self, event: Event, now: datetime) -> Understood:
        """Never raises; an event that we do not know is Nothing("unknown")."""
        if is_for(event, self.account) is False:
            return Nothing(OTHER_ACCOUNT)
        if (content := content_of(event)) is not None:
            return self._message(event, content, now)
        if event.name.startswith(OURS):
            return self._echo(event, now)
        match event.name:
            case "follow":
                return self._knock(event, event.id_of("follower"), HeardKind.START, now)
            case "unfollow":
                return self._knock(event, event.id_of("follower"), HeardKind.BLOCKED, now)
            case "user_click_chatnow":
                return self._knock(event, _user(event), HeardKind.START, now)
            case "user_submit_info":
                return self._message(event, submitted(event), now)
            case "user_withdraw":
                return self._notice(event, _user(event), Notice.WITHDRAWN, now)
            case "user_seen_message" | "user_reacted_message":
                return _reached(event, now, seen=True)
            case "user_received_message":
                return _reached(event, now, seen=False)
            case _:
                return Nothing(_KNOWN.get(event.name) or _group(event) or UNKNOWN)

    def _message(self, event: Event, content: Content, now: datetime) -> Understood:
        """A group hears once a day that its members should write to us alone."""
        sender = event.id_of("sender") or _user(event)
        if event.name.startswith(GROUP):
            return self._in_group(event, now)
        if event.name.startswith(VISITOR):
            talk = text(event.message, "conversation_id") or text(event.body, "conversation_id")
            sender = sender and people.anonymous(sender, talk[:LONGEST_ID])
        if not sender:
            return Nothing("nobody")
        return Heard(
            sender=self._address(sender),
            message_id=event.id(),
            kind=content.kind,
            at=event.at(now),
            text=content.text,
            attachments=content.attachments,
            point=content.point,
        )

    def _in_group(self, event: Event, now: datetime) -> Understood:
        group = text(event.body, "group_id") or text(event.message, "group_id") or event.id_of("recipient")
        if not group:
            return Nothing("nobody")
        day = now.astimezone(LOCAL).date().isoformat()
        sender = self._address(people.group(group[:LONGEST_ID]))
        return Heard(sender, f"{sender.person}:{day}", HeardKind.GROUP, event.at(now))

    def _knock(self, event: Event, person: str, kind: HeardKind, now: datetime) -> Understood:
        if not person:
            return Nothing("nobody")
        return Heard(self._address(person), event.id(), kind, event.at(now))

    def _notice(self, event: Event, person: str, notice: Notice, now: datetime) -> Understood:
        if not person:
            return Nothing("nobody")
        return Heard(self._address(person), event.id(), HeardKind.NOTICE, event.at(now), tap=notice)

    def _echo(self, event: Event, now: datetime) -> Understood:
        """Ours is known to the outbox; where an administrator typed it, a human has taken over."""
        if not text(part(event.body, "sender"), "admin_id"):
            return Nothing("echo")
        person = event.id_of("recipient")
        if event.name.startswith("oa_send_anonymous_") and person:
            person = people.anonymous(person, text(event.message, "conversation_id")[:LONGEST_ID])
        return self._notice(event, person, Notice.STAFF, now)

    def _address(self, person: str) -> Address:
        return Address(NAME, self.account, person)


def is_for(event: Event, account: str) -> bool | None:
    """Whether it is about our account: an app may serve several, and one webhook gets the events of all of them.

    None: it does not say. People are told apart from accounts by the kind of event only.
    """
    if account in (text(event.body, "oa_id"), event.id_of("sender"), event.id_of("recipient")):
        return True
    if event.name.startswith(GROUP):
        named = text(event.body, "oa_id")
    elif event.name.startswith(OURS):
        named = event.id_of("sender")
    elif event.name.startswith((PERSON, VISITOR)) or event.name == "user_submit_info":
        named = event.id_of("recipient")
    else:
        named = text(event.body, "oa_id")
    return False if named else None


def _user(event: Event) -> str:
    return (text(event.body, "user_id") or event.id_of("sender") or event.id_of("user"))[:LONGEST_ID]


def _reached(event: Event, now: datetime, *, seen: bool) -> Understood:
    own = text(event.message, "msg_id")
    letters = dict.fromkeys((*texts(event.message, "msg_ids"), *((own,) if own else ())))
    if not letters:
        return Nothing("no_letter")
    return Reached(tuple(id_[:LONGEST_ID] for id_ in letters)[:MOST_LETTERS], event.at(now), seen)


MOST_LETTERS = 100
"""Of one event; Zalo tells of a few."""
_KNOWN = {
    "add_user_to_tag": "tag",
    "remove_user_from_tag": "tag",
    "remove_tag": "tag",
    "update_user_info": "user_info",
    "change_template_status": "template",
    "change_template_quality": "template",
    "change_template_quota": "template",
    "change_oa_daily_quota": "quota",
    "change_oa_template_tags": "template",
    "event_extend_purchase_oa": "quota",
    "user_feedback": "feedback",
    "user_call_oa": "call",
    "oa_call_user": "call",
    "user_reply_consent": "call",
    "user_click_button": "button",
}
"""Events that concern nobody's conversation, or tell again what comes as a message: a press is typed text."""


def _group(event: Event) -> str:
    """A group made, joined, left: nobody spoke to us there."""
    return "group" if "group" in event.name else ""
