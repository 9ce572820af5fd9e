"""Zalo: the way to each person, offered buttons, tokens, what came with a wrong signature."""

from alembic import op

from storage.migrations.columns import (
    index,
    key,
    maybe_number,
    maybe_octets,
    moment,
    number,
    octets,
    short,
    small,
)

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _contacts()
    _standing()
    _offers()
    _tracks()
    _quarantine()


def _contacts() -> None:
    op.create_table(
        "contacts",
        key(),
        octets("person", unique=True),
        short("channel"),
        octets("address"),
        maybe_number("heard_at"),
        maybe_number("free_until"),
        maybe_number("window_until"),
        maybe_number("remain"),
        maybe_number("total"),
        maybe_number("asked_at"),
        small("blocked"),
        maybe_number("human_since"),
        maybe_number("reminded_at"),
        maybe_number("nudged_at"),
        maybe_number("held_at"),
        maybe_number("spent_at"),
    )
    index("ix_contacts_window", "contacts", "channel window_until")
    op.create_table(
        "spendings",
        key(),
        moment("at"),
        short("channel"),
        octets("person"),
        short("kind"),
        maybe_number("case_id"),
        maybe_number("letter_id"),
        maybe_number("campaign_id"),
    )
    index("ix_spendings_at", "spendings", "channel at")
    index("ix_spendings_person", "spendings", "person")
    index("ix_spendings_case", "spendings", "case_id", where="case_id IS NOT NULL")
    index("ix_spendings_campaign", "spendings", "campaign_id", where="campaign_id IS NOT NULL")


def _standing() -> None:
    """Our own standing with the platform."""
    op.create_table(
        "account_tokens",
        key(),
        short("channel"),
        short("account"),
        octets("pair"),
        number("version"),
        moment("access_until"),
        moment("refresh_until"),
        moment("taken_at"),
        maybe_octets("seed"),
        short("holder"),
        maybe_number("held_until"),
        maybe_number("failed_at"),
        short("failed_why"),
    )
    index("ix_account_tokens", "account_tokens", "channel account", unique=True)
    op.create_table(
        "account_quotas",
        key(),
        short("channel"),
        short("account"),
        short("kind"),
        number("remain"),
        moment("told_at"),
    )
    index("ix_account_quotas", "account_quotas", "channel account", unique=True)
    op.create_table(
        "alarms",
        key(),
        short("code"),
        number("day"),
        moment("first_at"),
        moment("last_at"),
        number("times"),
        small("over"),
    )
    index("ix_alarms", "alarms", "code day", unique=True)
    index("ix_alarms_last", "alarms", "last_at")


def _offers() -> None:
    """What letters offered where nothing can be pressed as it is."""
    op.create_table(
        "offers",
        key(),
        octets("person"),
        moment("at"),
        moment("expires"),
        small("numbered"),
        number("once"),
        number("used"),
        octets("taps"),
        sqlite_autoincrement=True,
    )
    index("ix_offers_person", "offers", "person")
    index("ix_offers_expires", "offers", "expires")
    index("ix_offers_numbered", "offers", "person", where="numbered = 1", unique=True)
    op.create_table("tallies", key(), short("code"), number("day"), number("times"))
    index("ix_tallies", "tallies", "code day", unique=True)


def _tracks() -> None:
    """What became of a letter after the platform took it."""
    op.create_table(
        "tracks",
        key(),
        octets("message", unique=True),
        number("letter_id"),
        moment("sent_at"),
        maybe_number("arrived_at"),
        maybe_number("seen_at"),
    )
    index("ix_tracks_letter", "tracks", "letter_id")
    index("ix_tracks_sent", "tracks", "sent_at")


def _quarantine() -> None:
    """What came with a wrong signature."""
    op.create_table(
        "quarantine",
        key(),
        octets("mark", unique=True),
        short("channel"),
        short("why"),
        moment("at"),
        number("size"),
        octets("body"),
    )
    index("ix_quarantine_channel", "quarantine", "channel id")
    index("ix_quarantine_at", "quarantine", "at")
