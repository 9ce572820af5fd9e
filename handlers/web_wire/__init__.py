"""What the web folders share: pages in the reader's language, careful headers, streams of events."""
