"""Choices where a button cannot carry them: payloads and numbers go out, and come back as the taps they stand for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import offers, script
from bot.domain.conversation import Conversation
from bot.domain.messages import Address, Button, Choice, Heard, HeardKind, Line, Voice
from bot.domain.offers import Offer, Spoilt, Ticket
from bot.domain.replacing import replace
from bot.ports import NewOffer, Taps, Traits, UnitOfWork
from bot.services.tools import Tools

LIFE = timedelta(days=30)
"""Of a choice: a question that waits for longer is put again."""
ALERT_LIFE = timedelta(days=400)
"""Of an alert's choices: no ladder climbs for longer, and what has become of the case is said by taking it."""
FORGOTTEN = timedelta(minutes=30)
"""An officer's number means a list only for so long after it was shown."""

Render = Callable[[Line], str]


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """How a letter offers its choices: words below its own, and buttons."""

    words: str = ""
    buttons: tuple[Button, ...] = ()


# --- going out ------------------------------------------------------------------------------------------


def shown(
    uow: UnitOfWork,
    tools: Tools,
    to: Address,
    choices: Sequence[Choice],
    links: Sequence[Button],
    now: datetime,
    *,
    lang: str = "vi",
    voice: Voice = Voice.UNKNOWN,
    alert: int | None = None,
) -> Shown:
    """The choices as this channel can carry them; what has to be remembered for that is remembered."""

    def render(line: Line) -> str:
        return tools.words.render(line, lang, voice)

    traits = tools.traits.get(to.channel)
    buttons = [Button(render(choice.label), choice.tap) for choice in choices]
    if traits is not None and len(choices) + len(links) > _room(traits, to):
        return _numbers(uow, to, choices, links, now, traits, render)
    if traits is not None and traits.taps is Taps.TYPED and choices:
        buttons = _payloads(uow, tools, to, choices, buttons, now, alert)
    return Shown(buttons=(*buttons, *links))


def _room(traits: Traits, to: Address) -> int:
    """For buttons, in one message to them."""
    return 0 if to.person.startswith(traits.words_only) else traits.buttons


def _payloads(
    uow: UnitOfWork,
    tools: Tools,
    to: Address,
    choices: Sequence[Choice],
    buttons: Sequence[Button],
    now: datetime,
    alert: int | None,
) -> list[Button]:
    once = frozenset(at for at, choice in enumerate(choices) if choice.once)
    life = LIFE if alert is None else ALERT_LIFE
    offer = uow.offers.put(NewOffer(to, tuple(choice.tap for choice in choices), now + life, once), now)
    sign = signer(tools, to)
    return [replace(button, tap=offers.payload(sign, offer, at)) for at, button in enumerate(buttons)]


def _numbers(
    uow: UnitOfWork,
    to: Address,
    choices: Sequence[Choice],
    links: Sequence[Button],
    now: datetime,
    traits: Traits,
    render: Render,
) -> Shown:
    listed = offers.countable(choices)[: offers.MOST]
    if listed:
        taps = tuple(choice.tap for choice in listed)
        uow.offers.put(NewOffer(to, taps, now + LIFE, numbered=True), now)
    lines = [
        *(
            Line("choice.numbered", {"number": n, "label": choice.label})
            for n, choice in enumerate(listed, 1)
        ),
        *(() if listed else _ways_past(choices)),
    ]
    if len(links) <= traits.buttons:
        return Shown("\n".join(map(render, lines)), tuple(links))
    lines += [Line("choice.link", {"label": link.text, "url": link.url}) for link in links]
    return Shown("\n".join(map(render, lines)))


def _ways_past(choices: Sequence[Choice]) -> tuple[Line, ...]:
    """An open question is answered in words, and a number may be the answer: so is the way past it."""
    match offers.passes(choices):
        case ways if script.SKIP in ways and script.STOP in ways:
            return (Line("offer.skip_or_stop"),)
        case ways if script.SKIP in ways:
            return (Line("offer.skip"),)
        case _:
            return ()


def signer(tools: Tools, to: Address) -> offers.Sign:
    """Signs payloads for one person: nobody else can use them."""

    def sign(said: str) -> str:
        whole = f"{said}|{to.channel}|{to.account}|{to.person}"
        return tools.signer.digest("offer", whole)[:MAC_BYTES].hex()

    return sign


MAC_BYTES = 12
"""96 bits."""

# --- coming back ----------------------------------------------------------------------------------------


def from_citizen(uow: UnitOfWork, tools: Tools, heard: Heard, state: Conversation, now: datetime) -> Heard:
    """A payload or a number as the tap it stands for; a payload that is good for nothing as a tap from before."""
    if heard.kind is not HeardKind.TEXT:
        return heard
    found = _paid(uow, tools, heard, now)
    if found is None:
        found = _answered(uow, heard, state)
    return heard if found is None else _tapped(heard, "" if isinstance(found, Spoilt) else found)


def _answered(uow: UnitOfWork, heard: Heard, state: Conversation) -> str | None:
    said = offers.number(heard.text) if state.asking and not state.question_open else None
    if said is None:
        return None
    offer = uow.offers.numbered(heard.sender)
    if offer is None or not offers.answers_now(offer, state):
        return None
    found = offers.counted(offer, said)
    return None if isinstance(found, Spoilt) else found


def from_officer(uow: UnitOfWork, tools: Tools, heard: Heard, now: datetime) -> Heard | Spoilt:
    """A payload or a number as the tap it stands for, or why it stands for none."""
    if heard.kind is not HeardKind.TEXT:
        return heard
    found = _paid(uow, tools, heard, now)
    if found is None:
        found = _counted(uow, heard, now)
    if found is None or isinstance(found, Spoilt):
        return heard if found is None else found
    return _tapped(heard, found)


def _counted(uow: UnitOfWork, heard: Heard, now: datetime) -> str | Spoilt | None:
    said = offers.number(heard.text)
    offer = None if said is None else uow.offers.numbered(heard.sender)
    if said is None or offer is None or now - offer.at > FORGOTTEN:
        return None
    return offers.counted(offer, said)


def _paid(uow: UnitOfWork, tools: Tools, heard: Heard, now: datetime) -> str | Spoilt | None:
    """What a payload stands for; None: the text is none."""
    match offers.ticket(heard.text, signer(tools, heard.sender)):
        case Ticket(number, index):
            offer = uow.offers.get(heard.sender, number)
            return Spoilt.OVER if offer is None else _used(uow, offer, index, now)
        case other:
            return other


def _used(uow: UnitOfWork, offer: Offer, index: int, now: datetime) -> str | Spoilt:
    found = offers.redeemed(offer, index, now)
    if not isinstance(found, Spoilt) and index in offer.once and not uow.offers.use(offer.id, index):
        return Spoilt.USED
    return found


def _tapped(heard: Heard, tap: str) -> Heard:
    return replace(heard, kind=HeardKind.TAP, text="", tap=tap)
