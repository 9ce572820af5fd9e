"""`triage` and `place`: what is understood of messages, for whoever wants to look or to measure."""

from typing import Annotated

import typer

from bot.app import wall_clock
from bot.commands.console import WRONG_USE, complain, opened
from bot.domain.messages import Line
from bot.reading import export as export_writing
from bot.reading import place as place_reading
from bot.reading import triage as triage_reading
from bot.services import disagreements

cli = typer.Typer()
File = Annotated[str, typer.Argument(help="JSON lines with `text`; - for standard input")]
EXPORT = "export"
"""In the place of a file: what officers judged otherwise. A file of that name is ./export."""


@cli.command()
def triage(
    file: Annotated[
        str, typer.Argument(help="JSON lines with `text`; - for standard input; or the word `export`")
    ],
    to: Annotated[
        str, typer.Argument(help="after `export`: the file to write, or - for standard output")
    ] = "",
    score: Annotated[bool, typer.Option("--score", help="compare with the labels in the file")] = False,
) -> None:
    """What is understood of each message, as JSON lines; `triage export FILE`: what officers judged otherwise."""
    if file == EXPORT:
        _export(to)
        return
    if to:
        raise typer.BadParameter(to)
    raise typer.Exit(triage_reading.main(file, score=score))


def _export(to: str) -> None:
    """Anonymised, for a person to review before it trains anything."""
    if not to:
        complain(Line("program.export_to_where"))
        raise typer.Exit(WRONG_USE)
    with opened() as found:
        told = found.store.write(lambda uow: disagreements.collect(uow, found.tools, wall_clock()))
    try:
        export_writing.write(told, to)
    except OSError as wrong:
        complain(Line("program.cannot_write", {"file": to, "why": wrong.strerror or type(wrong).__name__}))
        raise typer.Exit(WRONG_USE) from None
    complain(Line("program.exported", {"records": len(told), "file": to}))


@cli.command()
def place(file: File) -> None:
    """Which communes each message may mean, as JSON lines."""
    raise typer.Exit(place_reading.main(file))
