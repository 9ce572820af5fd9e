"""`python -m bot …`: the program's commands; each is a few lines that open the office and print what was found."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot import check_command, triage_command, who_command
from bot.app import Office, log_to_stderr, office, serve, wall_clock
from bot.data.units import load_units
from bot.domain.messages import Address, Line
from bot.office.files import Rejected, load_files, read_office, write_files
from bot.ports import UnitOfWork
from bot.services import casework, invitations
from bot.settings import BadSettings, Settings, load
from locales.catalogue import load as load_words
from storage.sealed import KeyFileError

cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Tin Báo: child-protection intake.")
ledger = typer.Typer(no_args_is_help=True, help="The hash-chained record of what was done.")
keys = typer.Typer(no_args_is_help=True, help="The keys that seal what people write.")
cli.add_typer(ledger, name="ledger")
cli.add_typer(keys, name="keys")

WORDS = load_words()
LANGUAGE = "vi"
Files = Annotated[list[Path], typer.Argument(help="officers.csv, duty.csv, absences.csv, *.toml")]


def say(*lines: Line) -> None:
    """Print sentences of the catalogue."""
    for line in lines:
        typer.echo(WORDS.render(line, LANGUAGE))


@contextmanager
def opened() -> Iterator[Office]:
    """The office as the settings say; a wrong setting or key file ends the program with a clear word."""
    with office(settings()) as found:
        yield found


def settings(**given: object) -> Settings:
    try:
        return load(**given)
    except BadSettings as wrong:
        typer.echo(str(wrong), err=True)
        raise typer.Exit(2) from None


@cli.command()
def run() -> None:
    """Serve the office: every channel that is configured, until Ctrl-C."""
    log_to_stderr()
    chosen = settings()
    with office(chosen) as found:
        asyncio.run(serve(chosen, found, lambda port: say(Line("program.serving", {"port": port}))))
    say(Line("program.stopped"))


@cli.command()
def demo() -> None:
    """Serve the demo office (Đắk Lắk) on this machine: log-in by choosing an officer, invented people."""
    log_to_stderr()
    chosen = settings(demo=True)
    with office(chosen) as found:
        if not found.store.read(lambda uow: uow.office.roster()).officers:
            _import(found, sorted(_demo_files()))
            found.store.write(_seat_everybody)
        asyncio.run(
            serve(chosen, found, lambda port: say(Line("program.demo", {"url": _here(chosen, port)})))
        )
    say(Line("program.stopped"))


def _here(chosen: Settings, port: int) -> str:
    return f"http://{chosen.http_host}:{port}"


def _seat_everybody(uow: UnitOfWork) -> None:
    """In the demo an officer is chosen instead of logged in: everybody can be reached on the desk page."""
    for officer in uow.office.roster().officers:
        uow.office.enrol(officer.id, Address("web_desk", "main", str(officer.id)), wall_clock())


def _demo_files() -> Iterator[Path]:
    folder = Path(__file__).parent / "data" / "demo"
    yield from (*folder.glob("*.csv"), *folder.glob("*.toml"))


@cli.command(name="import")
def import_(files: Files) -> None:
    """Read the office from files; with any fault nothing is imported."""
    with opened() as found:
        _import(found, files)


def _import(found: Office, files: list[Path]) -> None:
    before = found.store.read(lambda uow: uow.office.roster())
    loaded = load_files(files)
    provinces = {unit.code: unit.province for unit in load_units().communes}
    roster = loaded if isinstance(loaded, Rejected) else read_office(loaded, provinces, before)
    if isinstance(roster, Rejected):
        say(*(fault.told() for fault in roster.faults))
        raise typer.Exit(1)
    found.store.write(lambda uow: uow.office.replace(roster))
    found.store.write(lambda uow: casework.release_left(uow, found.tools, wall_clock()))
    say(Line("program.imported", {"officers": len(roster.officers)}))


@cli.command()
def export(folder: Annotated[Path, typer.Argument(help="where to write the files")]) -> None:
    """Write the office back to the files that made it; chat addresses are never among them."""
    with opened() as found:
        roster = found.store.read(lambda uow: uow.office.roster())
    folder.mkdir(parents=True, exist_ok=True)
    for file in write_files(roster):
        (folder / file.name).write_text(file.text, encoding="utf-8", newline="")


@cli.command()
def invite(code: Annotated[str, typer.Argument(help="the officer's code")]) -> None:
    """A one-time invitation that enrols this officer's (or collaborator's) chat."""
    with opened() as found:
        roster = found.store.read(lambda uow: uow.office.roster())
        officer = next((one for one in roster.officers if one.code == code), None)
        if officer is None:
            say(Line("program.no_officer", {"code": code}))
            raise typer.Exit(1)
        token = found.store.write(lambda uow: invitations.invite(uow, found.tools, officer.id, wall_clock()))
    say(Line("program.invitation", {"name": officer.name, "token": token}))


@cli.command()
def who(
    kind: str = "violence",
    urgency: str = "emergency",
    unit: str = "",
    at: str = "",
    lang: str = "vi",
) -> None:
    """Who would be asked, in which order, when, and why."""
    with opened() as found:
        roster = found.store.read(lambda uow: uow.office.roster())
        provinces = {one.code: one.province for one in load_units().communes}
        asked = who_command.read_question(
            kind, urgency, unit, at, lang, now=wall_clock(), provinces=provinces
        )
        if not isinstance(asked, who_command.Question):
            say(*asked)
            raise typer.Exit(2)
        say(*who_command.tell_who(asked, roster, found.gazetteer.full_name))


@cli.command()
def check() -> None:
    """Every commune × kind × hour of the week must end at somebody who can be reached."""
    with opened() as found:
        roster = found.store.read(lambda uow: uow.office.roster())
        checked = check_command.check_office(roster, wall_clock(), found.gazetteer.full_name)
    say(*checked.lines)
    raise typer.Exit(1 if checked.holes else 0)


@cli.command()
def triage(
    file: Annotated[str, typer.Argument(help="JSON lines with `text`; - for standard input")],
    score: Annotated[bool, typer.Option(help="compare with the labels in the file")] = False,
) -> None:
    """What is understood of each message, as JSON lines."""
    raise typer.Exit(triage_command.main(file, score=score))


@cli.command()
def place(file: Annotated[str, typer.Argument(help="JSON lines with `text`; - for standard input")]) -> None:
    """Which communes each message may mean, as JSON lines."""
    from bot import place_command

    raise typer.Exit(place_command.main(file))


@ledger.command()
def verify() -> None:
    """Prove that no row of the ledger was changed, removed or put in between."""
    with opened() as found:
        found.store.write(lambda uow: uow.ledger.link(1_000_000))
        broken = found.store.read(lambda uow: uow.ledger.verify())
    if broken is not None:
        say(Line("program.ledger_broken", {"row": broken}))
        raise typer.Exit(1)
    say(Line("program.ledger_whole"))


def main() -> int:
    """Run the command line; what an administrator can mend is a sentence, not a traceback."""
    try:
        cli()
    except KeyFileError as wrong:
        typer.echo(str(wrong), err=True)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
