"""Campaigns: freezing, draining, replies meanwhile, pacing, the clock."""

from tests.bench.draining import draining
from tests.bench.freezing import freezing
from tests.bench.pacing import pacing
from tests.bench.replying import replying
from tests.bench.table import Row
from tests.bench.ticking import ticking


async def campaigns(*, quick: bool) -> list[Row]:
    rows: list[Row] = []
    for part in (freezing, draining, replying, pacing, ticking):
        rows += await part(quick=quick)
    return rows
