"""kill -9 in the middle of group commits: what was promised is there, and nothing is there by half."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.domain.messages import Address, Lane
from bot.ports import UnitOfWork
from storage.engine import open_store
from tests.storage.busy_program import THREADS
from tests.storage.people import NOW, heard

ROOT = Path(__file__).parents[2]
ROUNDS = {"a": 40, "b": 173, "c": 401}
"""Name of the run → after how many promises it is killed."""


@dataclass
class Promised:
    heard: set[str]
    answered: set[str]


def killed(url: str, home: Path, run: str, after: int) -> Promised:
    program = [sys.executable, "-m", "tests.storage.busy_program", url, str(home), run]
    said: list[str] = []
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            if len(said) == after:
                process.kill()
    lines = [line.split() for line in said if line.endswith("\n")]
    return Promised(
        {n for word, n in lines if word == "heard"}, {n for word, n in lines if word == "answered"}
    )


def test_what_was_promised_before_a_kill_is_there(database_url: str, tmp_path: Path) -> None:
    rounds = {run: killed(database_url, tmp_path, run, after) for run, after in ROUNDS.items()}
    store = open_store(database_url, tmp_path / "keys.json", tmp_path / "files")
    for run, promised in rounds.items():
        assert len(promised.heard) + len(promised.answered) >= ROUNDS[run]
        for name in promised.heard:
            person = Address("telegram_public", "main", "-".join(name.split(".")[:2]))
            assert not store.write(lambda uow, n=name, p=person: uow.inbox.put(heard(p, "em sợ", n), NOW)), (
                name
            )
        for name in promised.answered:
            assert store.read(lambda uow, n=name: len(uow.ledger.of(n))) == 1, name

    def whole(uow: UnitOfWork) -> None:
        """Every turn left its ledger row and its letter, or neither."""
        turns = uow.ledger.link(100_000)
        assert turns >= sum(len(promised.answered) for promised in rounds.values())
        assert uow.outbox.backlog()[Lane.CONVERSATION] == turns
        assert uow.ledger.verify() is None
        assert uow.inbox.waiting() <= THREADS * len(rounds)

    store.write(whole)
    store.close()
