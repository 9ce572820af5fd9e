"""The Zalo Official Account: citizens, collaborators and officers write to it."""
