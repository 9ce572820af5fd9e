"""Of several places in one text: where it happened, and where only the writer lives or somebody comes from."""

import re
from collections.abc import Sequence
from enum import IntEnum

from bot.domain.places.spelling import Token


class Role(IntEnum):
    """What a place is to the event, by the words around it."""

    DENIED = -9
    """ "không phải xã A" """
    WRITER = -1
    """ "tôi ở xã A", "quê em ở" """
    UNSAID = 0
    INCIDENT = 1
    """ "xảy ra ở", "cháu bị đánh ở" """


DENIAL, LOOK_BACK, LOOK_ON = 4, 7, 4
"""Words before the address in which it may be denied, before and after it that tell its role."""
_NOT_MINE = "".join(rf"(?<!{word}\ )" for word in ["cua", "con", "chau", "gai", "trai", "sinh", "ban", "xom"])
"""In "học sinh của tôi ở", "con gái tôi ở" another one lives there."""
_ME = _NOT_MINE + r"(toi|tui|em|minh|chau|con|to|ctv|chung\ (toi|em)|nha\ (em|toi|chau|minh|con|tui))"
_DENIED = re.compile(r"\b(khong phai|chu khong|k phai|ko phai|dau phai|khong o)( la| o| tai| ben)*$")
_WRITER = re.compile(
    rf"""
    \b{_ME} (\ ten\ \w+)? (\ (dang|hien|hien\ dang|vua|moi|la\ nguoi|la\ dan))?
        \ (o|tu|den\ tu|(song|lam|lam\ viec|tro|thue\ tro|cong\ tac)\ (o|tai))$
    | \b{_ME} (\ (dang|hien))? (\ la)? \ (cong\ tac\ vien|ctv|can\ bo|giao\ vien) (\ (o|tai))?$
    | \bque (\ {_ME})? (\ o)?$
    | \bho\ khau (\ thuong\ tru)? (\ (o|tai))?$
    | \b(goi|nhan|viet|nhan\ tin)\ tu$
    | \b(truoc|truoc\ day|hoi\ truoc|truoc\ kia|tung) (\ song)? \ (o|tai)$
    | \b(chuyen|don|di|bo\ tron)\ tu$
    """,
    re.VERBOSE,
)
_INCIDENT = re.compile(
    r"""
    \b((xay|dien)\ ra|xay\ den|hien\ truong|(su|vu)\ viec|dia\ diem|thay|chung\ kien|phat\ hien|gap) (\ \w+){0,4}$
    | \b(be|chau|dua|tre|hoc\ sinh|no|ban\ ay|nan\ nhan) (\ \w+){0,4} \ (o|tai|ben|ve|len|sang|duoi)$
    | \b(bi|danh|duoi\ nuoc|roi|ket|mat\ tich|nhot|chay) (\ \w+){0,4} \ (o|tai|ben|duoi|trong)$
    """,
    re.VERBOSE,
)
_FROM = " tu"
_INCIDENT_AFTER = re.compile(r"^(vua |dang |moi )*(bi|xay ra|duoi nuoc|danh)\b")


def role(tokens: Sequence[Token], span: tuple[int, int]) -> Role:
    """What the words before the address, or else those after it, make of it."""
    if denied(tokens, span):
        return Role.DENIED
    before = " " + _phrase(tokens, max(0, span[0] - LOOK_BACK), span[0])
    if _WRITER.search(before):
        return Role.WRITER
    if before.endswith(_FROM):
        return Role.UNSAID
    after = _phrase(tokens, span[1], min(len(tokens), span[1] + LOOK_ON))
    return Role.INCIDENT if _INCIDENT.search(before) or _INCIDENT_AFTER.search(after) else Role.UNSAID


def denied(tokens: Sequence[Token], span: tuple[int, int]) -> bool:
    """ "không phải xã A": the address is named only to be left out."""
    return _DENIED.search(_phrase(tokens, max(0, span[0] - DENIAL), span[0])) is not None


def _phrase(tokens: Sequence[Token], first: int, end: int) -> str:
    return " ".join(token.key for token in tokens[first:end])
