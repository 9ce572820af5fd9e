"""`triage` and `place`: what is understood of messages, for whoever wants to look or to measure."""

from typing import Annotated

import typer

from bot.reading import place as place_reading
from bot.reading import triage as triage_reading

cli = typer.Typer()
File = Annotated[str, typer.Argument(help="JSON lines with `text`; - for standard input")]


@cli.command()
def triage(
    file: File,
    score: Annotated[bool, typer.Option("--score", help="compare with the labels in the file")] = False,
) -> None:
    """What is understood of each message, as JSON lines."""
    raise typer.Exit(triage_reading.main(file, score=score))


@cli.command()
def place(file: File) -> None:
    """Which communes each message may mean, as JSON lines."""
    raise typer.Exit(place_reading.main(file))
