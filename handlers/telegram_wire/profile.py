"""What a bot says about itself before anybody has written: description and commands, in each language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.messages import Line
from bot.ports import Words

FIRST = "vi"
MOST_DESCRIPTION = 512
MOST_SHORT = 120


@dataclass(frozen=True, slots=True)
class Profile:
    language: str
    """Two letters; "" for everybody whose language has no profile of its own."""
    description: str
    short: str
    commands: tuple[tuple[str, str], ...]
    """(name without slash, what it does)."""


@dataclass(frozen=True, slots=True)
class About:
    """The lines of one bot."""

    description: Line
    short: Line
    commands: Sequence[tuple[str, Line]]


CITIZENS = About(
    Line("telegram.public.description"),
    Line("telegram.public.short"),
    (("start", Line("telegram.public.start")),),
)
OFFICERS = About(
    Line("telegram.officers.description"),
    Line("telegram.officers.short"),
    (
        ("viec", Line("telegram.officers.viec")),
        ("truc", Line("telegram.officers.truc")),
        ("nghi", Line("telegram.officers.nghi")),
        ("chien_dich", Line("telegram.officers.chien_dich")),
        ("start", Line("telegram.officers.start")),
    ),
)

NEWS = About(
    Line("telegram.news.description"),
    Line("telegram.news.short"),
    (("start", Line("telegram.news.start")), ("dung", Line("telegram.news.stop"))),
)


def profiles(about: About, words: Words) -> Iterator[Profile]:
    """For everybody in the first language, then for each further one."""
    for lang in words.languages:
        yield Profile(
            "" if lang == FIRST else lang,
            words.render(about.description, lang)[:MOST_DESCRIPTION],
            words.render(about.short, lang)[:MOST_SHORT],
            tuple((name, words.render(line, lang)) for name, line in about.commands),
        )
