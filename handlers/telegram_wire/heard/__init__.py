"""From updates to what was heard."""
