"""Calls to Zalo: our key, our share of calls, and what its errors mean."""
