"""`campaign poster`: the QR code of a school or a commune, by which people subscribe."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.console import WRONG_USE, say, settings
from bot.domain.campaigns import codes
from bot.domain.campaigns.campaign import Group
from bot.domain.messages import Line
from bot.services.outreach import posters

PICTURES = (".svg", ".png")


def poster(
    file: Annotated[Path, typer.Argument(help="where to write the picture: .svg or .png")],
    unit: Annotated[str, typer.Option(help="commune, 5 digits")] = "",
    group: Annotated[Group | None, typer.Option(help="who will scan it")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="a school, an area: a-z, 0-9, _")] = None,
) -> None:
    """A QR code that says where its readers come from; where links carry none (Zalo) they write the code itself."""
    if file.suffix.lower() not in PICTURES:
        say(Line("campaign.cli.poster_file", {"file": file.name}))
        raise typer.Exit(WRONG_USE)
    try:
        code = codes.write(unit or None, group, tuple(tag or ()))
        address = posters.address(settings().public_url, code)
        posters.save(address, file)
    except ValueError as wrong:
        say(Line("campaign.cli.poster_wrong", {"value": str(wrong)}))
        raise typer.Exit(WRONG_USE) from None
    say(Line("campaign.cli.poster", {"file": file.name, "link": address, "code": code.upper()}))
