"""The small words around a place's name: what announces one, and what shows that it is something else."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _phrases(listed: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in listed.split(","))


COMMUNE_CUES = {
    "xã": "xã", "xã đảo": "xã", "phường": "phường", "phường số": "phường", "thị trấn": "thị trấn",
    "đặc khu": "đặc khu", "đảo": "đảo",
}  # fmt: skip
DISTRICT_CUES = {
    "huyện": "huyện", "huyện đảo": "huyện", "quận": "quận", "district": "quận", "thị xã": "thị xã",
    "thành phố": "thành phố", "thành phố đảo": "thành phố",
}  # fmt: skip
PROVINCE_CUES = {"tỉnh": "tỉnh"}
EXACT_CUES = _words("đảo")
"""Count with their marks only: without, "dao" is a knife."""
ENGLISH_TYPES = {"ward": "phường", "commune": "xã", "township": "thị trấn"}
"""They stand behind the name."""
SHORT_CUES = {
    "x": "xã", "p": "phường", "f": "phường", "ph": "phường", "tt": "thị trấn", "đk": "đặc khu", "h": "huyện",
    "q": "quận", "tx": "thị xã", "tp": "thành phố", "t": "tỉnh",
}  # fmt: skip
"""Abbreviations; single letters mean other things too (h: giờ), so they count less without a dot."""
LOOSE_CUES = _words("""
    ở tại về từ bên dưới trên gần ngoài trong khu vùng quê bàn vực thuộc đến tới sang qua lên xuống vô in at near from
""")
LOOSE_PHRASES = _phrases("địa chỉ, địa bàn, địa điểm, khu vực, nơi ở")
FILLERS = _words("""
    thuộc của cũ mới nay là trước đây ở tại tức bên hiện giờ vn việt nam địa bàn vietnam ward commune district city
    province town
""")
"""May stand between the parts of one address: "xã Ea Kao (cũ) thuộc Buôn Ma Thuột"."""
PERSON_CUES = _words("""
    em anh chị cô chú bác bé cháu thầy ông bà bạn tên thằng con dì cậu mợ thím tôi mình cu họ gọi má mẹ ba bố cha bn
    a c e vợ chồng dượng đứa bọn nhóc gái trai mr mrs
""")
BESIDE_CUES = _phrases("""
    trường tiểu học, trường mầm non, trường mẫu giáo, trường trung học cơ sở, trường trung học phổ thông, trường thcs,
    trường thpt, trường th, trường mn, trường cấp 1, trường cấp 2, trường cấp 3, trường, tiểu học, mầm non, mẫu giáo,
    thcs, thpt, điểm trường, chợ, thôn, ấp, bản, buôn, làng, xóm, khu phố, tổ dân phố, tổ, khóm, đội, khu tập thể,
    khu công nghiệp, khu chế xuất, kcn, đường, phố, hẻm, ngõ, ngách, kiệt, cầu, sông, suối, hồ, kênh, kinh, rạch,
    mương, đập, đầm, ao, bến đò, bến xe, bến, bãi, bệnh viện, trạm, chùa, nhà thờ, công ty, quán, nhà máy, xưởng,
    lò gạch, chung cư, ngã ba, ngã tư, ngã năm, quốc lộ, tỉnh lộ, khu, xe, nhà hàng, khách sạn, siêu thị, công viên,
    vàm, đồn, tiệm, plei, plây, bon, phum, sóc
""")
"""Schools, markets, hamlets, waters: the name that follows is theirs, though often a commune has it too."""
BESIDE_KEPT = _words("""
    trường tiểu mầm mẫu thcs thpt điểm chợ thôn ấp bản buôn làng xóm khu tổ khóm đội đường phố hẻm ngõ ngách kiệt cầu
    sông suối hồ kênh kinh rạch mương đập đầm bến bãi bệnh trạm chùa nhà chung ngã quốc tỉnh công vàm plei plây bon
    phum sóc
""")
"""First words of those that are told beside the unit."""
SURE_WITHOUT_TONES = frozenset(
    _phrases("""
    thôn, ấp, xóm, buôn, làng, khu phố, khóm, hẻm, ngõ, ngách, bệnh viện, trường tiểu học, trường mầm non, trường thcs,
    trường thpt, trường cấp 1, trường cấp 2, trường cấp 3, bến đò, bến xe, nhà thờ, ngã ba, ngã tư, quốc lộ,
    điểm trường, tổ dân phố, chung cư, kênh, chùa, tiểu học
    """)
)
"""Of these, those whose words mean nothing else without tones ("cho": cho or chợ)."""
KIN = PERSON_CUES - _words("ba")
"""Before a name with a capital they are no part of it: "cô Thanh"; Ba Lòng is a place."""
OF_ONESELF = _words("em con cháu mình tôi tui tớ e")
"""May stand before the place where somebody is: "dạ em Ea Kao ạ"."""
STREETS = _words("duong pho hem ngo ngach kiet cau xe tiem quan tram")
"""Keys of what is called after places that lie elsewhere: "đường Hùng Vương", "cầu Ba Đình"."""
EVERYDAY = _words("""
    thanhbinh phuqui anbinh binhan hoabinh thanhcong hanhphuc vuive tudo doclap thongnhat doanket conghoa tanphu
    binhminh anninh trungtam congtac chinhnghia quangvinh tienphong tienbo thangloi hungvuong dongtam minhduc
    thanhthuy thanhxuan minhchau kimngan baoan thuanan
""")
"""Keys of communes whose names are everyday words or people's too: they need a real announcement."""
FAR_FROM = _words(
    "trường nhà quê làm quá nhau mặt đây đó lắm cách hội rời lạ lơ tôi mình người lớp nội ngoại"
)
"""What one can be far from (xa); without tones "xa" may be that."""
NO_NAME_BEGINS = _words("""
    bên nhà cạnh gần nơi tự lúc hồi sáng trưa chiều tối hôm ngày tuần tháng năm nhiều cả học tên số lớp đánh xin em
    mình tôi tui con cháu anh chị có nói này đó mà không thì và hay là khác nghèo cũng đang đã sẽ rồi ra vào lên xuống
    về cho nào gì ai ơi ạ nữa bạn nó bọn chúng ta tụi người hội giao viên cô thầy ở bị được với để ngoài trong trên
    nhưng vì do nên còn mới nay kia ấy vẫn chưa rất quá lắm thôi luôn đến tới từ một hai mấy các những
""")
"""Words that follow "xã" or "phường" when no name does: no slip is looked for there."""
NUMBERS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "mười": 10,
}  # fmt: skip
"""As they are spoken: "phường mười lăm"."""
