"""From the events of Zalo's webhook to what was heard."""
