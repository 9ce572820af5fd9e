"""The office as `campaign …` opens it, and the campaign and officer that a command names."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated

import typer

from bot.app import Office
from bot.channels import configured
from bot.commands.console import opened as office_opened
from bot.commands.console import say, settings
from bot.domain.campaigns.campaign import Campaign
from bot.domain.messages import Line
from bot.domain.officers import Officer

Code = Annotated[str, typer.Argument(help="the campaign's code")]
By = Annotated[str, typer.Option("--officer", help="code of the officer who does this")]


@contextmanager
def opened() -> Iterator[Office]:
    """The office, with what its channels can do: a letter is checked against each of them."""
    with office_opened() as found:
        traits = {one.name: one.traits for one in configured(settings())}
        yield replace(found, tools=replace(found.tools, traits=traits))


def told(line: Line, *, refused: bool) -> None:
    say(line)
    if refused:
        raise typer.Exit(1)


def find(found: Office, code: str) -> Campaign:
    campaign = found.store.read(lambda uow: uow.campaigns.by_code(code))
    if campaign is None:
        say(Line("campaign.cli.no_code", {"code": code}))
        raise typer.Exit(1)
    return campaign


def officer_of(found: Office, code: str) -> Officer:
    roster = found.store.read(lambda uow: uow.office.roster())
    officer = next((one for one in roster.officers if one.code == code), None)
    if officer is None:
        say(Line("campaign.cli.no_officer", {"code": code}))
        raise typer.Exit(1)
    return officer
