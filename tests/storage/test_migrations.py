"""The steps that make the tables make exactly the tables that are declared."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, inspect, text

from storage.engine import engine_for
from storage.schema import NEWEST, SchemaError, migrate
from storage.tables import metadata

STEPS = Path(__file__).parents[2] / "storage" / "migrations" / "versions"


def described(engine: Engine) -> dict[str, object]:
    """Everything that the database itself knows of our tables."""
    with engine.connect() as connection:
        seen = inspect(connection)
        names = sorted(name for name in seen.get_table_names() if name != "alembic_version")
        return {
            name: (
                [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in seen.get_columns(name)],
                seen.get_pk_constraint(name)["constrained_columns"],
                sorted(str(key["column_names"]) for key in seen.get_unique_constraints(name)),
                sorted(
                    f"{key['constrained_columns']} {key['referred_table']}"
                    for key in seen.get_foreign_keys(name)
                ),
                sorted(_indexes(connection, name)),
            )
            for name in names
        }


def _indexes(connection: Connection, table: str) -> list[str]:
    """As SQL: what makes an index partial is only there."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(
            text("SELECT sql FROM sqlite_master WHERE tbl_name = :t AND type = 'index' AND sql IS NOT NULL"),
            {"t": table},
        )
    else:
        rows = connection.execute(text("SELECT indexdef FROM pg_indexes WHERE tablename = :t"), {"t": table})
    return [str(row[0]) for row in rows]


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest) -> Callable[[], str]:
    make: Callable[[], str] = request.getfixturevalue(
        f"new_{request.param}".replace("postgresql", "postgres")
    )
    return make


def test_the_steps_make_the_tables_that_are_declared(new_database: Callable[[], str]) -> None:
    stepped, declared = engine_for(new_database()), engine_for(new_database())
    migrate(stepped)
    with declared.begin() as connection:
        metadata.create_all(connection)
    wanted = described(declared)
    assert len(wanted) == len(metadata.tables) > 15
    assert described(stepped) == wanted
    stepped.dispose()
    declared.dispose()


def test_a_second_start_changes_nothing(new_database: Callable[[], str]) -> None:
    engine = engine_for(new_database())
    assert migrate(engine) == NEWEST
    before = described(engine)
    assert migrate(engine) == NEWEST
    assert described(engine) == before
    engine.dispose()


def test_a_database_of_a_newer_program_is_refused(database_url: str) -> None:
    engine = engine_for(database_url)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaError, match="newer version"):
        migrate(engine)
    engine.dispose()


def test_the_newest_step_is_the_one_that_the_program_knows() -> None:
    steps = sorted(path.name[:4] for path in STEPS.glob("[0-9]*.py"))
    assert steps[-1] == NEWEST
    assert len(set(steps)) == len(steps)
