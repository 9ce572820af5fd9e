"""`campaign …`: list, show, approve, run, pause, stop, results, calendar, import and export."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.app import Office, wall_clock
from bot.channels import configured
from bot.commands import campaign_files, campaign_shown, following
from bot.commands.console import opened as office_opened
from bot.commands.console import say, settings
from bot.commands.poster import poster
from bot.domain.campaigns.campaign import Campaign, State
from bot.domain.messages import Line
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services import outreach
from bot.services.outreach import Faults, Refusal

cli = typer.Typer(no_args_is_help=True, help="Awareness campaigns.")
cli.command()(poster)
Code = Annotated[str, typer.Argument(help="the campaign's code")]
By = Annotated[str, typer.Option("--officer", help="code of the officer who does this")]


@cli.command(name="list")
def list_(state: Annotated[State | None, typer.Option(help="only those")] = None) -> None:
    """All campaigns with their state and next run."""
    with opened() as found:
        campaigns = found.store.read(lambda uow: outreach.listing(uow, (state,) if state else ()))
    say(*(campaign_shown.row(one) for one in campaigns) if campaigns else (Line("campaign.cli.none"),))


@cli.command()
def show(code: Code, lang: str = "vi") -> None:
    """One campaign: who, whom it reaches, what hinders it, and its letter on each channel."""
    with opened() as found:
        campaign = _find(found, code)
        now = wall_clock()
        say(*found.store.read(lambda uow: campaign_shown.whole(uow, found.tools, campaign, lang, now)))


@cli.command()
def propose(code: Code, officer: By) -> None:
    """Ask for approval."""
    _act(code, officer, lambda found, uow, c, o: outreach.propose(uow, found.tools, o, c.id, wall_clock()))


@cli.command()
def approve(code: Code, officer: By) -> None:
    """Approve, as another officer than its author; it is in the ledger under this officer."""
    _act(code, officer, lambda found, uow, c, o: outreach.approve(uow, found.tools, o, c.id, wall_clock()))


@cli.command()
def pause(code: Code, officer: By) -> None:
    """Nothing more goes out until it is resumed."""
    _act(code, officer, lambda found, uow, c, o: outreach.pause(uow, found.tools, o, c.id, wall_clock()))


@cli.command()
def resume(code: Code, officer: By) -> None:
    """Go on."""
    _act(code, officer, lambda found, uow, c, o: outreach.resume(uow, found.tools, o, c.id, wall_clock()))


@cli.command()
def stop(code: Code, officer: By) -> None:
    """For good and at once: what is not yet sent is not sent."""
    _act(code, officer, lambda found, uow, c, o: outreach.stop(uow, found.tools, o, c.id, wall_clock()))


@cli.command()
def copy(code: Code, year: Annotated[int, typer.Argument(min=2020, max=2050)], officer: By) -> None:
    """Another year's campaign as a new draft: its theme is to be looked at anew."""
    with opened() as found:
        campaign, who = _find(found, code), _officer(found, officer)
        done = found.store.write(
            lambda uow: outreach.copy(uow, found.tools, who, campaign.id, year, wall_clock())
        )
    if isinstance(done, Faults):
        say(*(one.line for one in done.found))
        raise typer.Exit(1)
    _told(done.line, refused=isinstance(done, Refusal))


@cli.command()
def run(
    code: Code,
    officer: Annotated[
        str, typer.Option("--officer", help="begin a run now, beside its schedule, as this officer")
    ] = "",
    follow: Annotated[bool, typer.Option("--follow", help="a live bar until it is over")] = False,
) -> None:
    """Begin a run of an approved campaign now (with --officer), or look at the newest one."""
    with opened() as found:
        campaign = _find(found, code)
        if officer:
            who = _officer(found, officer)
            begun = found.store.write(
                lambda uow: outreach.run_now(uow, found.tools, who, campaign.id, wall_clock())
            )
            _told(begun.line, refused=isinstance(begun, Refusal))
        if not following.follow(found, campaign.id, once=not follow):
            say(Line("campaign.cli.no_run"))
            raise typer.Exit(1)


@cli.command()
def results(code: Code) -> None:
    """What came back, and what was reported before and after."""
    with opened() as found:
        campaign, now = _find(found, code), wall_clock()
        came = found.store.read(lambda uow: outreach.results(uow, campaign.id, now))
        if came is not None:
            say(*campaign_shown.came_back(came, found.tools, found.gazetteer.full_name))


@cli.command()
def calendar(
    year: Annotated[int, typer.Argument(min=1968, max=2050)],
    every_day: Annotated[bool, typer.Option("--every-day", help="also days on which nothing is")] = False,
) -> None:
    """A year with its lunar days, named dates and campaigns, drafts included."""
    with opened() as found:
        first, last = date(year, 1, 1), date(year, 12, 31)
        days = found.store.read(lambda uow: outreach.calendar(uow, found.tools, first, last, drafts=True))
    for day in days:
        if every_day or day.planned or day.names:
            say(*campaign_shown.day(day))


@cli.command(name="import")
def import_(
    files: Annotated[list[Path] | None, typer.Argument(help="*.toml; none: the drafts that ship")] = None,
    over: Annotated[
        bool, typer.Option("--over", help="also over drafts that officers have worked on")
    ] = False,
) -> None:
    """Take campaigns from files, as drafts; with any fault nothing is taken."""
    with opened() as found:
        taken = campaign_files.take(found, files or [], wall_clock(), over=over)
    if isinstance(taken, int):
        say(Line("campaign.cli.imported", {"count": taken}))
        return
    say(*taken)
    raise typer.Exit(1)


@cli.command()
def export(file: Annotated[Path, typer.Argument(help="where to write them")]) -> None:
    """Write all campaigns to a file that another office can import."""
    with opened() as found:
        count = campaign_files.give(found, file)
    say(Line("campaign.cli.exported", {"count": count, "file": file.name}))


@contextmanager
def opened() -> Iterator[Office]:
    """The office, with what its channels can do: a letter is checked against each of them."""
    with office_opened() as found:
        traits = {one.name: one.traits for one in configured(settings())}
        yield replace(found, tools=replace(found.tools, traits=traits))


def _act(
    code: str, officer: str, do: Callable[[Office, UnitOfWork, Campaign, Officer], outreach.Outcome]
) -> None:
    with opened() as found:
        campaign, who = _find(found, code), _officer(found, officer)
        done = found.store.write(lambda uow: do(found, uow, campaign, who))
    _told(done.line, refused=isinstance(done, Refusal))


def _told(line: Line, *, refused: bool) -> None:
    say(line)
    if refused:
        raise typer.Exit(1)


def _find(found: Office, code: str) -> Campaign:
    campaign = found.store.read(lambda uow: uow.campaigns.by_code(code))
    if campaign is None:
        say(Line("campaign.cli.no_code", {"code": code}))
        raise typer.Exit(1)
    return campaign


def _officer(found: Office, code: str) -> Officer:
    roster = found.store.read(lambda uow: uow.office.roster())
    officer = next((one for one in roster.officers if one.code == code), None)
    if officer is None:
        say(Line("campaign.cli.no_officer", {"code": code}))
        raise typer.Exit(1)
    return officer
