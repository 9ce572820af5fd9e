"""What provinces and districts are called besides their names; as keys (folded, written together)."""

PROVINCES = {
    "Hồ Chí Minh": ("hcm", "tphcm", "tphochiminh", "saigon", "sg", "sgn", "hochiminhcity", "saigoncity"),
    "Hà Nội": ("hn", "tphn", "hnoi", "hanoicity"),
    "Đà Nẵng": ("dng", "tpdn", "danangcity"),
    "Hải Phòng": ("tphp",),
    "Cần Thơ": ("tpct",),
    "Huế": ("thuathienhue", "tthue", "tth"),
    "Bà Rịa - Vũng Tàu": ("brvt", "bariavt", "vungtau"),
    "Đắk Lắk": ("darlac", "dlac"),
    "Đắk Nông": ("dnong",),
    "Kon Tum": ("congtum",),
}
"""By the name without its type; old provinces and those of 2025 alike."""
DISTRICTS = {
    "643": ("bmt", "tpbmt", "buonmethuot", "banmethuot"),
    "622": ("plaicu", "pleicu", "playcu"),
}
"""By code: Buôn Ma Thuột, Pleiku."""
