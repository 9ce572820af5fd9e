"""`python -m bot …`: the program."""

import sys

import typer

from bot.app import CannotStart
from bot.commands import keeping, office, reading, serving, zalo
from bot.commands.campaigns.cli import cli as campaign
from bot.commands.console import WRONG_USE, complain, file_fault

cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Tin Báo: child-protection intake.")
for part in (serving, office, reading, keeping, zalo):
    cli.add_typer(part.cli)
cli.add_typer(campaign, name="campaign")


def main() -> int:
    """Run the command line; what an administrator can mend is a sentence, not a traceback."""
    try:
        cli()
    except CannotStart as wrong:
        typer.echo(str(wrong), err=True)
        return WRONG_USE
    except OSError as wrong:
        if wrong.filename is None:
            raise
        complain(file_fault(wrong))
        return WRONG_USE
    return 0


if __name__ == "__main__":
    sys.exit(main())
