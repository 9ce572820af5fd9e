"""Letters in their final words: what is decided as lines becomes outbox rows."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.cases import CaseId
from bot.domain.messages import Address, Ask, Button, Choice, Lane, Line, Voice
from bot.ports import NewLetter, UnitOfWork
from bot.services.tools import Tools

BUTTONS_IN_A_ROW = 2
ANSWER = "q:"
"""How the tap of an answer to our question begins (`dialogue.wording.tap`)."""
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


def _numbered(tools: Tools, choices: Sequence[Choice], lang: str, voice: Voice) -> str:
    """The answers to a question as numbers, where nothing can be pressed; a menu is left out: words do."""
    answers = [choice for choice in choices if choice.tap.startswith(ANSWER)]
    lines = (
        Line("choice.numbered", {"number": n, "label": choice.label}) for n, choice in enumerate(answers, 1)
    )
    return "\n".join(tools.words.render(line, lang, voice) for line in lines)


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
    traits = tools.traits.get(to.channel)
    numbered = traits is not None and traits.buttons == 0
    text = compose(tools, lines, lang, voice)
    if numbered:
        text = "\n\n".join(filter(None, (text, _numbered(tools, choices, lang, voice))))
        choices = ()
    buttons = [Button(tools.words.render(c.label, lang, voice), c.tap) for c in choices]
    letter = NewLetter(
        lane=lane,
        to=to,
        text=text,
        buttons=rows([*buttons, *links]),
        ask=ask or "",
        alert=alert,
        case=case,
    )
    return uow.outbox.post(letter, now)
