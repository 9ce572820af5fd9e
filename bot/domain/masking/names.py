"""Words that tell whether a word is somebody's name: given names, surnames, and what begins sentences."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


GIVEN = _words("""
    an ân anh ánh ái bách bảo băng bích biên bình bông bống bốp cẩm cảnh châu chi chiến chính chung chương công
    cúc cường dân dung dũng duy duyên dương đại đan đăng đạo đạt điền điệp đình định đoan đoàn độ đông đồng đức
    gấm gia giang giao hà hạ hải hân hằng hạnh hào hảo hậu hiên hiền hiển hiệp hiếu hoa hoà hòa hoài hoan hoàn
    hoàng hoạt hồng hợp huân huệ hùng huy huyền huỳnh hương hường hưng hữu hy kha khải khang khánh khiêm khoa
    khôi khuê kiên kiệt kiều kim kỳ lam lâm lan lành lê liên liễu linh loan lộc lợi long lụa luân lương lưu ly
    lý mai mạnh mẫn mận miên minh mơ my mỹ na nam nga ngà ngân nghĩa nghi ngoan ngọc nguyên nguyệt nhã nhàn nhân
    nhật nhi nhiên nhu như nhung ni ninh nương oanh phát phi phong phú phúc phước phương phượng phụng quân quang
    quế quốc quý quyên quyền quyết quỳnh rin san sang sen sinh sơn sương tài tâm tân tấn tây thạch thái thanh
    thành thạnh thảo thắm thắng thế thi thiên thiện thiết thiệu thịnh thọ thoa thoan thông thơ thơm thu thuận
    thục thủy thuỷ thuý thúy thuyên thư thương thường tiên tiến tín tình tỉnh tính toàn toản tố trà trác trâm
    trân trang trí triết triều triệu trinh trình trọng trúc trung trực trường tú tuân tuấn tuệ tùng tuyên tuyến
    tuyền tuyết tường tý uyên vân văn vi viên việt vinh vĩnh vũ vui vương vượng vỹ vy xoan xuân xuyến yên yến tí
    tèo tũn cún bi bo ken bin hĩm páo mỵ mỷ súa dợ sùng vàng giàng
""")
"""As they are written."""
AMBIGUOUS = _words("""
    an anh ánh ái băng bình bông bi bo cảnh chi chiến chính chung công dân dung đại đan đạo đạt điền đình định
    đoàn độ đông đồng gia giao hạ hảo hậu hiền hợp hoa hương khi kim kỳ la lam lành lợi lụa lưu lý mai mạnh mơ
    nam nga ngoan nhân nhi như ni phát phi phong phú quang quyết san sang sen sinh sương tài tân tây thành thế
    thi thiết thọ thông thơ thơm thu thuận thư thương thường tiên tiến tín tình tỉnh tính toàn tố trà trang
    trình trung trường tùng văn vi viên vui xuân yên tý ken bin vàng
""")
"""Of these, words of everyday: left without a capital, unless something else shows that it is a name."""
AMBIGUOUS_BARE = _words("""
    nha an anh ao bi bo cong da dai dan dang dao dat do doan dong du dung duong hai ha han hang hanh hao hau hien
    hoa hoan hong hop huong huu khi la lam lan lanh le lien loi luc lua luon luong luu ly man manh mai mo my na
    nam nga ngoan nghi nghia nhan nhat nhi nho nhu nhung ni phat phi phong phu phuc qua quan quang quen quy
    quyen quyet roi san sang sau sen sinh son su suong tai tam tan tay than thang thanh the thi thiet tho thoi
    thom thong thu thuong tien tin tinh toan toi to tra tran trang tri trinh tren trong trung truong tu tung
    tuoi tuong van ve vi vien vu vui vua xuan yen ty vang ken bin tuyen truc khai phuong nguyen thuan
""")
"""The same in a text without marks, where one word may be many."""
SURELY = _words("""
    hùng dũng tuấn cường huyền quỳnh uyên vân vy yến nhung ngân khánh hiếu duyên oanh thúy thuý vinh hường tuyết
    nguyệt bích diễm quyên trinh tuyền vượng thảo lan huệ nguyễn trần phạm huỳnh đặng phượng kiệt huy loan
""")
"""With their marks: names, and hardly anything else, also without a capital."""
SURELY_BARE = _words("""
    hung cuong huyen quynh uyen khanh duyen loan oanh thuy vinh tuyet nguyet bich nguyen pham huynh
""")
"""The same in a text without any mark."""
SURNAMES = _words("""
    nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh doan trinh truong mai dao luong
    ha cao luu ta thai lam to quach nie ayun mlo kbuor ksor kpa nay rmah siu rcom giang vang sung thao lau mua
""")
MIDDLE = _words(
    "van thi thuy ngoc minh duc quoc huu xuan thanh kim hong hoang gia bao anh dinh cong trong phuong"
)
NAMED = _words("ten")
UNKNOWN = _words("biet khong ko k hong nho doi ho quen mot cac nhung trom")
"""Before "tên" there comes no name: "không biết tên em ấy"."""
UNNAMED = _words("""
    la khong ko k hong gi ai nao do nay cac nhung mot toi em chau con minh co thi va o bi dang hoc nam lop so
    khac that cua truong nguoi ban dat sua doi ho goi quen biet nho trom cuop
""")
"""Never a name after "tên": "không biết tên", "tên gì", "tên trộm"."""

KIN = _words("""
    em anh chị cô chú bác bé cháu thầy ông bà bạn con dì cậu mợ thím má mẹ ba bố cha tía vợ chồng dượng thằng
    đứa nhóc gái trai cu mr mrs ms miss a c e
""")
"""Go before names and are none."""
KIN_BARE = _words("be chau em chi chu bac thay ong ban thang con anh dua nhoc")
"""Of these, what means little else without marks."""
KEPT = _words("""
    facebook fb zalo tiktok youtube telegram messenger instagram google internet wifi sms game online ubnd thcs
    thpt th mn tp tphcm đt sđt gv gvcn hs sv ctv csgt ca tết noel vn hiv aids cccd cmnd tháng thứ ngày ok sos
    help i i'm i'll i've i'd my mom dad monday tuesday wednesday thursday friday saturday sunday police
""")
"""With capitals in the middle of a sentence too."""
PAIRS = frozenset({"công an", "công ty", "cảnh sát", "việt nam", "chủ nhật", "trung thu", "bộ đội"})
"""The same, of two words that are names by themselves."""
OPENERS = _words("""
    ai alo à ạ anh ba bà bác bạn bây bé bên bị bố bọn bữa bỗng buổi bữa cả các cách cái cần cậu cảm chả chào
    cháu chắc chẳng cha chị chiều cho chồng chỗ chú chúng chuyện chưa có còn con cô cơ của cũng cu cứ cứu dạ dạo
    đã đang đâu đây đấy để đến đêm đi đó đợt dì do dù dượng đứa được đừng em gì giờ giúp gần gia hai hàng hay
    hãy hằng hết hình hiện hỏi hồi hôm hơn họ học khi không khoảng kể lâu làm lại lên lúc lần lớp má mà mẹ mấy
    mình mọi mong mới một mỗi nay năm này nào nếu nên nó nói nơi nữa ngày người nghe ngoài nhà nhanh nhiều nhìn
    như nhưng những ở ông ối ơi phải qua quá quê ra rất rồi sao sau sáng sợ số ta tại tên tháng thằng thấy thầy
    thế thì thỉnh thôi thưa tía tối tôi tớ trẻ tre trong trường trước trên trời từ xóm thôn hội theo khu tuần
    tụi tui tính vậy và vì vào về với vợ vừa xin xung xe a c e m t toi em chau con minh ban bo me ong co chi anh
    hom nay ngay toi sang chieu dem o nha xin cuu giup lam on hang xom truong lop khi luc co thay nghe cho bay
    gio dang bi da khong chau be tre nguoi may vi nen neu moi the the a the i we he she they it is are there my
    our his her please help hello hi yesterday today last every when where what who how if and but because can
    could someone somebody a an in on at this that these you your no yes
""")
"""Begin sentences with a capital and are ordinary words."""
