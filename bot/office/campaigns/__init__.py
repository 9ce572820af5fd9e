"""Campaigns and the calendar of named dates as files: one calendar may be handed to thirty-four provinces."""

from bot.office.campaigns.dates import read_dates, shipped_dates
from bot.office.campaigns.reading import read_campaigns
from bot.office.campaigns.shipped import shipped_drafts
from bot.office.campaigns.writing import write_campaigns

__all__ = ["read_campaigns", "read_dates", "shipped_dates", "shipped_drafts", "write_campaigns"]
