"""What the Telegram folders share: requests on aiohttp, polling, errors as outcomes, texts in parts."""
