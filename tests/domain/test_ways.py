"""Which of a reporter's conversations may be written to."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.ways import Talk, chosen

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def a(safe: bool | None = None, at: datetime | None = NOW, *, blocked: bool = False) -> Talk:
    return Talk(1, 1, safe, blocked, at)


def b(safe: bool | None = None, at: datetime | None = LATER, *, blocked: bool = False) -> Talk:
    """The same reporter on another channel, where they spoke later."""
    return Talk(2, 1, safe, blocked, at)


@pytest.mark.parametrize(
    ("talks", "ways"),
    [
        ((), ()),
        ((a(),), (1,)),
        ((a(True),), (1,)),
        ((a(False),), ()),
        ((a(blocked=True),), ()),
        ((a(), b()), (2,)),
        ((a(at=LATER), b(at=NOW)), (1,)),
        ((a(at=None), b(at=None)), (2,)),
        ((a(True), b()), (1,)),
        ((a(), b(True, NOW - timedelta(days=9))), (2,)),
        ((a(True), b(True)), (2,)),
        ((a(True), b(False)), (1,)),
        ((a(False), b()), ()),
        ((a(False), b(False)), ()),
        ((a(True, blocked=True), b()), ()),
        ((a(blocked=True), b()), (2,)),
        ((a(), b(), Talk(7, 7, None)), (2, 7)),
        ((a(False), Talk(7, 7, None)), (7,)),
    ],
)
def test_the_way_to_each_reporter(talks: tuple[Talk, ...], ways: tuple[int, ...]) -> None:
    assert chosen(talks) == ways
    assert chosen(tuple(reversed(talks))) == ways
