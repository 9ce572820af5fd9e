"""`campaign …`: list, show, approve, run, pause, stop, results, calendar, import and export."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.app import wall_clock
from bot.commands.campaigns import files, following, shown
from bot.commands.campaigns.acts import approve, copy, pause, propose, resume, stop
from bot.commands.campaigns.office import Code, find, officer_of, opened, told
from bot.commands.campaigns.poster import poster
from bot.commands.console import say
from bot.domain.campaigns.campaign import State
from bot.domain.messages import Line
from bot.services import outreach
from bot.services.outreach import Refusal

cli = typer.Typer(no_args_is_help=True, help="Awareness campaigns.")
for _act in (propose, approve, pause, resume, stop, copy, poster):
    cli.command()(_act)


@cli.command(name="list")
def list_(state: Annotated[State | None, typer.Option(help="only those")] = None) -> None:
    """All campaigns with their state and next run."""
    with opened() as found:
        campaigns = found.store.read(lambda uow: outreach.listing(uow, (state,) if state else ()))
    say(*(shown.row(one) for one in campaigns) if campaigns else (Line("campaign.cli.none"),))


@cli.command()
def show(code: Code, lang: str = "vi") -> None:
    """One campaign: who, whom it reaches, what hinders it, and its letter on each channel."""
    with opened() as found:
        campaign = find(found, code)
        now = wall_clock()
        say(*found.store.read(lambda uow: shown.whole(uow, found.tools, campaign, lang, now)))


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
        campaign = find(found, code)
        if officer:
            who = officer_of(found, officer)
            begun = found.store.write(
                lambda uow: outreach.run_now(uow, found.tools, who, campaign.id, wall_clock())
            )
            told(begun.line, refused=isinstance(begun, Refusal))
        if not following.follow(found, campaign.id, once=not follow):
            say(Line("campaign.cli.no_run"))
            raise typer.Exit(1)


@cli.command()
def results(code: Code) -> None:
    """What came back, and what was reported before and after."""
    with opened() as found:
        campaign, now = find(found, code), wall_clock()
        came = found.store.read(lambda uow: outreach.results(uow, campaign.id, now))
        if came is not None:
            say(*shown.came_back(came, found.tools, found.gazetteer.full_name))


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
            say(*shown.day(day))


@cli.command(name="import")
def import_(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILES]...", help="*.toml; none: the drafts that ship")
    ] = None,
    over: Annotated[
        bool, typer.Option("--over", help="also over drafts that officers have worked on")
    ] = False,
) -> None:
    """Take campaigns from files, as drafts; with any fault nothing is taken."""
    with opened() as found:
        taken = files.take(found, paths or [], wall_clock(), over=over)
    if isinstance(taken, int):
        say(Line("campaign.cli.imported", {"count": taken}))
        return
    say(*taken)
    raise typer.Exit(1)


@cli.command()
def export(file: Annotated[Path, typer.Argument(help="where to write them")]) -> None:
    """Write all campaigns to a file that another office can import."""
    with opened() as found:
        count = files.give(found, file)
    say(Line("campaign.cli.exported", {"count": count, "file": file.name}))
