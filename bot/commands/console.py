"""What every command does: read the settings, open the office, print sentences of the catalogue."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bot.app import Office, load_words, office
from bot.domain.messages import Line
from bot.settings import BadSettings, Settings, load

LANGUAGE = "vi"
"""Of what administrators read in the terminal."""
WRONG_USE = 2


def say(*lines: Line) -> None:
    words = load_words()
    for line in lines:
        typer.echo(words.render(line, LANGUAGE))


def complain(*lines: Line) -> None:
    """As `say`, where the standard output is for what was asked for."""
    words = load_words()
    for line in lines:
        typer.echo(words.render(line, LANGUAGE), err=True)


def settings(**given: object) -> Settings:
    """What the environment says; a wrong setting ends the program with its name."""
    try:
        return load(**given)
    except BadSettings as wrong:
        typer.echo(str(wrong), err=True)
        raise typer.Exit(WRONG_USE) from None


@contextmanager
def opened() -> Iterator[Office]:
    """The office as the settings say."""
    with office(settings()) as found:
        yield found
