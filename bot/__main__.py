"""`python -m bot …`: the program."""

import sys

import typer

from bot.app import CannotStart
from bot.commands import campaign, keeping, office, reading, serving, zalo

cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Tin Báo: child-protection intake.")
for part in (serving, office, reading, keeping, zalo):
    cli.add_typer(part.cli)
cli.add_typer(campaign.cli, name="campaign")


def main() -> int:
    """Run the command line; what an administrator can mend is a sentence, not a traceback."""
    try:
        cli()
    except CannotStart as wrong:
        typer.echo(str(wrong), err=True)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
