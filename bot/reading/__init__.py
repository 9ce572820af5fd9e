"""What is understood of messages in a file: for whoever wants to look or to measure."""
