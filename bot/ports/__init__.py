"""What the core asks of the world: channels that speak, a unit of work that remembers, words that people read."""

from bot.ports.accounts import AlarmRow, Alarms, TokenPair, TokenRow, Tokens
from bot.ports.cases import Cases, NewReport, Queue, ReportRow, StatusCounts, Watches
from bot.ports.channels import (
    Channel,
    Deferred,
    Delivered,
    Fetched,
    FetchOutcome,
    NotFetched,
    Outcome,
    Refused,
    Scope,
    Spent,
    Taps,
    TooLarge,
    Traits,
    Why,
)
from bot.ports.contacts import Contact, Contacts, Quota, SpentRow, WindowCounts
from bot.ports.files import FileRow, Files, FileState, SealedFile
from bot.ports.judging import About, Assessed, Draft, Judgement, Judgements, Readable, Readings, Unread
from bot.ports.offers import NewOffer, Offers
from bot.ports.office import Ledger, LedgerRow, LinkRow, Links, Office
from bot.ports.quarantine import Put, Quarantine, Shut, Suspect
from bot.ports.reader import NoOpinion, SecondReader, Unheard
from bot.ports.store import Haste, Store, UnitOfWork
from bot.ports.talk import Conversations, Inbox, NewLetter, Outbox, Settled, Waiting
from bot.ports.tallies import Tallies
from bot.ports.words import Signer, Words

__all__ = [
    "About",
    "AlarmRow",
    "Alarms",
    "Assessed",
    "Cases",
    "Channel",
    "Contact",
    "Contacts",
    "Conversations",
    "Deferred",
    "Delivered",
    "Draft",
    "FetchOutcome",
    "Fetched",
    "FileRow",
    "FileState",
    "Files",
    "Haste",
    "Inbox",
    "Judgement",
    "Judgements",
    "Ledger",
    "LedgerRow",
    "LinkRow",
    "Links",
    "NewLetter",
    "NewOffer",
    "NewReport",
    "NoOpinion",
    "NotFetched",
    "Offers",
    "Office",
    "Outbox",
    "Outcome",
    "Put",
    "Quarantine",
    "Queue",
    "Quota",
    "Readable",
    "Readings",
    "Refused",
    "ReportRow",
    "Scope",
    "SealedFile",
    "SecondReader",
    "Settled",
    "Shut",
    "Signer",
    "Spent",
    "SpentRow",
    "StatusCounts",
    "Store",
    "Suspect",
    "Tallies",
    "Taps",
    "TokenPair",
    "TokenRow",
    "Tokens",
    "TooLarge",
    "Traits",
    "Unheard",
    "UnitOfWork",
    "Unread",
    "Waiting",
    "Watches",
    "Why",
    "WindowCounts",
    "Words",
]
