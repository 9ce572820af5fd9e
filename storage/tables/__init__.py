"""The tables: SQLModel declares them, Core statements use them."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from storage.tables import casework, judging, office, outreach, replies, talk, zalo

metadata: MetaData = SQLModel.metadata
_by_name = metadata.tables

inbox = _by_name[str(talk.InboxRow.__tablename__)]
conversations = _by_name[str(talk.ConversationRow.__tablename__)]
outbox = _by_name[str(talk.OutboxRow.__tablename__)]
offers = _by_name[str(talk.OfferRow.__tablename__)]
tallies = _by_name[str(talk.TallyRow.__tablename__)]
cases = _by_name[str(casework.CaseRow.__tablename__)]
case_keys = _by_name[str(casework.CaseKeyRow.__tablename__)]
reports = _by_name[str(casework.ReportRow.__tablename__)]
entries = _by_name[str(casework.EntryRow.__tablename__)]
assessments = _by_name[str(casework.AssessmentRow.__tablename__)]
judgements = _by_name[str(judging.JudgementRow.__tablename__)]
second_readings = _by_name[str(judging.SecondReadingRow.__tablename__)]
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
contacts = _by_name[str(zalo.ContactRow.__tablename__)]
spendings = _by_name[str(zalo.SpendingRow.__tablename__)]
account_quotas = _by_name[str(zalo.AccountQuotaRow.__tablename__)]
account_tokens = _by_name[str(zalo.AccountTokenRow.__tablename__)]
tracks = _by_name[str(zalo.TrackRow.__tablename__)]
quarantine = _by_name[str(zalo.QuarantineRow.__tablename__)]
alarms_of_office = _by_name[str(zalo.AlarmRow.__tablename__)]
campaigns = _by_name[str(outreach.CampaignRow.__tablename__)]
subscribers = _by_name[str(outreach.SubscriberRow.__tablename__)]
runs = _by_name[str(outreach.RunRow.__tablename__)]
run_texts = _by_name[str(outreach.RunTextRow.__tablename__)]
run_letters = _by_name[str(outreach.LetterRow.__tablename__)]
run_tallies = _by_name[str(outreach.RunTallyRow.__tablename__)]
uploads = _by_name[str(outreach.UploadRow.__tablename__)]
clicks = _by_name[str(replies.ClickRow.__tablename__)]
quiz_takers = _by_name[str(replies.QuizTakerRow.__tablename__)]
quiz_counts = _by_name[str(replies.QuizCountRow.__tablename__)]
comings = _by_name[str(replies.ComingRow.__tablename__)]
