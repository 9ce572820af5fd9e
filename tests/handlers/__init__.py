"""Channel tables: platform JSON to Heard, Letter to request, answers to Outcome."""
