"""Officers whose reply window is about to close: asked in time for any word, and thanked for it."""

from datetime import datetime, time, timedelta

from bot.domain import duty
from bot.domain.messages import Heard, HeardKind, Line
from bot.ports import Contact, UnitOfWork
from bot.services import letters
from bot.services.duty import telling
from bot.services.tools import Tools

REMIND_BEFORE = timedelta(hours=24)
"""An officer is asked to say a word so long before the window closes …"""
AWAKE = (time(7, 30), time(20, 30))
"""… at these local hours."""
REMINDED_AT_ONCE = 50
JUST_A_WORD = frozenset(
    "ok|oke|okay|okie|okê|vâng|vâng ạ|dạ|dạ vâng|ừ|uh|rồi|có|được|đã rõ|yes|chào|hi|hello|alo|👍".split("|")
)
"""What people answer when they are asked for any word."""


def keep_open(uow: UnitOfWork, tools: Tools, now: datetime) -> int:
    """Ask officers in time, in waking hours, to say a word; returns how many were asked."""
    if not AWAKE[0] <= now.astimezone(duty.LOCAL).time() < AWAKE[1]:
        return 0
    asked = 0
    for channel, traits in tools.traits.items():
        if traits.window is None:
            continue
        for contact in uow.contacts.closing(channel, now, REMIND_BEFORE, REMINDED_AT_ONCE):
            uow.contacts.reminded(contact.address, now)
            asked += _ask_for_a_word(uow, tools, contact, now)
    return asked


def _ask_for_a_word(uow: UnitOfWork, tools: Tools, contact: Contact, now: datetime) -> int:
    officer = uow.office.officer_at(contact.address)
    if officer is None or contact.window_until is None:
        return 0
    until = contact.window_until.astimezone(duty.LOCAL).strftime("%H:%M %d/%m")
    lang = telling.lang_of(tools, officer)
    letters.say(uow, tools, contact.address, (Line("window.say_a_word", {"until": until}),), now, lang=lang)
    return 1


def is_the_word(uow: UnitOfWork, told: Heard) -> bool:
    """The first thing an officer says after the reminder, and no command."""
    if told.kind is not HeardKind.TEXT or told.text.strip(" .!,").casefold() not in JUST_A_WORD:
        return False
    contact = uow.contacts.get(told.sender)
    if contact is None or contact.reminded_at is None or contact.heard_at is None:
        return False
    return contact.reminded_at > contact.heard_at


def thank(uow: UnitOfWork, tools: Tools, told: Heard, now: datetime) -> None:
    """A thumb under it where the platform has that: it costs no reply."""
    if not letters.nod(uow, tools, told.sender, told.message_id, now):
        letters.say(uow, tools, told.sender, (Line("window.thanks"),), now)
