"""One case on the desk: its page, its forms, its files, and the words for its codes."""
