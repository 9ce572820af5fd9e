"""Who stands behind an event, as the `person` of an address, and whom an answer is addressed to.

A person who has no Zalo account is known by two ids, of the visit and of its conversation: both are needed for an
answer, so both stand in the address. Ids of Zalo are digits, so the three forms never meet.
"""

from collections.abc import Mapping

BETWEEN = "/"
ANONYMOUS = "anonymous"
GROUP = "group"


def anonymous(visitor: str, conversation: str) -> str:
    return BETWEEN.join((ANONYMOUS, visitor, conversation))


def group(id_: str) -> str:
    return BETWEEN.join((GROUP, id_))


def is_anonymous(person: str) -> bool:
    return person.startswith(ANONYMOUS + BETWEEN)


def is_group(person: str) -> bool:
    return person.startswith(GROUP + BETWEEN)


def recipient(person: str) -> Mapping[str, str]:
    """The `recipient` of a message: {user_id}, {anonymous_id, conversation_id} or {group_id}."""
    match person.split(BETWEEN):
        case [kind, visitor, conversation] if kind == ANONYMOUS:
            return {"anonymous_id": visitor, "conversation_id": conversation}
        case [kind, id_] if kind == GROUP:
            return {"group_id": id_}
        case _:
            return {"user_id": person}
