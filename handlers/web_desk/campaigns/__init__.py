"""Awareness campaigns on the desk: calendar, list, editor, approval, progress, results."""
