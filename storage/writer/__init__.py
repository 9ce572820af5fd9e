"""How transactions run: one writer with group commit on SQLite, a pool of workers on PostgreSQL."""
