"""Makes mentions of places as people write them: eight forms, in sentences, with the codes that would be right."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.domain.places.names import split_type
from bot.domain.places.table import OldUnit, UnitTable
from bot.domain.triage.marks import fold
from bot.domain.understanding import Unit

FRAMES = (
    "cháu bé ở {} bị đánh",
    "Có một cháu gái 12 tuổi ở {} bị bố dượng đánh đập thường xuyên, mong các cô chú giúp.",
    "Tôi ở {}, nhà bên cạnh có đứa nhỏ bị nhốt suốt ngày không cho ăn",
    "{} có cháu bị bỏ rơi trước cổng chùa sáng nay",
    "em học lớp 7, em bị bạn trong lớp quay clip đánh hội đồng, trường em ở {}",
    "Báo cáo: tại {} vừa có hai cháu đuối nước dưới hồ tưới cà phê",
    "cho em hỏi em bé hàng xóm bị mẹ kế bắt quỳ ngoài nắng thì báo ai ạ. Địa chỉ {}",
    "Hố sâu không rào ở {} nguy hiểm lắm, trẻ con hay ra chơi",
    "bạn em 14 tuổi ở {} bị ép lấy chồng tuần sau cưới rồi",
    "Nhà cháu ở {}. Bố cháu say rượu đánh mẹ con cháu.",
    "{}: quán karaoke thuê bé gái 13 tuổi phục vụ khách tới 2h sáng",
    "Chú Tư gần nhà hay rờ con, con sợ lắm. Con ở {}",
    "Sáng nay khoảng 7 giờ có người lạ dắt bé trai 5 tuổi lên xe ở {} ai biết báo giùm",
    "tôi là cộng tác viên {} xin báo một trường hợp trẻ bị bỏ mặc",
    "Xin chào, tôi muốn báo về một em nhỏ phải đi bán vé số ban đêm tại {} ạ",
    "thằng bé nhà anh Hùng ({}) bị cha đánh gãy tay",
    "khẩn cấp!!! {} cháu 6 tuổi rơi xuống giếng",
    "ở khu vực {} có nhóm trẻ em bị ép đi ăn xin",
    "Kính gửi tổng đài, gia đình chị Hoa tại {} có 3 con nhỏ bị bỏ đói",
    "dạ con đang trốn ở nhà bà nội, {}, ba con đang đi tìm con",
    "Em tên Lan, học sinh lớp 9, hiện ở {}, em bị chú họ sàm sỡ",
    "nhờ công an {} qua gấp, có người cầm dao dọa mấy đứa nhỏ",
    "Mương nước trước trường học thuộc {} không có nắp đậy",
    "cháu nó bị đánh bầm tím hết người, {} nha mọi người",
    "Trẻ em làm việc trong lò gạch {} từ 4 giờ sáng",
    "hôm qua tôi đi qua {} thấy một bé gái bị trói ở cột điện",
    "vợ chồng ông Ba ở {} đánh con bằng dây điện, cả xóm ai cũng biết",
    "Địa điểm: {}\nSự việc: trẻ bị bạo hành",
    "con em bị cô giáo nhốt trong nhà vệ sinh, trường mầm non ở {}",
    "gấp gấp {} có bé bị bỏng nước sôi mà bố mẹ không cho đi viện",
)
KINDS = {
    "xã": "x.",
    "phường": "p.",
    "thị trấn": "tt",
    "huyện": "h.",
    "quận": "q.",
    "thị xã": "tx",
    "thành phố": "tp",
    "tỉnh": "t.",
}
NEAR_KEYS = {
    "a": "sqz",
    "n": "bmh",
    "o": "ipl",
    "h": "gjn",
    "i": "uok",
    "t": "ryg",
    "c": "xvd",
    "g": "fht",
    "u": "yij",
    "e": "wrd",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A message with one place, the office's province, and the commune codes that are right."""

    form: str
    text: str
    home: str
    right: tuple[str, ...]


class Mentions:
    """All forms, from one seed."""

    def __init__(self, table: UnitTable, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - sentences, no secrets
        self.table = table
        self.provinces = {one.code: one.name for one in table.provinces}
        self.old_provinces = {one.code: one for one in table.old_provinces}
        self.districts = {one.code: one for one in table.districts}

    def make(self, each: int) -> Iterator[Mention]:
        """So many of each form."""
        for form in FORMS:
            for _ in range(each):
                yield FORMS[form](self, form)

    def new_tones(self, form: str) -> Mention:
        unit = self._new()
        return self._in_sentence(form, self._new_address(unit), "", (unit.code,))

    def new_plain(self, form: str) -> Mention:
        return _toneless(self.new_tones(form))

    def old_tones(self, form: str) -> Mention:
        unit = self._old()
        return self._in_sentence(form, self._old_address(unit), "", unit.successors)

    def old_plain(self, form: str) -> Mention:
        return _toneless(self.old_tones(form))

    def short(self, form: str) -> Mention:
        unit = self._old() if self.random.random() < 0.6 else self._new()
        address = self._old_address(unit) if isinstance(unit, OldUnit) else self._new_address(unit)
        right = unit.successors if isinstance(unit, OldUnit) else (unit.code,)
        mention = self._in_sentence(form, self._shortened(address), "", right)
        return mention if self.random.random() < 0.6 else _toneless(mention)

    def home(self, form: str) -> Mention:
        unit = self._new()
        mention = self._in_sentence(form, self._lower_type(unit.name), unit.province, (unit.code,))
        return mention if self.random.random() < 0.6 else _toneless(mention)

    def district_home(self, form: str) -> Mention:
        unit = self._old()
        district = self.districts[unit.district]
        address = f"{self._lower_type(unit.name)}{self._joint()}{self._lower_type(district.name)}"
        home = self.old_provinces[district.province].successor
        mention = self._in_sentence(form, address, home, unit.successors)
        return mention if self.random.random() < 0.6 else _toneless(mention)

    def slips(self, form: str) -> Mention:
        unit = self._old() if self.random.random() < 0.5 else self._new()
        address = self._old_address(unit) if isinstance(unit, OldUnit) else self._new_address(unit)
        right = unit.successors if isinstance(unit, OldUnit) else (unit.code,)
        if self.random.random() < 0.4:
            address = fold(address)
        return self._in_sentence(form, self._slipped(address), "", right)

    def _new(self) -> Unit:
        return self.random.choice(self.table.communes)

    def _old(self) -> OldUnit:
        return self.random.choice(self.table.old)

    def _new_address(self, unit: Unit) -> str:
        return f"{self._lower_type(unit.name)}{self._joint()}{self._province(self.provinces[unit.province])}"

    def _old_address(self, unit: OldUnit) -> str:
        district = self.districts[unit.district]
        province = self.old_provinces[district.province].name
        parts = [self._lower_type(unit.name), self._lower_type(district.name), self._province(province)]
        return self._joint().join(dict.fromkeys(parts))

    def _joint(self) -> str:
        return self.random.choice((", ", ", ", ", ", " ", " - ", " thuộc "))

    def _lower_type(self, name: str) -> str:
        kind, rest = split_type(name)
        return self.random.choice((f"{kind} {rest}", f"{kind} {rest}", name))

    def _province(self, name: str) -> str:
        kind, rest = split_type(name)
        return self.random.choice(
            (rest, rest, f"{kind} {rest}", f"TP {rest}" if kind == "thành phố" else rest)
        )

    def _shortened(self, address: str) -> str:
        for kind, short in sorted(KINDS.items(), key=lambda pair: -len(pair[0])):
            written = self.random.choice((short, short, short.rstrip("."), short.upper()))
            space = "" if written.endswith(".") and self.random.random() < 0.5 else " "
            address = re.sub(rf"\b{kind} ", written + space, address, flags=re.IGNORECASE)
        if self.random.random() < 0.5:
            address = re.sub(r"\b([pqPQ])[. ]+0?(\d+)", r"\1\2", address)
        return address

    def _slipped(self, address: str) -> str:
        """One slip in the commune's name, and one elsewhere in one of three."""
        head = re.match(r"\S+ (trấn |khu )?", address, re.IGNORECASE)
        start = head.end() if head else 0
        stop = next((at for at in range(start, len(address)) if address[at] in ",-"), len(address))
        letters = [at for at in range(start, stop) if address[at].isalpha()] or [0]
        address = self._slip(address, self.random.choice(letters))
        if self.random.random() < 0.33:
            address = self._slip(address, self.random.randrange(min(len(address) - 1, stop), len(address)))
        return address

    def _slip(self, text: str, at: int) -> str:
        letter = text[at]
        match self.random.randrange(5):
            case 0:
                return text[:at] + text[at + 1 :]
            case 1:
                return text[:at] + letter + text[at:]
            case 2 if at + 1 < len(text):
                return text[:at] + text[at + 1] + letter + text[at + 2 :]
            case 3:
                return text[:at] + self.random.choice(NEAR_KEYS.get(fold(letter), "nhe")) + text[at + 1 :]
            case _:
                return text[:at] + self.random.choice("nghaeiout") + text[at:]

    def _in_sentence(self, form: str, address: str, home: str, right: tuple[str, ...]) -> Mention:
        text = self.random.choice(FRAMES).format(address)
        return Mention(form, text.lower() if self.random.random() < 0.2 else text, home, right)


def _toneless(mention: Mention) -> Mention:
    text = fold(mention.text)
    return Mention(mention.form, text, mention.home, mention.right)


FORMS: dict[str, Callable[[Mentions, str], Mention]] = {
    "new, tones": Mentions.new_tones,
    "new, no tones": Mentions.new_plain,
    "old, tones": Mentions.old_tones,
    "old, no tones": Mentions.old_plain,
    "abbreviated": Mentions.short,
    "commune, home": Mentions.home,
    "old and district, home": Mentions.district_home,
    "slips": Mentions.slips,
}
