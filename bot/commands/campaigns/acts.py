"""`campaign propose | approve | pause | resume | stop | copy`: what officers decide."""

from collections.abc import Callable
from typing import Annotated

import typer

from bot.app import Office, wall_clock
from bot.commands.campaigns import shown
from bot.commands.campaigns.office import By, Code, find, officer_of, opened, told
from bot.commands.console import LANGUAGE, say
from bot.domain.campaigns import moves
from bot.domain.campaigns.campaign import Campaign
from bot.domain.messages import Line
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services import outreach
from bot.services.outreach import Faults, Refusal


def propose(code: Code, officer: By) -> None:
    """Ask for approval."""
    _act(code, officer, lambda found, uow, c, o: outreach.propose(uow, found.tools, o, c.id, wall_clock()))


def approve(
    code: Code,
    officer: By,
    version: Annotated[
        int | None, typer.Option(help="the one that `show` named; without it, it is shown and asked")
    ] = None,
) -> None:
    """Approve exactly what was shown, as another officer than its author; the ledger has it under this officer."""
    with opened() as found:
        campaign, who, now = find(found, code), officer_of(found, officer), wall_clock()
        if version is None and isinstance(moves.approve(campaign, who, now, None), Campaign):
            _ask(found, campaign)
        seen = campaign.version if version is None else version
        done = found.store.write(lambda uow: outreach.approve(uow, found.tools, who, campaign.id, now, seen))
    told(done.line, refused=isinstance(done, Refusal))


def pause(code: Code, officer: By) -> None:
    """Nothing more goes out until it is resumed."""
    _act(code, officer, lambda found, uow, c, o: outreach.pause(uow, found.tools, o, c.id, wall_clock()))


def resume(code: Code, officer: By) -> None:
    """Go on."""
    _act(code, officer, lambda found, uow, c, o: outreach.resume(uow, found.tools, o, c.id, wall_clock()))


def stop(code: Code, officer: By) -> None:
    """For good and at once: what is not yet sent is not sent."""
    _act(code, officer, lambda found, uow, c, o: outreach.stop(uow, found.tools, o, c.id, wall_clock()))


def copy(code: Code, year: Annotated[int, typer.Argument(min=2020, max=2050)], officer: By) -> None:
    """Another year's campaign as a new draft: its theme is to be looked at anew."""
    with opened() as found:
        campaign, who = find(found, code), officer_of(found, officer)
        done = found.store.write(
            lambda uow: outreach.copy(uow, found.tools, who, campaign.id, year, wall_clock())
        )
    if isinstance(done, Faults):
        say(*(one.line for one in done.found))
        raise typer.Exit(1)
    told(done.line, refused=isinstance(done, Refusal))


def _act(
    code: str, officer: str, do: Callable[[Office, UnitOfWork, Campaign, Officer], outreach.Outcome]
) -> None:
    with opened() as found:
        campaign, who = find(found, code), officer_of(found, officer)
        done = found.store.write(lambda uow: do(found, uow, campaign, who))
    told(done.line, refused=isinstance(done, Refusal))


def _ask(found: Office, campaign: Campaign) -> None:
    """Shows it in every language; ends the program unless the answer is yes."""
    now = wall_clock()

    def look(uow: UnitOfWork) -> list[Line]:
        texts = campaign.content.texts
        return [line for lang in texts for line in shown.whole(uow, found.tools, campaign, lang, now)]

    say(*found.store.read(look))
    typer.confirm(found.tools.words.render(Line("campaign.cli.sure"), LANGUAGE), abort=True)
