"""`zalo login`, `zalo status` and `zalo check`: the Official Account as its administrator sees it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, NoReturn, TypeVar

import typer

from bot.app import Office, load_words, office, wall_clock
from bot.commands import zalo_bot
from bot.commands.console import LANGUAGE, say, settings
from bot.commands.zalo_quarantine import quarantine
from bot.domain.duty import LOCAL
from bot.domain.messages import Line
from bot.ports import Store, TokenPair, UnitOfWork
from bot.settings import Settings
from bot.settings_zalo import NEEDED

cli = typer.Typer()
zalo = typer.Typer(no_args_is_help=True, help="The Zalo Official Account.")
zalo.command()(quarantine)
cli.add_typer(zalo, name="zalo")
T = TypeVar("T")
MONTH = timedelta(days=30)
STANDING = timedelta(days=7)
OWN_QUOTA: Mapping[str, str] = {"quota_owner": "OA", "product_type": "cs", "quota_type": "sub_quota"}


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
    from handlers.zalo_oa.traits import NAME

    with office(chosen) as known:
        known.store.write(lambda uow: _logged_in(uow, NAME, chosen.zalo_oa_account, pair))
    until = _moment(pair.access_until)
    say(Line("zalo.login.done", {"account": chosen.zalo_oa_account, "until": until}))


@zalo.command()
def status() -> None:
    """How long the tokens last, whom we may write to, what was spent, what is wrong."""
    chosen = _configured()
    with office(chosen) as known:
        lines = known.store.read(lambda uow: status_lines(uow, chosen, wall_clock()))
        kept_back = known.store.read(lambda uow: zalo_bot.figures(uow, chosen, wall_clock()))
    say(*lines, *kept_back)


@zalo.command()
def check() -> None:
    """Ask Zalo itself: does it know the account, is there quota, are the settings whole?"""
    chosen = _configured()
    with office(chosen) as known:
        lines, wrong = asyncio.run(_checked(chosen, known))
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


def _logged_in(uow: UnitOfWork, channel: str, account: str, pair: TokenPair) -> None:
    now = wall_clock()
    uow.tokens.logged_in(channel, account, pair, now)
    uow.ledger.note("account.logged_in", actor="admin", subject=f"{channel}:{account}", at=now)
    for code in ("token", "token_over", "token_old"):
        uow.alarms.over(f"{channel}.{code}")


# --- status ---


def status_lines(uow: UnitOfWork, chosen: Settings, now: datetime) -> tuple[Line, ...]:
    """What the database knows of the account."""
    from handlers.zalo_oa.traits import NAME

    account = chosen.zalo_oa_account
    counts = uow.contacts.counts(NAME, now)
    windows = Line(
        "zalo.status.windows",
        {
            "known": counts.known,
            "open": counts.open,
            "free": counts.free,
            "blocked": counts.blocked,
            "held": counts.held,
            "stepped": counts.stepped_back,
        },
    )
    return (
        Line("zalo.status.account", {"account": account}),
        *_tokens(uow, NAME, account),
        windows,
        *_costs(uow.contacts.cost_since(NAME, now - MONTH)),
        *_alarms(uow, NAME, now),
    )


def _tokens(uow: UnitOfWork, channel: str, account: str) -> tuple[Line, ...]:
    row = uow.tokens.get(channel, account)
    if row is None:
        return (Line("zalo.status.no_token"),)
    told = Line(
        "zalo.status.token",
        {
            "until": _moment(row.pair.access_until),
            "refresh": _moment(row.pair.refresh_until),
            "taken": _moment(row.taken_at),
        },
    )
    if row.failed_at is None:
        return (told,)
    failed = {"since": _moment(row.failed_at), "why": row.failed_why}
    return told, Line("zalo.status.token_failed", failed)


def _costs(spent: Mapping[str, int]) -> tuple[Line, ...]:
    if not spent:
        return (Line("zalo.status.no_cost"),)
    return tuple(Line("zalo.status.cost", {"kind": kind, "count": n}) for kind, n in sorted(spent.items()))


def _alarms(uow: UnitOfWork, channel: str, now: datetime) -> tuple[Line, ...]:
    found = [one for one in uow.alarms.standing(now - STANDING) if one.code.startswith(channel)]
    if not found:
        return (Line("zalo.status.no_alarm"),)
    return tuple(
        Line("zalo.status.alarm", {"code": one.code, "times": one.times, "last": _moment(one.last_at)})
        for one in found
    )


# --- check ---


async def _checked(chosen: Settings, known: Office) -> tuple[tuple[Line, ...], int]:
    """What Zalo answers, and how much is wrong."""
    from handlers.zalo_oa.api.client import Answered
    from handlers.zalo_oa.channel import ZaloOa
    from handlers.zalo_oa.wiring import account_of

    channel = ZaloOa(account_of(chosen, wall_clock()), StoreBooks(known.store), known.tools)
    lines: list[Line] = []
    wrong = 0
    try:
        for what, call, told in (
            ("getoa", channel.client.get("/v2.0/oa/getoa"), _account_line),
            ("quota", channel.client.post("/v3.0/oa/quota/message", dict(OWN_QUOTA)), _quota_line),
        ):
            answer = await _awaited(call)
            if isinstance(answer, Answered):
                lines.append(told(answer.data))
            else:
                wrong += 1
                why: dict[str, str | int | Line] = {"what": what, "code": answer.code}
                why["why"] = answer.fault.value
                lines.append(Line("zalo.check.failed", why))
    finally:
        await channel.close()
    return (*lines, *explained(chosen)), wrong


async def _awaited(call: Awaitable[T]) -> T:
    return await call


def _account_line(data: Mapping[str, Any]) -> Line:
    return Line("zalo.check.oa", {"name": str(data.get("name") or data.get("oa_name") or "?")})


def _quota_line(data: Mapping[str, Any]) -> Line:
    left, total = data.get("remain"), data.get("total")
    if left is None:
        return Line("zalo.check.no_quota")
    return Line("zalo.check.quota", {"quota": f"{left}/{total}" if total is not None else str(left)})


def explained(chosen: Settings) -> tuple[Line, ...]:
    """The settings of the account in sentences; also for `python -m bot check`. Raises BadSettings."""
    if not chosen.zalo_oa_account:
        missing = ", ".join(f"TINBAO_{name.upper()}" for name in NEEDED)
        return (Line("zalo.off", {"missing": missing}),)
    from handlers.zalo_oa.letters.templates import load
    from handlers.zalo_oa.webhook import PATH

    templates = load(chosen.zalo_templates)
    names = ", ".join(purpose.value for purpose in templates)
    return (
        Line("zalo.status.account", {"account": chosen.zalo_oa_account}),
        Line("zalo.check.webhook", {"url": chosen.public_url.rstrip("/") + PATH}),
        Line("zalo.check.templates", {"names": names}) if names else Line("zalo.check.no_templates"),
    )


def _configured() -> Settings:
    chosen = settings()
    if not chosen.zalo_oa_account:
        say(*explained(chosen))
        raise typer.Exit(1)
    return chosen


def _fail(line: Line) -> NoReturn:
    say(line)
    raise typer.Exit(1)


def _moment(at: datetime) -> str:
    return at.astimezone(LOCAL).strftime("%H:%M %d/%m/%Y")
