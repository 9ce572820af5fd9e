"""Where an error came from, without its words: those may be a citizen's, or hold a token."""

import traceback
from pathlib import Path

INNERMOST = 3


def where(error: BaseException, depth: int = INNERMOST) -> str:
    """The class and the last lines of code it passed: "ValueError in dialogue.py:120 advance < …"."""
    if isinstance(error, BaseExceptionGroup):
        return " | ".join(where(one, depth) for one in error.exceptions)
    frames = traceback.extract_tb(error.__traceback__)[-depth:]
    lines = (f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"{type(error).__name__} in {' < '.join(lines) or 'nowhere'}"
