"""Takes out of a report what could lead to people: names, numbers, addresses; better too much than too little.

`anonymous` is for words that leave the office's records for training: places go too, ages become bands.
`impersonal` is for words that another machine of the office reads: communes and ages stay.
Neither can be perfect: what they make is read by a person, or stays in the office.
"""

from collections.abc import Iterable, Sequence

from bot.domain.masking.contacts import contacts, houses
from bot.domain.masking.numbers import ages, long_numbers, numbers
from bot.domain.masking.people import known, people, shows_names
from bot.domain.masking.spans import NAME, PLACE, Span, phrases, replaced
from bot.domain.triage.marks import clean

__all__ = ["anonymous", "impersonal", "shows_names"]


def anonymous(text: str, places: Iterable[str] = (), names: Iterable[str] = ()) -> str:
    """Without names, places, contacts and numbers.

    `places`: the words of the text that name a place; `names`: of people who are known to be spoken of.
    """
    text = clean(text)
    spans: list[Span] = [*contacts(text), *phrases(text, places, PLACE), *phrases(text, known(names), NAME)]
    spans += [*ages(text), *houses(text)]
    spans += [*numbers(text), *people(text)]
    return replaced(text, spans)


def impersonal(text: str, communes: Sequence[str] = (), spots: Iterable[str] = ()) -> str:
    """Without names, contacts, long numbers and addresses.

    `communes`: words of the text that name a commune and stay; `spots`: those of a school, a street, a hamlet.
    """
    text = clean(text)
    kept = phrases(text, communes, "")
    spans: list[Span] = [*contacts(text), *kept, *phrases(text, spots, PLACE), *houses(text)]
    spans += [*long_numbers(text), *people(text)]
    return replaced(text, spans)
