"""`zalo login`, `zalo status` and `zalo check`: the Official Account as its administrator sees it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, NoReturn, TypeVar

import typer

from bot.app import load_words, office, stored, wall_clock
from bot.commands import zalo_bot
from bot.commands.console import LANGUAGE, say, settings
from bot.commands.zalo_check import checked, explained
from bot.commands.zalo_quarantine import quarantine
from bot.commands.zalo_status import moment, status_lines
from bot.domain.messages import Line
from bot.ports import Signer, Store, TokenPair, UnitOfWork
from bot.settings import Settings

cli = typer.Typer()
zalo = typer.Typer(no_args_is_help=True, help="The Zalo Official Account.")
zalo.command()(quarantine)
cli.add_typer(zalo, name="zalo")
zalo.command("bot")(zalo_bot.check)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoreBooks:
    """A store without a gate, for a command that ends soon."""

    store: Store

    async def ask(self, work: Callable[[UnitOfWork], T]) -> T:
        return await asyncio.to_thread(self.store.write, work)

    async def look(self, work: Callable[[UnitOfWork], T]) -> T:
        return await asyncio.to_thread(self.store.read, work)

    def now(self) -> datetime:
        return wall_clock()


@zalo.command()
def login(
    code: Annotated[str, typer.Argument(help="the code, or the whole address the browser was sent to")] = "",
) -> None:
    """Take the consent of the OA's administrator: a new pair of tokens, stored sealed."""
    chosen = _configured()
    from handlers.zalo_oa.api.oauth import code_in
    from handlers.zalo_oa.wiring import account_of

    oauth = account_of(chosen, wall_clock()).oauth
    pasted = code
    if not pasted:
        url = oauth.consent_url(chosen.public_url.rstrip("/") + "/", chosen.zalo_oa_challenge)
        say(Line("zalo.login.where", {"url": url}))
        pasted = typer.prompt(load_words().render(Line("zalo.login.paste"), LANGUAGE))
    found, of = code_in(pasted)
    if not found:
        _fail(Line("zalo.login.no_code"))
    if of and of != chosen.zalo_oa_account:
        _fail(Line("zalo.login.other_oa", {"found": of, "account": chosen.zalo_oa_account}))
    pair = asyncio.run(_exchanged(chosen, found))
    with stored(chosen) as store:
        store.write(lambda uow: _logged_in(uow, store.signer, chosen, pair))
    until = moment(pair.access_until)
    say(Line("zalo.login.done", {"account": chosen.zalo_oa_account, "until": until}))


@zalo.command()
def status() -> None:
    """How long the tokens last, whom we may write to, what was spent, what is wrong."""
    chosen = _configured()
    with stored(chosen) as store:
        lines = store.read(lambda uow: status_lines(uow, chosen, wall_clock()))
        kept_back = store.read(lambda uow: zalo_bot.figures(uow, chosen, wall_clock()))
    say(*lines, *kept_back)


@zalo.command()
def check() -> None:
    """Ask Zalo itself: does it know the account, is there quota, are the settings whole?"""
    chosen = _configured()
    with office(chosen) as known:
        lines, wrong = asyncio.run(checked(chosen, known, StoreBooks(known.store)))
    say(*lines, Line("zalo.check.bad", {"count": wrong}) if wrong else Line("zalo.check.good"))
    raise typer.Exit(1 if wrong else 0)


# --- login ---


async def _exchanged(chosen: Settings, code: str) -> TokenPair:
    from aiohttp import ClientSession

    from handlers.zalo_oa.api.oauth import Rejected, Unreachable
    from handlers.zalo_oa.wiring import account_of

    oauth = account_of(chosen, wall_clock()).oauth
    async with ClientSession() as session:
        try:
            answer = await oauth.exchange(session, code, wall_clock())
        except Unreachable:
            _fail(Line("zalo.login.unreachable", {"base": oauth.base}))
    if isinstance(answer, Rejected):
        _fail(Line("zalo.login.refused", {"why": answer.why}))
    return answer


def _logged_in(uow: UnitOfWork, signer: Signer, chosen: Settings, pair: TokenPair) -> None:
    from handlers.zalo_oa.api.tokens import seed
    from handlers.zalo_oa.traits import NAME
    from handlers.zalo_oa.wiring import first_pair

    now, account = wall_clock(), chosen.zalo_oa_account
    if (first := first_pair(chosen, now)) is not None:
        # an older pair in the settings would otherwise take this one's place at the next start
        seed(uow, signer, account, first, now)
    uow.tokens.logged_in(NAME, account, pair, now)
    uow.ledger.note("account.logged_in", actor="admin", subject=f"{NAME}:{account}", at=now)
    for code in ("token", "token_over", "token_old"):
        uow.alarms.over(f"{NAME}.{code}")


def _configured() -> Settings:
    chosen = settings()
    if not chosen.zalo_oa_account:
        say(*explained(chosen))
        raise typer.Exit(1)
    return chosen


def _fail(line: Line) -> NoReturn:
    say(line)
    raise typer.Exit(1)
