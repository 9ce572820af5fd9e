"""Makes the demo office, Đắk Lắk with its communes of 2025: `python -m bot.data.demo.make`.

Nobody in it exists: names are put together from family names and words for weather, water and plants;
telephone numbers start with 0900 000, which is nobody's, and the program dials none.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import count
from pathlib import Path

from bot.data.units import load_units
from bot.domain.officers import Absence, NumberFact, Officer, Role, Roster, Shift
from bot.office.files import default_policies, write_files

HERE = Path(__file__).parent
HOME = "66"
FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Phan",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
)
GIVEN = (
    "Hoa Sen", "Sao Mai", "Nắng Hạ", "Mưa Xuân", "Suối Trong", "Lúa Vàng", "Mây Trắng", "Gió Nam",
    "Trăng Rằm", "Cỏ Non", "Sông Lam", "Biển Xanh", "Rừng Thông", "Đồi Chè", "Hương Quế", "Tre Ngà",
    "Cau Liên", "Bưởi Hồng", "Sương Sớm", "Nắng Mai", "Đá Bạc", "Hồ Thu", "Ban Trắng", "Phượng Đỏ",
    "Bằng Lăng", "Mạ Xanh", "Sóng Êm", "Thuyền Nan", "Cầu Vồng", "Hạt Sương", "Lá Me",
)  # fmt: skip
NATIONAL = ("111", "112", "113", "114", "115")
CHANNELS = ("telegram_officers", "desk")
DUTY = ("SYT-TRUC-1", "SYT-TRUC-2", "SYT-TRUC-3")
SUPERVISOR = "SYT-GS-1"
WORKDAYS, EVERY_DAY = (0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5, 6)
AWAY = "TE-24163"
"""Takes leave before Christmas, so that the demo has a deputy at work."""


def demo_office() -> Roster:
    """The whole office; the same at every call."""
    table = load_units()
    numbers = count(1)
    communes = [unit for unit in table.communes if unit.province == HOME]
    officers = [officer for unit in communes for officer in _commune(unit.code, numbers)]
    officers += _province(numbers)
    return Roster(
        officers=tuple(officers),
        absences=(Absence(AWAY, _local(2026, 12, 21), _local(2026, 12, 26)),),
        shifts=(
            Shift(DUTY[0], WORKDAYS, time(7), time(17)),
            Shift(DUTY[1], EVERY_DAY, time(17), time(7)),
            Shift(DUTY[2], (5, 6), time(7), time(17)),
        ),
        policies=default_policies([]),
        default_route=DUTY,
        numbers={
            "111": "111",
            "112": "112",
            "113": "113",
            "114": "114",
            "115": "115",
            "office": "0262.3951567",
        },
        number_facts=_facts(),
        name="Đường dây bảo vệ trẻ em tỉnh Đắk Lắk (bản chạy thử)",
        home=HOME,
        province_of={unit.code: unit.province for unit in table.communes},
    )


def _commune(unit: str, numbers: Iterator[int]) -> Iterator[Officer]:
    """Phòng Văn hóa - Xã hội with a deputy, the chair, the police."""
    parts = (
        (f"TE-{unit}", Role.COMMUNE_OFFICER, f"TE2-{unit}", SUPERVISOR),
        (f"TE2-{unit}", Role.COMMUNE_OFFICER, "", SUPERVISOR),
        (f"CT-{unit}", Role.CHAIR, "", ""),
        (f"CA-{unit}", Role.POLICE, "", ""),
    )
    for code, role, deputy, supervisor in parts:
        yield _officer(next(numbers), code, role, unit, deputy=deputy, supervisor=supervisor)


def _province(numbers: Iterator[int]) -> Iterator[Officer]:
    """Sở Y tế: duty round the clock, two supervisors, administration; and one who speaks Ê Đê."""
    for code in DUTY:
        yield _officer(next(numbers), code, Role.PROVINCE_DUTY, HOME, supervisor=SUPERVISOR)
    yield _officer(next(numbers), "SYT-BMTE", Role.PROVINCE, HOME, supervisor=SUPERVISOR)
    yield _officer(next(numbers), SUPERVISOR, Role.SUPERVISOR, HOME, deputy="SYT-GS-2")
    yield _officer(next(numbers), "SYT-GS-2", Role.SUPERVISOR, HOME)
    yield _officer(next(numbers), "SYT-QT", Role.ADMIN, HOME)
    yield _officer(next(numbers), "EDE-1", Role.SPEAKER, HOME, name="H' Nắng Êban", languages=("vi", "rad"))


def _officer(
    number: int,
    code: str,
    role: Role,
    unit: str,
    *,
    name: str = "",
    deputy: str = "",
    supervisor: str = "",
    languages: tuple[str, ...] = ("vi",),
) -> Officer:
    return Officer(
        id=number,
        code=code,
        name=name or f"{FAMILY[number % len(FAMILY)]} {GIVEN[number % len(GIVEN)]}",
        role=role,
        phone=f"0900 000 {number:03}",
        units=(unit,),
        languages=languages,
        channels=CHANNELS,
        deputy=deputy,
        supervisor=supervisor,
    )


def _facts() -> dict[str, NumberFact]:
    old = NumberFact(
        date(2020, 6, 30), note="2020, verify: đường dây của tỉnh theo tài liệu năm 2020, cần gọi thử"
    )
    return {**dict.fromkeys(NATIONAL, NumberFact()), "office": old}


def _local(year: int, month: int, day: int) -> datetime:
    """Midnight in Vietnam."""
    return datetime(year, month, day - 1, 17, tzinfo=UTC)


def main() -> None:
    for file in write_files(demo_office()):
        (HERE / file.name).write_text(file.text, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
