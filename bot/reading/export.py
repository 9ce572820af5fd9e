"""`python -m bot triage export FILE`: what officers judged otherwise, as JSON lines for a person to review."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.ports import About
from bot.reading.messages import STANDARD_INPUT
from bot.services.disagreements import Disagreement

OWNER_ONLY = 0o600
STANDARD_OUTPUT = STANDARD_INPUT


def write(found: Sequence[Disagreement], file: str) -> None:
    """To a file that nobody else may read, or with "-" to standard output. Raises OSError."""
    lines = "".join(json.dumps(as_line(one), ensure_ascii=False) + "\n" for one in found)
    if file == STANDARD_OUTPUT:
        sys.stdout.write(lines)
        return
    # whole or not at all, and never readable by others: not even while it is written
    path = Path(file)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as out:
            out.write(lines.encode("utf-8", "replace"))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def as_line(one: Disagreement) -> dict[str, Any]:
    """Labels as in the training corpus, the officer's before the machine's; and what each of them said."""
    together = {**one.machine, **one.officer}
    return {
        "text": one.text,
        **_codes(together),
        "environment": one.environment,
        "reporter": one.reporter,
        "ages": list(one.ages),
        "children": one.children,
        "names_shown": one.names_shown,
        "machine": {**_codes(one.machine), "version": one.version},
        "officer": _codes(one.officer),
    }


def _codes(told: Mapping[About, str]) -> dict[str, Any]:
    return {about.value: said.split() if about is About.ALSO else str(said) for about, said in told.items()}
