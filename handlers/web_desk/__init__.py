"""The officers' pages: a queue, a case with everything in it, and the same actions as in the chat."""
