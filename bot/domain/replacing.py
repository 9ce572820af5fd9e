"""`replace` of dataclasses at a third of its price: a turn makes fifteen such copies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from itertools import repeat
from operator import attrgetter, call
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["replace"]

if TYPE_CHECKING:  # mypy knows the fields of what is replaced only under this name
    from dataclasses import replace
else:
    from dataclasses import replace as _by_the_book

    T = TypeVar("T")

    def replace(old: T, /, **changes: object) -> T:
        """A copy with these fields changed, as `dataclasses.replace` makes it.

        That goes through `__init__`, by name: 12 µs for a conversation. Copying its slots takes 4.
        """
        shape = _shape(type(old))
        if shape is None or not changes.keys() <= shape.write.keys():
            return _by_the_book(old, **changes)
        new = object.__new__(type(old))
        any(map(call, shape.writes, repeat(new), shape.read(old)))  # each write gives None: a loop in C
        for name, value in changes.items():
            shape.write[name](new, value)
        return new


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the slots of a class are read, all at once, and written, each by its descriptor."""

    read: Callable[[object], tuple[object, ...]]
    write: Mapping[str, Callable[[object, object], None]]
    writes: tuple[Callable[[object, object], None], ...]


@cache
def _shape(kind: type[Any]) -> _Shape | None:
    """None for a class that does more than keep its fields, or has no slots for them."""
    names = [field.name for field in fields(kind) if field.init]
    plain = len(names) == len(fields(kind)) and not hasattr(kind, "__post_init__")
    if not plain or len(names) < 2 or not set(names) <= set(getattr(kind, "__slots__", ())):
        return None
    write = {name: getattr(kind, name).__set__ for name in names}
    return _Shape(attrgetter(*names), write, tuple(write.values()))
