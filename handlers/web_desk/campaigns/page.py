"""One campaign: what it says, whom it reaches, how its runs go, what came back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from bot.domain.campaigns import moves, titles
from bot.domain.campaigns.campaign import Campaign
from bot.domain.campaigns.subscribers import LetterState, Run, RunState
from bot.domain.messages import Line
from bot.domain.officers import Officer
from bot.domain.titles import KIND
from bot.ports import UnitOfWork
from bot.services.duty import cards
from bot.services.outreach import costs, holding, writing
from bot.services.outreach.outcome import Refusal
from bot.services.outreach.results import Results, look, progress
from handlers.web_desk.campaigns import chart, naming
from handlers.web_desk.campaigns.listing import next_run
from handlers.web_desk.campaigns.lookup import number_of
from handlers.web_desk.desk import Desk, Visit
from handlers.web_desk.queue import name_of
from handlers.web_desk.visits import show
from handlers.web_wire.pages import LANGUAGES

RUNS = 10
"""Shown on the page, newest first."""
LIVE = (RunState.FREEZING, RunState.SENDING)


@dataclass(frozen=True, slots=True)
class RunRow:
    at: str
    state: RunState
    reminds: bool
    total: int
    done: int
    counts: Sequence[tuple[LetterState, int]]
    reasons: Sequence[tuple[str, int]]
    rate: str
    left: str


async def page(desk: Desk, visit: Visit) -> web.Response:
    id_, now = number_of(visit), desk.clock()

    def look(uow: UnitOfWork) -> Mapping[str, object] | None:
        campaign = uow.campaigns.get(id_)
        if campaign is None:
            return None
        roster, reach = uow.office.roster(), writing.reach(uow, desk.tools, campaign, now)
        return {
            "campaign": campaign,
            "next": next_run(desk, campaign),
            "may_approve": bool(moves.may_approve(campaign, [visit.officer])),
            "author": name_of(roster, campaign.author) if campaign.author else "",
            "approver": name_of(roster, campaign.approver) if campaign.approver else "",
            "findings": writing.check(uow, desk.tools, campaign, now),
            "reach": reach,
            "cost": costs.expected(reach, desk.tools).line,
            "previews": _previews(uow, desk, campaign, now),
            "runs": _runs(uow, id_, now),
            "sending": holding.sending(uow, campaign),
            "sees_guests": _sees_guests(campaign, visit.officer),
        }

    found = await desk.door.look(look)
    if found is None:
        raise web.HTTPNotFound
    campaign = found["campaign"]
    editable = isinstance(campaign, Campaign) and naming.editable(campaign)
    return show(desk, visit, "campaigns/page.html", {**_names(), **found, "editable": editable})


async def runs(desk: Desk, visit: Visit) -> web.Response:
    """Only the runs: the page's script puts them in place of the old ones while something is being sent."""
    id_, now = number_of(visit), desk.clock()

    def look(uow: UnitOfWork) -> Mapping[str, object] | None:
        campaign = uow.campaigns.get(id_)
        return None if campaign is None else {"campaign": campaign, "runs": _runs(uow, id_, now)}

    found = await desk.door.look(look)
    if found is None:
        raise web.HTTPNotFound
    return desk.pages.answer("campaigns/runs.html", visit.lang, {**_names(), **found})


def _names() -> Mapping[str, object]:
    return {
        "states": titles.STATE,
        "levels": naming.LEVEL,
        "channel_names": titles.channel,
        "skipped": titles.SKIPPED,
        "run_states": titles.RUN,
        "letters": titles.LETTER,
        "reason": titles.reason,
    }


def _previews(uow: UnitOfWork, desk: Desk, campaign: Campaign, now: datetime) -> list[object]:
    """Every language side by side."""
    return [shown for lang in LANGUAGES for shown in writing.preview(uow, desk.tools, campaign, lang, now)]


def _runs(uow: UnitOfWork, campaign: int, now: datetime) -> list[RunRow]:
    return [_row(uow, run, now) for run in uow.runs.of(campaign)[:RUNS]]


def _row(uow: UnitOfWork, run: Run, now: datetime) -> RunRow:
    going = progress(uow, run.id, now)
    live = going is not None and run.state in LIVE
    return RunRow(
        at=cards.clock(run.at),
        state=run.state,
        reminds=run.reminds,
        total=going.whole if going else 0,
        done=going.done if going else 0,
        counts=[(state, run.counts[state]) for state in LetterState if run.counts.get(state)],
        reasons=sorted(going.reasons.items(), key=lambda one: -one[1]) if going else (),
        rate=f"{going.per_second:.1f}" if going and live and going.per_second else "",
        left=_clockwise(going.left) if going and live and going.left else "",
    )


def _clockwise(left: timedelta) -> str:
    """1:05:30"""
    return str(timedelta(seconds=round(left.total_seconds())))


# --- results ---


async def outcome(desk: Desk, visit: Visit) -> web.Response:
    id_, now = number_of(visit), desk.clock()

    def work(uow: UnitOfWork) -> Results | Refusal:
        return look(uow, visit.officer, id_, now)

    found = await desk.door.ask(work)
    if isinstance(found, Refusal):
        return show(desk, visit, "refused.html", {"why": found.line}, status=404)
    t = desk.pages.speaker(visit.lang)
    bars = () if found.around is None else chart.bars(found.around.by_kind, lambda kind: _kind(t, kind))
    units = (
        () if found.around is None else chart.bars(found.around.by_unit, lambda unit: _unit(desk, t, unit))
    )
    values = {
        **_names(),
        "campaign": found.campaign,
        "found": found,
        "cost": costs.booked(found.spent, desk.tools).line,
        "by_kind": bars,
        "by_unit": units,
        "sees_guests": _sees_guests(found.campaign, visit.officer),
        "own_only": not moves.covers(visit.officer, ()),
        "quizzes": _quizzes(found, visit.lang),
        "since": cards.clock(found.around.since) if found.around else "",
        "middle": cards.clock(found.around.middle) if found.around else "",
        "until": cards.clock(found.around.until) if found.around else "",
    }
    return show(desk, visit, "campaigns/results.html", values)


def _sees_guests(campaign: Campaign, officer: Officer) -> bool:
    return campaign.content.event is not None and officer.id in (campaign.author, campaign.approver)


def _kind(t: chart.Say, kind: str) -> str:
    return next((t(line) for one, line in KIND.items() if one.value == kind), kind)


def _unit(desk: Desk, t: chart.Say, unit: str) -> str:
    return desk.tools.unit_name(unit) if unit else t(Line("page.campaign.results.no_unit"))


def _quizzes(found: Results, lang: str) -> list[tuple[str, list[tuple[str, int, bool]]]]:
    """(question, [(answer, people, right)])."""
    return [
        (
            quiz.question.get(lang) or next(iter(quiz.question.values()), ""),
            [
                (answer.get(lang) or next(iter(answer.values()), ""), counted.get(at, 0), at == quiz.right)
                for at, answer in enumerate(quiz.answers)
            ],
        )
        for quiz in found.campaign.content.quiz
        for counted in [found.quiz.get(quiz.code, {})]
    ]
