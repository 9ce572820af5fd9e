"""Zalo's Official Account platform on loopback: its tokens, its rules, its faults."""

from tests.fakes.zalo_oa.faults import Cut, Fault
from tests.fakes.zalo_oa.people import Person, Sent
from tests.fakes.zalo_oa.server import APP_ID, APP_SECRET, OA_ID, ZaloOa

__all__ = ["APP_ID", "APP_SECRET", "OA_ID", "Cut", "Fault", "Person", "Sent", "ZaloOa"]
