"""`run` and `demo`: the hotline itself."""

import asyncio
import csv
from collections.abc import Iterator
from pathlib import Path

import typer

from bot.app import load_words, log_to_stderr, office, serve, wall_clock
from bot.commands.console import LANGUAGE, say, settings
from bot.commands.office import import_files
from bot.data import demo as demo_files
from bot.domain.messages import Address, Line
from bot.ports import UnitOfWork
from bot.settings import BadSettings, Settings

cli = typer.Typer()


@cli.command()
def run() -> None:
    """Serve the office: every channel that is configured, until Ctrl-C."""
    log_to_stderr()
    chosen = settings(demo=False)
    with office(chosen) as found:
        asyncio.run(serve(chosen, found, lambda port: say(Line("program.serving", {"port": port}))))
    say(Line("program.stopped"))


@cli.command()
def demo() -> None:
    """Serve the demo office (Đắk Lắk) on this machine: log-in by choosing an officer, invented people."""
    log_to_stderr()
    chosen = settings(demo=True)
    with office(chosen) as found:
        present = {officer.code for officer in found.store.read(lambda uow: uow.office.roster()).officers}
        if not present:
            import_files(found, sorted(_demo_files()))
            found.store.write(_seat_everybody)
        elif not present <= _demo_codes():
            raise BadSettings(load_words().render(Line("program.not_the_demo"), LANGUAGE))
        asyncio.run(
            serve(chosen, found, lambda port: say(Line("program.demo", {"url": _here(chosen, port)})))
        )
    say(Line("program.stopped"))


def _here(chosen: Settings, port: int) -> str:
    return f"http://{chosen.http_host}:{port}"


def _demo_files() -> Iterator[Path]:
    folder = Path(demo_files.__file__).parent
    yield from (*folder.glob("*.csv"), *folder.glob("*.toml"))


def _demo_codes() -> set[str]:
    """Of the invented officers: a real office must never be opened without a log-in."""
    with (Path(demo_files.__file__).parent / "officers.csv").open(encoding="utf-8", newline="") as table:
        return {row["code"] for row in csv.DictReader(table)}


def _seat_everybody(uow: UnitOfWork) -> None:
    """In the demo an officer is chosen instead of logged in: everybody can be reached on the desk page."""
    for officer in uow.office.roster().officers:
        uow.office.enrol(officer.id, Address("web_desk", "main", str(officer.id)), wall_clock())
