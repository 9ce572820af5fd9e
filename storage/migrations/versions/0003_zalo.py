"""Zalo: the way to each person, offered buttons, tokens, what came with a wrong signature."""

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""
