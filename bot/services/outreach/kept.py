"""What letters already sent lead to: as it was agreed to when they went, and as it has been agreed to since."""

from dataclasses import dataclass

from bot.domain.campaigns.campaign import Campaign, Content, Event
from bot.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Kept:
    """A run's promises: they hold while its campaign is being changed, or when its year is over."""

    campaign: Campaign
    content: Content
    """As the letters say."""

    def link(self, code: str) -> str | None:
        """Mended meanwhile, the letter leads to the new address; nobody's unapproved change is ever reached."""
        return self._now.links.get(code) or self.content.links.get(code)

    @property
    def event(self) -> Event | None:
        """Moved meanwhile, people are told the new time."""
        then, now = self.content.event, self._now.event
        return now if then is not None and now is not None and now.code == then.code else then

    @property
    def _now(self) -> Content:
        return self.content if self.campaign.approver is None else self.campaign.content


def of_run(uow: UnitOfWork, run_id: int) -> Kept | None:
    """None: there is no such run."""
    run = uow.runs.get(run_id)
    campaign = None if run is None else uow.campaigns.get(run.campaign)
    if campaign is None:
        return None
    content = uow.runs.content(run_id)
    if content is None and campaign.approver is None:
        return None  # nothing was kept with it, and nobody has agreed to what stands there now
    return Kept(campaign, content or campaign.content)
