"""Letters in their final words: what is decided as lines becomes outbox rows."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.cases import CaseId
from bot.domain.messages import Address, Ask, Button, Choice, Lane, Line, Voice
from bot.ports import NewLetter, UnitOfWork
from bot.services import offers
from bot.services.tools import Tools

BUTTONS_IN_A_ROW = 2
SHORT_LABEL = 18
"""Characters; longer labels get a row of their own on a phone."""


def compose(tools: Tools, lines: Sequence[Line], lang: str, voice: Voice = Voice.UNKNOWN) -> str:
    """The lines as paragraphs, in the person's language."""
    return "\n\n".join(tools.words.render(line, lang, voice) for line in lines)


def rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Two short buttons side by side, long ones alone."""
    done: list[tuple[Button, ...]] = []
    waiting: list[Button] = []
    for button in buttons:
        if len(button.text) > SHORT_LABEL:
            if waiting:
                done.append(tuple(waiting))
                waiting = []
            done.append((button,))
            continue
        waiting.append(button)
        if len(waiting) == BUTTONS_IN_A_ROW:
            done.append(tuple(waiting))
            waiting = []
    if waiting:
        done.append(tuple(waiting))
    return tuple(done)


def nod(uow: UnitOfWork, tools: Tools, to: Address, message: str, now: datetime) -> bool:
    """A sign under the person's own message instead of words, where the platform has that; False: it has not."""
    traits = tools.traits.get(to.channel)
    if not message or traits is None or not traits.reactions or to.person.startswith(traits.words_only):
        return False
    uow.outbox.post(NewLetter(Lane.CONVERSATION, to, "", react=message), now)
    return True


def say(
    uow: UnitOfWork,
    tools: Tools,
    to: Address,
    lines: Sequence[Line],
    now: datetime,
    *,
    lang: str = "vi",
    voice: Voice = Voice.UNKNOWN,
    choices: Sequence[Choice] = (),
    ask: Ask | None = None,
    case: CaseId | None = None,
    lane: Lane = Lane.CONVERSATION,
    alert: int | None = None,
    links: Sequence[Button] = (),
) -> int:
    """Put one message to one person into the outbox; returns the letter's number."""
    offered = offers.shown(uow, tools, to, choices, links, now, lang=lang, voice=voice, alert=alert)
    letter = NewLetter(
        lane=lane,
        to=to,
        text="\n\n".join(filter(None, (compose(tools, lines, lang, voice), offered.words))),
        buttons=rows(offered.buttons),
        ask=ask or "",
        alert=alert,
        case=case,
    )
    return uow.outbox.post(letter, now)
