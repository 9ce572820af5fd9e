"""The officers' conversation, and how they get in: invitations, log-in, second factor."""
