"""Imports aiogram so that each of its models is built when it is first used.

aiogram builds the validators of all its types while it is imported: three quarters of the time that the import
takes (measured 4.3 s instead of 1.0 s of processor time), for 440 models of which this bot needs some thirty.
pydantic builds a model that is not complete at its first use; all that it lacks then are the names that aiogram
hands to `model_rebuild`, so they are kept here and handed over at that moment.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from pydantic import BaseModel

_Rebuild = Callable[..., bool | None]
_names: Final[dict[str, Any]] = {}
"""aiogram's types by name."""


def load() -> None:
    """To be called before anything else imports aiogram; where that came first, nothing is left to save."""
    if "aiogram" in sys.modules:
        return
    whole: _Rebuild = BaseModel.__dict__["model_rebuild"].__func__
    with _building_put_off():
        from aiogram.client.context_controller import BotContextController
        from aiogram.methods.base import Response
    for base in (BotContextController, Response):  # what all its types, methods and answers derive from
        base.model_rebuild = classmethod(_with_names(whole))  # type: ignore[method-assign,assignment]
    _build_what_every_turn_needs()


def _build_what_every_turn_needs() -> None:
    """Half a second of work that must not fall on the first people who write."""
    from aiogram.methods import SendMessage
    from aiogram.methods.base import Response
    from aiogram.types import InlineKeyboardMarkup, Message, Update

    for model in (Update, Message, Response[Message], SendMessage, InlineKeyboardMarkup):
        model.model_rebuild()


@contextmanager
def _building_put_off() -> Iterator[None]:
    """Nobody else builds a model meanwhile: this runs once, before the channel is made."""
    whole = BaseModel.__dict__["model_rebuild"]
    BaseModel.model_rebuild = classmethod(_remember)  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        BaseModel.model_rebuild = whole  # type: ignore[method-assign]


def _remember(cls: type[BaseModel], *, _types_namespace: Mapping[str, Any] | None = None) -> None:  # noqa: ARG001
    _names.update(_types_namespace or {})


def _with_names(whole: _Rebuild) -> _Rebuild:
    def rebuild(
        cls: type[BaseModel],
        *,
        force: bool = False,
        raise_errors: bool = True,
        _parent_namespace_depth: int = 2,
        _types_namespace: Mapping[str, Any] | None = None,
    ) -> bool | None:
        return whole(
            cls,
            force=force,
            raise_errors=raise_errors,
            _parent_namespace_depth=_parent_namespace_depth,
            _types_namespace=_types_namespace or _names,
        )

    return rebuild
