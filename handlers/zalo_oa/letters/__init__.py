"""From letters to messages, inside the window and around it."""
