"""`zalo quarantine`: what came with a wrong signature, without its words; `--replay` once the secret is right."""

from datetime import datetime
from typing import Annotated

import typer

from bot.app import SqlStore, wall_clock
from bot.commands.console import WRONG_USE, opened, say, settings
from bot.domain.duty import LOCAL
from bot.domain.messages import Line
from bot.ports import Shut
from bot.settings import Settings

CHANNEL = "zalo_oa"
LISTED = 200
"""At once."""
NAMED = 50
"""Numbers of rows in one sentence."""


def quarantine(
    replay: Annotated[
        bool, typer.Option("--replay", help="take in what the present secret fits, exactly once")
    ] = False,
) -> None:
    """Events of Zalo that came with a wrong signature: how many and when, never what they say."""
    chosen = settings()
    if replay and not chosen.zalo_oa_account:
        say(Line("zalo.off", {"missing": ", ".join(chosen.zalo_oa_missing())}))
        raise typer.Exit(WRONG_USE)
    with opened() as found:
        if replay:
            say(*_replayed(found.store, chosen, wall_clock()))
        _list(found.store)


def _replayed(store: SqlStore, chosen: Settings, now: datetime) -> tuple[Line, ...]:
    from handlers.zalo_oa.heard.replay import Replay
    from handlers.zalo_oa.wiring import signed_with

    done = Replay(store, signed_with(chosen), chosen.zalo_oa_account, now).run()
    told = Line(
        "program.quarantine.replayed", {"fed": done.fed, "nothing": done.nothing, "stays": done.stays}
    )
    if not done.broken:
        return (told,)
    numbers = ", ".join(map(str, done.broken[:NAMED])) + (" …" if len(done.broken) > NAMED else "")
    return told, Line("program.quarantine.broken", {"count": len(done.broken), "numbers": numbers})


def _list(store: SqlStore) -> None:
    count = store.read(lambda uow: uow.quarantine.count(CHANNEL))
    if not count:
        say(Line("program.quarantine.none"))
        return
    rows = store.read(lambda uow: uow.quarantine.listing(CHANNEL, limit=LISTED))
    say(*map(_row, rows), Line("program.quarantine.count", {"count": count}))


def _row(row: Shut) -> Line:
    known = {
        "signature": Line("program.quarantine.why.signature"),
        "unread": Line("program.quarantine.why.unread"),
        "other_account": Line("program.quarantine.why.other_account"),
    }
    at = row.at.astimezone(LOCAL).strftime("%d/%m/%Y %H:%M:%S")
    why = known.get(row.why, row.why)
    return Line("program.quarantine.row", {"id": row.id, "at": at, "size": row.size, "why": why})
