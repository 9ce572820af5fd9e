"""`python -m tests.bench.server`: our program as it runs, with Telegram's limits lifted where a figure asks for it."""

import argparse
import asyncio
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from pydantic import SecretStr

from bot.app import build, log_to_stderr, office, run
from bot.channels import Configured, Made, Wiring, configured
from bot.domain.messages import Address, Lane
from bot.ports import Traits
from bot.settings import Settings, load
from handlers.hearing import Hearing, Mode
from handlers.telegram_news.channel import PATH as NEWS_PATH
from handlers.telegram_news.channel import TelegramNews
from handlers.telegram_officers.channel import PATH as OFFICERS_PATH
from handlers.telegram_officers.channel import TelegramOfficers
from handlers.telegram_public.channel import PATH as PUBLIC_PATH
from handlers.telegram_public.channel import TelegramPublic
from handlers.telegram_wire.traits import TELEGRAM

LIFTED = replace(TELEGRAM, per_second=100_000.0, per_chat=timedelta(0))
CITIZENS = ("telegram_public", "zalo_oa")
KEPT_BACK = replace(TELEGRAM, pull=True)
"""Letters stay in the outbox: for the figure that ends with their commit."""


@dataclass
class Teller:
    """Tells the load of every person for whom something was committed, once a commit."""

    port: int
    _people: set[str] = field(default_factory=set)
    _wire: socket.socket = field(default_factory=lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM))

    def __call__(self, to: Address, lane: Lane) -> None:
        if to.channel not in CITIZENS or lane is not Lane.CONVERSATION:
            return
        if not self._people:
            asyncio.get_running_loop().call_soon(self._tell)
        self._people.add(to.person)

    def _tell(self) -> None:
        self._wire.sendto(" ".join(self._people).encode(), ("127.0.0.1", self.port))
        self._people.clear()


def main() -> None:
    parser = argparse.ArgumentParser(description="Our program for the benchmark.")
    parser.add_argument("--tell", type=int, default=0, help="port that is told of commits")
    parser.add_argument("--limits", choices=("telegram", "lifted", "undelivered"), default="telegram")
    parser.add_argument("--one-by-one", action="store_true", help="no bundles")
    asked = parser.parse_args()
    log_to_stderr()
    settings = load()
    with office(settings) as found:
        if asked.one_by_one:
            found = replace(found, tools=replace(found.tools, bundle_window=timedelta(0)))
        hotline = build(settings, found, wanted=_wanted(settings, asked.limits))
        if asked.tell:
            hotline.gate.carries(Teller(asked.tell))
        asyncio.run(run(hotline, lambda port: print(f"ready {port}", flush=True)))  # noqa: T201


def _wanted(settings: Settings, limits: str) -> Sequence[Configured]:
    usual = configured(settings)
    match limits:
        case "lifted":
            made = {
                "telegram_public": _public(LIFTED),
                "telegram_officers": _officers(LIFTED),
                "telegram_news": _news(replace(LIFTED, campaign_share=1.0)),
            }
        case "undelivered":
            made = {"telegram_public": _public(KEPT_BACK)}
            made |= {one.name: _kept_back(one) for one in usual if one.name == "zalo_oa"}
        case _:
            return usual
    return [made.get(one.name, one) for one in usual]


def _kept_back(usual: Configured) -> Configured:
    """As it is, but for letters, which nobody carries."""

    def make(wiring: Wiring) -> Made:
        made = usual.make(wiring)
        made.channel.traits = replace(usual.traits, pull=True)  # type: ignore[misc]
        return made

    return replace(usual, make=make)


def _public(traits: Traits) -> Configured:
    def make(wiring: Wiring) -> Made:
        token, hearing = wiring.settings.telegram_public_token, _hearing(wiring.settings, PUBLIC_PATH)
        return _made(TelegramPublic, token, wiring, hearing, traits)

    return Configured("telegram_public", traits, make)


def _officers(traits: Traits) -> Configured:
    def make(wiring: Wiring) -> Made:
        token, hearing = wiring.settings.telegram_officers_token, _hearing(wiring.settings, OFFICERS_PATH)
        return _made(TelegramOfficers, token, wiring, hearing, traits)

    return Configured("telegram_officers", traits, make)


def _news(traits: Traits) -> Configured:
    def make(wiring: Wiring) -> Made:
        token, hearing = wiring.settings.telegram_news_token, _hearing(wiring.settings, NEWS_PATH)
        return _made(TelegramNews, token, wiring, hearing, traits)

    return Configured("telegram_news", traits, make)


def _made(
    kind: Callable[..., TelegramPublic | TelegramOfficers | TelegramNews],
    token: SecretStr | None,
    wiring: Wiring,
    hearing: Hearing,
    traits: Traits,
) -> Made:
    assert token is not None
    words, base = wiring.tools.words, wiring.settings.telegram_api_base
    channel = kind(
        token.get_secret_value(), wiring.gate, words, api_base=base, hearing=hearing, traits=traits
    )
    return Made(channel, channel.routes())


def _hearing(settings: Settings, path: str) -> Hearing:
    secret = settings.telegram_webhook_secret
    assert secret is not None
    return Hearing(Mode.WEBHOOK, settings.public_url + path, secret.get_secret_value())


if __name__ == "__main__":
    main()
