"""Reads the data files of the PyPI package `vietnamadminunits` (MIT) without importing its code."""

import json
import sqlite3
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

Row = dict[str, str | float | None]


@dataclass(frozen=True, slots=True)
class Source:
    """The package's tables, and for each old commune's key the keys of its successors, default first."""

    old: tuple[Row, ...]
    new: tuple[Row, ...]
    successors: dict[str, tuple[str, ...]]


def read_source() -> Source:
    """From the installed package; ModuleNotFoundError where the development dependency is missing.

    Its code is never run: the converter asks an online geocoder, and the parser finds addresses in
    texts that have none.
    """
    spec = find_spec("vietnamadminunits")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("vietnamadminunits: install the development dependencies")
    data = Path(spec.origin).parent / "data"
    with sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        old = tuple(dict(row) for row in connection.execute("select * from admin_units_legacy"))
        new = tuple(dict(row) for row in connection.execute("select * from admin_units"))
    converter = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    return Source(old, new, _successors(converter))


def new_key(row: Row) -> str:
    """How the converter names a commune of 2025: province and commune, folded."""
    return f"{row['provinceKey']}/{row['wardKey']}"


def old_key(row: Row) -> str:
    """How the converter names an old commune; the five island districts end with an underscore."""
    return f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"


def _successors(
    converter: dict[str, dict[str, dict[str, list[str | dict[str, str | bool]]]]],
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            found.update({str(old): (f"{province}/{ward}",) for old in olds})
    for province, split in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in split.items():
            ranked = sorted(
                (part for part in parts if isinstance(part, dict)),
                key=lambda part: not part["isDefaultNewWard"],
            )
            found[old] = tuple(f"{province}/{part['newWardKey']}" for part in ranked)
    return found
