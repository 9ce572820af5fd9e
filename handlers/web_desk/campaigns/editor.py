"""The editor: new drafts, changes of a draft, urgent notices; what is wrong stands beside what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from aiohttp import web

from bot.domain.campaigns import titles
from bot.domain.campaigns.campaign import Audience, Campaign, Content
from bot.domain.campaigns.placeholders import KNOWN
from bot.domain.campaigns.schedule import Schedule
from bot.domain.messages import Line
from bot.ports import UnitOfWork
from bot.services.outreach import surfaces, writing
from bot.services.outreach.outcome import Faults, Refusal, Saved
from bot.services.outreach.urgent import Notice, urgent_notice
from handlers.web_desk.campaigns import form as forms
from handlers.web_desk.campaigns import naming
from handlers.web_desk.campaigns.form import rules, templates
from handlers.web_desk.campaigns.form.audience import units as units_of
from handlers.web_desk.campaigns.lookup import the_campaign
from handlers.web_desk.desk import Desk, Visit
from handlers.web_desk.visits import Form, show, told
from handlers.web_wire.numbers import number
from handlers.web_wire.pages import LANGUAGES

NEW = Campaign(0, "", "", Content({}), Audience(), Schedule(()))
Wrong = Sequence[tuple[str, Line]]
"""(field, sentence) for each fault."""


async def new(desk: Desk, visit: Visit) -> web.Response:
    return _form(desk, visit, NEW, forms.typed(NEW, desk.communes), ())


async def edit(desk: Desk, visit: Visit) -> web.Response:
    campaign = await the_campaign(desk, visit)
    return _form(desk, visit, campaign, forms.typed(campaign, desk.communes), ())


async def save_new(desk: Desk, visit: Visit, form: Form) -> web.Response:
    return await _save(desk, visit, form, NEW)


async def save(desk: Desk, visit: Visit, form: Form) -> web.Response:
    before = await the_campaign(desk, visit)
    version = number(form.get("version", ""))
    return await _save(desk, visit, form, before if version is None else replace(before, version=version))


async def _save(desk: Desk, visit: Visit, form: Form, before: Campaign) -> web.Response:
    channels, takes = tuple(surfaces.surfaces(desk.tools)), surfaces.takes_templates(desk.tools)
    campaign, unread = forms.read(form, before, desk.communes, channels, takes)
    if unread:
        return _form(desk, visit, before, dict(form), [(one.field, one.line) for one in unread])
    now = desk.clock()

    def work(uow: UnitOfWork) -> Saved | Faults | Refusal:
        return writing.save_draft(uow, desk.tools, visit.officer, campaign, now)

    match await desk.door.ask(work):
        case Saved(kept, line):
            return told(desk, f"/desk/campaign/{kept.id}", desk.pages.speaker(visit.lang)(line))
        case Faults(found):
            wrong = [(_field(one.field), one.line) for one in found]
            return _form(desk, visit, before, dict(form), wrong)
        case Refusal(line):
            return _form(desk, visit, before, dict(form), [("title", line)])


def _field(place: str) -> str:
    """Where on the page a fault of `checks` is mended."""
    first, _, rest = place.partition(".")
    if first == "texts" and rest:
        return "text_" + rest.replace(".", "_")
    if first == "templates":
        return templates.field(rest, "id")
    return {"links": "link_1_code", "quiz": f"quiz_{rest or 1}_question_vi", "event": "event_at"}.get(
        first, first
    )


def _form(
    desk: Desk, visit: Visit, campaign: Campaign, typed: Mapping[str, str], wrong: Wrong
) -> web.Response:
    values = {
        "id": campaign.id,
        "action": f"/desk/campaign/{campaign.id}/edit" if campaign.id else "/desk/campaigns/new",
        "version": typed.get("version", campaign.version),
        "typed": typed,
        "faults": wrong,
        "languages": LANGUAGES,
        "channels": tuple(surfaces.surfaces(desk.tools)),
        "templated": surfaces.takes_templates(desk.tools),
        "channel_names": titles.channel,
        "group_names": titles.GROUP,
        "topic_names": titles.TOPIC,
        "moments": naming.MOMENT,
        "date_names": titles.date,
        "named": sorted(desk.tools.dates),
        "placeholders": sorted(KNOWN),
        "rule_kinds": rules.KINDS,
        "places": rules.places(typed),
        "links": forms.LINKS,
        "quizzes": forms.QUIZZES,
    }
    return show(desk, visit, "campaigns/edit.html", values, status=409 if wrong else 200)


# --- an urgent notice ---


async def urgent(desk: Desk, visit: Visit) -> web.Response:
    return _urgent(desk, visit, {}, ())


async def send_urgent(desk: Desk, visit: Visit, form: Form) -> web.Response:
    """Asks every officer who may agree; nothing goes out before one of them has."""
    reader = forms.Reader(form, desk.communes)
    units = units_of(reader)
    texts = {lang: said for lang in LANGUAGES if (said := reader.words(f"text_{lang}"))}
    approved = templates.read(reader, {}, surfaces.takes_templates(desk.tools))
    if reader.unread:
        return _urgent(desk, visit, form, [(one.field, one.line) for one in reader.unread])
    notice = Notice(reader.words("title"), texts, Audience(units=units), approved)
    now = desk.clock()

    def work(uow: UnitOfWork) -> Saved | Faults | Refusal:
        return urgent_notice(uow, desk.tools, visit.officer, notice, now)

    match await desk.door.ask(work):
        case Saved(kept, line):
            return told(desk, f"/desk/campaign/{kept.id}", desk.pages.speaker(visit.lang)(line))
        case Faults(found):
            return _urgent(desk, visit, form, [(_field(one.field), one.line) for one in found])
        case Refusal(line):
            return _urgent(desk, visit, form, [("title", line)])


def _urgent(desk: Desk, visit: Visit, typed: Form, wrong: Wrong) -> web.Response:
    values = {
        "typed": typed,
        "faults": wrong,
        "languages": LANGUAGES,
        "templated": surfaces.takes_templates(desk.tools),
        "channel_names": titles.channel,
    }
    return show(desk, visit, "campaigns/urgent.html", values, status=409 if wrong else 200)
