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


LOOK_BACK, LOOK_ON = 7, 4
"""Words before and after the address."""
_ME = r"(toi|tui|em|minh|chau|con|to|ctv|chung toi|chung em|nha em|nha toi|nha chau|nha minh|nha con|nha tui)"
_DENIED = re.compile(r"\b(khong phai|chu khong|k phai|ko phai|dau phai|khong o)( la| o| tai| ben)*$")
_WRITER = re.compile(
    rf"\b{_ME}( ten \w+)?( dang| hien| hien dang| vua| la nguoi| la dan| moi)? "
    r"(o|song o|song tai|lam o|lam viec o|lam viec tai|lam tai|tro o|thue tro o|cong tac o|cong tac tai|tu|den tu)$"
    rf"|\bque( {_ME})?( o)?$|\b(goi|nhan|viet|nhan tin) tu$|\b{_ME}( dang| hien)?( la)? (cong tac vien|ctv|can bo|giao vien)( o| tai)?$"
    r"|\b(truoc|truoc day|hoi truoc|truoc kia|tung)( song)? (o|tai)$|\b(chuyen|don|di|bo tron) tu$|\bho khau( thuong tru)?( o| tai)?$"
)
_INCIDENT = re.compile(
    r"\b(xay ra|dien ra|xay den|hien truong|su viec|vu viec|noi xay ra|dia diem|thay|chung kien|phat hien|bat gap|gap)( \w+){0,4}$"
    r"|\b(be|chau|dua nho|dua be|tre|hoc sinh|dua|thang be|con be|no|ban ay|nan nhan)( \w+){0,3} (o|tai|ben|ve|len|sang|duoi)$"
    r"|\b(bi|danh|duoi nuoc|roi|ket|mat tich|nhot|bo roi|chay)( \w+){0,4} (o|tai|ben|duoi|trong)$"
)
_FROM = " tu"
_INCIDENT_AFTER = re.compile(r"^(vua |dang |moi )*(bi|xay ra|duoi nuoc|danh)\b")


def role(tokens: Sequence[Token], span: tuple[int, int]) -> Role:
    """What the words before the address, or else those after it, make of it."""
    before = " " + _phrase(tokens, max(0, span[0] - LOOK_BACK), span[0])
    if _DENIED.search(before):
        return Role.DENIED
    if _WRITER.search(before):
        return Role.WRITER
    if before.endswith(_FROM):
        return Role.UNSAID
    after = _phrase(tokens, span[1], min(len(tokens), span[1] + LOOK_ON))
    return Role.INCIDENT if _INCIDENT.search(before) or _INCIDENT_AFTER.search(after) else Role.UNSAID


def _phrase(tokens: Sequence[Token], first: int, end: int) -> str:
    return " ".join(token.key for token in tokens[first:end])
