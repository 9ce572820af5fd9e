"""What a second reader and officers judged otherwise."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import index, key, maybe_number, maybe_of, moment, number, of, short, small

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "judgements",
        key(),
        of("case_id", "cases.id"),
        maybe_of("assessment_id", "assessments.id"),
        short("version"),
        number("officer_id"),
        moment("at"),
        short("about"),
        short("was"),
        short("said"),
    )
    index("ix_judgements_case", "judgements", "case_id")
    op.create_table(
        "second_readings",
        sa.Column(
            "case_id", sa.BigInteger(), sa.ForeignKey("cases.id"), primary_key=True, autoincrement=False
        ),
        number("upto"),
        small("tries"),
        maybe_number("due_at"),
    )
