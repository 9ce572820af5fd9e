"""What the hotline remembers."""
