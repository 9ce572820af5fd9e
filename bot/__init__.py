"""What the hotline decides, and the program that runs it."""
