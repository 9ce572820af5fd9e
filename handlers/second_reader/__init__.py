"""A model server of the office's own that reads after us, by the OpenAI-compatible protocol; off by default."""
