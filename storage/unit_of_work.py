"""One transaction with everything that is remembered."""

from dataclasses import dataclass

from storage.alarms import SqlAlarms
from storage.cases import SqlCases
from storage.cases.keys import CaseKeys
from storage.conversations import SqlConversations
from storage.files import SqlFiles
from storage.inbox import SqlInbox
from storage.judgements import SqlJudgements
from storage.ledger import SqlLedger
from storage.links import SqlLinks
from storage.offers import SqlOffers
from storage.office import RosterCache, SqlOffice
from storage.outbox import SqlOutbox
from storage.outreach.campaigns import SqlCampaigns
from storage.outreach.pictures import SqlPictures
from storage.outreach.replies import SqlReplies
from storage.outreach.runs import SqlRuns
from storage.outreach.subscribers import SqlSubscribers
from storage.platforms.contacts import SqlContacts
from storage.platforms.tokens import SqlTokens
from storage.quarantine import SqlQuarantine
from storage.readings import SqlReadings
from storage.sealed import Seals
from storage.tallies import SqlTallies
from storage.vault import Vault
from storage.watches import SqlWatches
from storage.writer.db import Db


@dataclass(frozen=True, slots=True)
class Memory:
    """What all transactions of a store share."""

    seals: Seals
    vault: Vault
    rosters: RosterCache


class SqlUnitOfWork:
    """The UnitOfWork of `bot.ports`; lives as long as its transaction.

    Its parts are made when they are asked for: a turn needs four of the nine.
    """

    __slots__ = ("_cases", "_db", "_keys", "_memory", "_office")

    def __init__(self, db: Db, memory: Memory) -> None:
        self._db = db
        self._memory = memory
        self._keys: CaseKeys | None = None
        self._office: SqlOffice | None = None
        self._cases: SqlCases | None = None

    @property
    def inbox(self) -> SqlInbox:
        return SqlInbox(self._db, self._memory.seals)

    @property
    def conversations(self) -> SqlConversations:
        return SqlConversations(self._db, self._memory.seals)

    @property
    def cases(self) -> SqlCases:
        if self._cases is None:
            self._cases = SqlCases(
                self._db, self._memory.seals, self._case_keys(), self.files, self.office.officer
            )
        return self._cases

    @property
    def watches(self) -> SqlWatches:
        return SqlWatches(self._db)

    @property
    def outbox(self) -> SqlOutbox:
        return SqlOutbox(self._db, self._memory.seals)

    @property
    def ledger(self) -> SqlLedger:
        return SqlLedger(self._db, self._memory.seals)

    @property
    def office(self) -> SqlOffice:
        if self._office is None:
            self._office = SqlOffice(self._db, self._memory.seals, self._memory.rosters)
        return self._office

    @property
    def links(self) -> SqlLinks:
        return SqlLinks(self._db, self._memory.seals)

    @property
    def offers(self) -> SqlOffers:
        return SqlOffers(self._db, self._memory.seals)

    @property
    def tallies(self) -> SqlTallies:
        return SqlTallies(self._db)

    @property
    def files(self) -> SqlFiles:
        return SqlFiles(self._db, self._memory.seals, self._case_keys(), self._memory.vault)

    @property
    def judgements(self) -> SqlJudgements:
        return SqlJudgements(self._db, self._case_keys())

    @property
    def readings(self) -> SqlReadings:
        return SqlReadings(self._db)

    @property
    def contacts(self) -> SqlContacts:
        return SqlContacts(self._db, self._memory.seals)

    @property
    def tokens(self) -> SqlTokens:
        return SqlTokens(self._db, self._memory.seals)

    @property
    def alarms(self) -> SqlAlarms:
        return SqlAlarms(self._db)

    @property
    def quarantine(self) -> SqlQuarantine:
        return SqlQuarantine(self._db, self._memory.seals)

    @property
    def campaigns(self) -> SqlCampaigns:
        return SqlCampaigns(self._db)

    @property
    def subscribers(self) -> SqlSubscribers:
        return SqlSubscribers(self._db, self._memory.seals)

    @property
    def runs(self) -> SqlRuns:
        return SqlRuns(self._db, self._memory.seals)

    @property
    def replies(self) -> SqlReplies:
        return SqlReplies(self._db, self._memory.seals)

    @property
    def pictures(self) -> SqlPictures:
        return SqlPictures(self._db, self._memory.vault)

    def _case_keys(self) -> CaseKeys:
        """Shared within the transaction: what one part destroys, no other opens."""
        if self._keys is None:
            self._keys = CaseKeys(self._db, self._memory.seals)
        return self._keys
