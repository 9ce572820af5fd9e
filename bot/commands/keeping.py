"""`backup`, `restore`, `ledger verify` and `keys rotate`: keeping what was entrusted to us."""

from pathlib import Path
from typing import Annotated

import typer

from bot.app import SqlStore, backup_to, restore_from, rotate_keys
from bot.commands.console import opened, say, settings
from bot.domain.messages import Line

cli = typer.Typer()
ledger = typer.Typer(no_args_is_help=True, help="The hash-chained record of what was done.")
keys = typer.Typer(no_args_is_help=True, help="The keys that seal what people write.")
cli.add_typer(ledger, name="ledger")
cli.add_typer(keys, name="keys")
LINKED_AT_ONCE = 10_000


@cli.command()
def backup(file: Annotated[Path, typer.Argument(help="the file to write")]) -> None:
    """Database and sealed files in one file, while the program runs; the keys are kept apart."""
    with opened() as found:
        backup_to(found.store, file)
    say(Line("program.backed_up", {"file": str(file), "keys": str(settings().seal_key_file)}))


@cli.command()
def restore(file: Annotated[Path, typer.Argument(help="a file that `backup` wrote")]) -> None:
    """Put a backup into an empty database and an empty folder of files."""
    chosen = settings()
    restore_from(file, chosen.database_url, chosen.files_dir)
    say(Line("program.restored", {"file": str(file)}))


@ledger.command()
def verify() -> None:
    """Prove that no row of the ledger was changed, removed or put in between."""
    with opened() as found:
        _link_all(found.store)
        broken = found.store.read(lambda uow: uow.ledger.verify())
    if broken is not None:
        say(Line("program.ledger_broken", {"row": broken}))
        raise typer.Exit(1)
    say(Line("program.ledger_whole"))


def _link_all(store: SqlStore) -> None:
    while store.write(lambda uow: uow.ledger.link(LINKED_AT_ONCE)):
        pass


@keys.command()
def rotate() -> None:
    """A new master key; whatever the old ones sealed is sealed anew, while the program runs."""
    with opened() as found:
        rotated = rotate_keys(found.store)
    say(Line("program.rotated", {"rows": rotated.resealed}))
    if rotated.old_kept:
        say(Line("program.old_key_kept"))
