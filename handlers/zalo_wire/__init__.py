"""What both Zalo channels share: files that people sent, fetched from Zalo's servers and nobody else's."""
