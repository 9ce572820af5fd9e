"""What the core asks of the world: channels that speak, a unit of work that remembers, words that people read."""

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
    TooLarge,
    Traits,
    Why,
)
from bot.ports.files import FileRow, Files, FileState, SealedFile
from bot.ports.office import Ledger, LedgerRow, LinkRow, Links, Office
from bot.ports.store import Store, UnitOfWork
from bot.ports.talk import Conversations, Inbox, NewLetter, Outbox, Settled, Waiting
from bot.ports.words import Signer, Words

__all__ = [
    "Cases",
    "Channel",
    "Conversations",
    "Deferred",
    "Delivered",
    "FetchOutcome",
    "Fetched",
    "FileRow",
    "FileState",
    "Files",
    "Inbox",
    "Ledger",
    "LedgerRow",
    "LinkRow",
    "Links",
    "NewLetter",
    "NewReport",
    "NotFetched",
    "Office",
    "Outbox",
    "Outcome",
    "Queue",
    "Refused",
    "ReportRow",
    "Scope",
    "SealedFile",
    "Settled",
    "Signer",
    "StatusCounts",
    "Store",
    "TooLarge",
    "Traits",
    "UnitOfWork",
    "Waiting",
    "Watches",
    "Why",
    "Words",
]
