"""The words that name the place, exactly as they stand in a message."""

from collections.abc import Iterable, Sequence
from itertools import compress, count

from bot.domain.triage.marks import fits, fold
from bot.domain.triage.reading import Reading

_CUES = tuple(
    tuple(cue.split())
    for cue in """
    tổ dân phố,khu phố,khu dân cư,khu tái định cư,khu tập thể,khu trọ,dãy trọ,xóm trọ,thị trấn,
    thị xã,thành phố,tổ,đội,khu,thôn,xóm,ấp,bản,buôn,làng,làng chài,plei,sóc,phum,phường,xã,
    huyện,quận,tỉnh,trường mầm non,trường mẫu giáo,trường tiểu học,trường thcs,trường thpt,
    trường cấp 1,trường cấp 2,trường cấp 3,trường bán trú,trường nội trú,trường,nhóm trẻ,chợ,
    chợ nổi,chợ đêm,bến xe,bến đò,bến tắm,bến phà,bến,cầu,hồ,hồ điều hoà,hồ bơi,ao,sông,suối,
    khe,kênh,mương,đập,đập tràn,thác,vực,rạch,đầm,bãi biển,bãi tắm,bãi,bãi vàng,bãi đá,biển,
    hẻm,ngõ,ngách,đường,phố,chung cư,khách sạn,nhà nghỉ,quán karaoke,quán,karaoke,chùa,mái ấm,
    trung tâm,bệnh viện,công viên,khu công nghiệp,khu chế xuất,lò gạch,xưởng,mỏ đá,mỏ,cảng,
    cảng cá,cửa khẩu,siêu thị,dốc,đảo,hòn,đèo,núi,sân bóng,nông trường,phòng,số,nhà số,số nhà,
    quốc lộ,tỉnh lộ,cổng trường,cổng trường tiểu học,cổng chợ,cuối dốc,ngã ba,ngã tư,block,toà,
    tầng,ga,bìa rừng
    """.replace("\n", " ").split(",")
)
_SPELT = {tuple(map(fold, cue)): cue for cue in _CUES}
_LENGTHS = {
    start: tuple(sorted({len(cue) for cue in _SPELT if cue[0] == start}, reverse=True))
    for start in {cue[0] for cue in _SPELT}
}
"""The first word of a cue to how many words it may have, most first."""
_SETTLED = frozenset(
    cue.strip()
    for cue in """
    xã,phường,thôn,ấp,buôn,huyện,thị trấn,thị xã,tổ dân phố,trường tiểu học,trường thcs,
    trường thpt,cổng trường tiểu học,cảng cá,chợ đêm,khu phố
    """.split(",")
)
"""Where a name may follow in small letters, in a message without capitals."""
_ALSO_SETTLED = _SETTLED.union("xóm,bản,làng,chợ,tỉnh,quận,suối,bến đò,bến xe,cầu,hồ,sông".split(","))
"""The same behind "ở", "tại", "gần"."""
_NO_NAME = frozenset(
    """
    em anh chi con chau be ba bo me ong co chu bac di cau toi minh no ho ai nha cua co khong bi duoc la va
    voi thi ma o tai tren duoi trong ngoai gan ben nay kia do day nao gi roi dang da se moi vua hay cung con
    ra vao len xuong di den toi ve qua cho de lam ngheo xa lon nho cu cach may cac nhung mot hai truoc sau
    khi luc hom sang chieu dem bao nguoi dan tam tro vay quan ao dam hang thuy dien lo an uong choi ban mua
    hoi hoang hoc het pho truong nghiep luu lan tre hoc sinh nuoc cao sau can sap hu gay sat dau cuoi giua
    khac minh em ta chung tui bon thay lai van nhu bang tu
    """.split()
)
_NUMBERS = frozenset("mot hai ba bon nam sau bay tam chin muoi".split())
_PREPOSITIONS = frozenset({"o", "tai", "tren", "duoi", "gan", "que", "len", "ra", "vao", "in", "at", "near"})
_JOINED = frozenset({",", "-"})
_NAME_WORDS = 2
"""Most names of villages have two syllables."""
Span = tuple[int, int]


def place(reading: Reading) -> str | None:
    """The words that name the place, exactly as they stand in the cleaned text; None where none does."""
    found: list[Span] = []
    free = 0
    for at in compress(count(), map(_LENGTHS.__contains__, reading.folded)):
        end = _named_from(reading, at) if at >= free else None
        if end is None:
            continue
        if found and _go_together(reading, found[-1][1], at):
            found[-1] = (found[-1][0], end)
        else:
            found.append((at, end))
        free = end
    if not found:
        return _where(reading)
    first, end = max(found, key=lambda span: span[1] - span[0])
    return reading.piece(first, end - 1)


def _is_small(reading: Reading) -> bool:
    """Whether names can only stand in small letters: no capital but at the beginning."""
    text = reading.text[1:]
    return text == text.lower()


def _go_together(reading: Reading, end: int, start: int) -> bool:
    """ "số 14 ngách 3", "thôn Hạ, xã Thượng": one name ends where the next begins."""
    return start == end or (start == end + 1 and reading.typed[end] in _JOINED)


def _named_from(reading: Reading, at: int) -> int | None:
    """Where a place ends that begins here with a cue ("xã", "bến đò") and goes on with a name."""
    folded, typed = reading.folded, reading.typed
    for length in _LENGTHS[folded[at]]:
        after = at + length
        cue = _SPELT.get(folded[at:after])
        if cue is None or not _is_spelt(typed[at:after], cue):
            continue
        end = _name_end(reading, after)
        if end == after and _may_be_small(reading, at, cue) and _is_small(reading):
            end = _small_name_end(folded, after)
        if end > after:
            return end
    return None


def _may_be_small(reading: Reading, at: int, cue: Sequence[str]) -> bool:
    asked = at > 0 and reading.folded[at - 1] in _PREPOSITIONS
    marked = not all(map(str.isascii, reading.typed[at : at + len(cue)]))
    return " ".join(cue) in (_ALSO_SETTLED if asked else _SETTLED if marked else ())


def _is_spelt(typed: Iterable[str], cue: Iterable[str]) -> bool:
    """ "bạn" is no "bản", "cậu" no "cầu"; without marks both may be."""
    return all(map(fits, typed, cue))


def _name_end(reading: Reading, start: int) -> int:
    """The first word from here that is no part of a name; a name is capitals and numbers."""
    text = reading.text
    end = start
    for begins, _ in reading.spans[start:]:
        first = text[begins]
        if not (first.isupper() or first.isdecimal()):
            break
        end += 1
    return end


def _small_name_end(folded: Sequence[str], start: int) -> int:
    """The same in small letters: a number, or two syllables that are no everyday words."""
    if start < len(folded) and folded[start] in _NUMBERS:
        return start + 1
    name = folded[start : start + _NAME_WORDS]
    everyday = any(word in _NO_NAME or not word.isalpha() for word in name)
    return start if everyday or len(name) < _NAME_WORDS else start + _NAME_WORDS


def _where(reading: Reading) -> str | None:
    """ "ở Buôn Hồ": two capitals or more after a word that asks for a place."""
    for at in compress(count(), map(_PREPOSITIONS.__contains__, reading.folded)):
        if (end := _name_end(reading, at + 1)) >= at + 3:
            return reading.piece(at + 1, end - 1)
    return None
