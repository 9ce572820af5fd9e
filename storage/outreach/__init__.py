"""Campaigns as they are remembered: what is said, who agreed to it, runs with their letters, what came back."""
