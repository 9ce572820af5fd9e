"""What every command does: read the settings, open the office, print sentences of the catalogue."""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import typer

from bot.app import Office, load_words, office
from bot.domain.messages import Line
from bot.settings import BadSettings, Settings, load

LANGUAGE = "vi"
"""Of what administrators read in the terminal."""
WRONG_USE = 2
FILE_FAULTS: Mapping[int, Line] = {
    errno.ENOENT: Line("program.file.missing"),
    errno.EACCES: Line("program.file.rights"),
    errno.EPERM: Line("program.file.rights"),
    errno.EROFS: Line("program.file.rights"),
    errno.ENOSPC: Line("program.file.full"),
    errno.EISDIR: Line("program.file.folder"),
    errno.ENOTDIR: Line("program.file.no_folder"),
    errno.EEXIST: Line("program.file.there"),
}


def say(*lines: Line) -> None:
    words = load_words()
    for line in lines:
        typer.echo(words.render(line, LANGUAGE))


def complain(*lines: Line) -> None:
    """As `say`, where the standard output is for what was asked for."""
    words = load_words()
    for line in lines:
        typer.echo(words.render(line, LANGUAGE), err=True)


def file_fault(wrong: OSError) -> Line:
    """A file or folder that cannot be read or written, and why."""
    why = FILE_FAULTS.get(wrong.errno or 0, wrong.strerror or type(wrong).__name__)
    return Line("program.file", {"file": str(wrong.filename), "why": why})


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
