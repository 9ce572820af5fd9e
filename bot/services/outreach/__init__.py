"""What officers and the clock do with awareness campaigns, and what subscribers answer.

Every function is one step of one transaction; `id_` is a campaign's number. Those by which an officer acts answer
`Done` or `Refusal`, each with a sentence (`.line`) for whoever pressed; writing answers `Saved` (`.campaign`, and
`.found` with what still hinders it), `Faults` (`.found`: each `Finding` has level, code, line, field) or `Refusal`.

Writing (`writing`, `copying`, `urgent`):

    save_draft(uow, tools, officer, campaign, now) -> Saved | Faults | Refusal    new if campaign.id == 0
    copy(uow, tools, officer, id_, year, now) -> Saved | Faults | Refusal         last year's as a new draft
    take_in(uow, tools, campaign, now, actor, over=False) -> Saved | Faults | Refusal    a draft out of a file
    seed(uow, tools, drafts, now) -> int                                          what ships, for an empty office
    check(uow, tools, campaign, now) -> Sequence[Finding]                         what hinders, what to think of
    preview(uow, tools, campaign, lang, now) -> Sequence[preview.Shown]           as each channel will show it
    reach(uow, tools, campaign, now) -> Reach                                     counted before sending
    send_test(uow, tools, officer, id_, now, lang="vi") -> Outcome                to the officer's own chat
    urgent_notice(uow, tools, officer, Notice(…), now) -> Saved | Faults | Refusal

Deciding (`deciding`, `holding`); `version`: the one that was shown, so nobody agrees to what was changed meanwhile:

    propose / approve(uow, tools, officer, id_, now, version=None) -> Outcome
    send_back / pause / resume / stop(uow, tools, officer, id_, now) -> Outcome
    run_now(uow, tools, officer, id_, now) -> Outcome                             one run more, beside its schedule
    approve_button(tools, officer.id, address, campaign) -> Choice                the one tap, for officers' channels;
        its desk action is `deciding.APPROVE`, and `deciding.pressed(arg)` gives (id_, version) for `approve`

Looking (`looking`, `results`, `events`):

    listing(uow, states=()) -> Sequence[Campaign]
    open_campaign(uow, id_) -> Opened | None                                      campaign, runs, history
    today(uow, tools, now) -> Sequence[Planned]                                   what runs on this local day
    calendar(uow, tools, first, last, drafts=False) -> Sequence[Day]              lunar days, named dates, runs
    results(uow, id_, now) -> Results | None                                      with reports before and after
    progress(uow, run_id, now) -> Progress | None                                 for a live bar
    coming(uow, campaign) -> Sequence[Subscriber]                                 who comes to its event
    events.guests(uow, officer, id_, now) -> events.Guests | Refusal              their names, for writer and approver
    look(uow, officer, id_, now) -> Results | Refusal                             results, as far as they are theirs

Time (`ticking`): tick(uow, tools, now) -> int. People (`subscribing`, `answering`): hears(…) takes a turn where it is
about letters of campaigns, after(…) lets the unsafe mark follow the conversation, and
follow(uow, run_id, code, now) -> str | None is the address behind a counted link (GET /l/<run>/<code>).
"""

from bot.services.outreach.answering import follow
from bot.services.outreach.copying import copy
from bot.services.outreach.deciding import approve, approve_button, propose, send_back
from bot.services.outreach.events import coming
from bot.services.outreach.holding import pause, resume, stop
from bot.services.outreach.looking import Day, Opened, Planned, calendar, listing, open_campaign, today
from bot.services.outreach.outcome import Done, Faults, Outcome, Refusal, Saved
from bot.services.outreach.results import Progress, Results, look, progress, results
from bot.services.outreach.ticking import run_now, tick
from bot.services.outreach.trying import send_test
from bot.services.outreach.urgent import Notice, urgent_notice
from bot.services.outreach.writing import check, preview, reach, save_draft, seed, take_in

__all__ = [
    "Day",
    "Done",
    "Faults",
    "Notice",
    "Opened",
    "Outcome",
    "Planned",
    "Progress",
    "Refusal",
    "Results",
    "Saved",
    "approve",
    "approve_button",
    "calendar",
    "check",
    "coming",
    "copy",
    "follow",
    "listing",
    "look",
    "open_campaign",
    "pause",
    "preview",
    "progress",
    "propose",
    "reach",
    "results",
    "resume",
    "run_now",
    "save_draft",
    "seed",
    "send_back",
    "send_test",
    "stop",
    "take_in",
    "tick",
    "today",
    "urgent_notice",
]
