"""What ships as data: units and their old names, words of triage, policies, holidays."""
