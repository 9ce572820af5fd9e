"""`campaign …`: everything about campaigns on the command line."""
