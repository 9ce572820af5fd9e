"""What README and docs/ speak of exists: settings, commands, folders, links; and nothing of that is missing there."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from typer.main import get_command

from bot.__main__ import cli
from bot.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")))
SETTING = re.compile(rf"\b{PREFIX}[A-Z0-9_]*[A-Z0-9]\b")
LINK = re.compile(r"\]\(([^)#:]+)\)")
KNOWN = frozenset(PREFIX + name.upper() for name in Settings.model_fields if name != "demo")
"""`demo` is a command of its own, never a setting."""


def rows(page: Path) -> str:
    """The tables of a page."""
    return "\n".join(line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("|"))


def commands(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[str]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*before, name))  # type: ignore[arg-type]
        else:
            yield " ".join((*before, name))


def told(page: Path) -> set[str]:
    """The commands of a page's tables, without what follows them."""
    quoted = re.findall(r"`([^`|]+)`", rows(page))
    return {" ".join(re.match(r"[a-z -]*[a-z]?", one)[0].split(" --")[0].split()) for one in quoted}  # type: ignore[index]


def test_every_setting_stands_in_the_table_and_no_other() -> None:
    found = set(SETTING.findall(rows(ROOT / "docs" / "install.md")))
    assert len(KNOWN) > 30
    assert sorted(KNOWN - found) == []
    assert sorted(found - KNOWN) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_names_a_setting_that_there_is_not(page: Path) -> None:
    assert sorted(set(SETTING.findall(page.read_text(encoding="utf-8"))) - KNOWN) == []


def test_every_command_stands_in_the_table() -> None:
    group = get_command(cli)
    assert isinstance(group, click.Group) or hasattr(group, "commands")
    existing = set(commands(group))  # type: ignore[arg-type]
    assert len(existing) > 30
    assert sorted(existing - told(README)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    found = LINK.findall(page.read_text(encoding="utf-8"))
    assert found or page.parent.name == "docs"
    assert [link for link in found if not (page.parent / link).exists()] == []


def test_the_map_shows_folders_that_exist_and_every_package_of_services() -> None:
    drawn = README.read_text(encoding="utf-8").split("## The map")[1].split("```")[1]
    named = set(re.findall(r"\b([a-z_]+)/", drawn))
    services = {one.name for one in (ROOT / "bot" / "services").iterdir() if (one / "__init__.py").exists()}
    assert len(services) > 5
    assert sorted(services - named) == []
    tops = re.findall(r"^([a-z_]+(?:/[a-z_.]+)*)/? ", drawn, flags=re.MULTILINE)
    assert len(tops) > 10
    assert [top for top in tops if not (ROOT / top).exists()] == []


def test_every_channel_stands_in_the_map() -> None:
    drawn = README.read_text(encoding="utf-8").split("## The map")[1].split("```")[1]
    channels = {one.parent.name for one in (ROOT / "handlers").glob("*/channel.py")}
    assert len(channels) > 5
    assert sorted(one for one in channels if one not in drawn) == []
