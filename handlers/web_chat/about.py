"""What every page of the citizens says of the office."""

import secrets
from collections.abc import Mapping

from handlers.web_chat.options import Chat

EMERGENCY = ("113", "114", "115")


async def about(chat: Chat) -> Mapping[str, object]:
    """Values of the templates; no reader is in them."""
    roster = await chat.door.look(lambda uow: uow.office.roster())
    return {
        "office": roster.name,
        "numbers": roster.numbers,
        "emergency": EMERGENCY,
        "exit_url": chat.options.exit_url,
        "demo": chat.options.demo,
        "id": secrets.token_hex(8),
        "letters": (),
    }
