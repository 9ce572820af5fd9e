"""The office as data: officers, duty, absences, policies and numbers, read from files and written back."""
