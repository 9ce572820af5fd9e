"""The demo office as files; made by `make.py`, read like any other office."""
