"""Reads a sentence for the places that it names."""
