"""What platforms kept back stands on the desk, where there is any."""

from bot.domain.duty import LOCAL
from storage.engine import SqlStore
from tests.handlers.web import site


async def test_the_figure_stands_above_the_queue_only_where_something_was_withheld(
    sqlite_store: SqlStore,
) -> None:
    async with site(sqlite_store) as place, place.browser() as worker:
        await worker.enters(place.officer("TE-24169"))

        async def queue() -> str:
            async with worker.session.get("/desk") as answer:
                return await answer.text()

        assert "giữ lại nội dung" not in await queue()
        today = place.now.astimezone(LOCAL).date()
        sqlite_store.write(lambda uow: uow.tallies.add("withheld.zalo_bot", today, 4))
        page = await queue()
        assert "4 tin bị Zalo giữ lại nội dung" in page
        assert "111" in page
