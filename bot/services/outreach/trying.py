"""A campaign's letter to the officer's own chat, as subscribers will see it: picture, words and buttons."""

from datetime import datetime

from bot.domain.campaigns.placeholders import COMMUNE, LINK
from bot.domain.campaigns.preview import Shown, compose
from bot.domain.messages import Enclosure, Lane, Line
from bot.domain.officers import Officer
from bot.ports import NewLetter, UnitOfWork
from bot.services.duty import telling
from bot.services.outreach import surfaces
from bot.services.outreach.outcome import NOT_THERE, Done, Outcome, Refusal
from bot.services.tools import Tools

NO_RUN = 0
"""The number of a run that is none: an answer to it is not counted (`buttons.of_test`)."""


def send_test(
    uow: UnitOfWork, tools: Tools, officer: Officer, id_: int, now: datetime, lang: str = "vi"
) -> Outcome:
    """Nobody else gets it and nothing is counted; its links lead straight to where they lead."""
    campaign = uow.campaigns.get(id_)
    if campaign is None:
        return NOT_THERE
    to = telling.best_address(uow, officer)
    traits = tools.traits.get(to.channel)
    shown: Shown | None = None
    if traits is not None:
        filled = surfaces.values(campaign, uow.office.roster(), tools, lang, campaign.next_at or now)
        place = tools.unit_name(officer.units[0]) if officer.units else ""
        links = {LINK + code: address for code, address in campaign.content.links.items()}
        on = surfaces.surface_of(to.channel, traits)
        own = {**filled, **links, COMMUNE: place}
        shown = compose(campaign, lang, on, NO_RUN, own, surfaces.say_in(tools, lang))
    if traits is None or shown is None:
        return Refusal(Line("campaign.fault.no_text"))
    head = tools.words.render(Line("campaign.test", {"title": campaign.title}), lang)
    uow.outbox.post(NewLetter(Lane.CONVERSATION, to, head, private=False), now)
    picture = campaign.content.picture
    letter = NewLetter(
        Lane.CONVERSATION,
        to,
        shown.text,
        buttons=shown.rows,
        private=False,
        enclosure=Enclosure(picture.digest, picture.mime) if picture else None,
    )
    uow.outbox.post(letter, now)
    # a page of ours shows words only
    return Done(Line("campaign.done.test_page") if traits.pull else Line("campaign.done.test"))
