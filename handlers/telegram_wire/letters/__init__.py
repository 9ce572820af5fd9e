"""From letters to messages."""
