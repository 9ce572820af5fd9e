"""Results from the writer's thread arrive in the loop like those of `asyncio.wrap_future`."""

import asyncio
from concurrent.futures import Future
from threading import Thread

import pytest

from handlers.landing import Landing


def told_by_a_thread(*futures: "Future[int]") -> None:
    """As the writer tells what a commit held: one after the other, from outside the loop."""
    thread = Thread(target=lambda: [one.set_result(number) for number, one in enumerate(futures)])
    thread.start()
    thread.join()


async def test_everything_a_commit_held_arrives_in_its_order() -> None:
    landing, futures = Landing(), [Future[int]() for _ in range(50)]
    waiting = [landing.awaited(one) for one in futures]
    told_by_a_thread(*futures)
    assert await asyncio.gather(*waiting) == list(range(50))


async def test_the_next_commit_arrives_too() -> None:
    landing = Landing()
    for _ in range(3):
        future = Future[int]()
        waiting = landing.awaited(future)
        told_by_a_thread(future)
        assert await asyncio.wait_for(waiting, 5) == 0


async def test_an_error_rises_where_it_is_awaited() -> None:
    future = Future[int]()
    waiting = Landing().awaited(future)
    future.set_exception(LookupError("gone"))
    with pytest.raises(LookupError, match="gone"):
        await waiting


async def test_who_is_cancelled_withdraws_what_has_not_begun() -> None:
    future = Future[int]()
    waiting = Landing().awaited(future)
    waiting.cancel()
    await asyncio.wait((waiting,))
    assert future.cancelled()


async def test_what_has_begun_is_finished_although_nobody_waits() -> None:
    future = Future[int]()
    future.set_running_or_notify_cancel()
    waiting = Landing().awaited(future)
    waiting.cancel()
    await asyncio.wait((waiting,))
    told_by_a_thread(future)
    await asyncio.sleep(0)
    assert future.result() == 0
    assert waiting.cancelled()
