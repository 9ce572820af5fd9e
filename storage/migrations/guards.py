"""Triggers that keep the ledger as it was written, on both databases."""

from typing import Final

_SAID: Final = ("id", "at", "actor", "action", "subject", "detail", "mac")
_changed = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in _SAID)
_is_final = f"OLD.place IS NOT NULL OR {_changed}"

LEDGER: Final = {
    "sqlite": (
        f"CREATE TRIGGER ledger_is_final BEFORE UPDATE ON ledger WHEN {_is_final} "
        "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
        "CREATE TRIGGER ledger_is_kept BEFORE DELETE ON ledger "
        "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$",
        f"CREATE TRIGGER ledger_is_final BEFORE UPDATE ON ledger FOR EACH ROW WHEN ({_is_final}) "
        "EXECUTE FUNCTION ledger_is_append_only()",
        "CREATE TRIGGER ledger_is_kept BEFORE DELETE OR TRUNCATE ON ledger FOR EACH STATEMENT "
        "EXECUTE FUNCTION ledger_is_append_only()",
    ),
}
