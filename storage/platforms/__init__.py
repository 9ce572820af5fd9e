"""Platforms with rules of their own: the way to each person, what messages cost, our tokens."""
