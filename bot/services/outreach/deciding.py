"""Who agrees to a campaign: propose, approve, send back; the one-tap button for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain import desk
from bot.domain.campaigns import checks, due, moves
from bot.domain.campaigns.campaign import Campaign, State
from bot.domain.campaigns.checks import Level
from bot.domain.campaigns.schedule import Once, Schedule
from bot.domain.duty import LOCAL
from bot.domain.messages import Address, Choice, Lane, Line
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services import letters
from bot.services.duty import cards, telling
from bot.services.outreach import surfaces, writing
from bot.services.outreach.outcome import FASTER, NOT_THERE, Done, Outcome, Refusal, faulty, why
from bot.services.tools import Tools

APPROVE = "campaign"
"""The action of the one-tap button, on every officers' channel."""

Moved = Campaign | moves.Refused


def propose(
    uow: UnitOfWork, tools: Tools, officer: Officer, id_: int, now: datetime, version: int | None = None
) -> Outcome:
    """Its author asks for approval; whoever may give it is told, with the button."""

    def move(campaign: Campaign) -> Moved | Refusal:
        return _hindered(uow, tools, campaign, now) or moves.propose(campaign, officer)

    done = decide(uow, officer, id_, now, version, move, "campaign.proposed")
    if isinstance(done, Campaign):
        ask_for_approval(uow, tools, done, now)
        return Done(Line("campaign.done.proposed", {"title": done.title}))
    return done


def approve(
    uow: UnitOfWork, tools: Tools, officer: Officer, id_: int, now: datetime, version: int | None = None
) -> Outcome:
    """A second officer agrees to exactly what was proposed (`version`); from now on it runs."""

    def move(campaign: Campaign) -> Moved | Refusal:
        if campaign.urgent and campaign.state is State.PROPOSED:
            campaign = replace(campaign, schedule=at_once(now))
        allowed = moves.approve(campaign, officer, now, _next(campaign, tools, now))
        if isinstance(allowed, moves.Refused) or allowed is campaign:
            return allowed
        return _hindered(uow, tools, campaign, now) or allowed

    done = decide(uow, officer, id_, now, version, move, "campaign.approved")
    if not isinstance(done, Campaign):
        return done
    line = Line("campaign.done.approved", {"title": done.title, "time": when(done)})
    _tell_author(uow, tools, done, officer, line, now)
    return Done(line)


def send_back(uow: UnitOfWork, tools: Tools, officer: Officer, id_: int, now: datetime) -> Outcome:
    """Proposed, but not good enough yet: its author is told."""
    done = decide(uow, officer, id_, now, None, lambda c: moves.send_back(c, officer), "campaign.sent_back")
    if not isinstance(done, Campaign):
        return done
    line = Line("campaign.done.sent_back", {"title": done.title})
    _tell_author(uow, tools, done, officer, line, now)
    return Done(line)


def approve_button(tools: Tools, officer: int, to: Address, campaign: Campaign) -> Choice:
    """One tap of this officer at this address; it agrees to this version and no other."""
    sign = cards.signer(tools, officer, to)
    tap = desk.tap(sign, APPROVE, arg=f"{campaign.id}.{campaign.version}")
    return Choice(Line("campaign.button.approve"), tap, once=True)


def pressed(arg: str) -> tuple[int, int] | None:
    """(campaign, version) of the button's argument."""
    id_, _, version = arg.partition(".")
    return (int(id_), int(version)) if id_.isdecimal() and version.isdecimal() else None


def ask_for_approval(uow: UnitOfWork, tools: Tools, campaign: Campaign, now: datetime) -> int:
    """Everybody who may be the second pair of eyes; returns how many were asked."""
    author = None if campaign.author is None else uow.office.officer(campaign.author)
    asked = moves.may_approve(campaign, uow.office.roster().officers)
    values: dict[str, str | int | Line] = {"title": campaign.title, "name": author.name if author else ""}
    line = Line("campaign.ask_urgent", values) if campaign.urgent else Line("campaign.ask", values)
    for officer in asked:
        to = telling.best_address(uow, officer)
        choices = (approve_button(tools, officer.id, to, campaign),) if cards.has_buttons(tools, to) else ()
        lines = [line, *_words_of(campaign)]
        lane = Lane.ALERT if campaign.urgent else Lane.CONVERSATION
        lang = telling.lang_of(tools, officer)
        letters.say(uow, tools, to, lines, now, lang=lang, choices=choices, lane=lane)
    return len(asked)


def at_once(now: datetime) -> Schedule:
    """Today at this very minute."""
    local = now.astimezone(LOCAL)
    return Schedule((Once(local.date()),), local.time().replace(second=0, microsecond=0))


def _words_of(campaign: Campaign) -> list[Line]:
    """All that it would say in any language and on any channel, and where its links lead, for whoever is to agree."""
    content = campaign.content
    said = [text for texts in content.texts.values() for text in texts.values() if text.strip()]
    said += [f"{code}: {address}" for code, address in content.links.items()]
    lines = [Line("campaign.quoted", {"text": text}) for text in dict.fromkeys(said)]
    if content.picture is not None or content.quiz or content.event is not None:
        lines.append(Line("campaign.ask_more"))
    return lines


def decide(
    uow: UnitOfWork,
    officer: Officer,
    id_: int,
    now: datetime,
    version: int | None,
    move: Callable[[Campaign], Moved | Refusal],
    action: str,
) -> Campaign | Done | Refusal:
    """One legal move, saved and in the ledger; the campaign as it is now. Pressing twice changes nothing."""
    campaign = uow.campaigns.get(id_)
    if campaign is None:
        return NOT_THERE
    moved = move(campaign)
    if isinstance(moved, Refusal):
        return moved
    if isinstance(moved, moves.Refused):
        return why(uow, moved)
    if moved is campaign:
        return Done(Line("campaign.done.already", {"title": campaign.title}))
    if version is not None and version != campaign.version:
        return Refusal(Line("campaign.no.changed"))
    if not uow.campaigns.save(moved):
        return FASTER
    uow.ledger.note(action, actor=f"officer:{officer.id}", subject=f"campaign:{id_}", at=now)
    return replace(moved, version=moved.version + 1)


def _hindered(uow: UnitOfWork, tools: Tools, campaign: Campaign, now: datetime) -> Refusal | None:
    found = checks.refuses(tuple(writing.check(uow, tools, campaign, now)), Level.HINDERS)
    return faulty(found) if found else None


def _next(campaign: Campaign, tools: Tools, now: datetime) -> datetime | None:
    if not campaign.urgent:
        return due.next_at(campaign, now, tools.dates)
    (rule,) = campaign.schedule.rules
    assert isinstance(rule, Once)  # noqa: S101 - made by `at_once`
    return datetime.combine(rule.day, campaign.schedule.at, LOCAL).astimezone(now.tzinfo)


def when(campaign: Campaign) -> str:
    return "–" if campaign.next_at is None else surfaces.clock(campaign.next_at)


def _tell_author(
    uow: UnitOfWork, tools: Tools, campaign: Campaign, by: Officer, line: Line, now: datetime
) -> None:
    author = None if campaign.author is None else telling.in_office(uow, campaign.author)
    if author is not None and author.id != by.id:
        telling.tell(uow, tools, author, (line,), now)
