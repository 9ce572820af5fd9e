"""The program's commands, one file for each part of an administrator's work."""
