"""A program that writes without end and says what it was promised, until it is killed."""

import os
import sys
import threading
from pathlib import Path

from bot.domain.messages import Address
from bot.ports import Haste, UnitOfWork
from storage.engine import SqlStore, open_store
from tests.storage.people import NOW, heard, letter

THREADS = 6


def turn(person: Address, name: str, uow: UnitOfWork) -> None:
    """Several rows that belong together: all of them or none."""
    waiting = uow.inbox.oldest(person)
    if waiting is None or waiting.heard.message_id != name:
        raise LookupError("a message that was promised is not there")
    id_, state = uow.conversations.load(person)
    uow.conversations.save(id_, state)
    uow.outbox.post(letter(person, "Mình nghe em."), NOW)
    uow.inbox.mark(waiting.id)
    uow.ledger.note("turn", actor="system", subject=name, at=NOW)


def write_on(store: SqlStore, run: str, thread: int) -> None:
    person = Address("telegram_public", "main", f"{run}-{thread}")
    number = 0
    while True:
        number += 1
        name = f"{run}.{thread}.{number}"
        one = heard(person, "em sợ", message=name)
        store.write(lambda uow, h=one: uow.inbox.put(h, NOW), haste=Haste.FIRST)
        os.write(1, f"heard {name}\n".encode())
        store.write(lambda uow, n=name: turn(person, n, uow))
        os.write(1, f"answered {name}\n".encode())


def main() -> None:
    url, home, run = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    store = open_store(url, home / "keys.json", home / "files")
    for thread in range(THREADS):
        threading.Thread(target=write_on, args=(store, run, thread)).start()


if __name__ == "__main__":
    main()
