"""Use cases: load, decide, record; one transaction each, plain functions, no network."""
