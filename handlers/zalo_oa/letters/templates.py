"""ZBS templates: what may be sent although the window has closed; ids and parameters come from a file."""

import re
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from unicodedata import normalize

from bot.settings import BadSettings

MOST = 200
"""Characters of a parameter where the file sets no other limit; Zalo's own limit depends on its type."""
SETTING = "TINBAO_ZALO_TEMPLATES"


class Purpose(StrEnum):
    """What a template is for."""

    OFFICER_ALERT = "officer_alert"
    REPORTER_WAITING = "reporter_waiting"
    CAMPAIGN = "campaign"  # no table of the file: each campaign names its own


FIELDS = frozenset({"case", "headline", "office", "time", "url"})
"""What a parameter may be made of: none of them holds anybody's words or name."""


@dataclass(frozen=True, slots=True)
class Param:
    value: str
    most: int = MOST


@dataclass(frozen=True, slots=True)
class Template:
    uid: str = ""
    """Template id for sending by the person's id; "": not that way."""
    phone: str = ""
    """Template id for sending by telephone number; "": not that way."""
    params: Mapping[str, Param] = field(default_factory=dict)
    mode: str = ""
    """"development": only the app's administrators get it."""

    def filled(self, values: Mapping[str, str]) -> dict[str, str]:
        """The template's data; every parameter at its limit at most."""
        return {
            name: normalize("NFC", param.value.format_map(values)).strip()[: param.most].rstrip() or "-"
            for name, param in self.params.items()
        }


Templates = Mapping[Purpose, Template]


def load(path: Path | None) -> Templates:
    """What the office's file sets; raises BadSettings that says what is wrong and where."""
    if path is None:
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadSettings(f"{SETTING}: {path} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(f"{SETTING}: {path} is no TOML: {error}") from None
    known = {purpose.value for purpose in (Purpose.OFFICER_ALERT, Purpose.REPORTER_WAITING)}
    for name in tables:
        if name not in known:
            raise _bad(path, name, f"unknown; there are {', '.join(sorted(known))}")
    return {Purpose(name): _template(path, name, table) for name, table in tables.items()}


def _template(path: Path, name: str, table: object) -> Template:
    if not isinstance(table, dict):
        raise _bad(path, name, f"must be a table: [{name}]")
    strange = sorted(table.keys() - {"uid", "phone", "params", "mode"})
    if strange:
        raise _bad(path, name, f"{strange[0]}: unknown; there are uid, phone, params, mode")
    ids = {key: _id(path, name, key, table.get(key, "")) for key in ("uid", "phone")}
    if not any(ids.values()):
        raise _bad(path, name, "needs uid or phone: the id of an approved template")
    if ids["phone"] and name == Purpose.REPORTER_WAITING:
        raise _bad(path, name, "phone: a reporter is never written to by telephone number")
    mode = table.get("mode", "")
    if mode not in ("", "development"):
        raise _bad(path, name, 'mode: "development", or left out')
    params = table.get("params", {})
    if not isinstance(params, dict):
        raise _bad(path, name, f"params must be a table: [{name}.params]")
    return Template(
        ids["uid"], ids["phone"], {key: _param(path, name, key, value) for key, value in params.items()}, mode
    )


def _id(path: Path, name: str, key: str, value: object) -> str:
    if not isinstance(value, str | int) or not re.fullmatch(r"[0-9A-Za-z_-]*", str(value)):
        raise _bad(path, name, f"{key}: must be a template id")
    return str(value)


def _param(path: Path, name: str, key: str, value: object) -> Param:
    """`"{case}"`, or `{value = "{headline}", most = 30}`."""
    told: dict[str, Any] = value if isinstance(value, dict) else {"value": value}
    text, most = told.get("value"), told.get("most", MOST)
    if not isinstance(text, str) or not isinstance(most, int) or most < 1 or told.keys() - {"value", "most"}:
        raise _bad(path, name, f"params.{key}: text, or {{value = text, most = number}}")
    try:
        wanted = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    except ValueError as error:
        raise _bad(path, name, f"params.{key}: {error}") from None
    if unknown := sorted(wanted - FIELDS):
        fields = ", ".join(sorted(FIELDS))
        raise _bad(path, name, f"params.{key}: {{{unknown[0]}}} is unknown; there are {fields}")
    return Param(text, most)


def _bad(path: Path, name: str, what: str) -> BadSettings:
    return BadSettings(f"{SETTING}: {path}: [{name}] {what}")
