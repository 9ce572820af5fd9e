"""What both Zalo channels share: answers read whole, and files fetched from Zalo's servers and nobody else's."""
