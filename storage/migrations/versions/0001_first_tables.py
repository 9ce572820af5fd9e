"""The first tables."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import (
    degrees,
    index,
    key,
    maybe_number,
    maybe_octets,
    maybe_of,
    maybe_short,
    maybe_small,
    moment,
    number,
    octets,
    of,
    only,
    short,
    small,
    unique_short,
)
from storage.migrations.guards import LEDGER

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _talk()
    _cases()
    _watches()
    _office()
    for statement in LEDGER[op.get_bind().dialect.name]:
        op.execute(statement)


def _talk() -> None:
    op.create_table(
        "inbox",
        key(),
        octets("message", unique=True),
        octets("person"),
        moment("at"),
        small("state"),
        small("tries"),
        maybe_octets("heard"),
    )
    index("ix_inbox_person", "inbox", "person at")
    index("ix_inbox_waiting", "inbox", "person id", where="state = 0")
    op.create_table(
        "conversations",
        key(),
        octets("person", unique=True),
        octets("address"),
        maybe_octets("state"),
        maybe_number("wake_at"),
    )
    index("ix_conversations_wake", "conversations", "wake_at", where="wake_at IS NOT NULL")
    op.create_table(
        "outbox",
        key(),
        small("lane"),
        short("channel"),
        short("account"),
        octets("person"),
        small("state"),
        moment("posted_at"),
        moment("turn"),
        moment("due_at"),
        maybe_number("until"),
        small("tries"),
        maybe_number("done_at"),
        short("why"),
        maybe_number("alert_id"),
        maybe_number("case_id"),
        maybe_octets("body"),
        sqlite_autoincrement=True,
    )
    index("ix_outbox_due", "outbox", "channel account lane due_at id", where="state = 0")
    index("ix_outbox_flight", "outbox", "channel account lane until", where="state = 1")
    index("ix_outbox_person", "outbox", "person lane turn id", where="state < 2")
    index("ix_outbox_case", "outbox", "case_id", where="state < 2 AND case_id IS NOT NULL")


def _cases() -> None:
    op.create_table(
        "cases",
        key(),
        short("kind"),
        short("urgency"),
        small("rank"),
        short("status"),
        small("is_open", 1),
        moment("opened_at"),
        moment("clock_from"),
        maybe_number("due_at"),
        moment("clock_end"),
        short("also"),
        short("environment"),
        maybe_short("unit"),
        maybe_short("residence"),
        maybe_octets("point"),
        degrees("lat"),
        degrees("lon"),
        maybe_number("owner_id"),
        maybe_number("taken_at"),
        maybe_number("acted_at"),
        maybe_number("closed_at"),
        maybe_short("result"),
        short("excluded"),
        short("language"),
        small("needs_listening"),
        small("restricted"),
        number("reports", 1),
        small("reached", 1),
        small("erasure_asked"),
        maybe_octets("water"),
        number("version"),
        sqlite_autoincrement=True,
    )
    index("ix_cases_open", "cases", "rank clock_end id", where="is_open = 1")
    index("ix_cases_open_hazards", "cases", "lat", where="is_open = 1 AND lat IS NOT NULL")
    index("ix_cases_open_owner", "cases", "owner_id", where="is_open = 1")
    index("ix_cases_open_unit", "cases", "unit kind opened_at", where="is_open = 1")
    op.create_table(
        "case_keys",
        sa.Column(
            "case_id", sa.BigInteger(), sa.ForeignKey("cases.id"), primary_key=True, autoincrement=False
        ),
        octets("wrapped"),
    )
    op.create_table(
        "reports",
        key(),
        of("case_id", "cases.id"),
        maybe_of("conversation_id", "conversations.id"),
        short("source"),
        moment("at"),
        maybe_small("safe_to_write"),
        maybe_octets("receipt"),
        maybe_octets("answers"),
        maybe_octets("assessment"),
    )
    index("ix_reports_case", "reports", "case_id")
    index(
        "ix_reports_conversation", "reports", "conversation_id case_id", where="conversation_id IS NOT NULL"
    )
    index("ix_reports_receipt", "reports", "receipt", where="receipt IS NOT NULL", unique=True)
    op.create_table(
        "entries",
        key(),
        of("case_id", "cases.id"),
        moment("at"),
        short("author"),
        short("kind"),
        short("code"),
        maybe_number("officer_id"),
        maybe_number("file_id"),
        maybe_octets("text"),
    )
    index("ix_entries_case", "entries", "case_id id")
    op.create_table(
        "assessments",
        key(),
        of("case_id", "cases.id"),
        moment("at"),
        short("version"),
        maybe_octets("body"),
    )
    index("ix_assessments_case", "assessments", "case_id")
    op.create_table(
        "case_words",
        key(),
        octets("word"),
        of("case_id", "cases.id"),
    )
    index("ix_case_words", "case_words", "word case_id", unique=True)
    index("ix_case_words_case", "case_words", "case_id")
    op.create_table(
        "files",
        key(),
        maybe_of("case_id", "cases.id"),
        short("channel"),
        short("account"),
        short("state"),
        small("tries"),
        moment("at"),
        moment("due_at"),
        maybe_number("kept_at"),
        number("size"),
        short("stored"),
        maybe_octets("wrapped"),
        maybe_octets("about"),
    )
    index("ix_files_case", "files", "case_id")
    index("ix_files_due", "files", "due_at", where="state = 'waiting'")


def _watches() -> None:
    op.create_table(
        "watches",
        key(),
        of("case_id", "cases.id"),
        short("state"),
        short("urgency"),
        short("ladder"),
        moment("raised_at"),
        small("rung", -1),
        number("rounds"),
        maybe_number("again_at"),
        maybe_number("ring_at"),
        maybe_number("taken_by"),
        maybe_number("taken_at"),
        maybe_number("due_at"),
        number("alarms"),
    )
    index("ix_watches_case", "watches", "case_id")
    index("ix_watches_due", "watches", "again_at", where="again_at IS NOT NULL AND state <> 'done'")
    op.create_table(
        "alerts",
        key(),
        of("watch_id", "watches.id"),
        of("case_id", "cases.id"),
        number("officer_id"),
        short("channel"),
        small("rung"),
        short("state"),
        short("urgency"),
        moment("raised_at"),
        maybe_number("sent_at"),
        maybe_number("changed_at"),
        maybe_number("bundle_at"),
        maybe_number("carried_by"),
    )
    index("ix_alerts_bundle", "alerts", "officer_id channel bundle_at", where="bundle_at IS NOT NULL")
    index("ix_alerts_carried", "alerts", "carried_by", where="carried_by IS NOT NULL")
    index("ix_alerts_case", "alerts", "case_id")
    index("ix_alerts_officer", "alerts", "officer_id raised_at")


def _office() -> None:
    op.create_table(
        "office",
        only(),
        number("version"),
        short("body"),
    )
    op.create_table(
        "officers",
        key(),
        unique_short("code"),
        short("body"),
        octets("secret"),
        small("on_duty", 1),
        small("retired"),
    )
    op.create_table(
        "officer_addresses",
        key(),
        of("officer_id", "officers.id"),
        short("channel"),
        octets("person", unique=True),
        octets("address"),
        moment("enrolled_at"),
        small("dead"),
    )
    index("ix_officer_addresses", "officer_addresses", "officer_id channel", unique=True)
    op.create_table(
        "links",
        key(),
        octets("token", unique=True),
        short("purpose"),
        octets("subject"),
        octets("told"),
        moment("created"),
        moment("seen"),
        moment("expires"),
    )
    index("ix_links_expires", "links", "expires")
    index("ix_links_subject", "links", "purpose subject")
    op.create_table(
        "attempts",
        key(),
        short("purpose"),
        octets("who"),
        moment("at"),
    )
    index("ix_attempts_at", "attempts", "purpose at")
    index("ix_attempts_who", "attempts", "purpose who at")
    op.create_table(
        "ledger",
        key(),
        moment("at"),
        short("actor"),
        short("action"),
        short("subject"),
        short("detail"),
        octets("mac"),
        maybe_number("place"),
        maybe_octets("hash"),
        sqlite_autoincrement=True,
    )
    index("ix_ledger_loose", "ledger", "id", where="place IS NULL")
    index("ix_ledger_place", "ledger", "place", where="place IS NOT NULL", unique=True)
    index("ix_ledger_subject", "ledger", "subject id")
    op.create_table(
        "ledger_head",
        only(),
        number("place"),
        number("last_id"),
        octets("hash"),
        octets("mac"),
    )
    op.create_table(
        "seal_check",
        only(),
        octets("mark"),
    )
