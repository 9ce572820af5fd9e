"""Awareness campaigns: what is said to whom, when, and who agreed to it."""
