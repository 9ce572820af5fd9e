"""The tables: SQLModel declares them, Core statements use them."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from storage.tables import casework, office, talk

metadata: MetaData = SQLModel.metadata
_by_name = metadata.tables

inbox = _by_name[str(talk.InboxRow.__tablename__)]
conversations = _by_name[str(talk.ConversationRow.__tablename__)]
outbox = _by_name[str(talk.OutboxRow.__tablename__)]
cases = _by_name[str(casework.CaseRow.__tablename__)]
case_keys = _by_name[str(casework.CaseKeyRow.__tablename__)]
reports = _by_name[str(casework.ReportRow.__tablename__)]
entries = _by_name[str(casework.EntryRow.__tablename__)]
assessments = _by_name[str(casework.AssessmentRow.__tablename__)]
case_words = _by_name[str(casework.CaseWordRow.__tablename__)]
watches = _by_name[str(casework.WatchRow.__tablename__)]
alerts = _by_name[str(casework.AlertRow.__tablename__)]
files = _by_name[str(casework.FileRow.__tablename__)]
office_state = _by_name[str(office.OfficeRow.__tablename__)]
officers = _by_name[str(office.OfficerRow.__tablename__)]
officer_addresses = _by_name[str(office.OfficerAddressRow.__tablename__)]
links = _by_name[str(office.LinkRow.__tablename__)]
attempts = _by_name[str(office.AttemptRow.__tablename__)]
ledger = _by_name[str(office.LedgerEntryRow.__tablename__)]
ledger_head = _by_name[str(office.LedgerHeadRow.__tablename__)]
seal_check = _by_name[str(office.SealCheckRow.__tablename__)]
