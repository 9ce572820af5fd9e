"""The bot on Zalo's Bot Platform: words, pictures, stickers and voices; nothing to press, no place to share."""
