"""Awareness campaigns: subscribers, campaigns, their runs and letters, what came back."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import (
    Column,
    index,
    key,
    maybe_number,
    maybe_octets,
    maybe_short,
    maybe_small,
    moment,
    number,
    octets,
    of,
    short,
    small,
    unique_short,
)

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _campaigns()
    _subscribers()
    _runs()
    _letters()
    _replies()


def _part(name: str) -> Column:
    of_several = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, of_several, primary_key=True, autoincrement=False, nullable=False)


def _small_part(name: str) -> Column:
    return sa.Column(name, sa.SmallInteger(), primary_key=True, autoincrement=False, nullable=False)


def _campaigns() -> None:
    op.create_table(
        "campaigns",
        key(),
        unique_short("code"),
        short("state"),
        small("urgent"),
        maybe_number("next_at"),
        number("version"),
        short("body"),
        sqlite_autoincrement=True,
    )
    index("ix_campaigns_due", "campaigns", "next_at id", where="state = 'approved' AND next_at IS NOT NULL")


def _subscribers() -> None:
    op.create_table(
        "subscribers",
        key(),
        small("stopped"),
        small("blocked"),
        small("unsafe"),
        small("kind"),
        small("topics"),
        short("channel"),
        short("lang"),
        maybe_short("unit"),
        maybe_short("province"),
        short("tags"),
        moment("since"),
        maybe_number("born"),
        short("account"),
        short("source"),
        maybe_number("stopped_at"),
        octets("person", unique=True),
        octets("human"),
        octets("address"),
        sqlite_autoincrement=True,
    )
    index("ix_subscribers_stopped", "subscribers", "stopped_at", where="stopped = 1")
    index("ix_subscribers_human", "subscribers", "human")
    op.add_column("conversations", maybe_octets("human"))
    op.add_column("conversations", small("unsafe"))
    index("ix_conversations_unsafe", "conversations", "human", where="unsafe = 1")


def _runs() -> None:
    op.create_table(
        "runs",
        key(),
        of("campaign_id", "campaigns.id"),
        moment("at"),
        short("state"),
        small("ready"),
        number("looked_at"),
        number("frozen"),
        moment("latest"),
        maybe_short("content"),
        maybe_number("started_at"),
        maybe_number("ended_at"),
    )
    index("ix_runs_once", "runs", "campaign_id at", unique=True)
    index("ix_runs_at", "runs", "at")
    index("ix_runs_open", "runs", "id", where="ended_at IS NULL")
    op.create_table(
        "run_texts",
        key(),
        of("run_id", "runs.id"),
        short("lang"),
        short("channel"),
        small("windowed"),
        maybe_short("template"),
        short("text"),
        maybe_octets("buttons"),
        short("picture"),
        short("mime"),
    )
    index("ix_run_texts", "run_texts", "run_id lang channel", unique=True)
    index("ix_run_texts_channel", "run_texts", "channel run_id")


def _letters() -> None:
    op.create_table(
        "run_letters",
        _part("run_id"),
        _part("subscriber_id"),
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        small("state"),
        maybe_small("why"),
        maybe_number("at"),
        sqlite_with_rowid=False,
    )
    index("ix_run_letters_waiting", "run_letters", "text_id subscriber_id", where="state = 0")
    index("ix_run_letters_flight", "run_letters", "at", where="state = 1")
    op.create_table("run_tallies", _part("run_id"), _small_part("state"), _small_part("why"), number("n"))
    op.create_table("uploads", key(), short("channel"), short("account"), short("picture"), short("ref"))
    index("ix_uploads", "uploads", "channel account picture", unique=True)


def _replies() -> None:
    op.create_table("clicks", key(), number("run_id"), short("link"), number("day"), number("n"))
    index("ix_clicks", "clicks", "run_id link day", unique=True)
    op.create_table("quiz_takers", key(), octets("taker", unique=True), number("run_id"))
    index("ix_quiz_takers_run", "quiz_takers", "run_id")
    op.create_table("quiz_counts", key(), number("run_id"), short("quiz"), small("answer"), number("n"))
    index("ix_quiz_counts", "quiz_counts", "run_id quiz answer", unique=True)
    coming = (short("event"), number("subscriber_id"), small("yes"), moment("at"), maybe_octets("name"))
    op.create_table("comings", key(), *coming)
    index("ix_comings", "comings", "event subscriber_id", unique=True)
    index("ix_comings_subscriber", "comings", "subscriber_id")
    index("ix_comings_named", "comings", "at", where="name IS NOT NULL")
