"""Words that tell whether a word is somebody's name: given names, surnames, and what begins sentences."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


GIVEN = _words("""
    ai an anh ao bach bao be beo bi bich binh bo bong bot bum ca cam canh cau chau chi chien chinh chuc chung chuong
    cong cu cuc cuong dai dan dang danh dao dat diem diep dieu dinh doan dong du duc dung duong duy duyen gau gia giang
    giao hai han hang hanh hao hau hien hiep hieu hoa hoai hoan hoang hoat hong hop hue hung huong huu huy huyen huynh
    hy hang khai khang khanh khiem khoa khoi khue kien kiet kieu kim ky la lam lan lanh le lien lieu linh loan loc loi
    long lua luan luc luong luu luyen ly mai man manh mao mau men mi mien minh mo mui muoi muon my na nam nga ngan
    nghi nghia ngoan ngoc ngo nguyen nguyet nhan nhat nhi nhien nho nhu nhung ni ninh no nu oanh phat phi phong phu phuc
    phuoc phuong phung quan quang que quoc quy quyen quyet quynh ri sang sen sinh son su suong tai tam tan tao tha
    thach thai than thang thanh thao the thi thien thiet thinh tho thoa thong thu thua thuan thuc thuong thuy thuyen
    tien tin tinh toan toai ton tra trac tram tran trang tri triet trieu trinh trong truc trung truong tu tuan tue tung
    tuoi tuyen tuyet ty uyen van vi vien viet vinh vu vui vuong vy xoan xuan xuyen yen
""")
"""Folded."""
AMBIGUOUS = _words("""
    ai an anh ao be bi bo bong ca cau chau chi chung cong cu dang danh dao dat dong du dung duong hai han hang hanh
    hau hay hien hoc hong khoa la lam lan le lien loi luc luon luong man mat minh moi mo muon nam ngoan nho no nhan
    nhu ni noi nu quen quyen ra rat roi sang sau sinh su tam tan tay than thang the thi thu thuong tien tin tinh to
    tra tren trong tu tuoi van ve vi vu vui vua yen
""")
"""Of these, words of everyday when typed without capital: left, unless something else shows that it is a name."""
SURNAMES = _words("""
    nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh doan trinh truong mai dao luong ha cao
    luu ta thai lam to quach nie ayun mlo kbuor ksor kpa nay rmah siu rcom giang vang sung thao lau mua
""")
MIDDLE = _words(
    "van thi thuy ngoc minh duc quoc huu xuan thanh kim hong hoang gia bao anh dinh cong trong phuong"
)
NAMED = _words("ten")
UNNAMED = _words("""
    la khong ko k hong gi ai nao do nay cac nhung mot toi em chau con minh co thi va o bi dang hoc nam lop so khac that
    cua truong nguoi ban dat sua doi ho goi quen biet nho trom cuop
""")
"""Never a name after "tên": "không biết tên", "tên gì", "tên trộm"."""

KIN = _words("""
    em anh chị cô chú bác bé cháu thầy ông bà bạn con dì cậu mợ thím má mẹ ba bố cha tía vợ chồng dượng thằng đứa nhóc
    gái trai cu mr mrs ms miss a c e
""")
"""Go before names and are none."""
KEPT = _words("""
    facebook fb zalo tiktok youtube telegram messenger instagram google internet wifi sms game online
    ubnd thcs thpt th mn tp tphcm đt sđt gv gvcn hs sv ctv csgt ca tết noel vn hiv aids cccd cmnd tháng thứ ngày
    ok sos help i i'm i'll i've i'd my mom dad monday tuesday wednesday thursday friday saturday sunday police
""")
"""With capitals in the middle of a sentence too."""
PAIRS = frozenset({"công an", "công ty", "cảnh sát", "việt nam", "chủ nhật", "trung thu", "bộ đội"})
"""The same, of two words that are names by themselves."""
OPENERS = _words("""
    ai alo à ạ anh ba bà bác bạn bây bé bên bị bố bọn bữa bỗng buổi bữa cả các cách cái cần cậu cảm chả chào cháu chắc
    chẳng cha chị chiều cho chồng chỗ chú chúng chuyện chưa có còn con cô cơ của cũng cu cứ cứu dạ dạo đã đang đâu đây
    đấy để đến đêm đi đó đợt dì do dù dượng đứa được đừng em gì giờ giúp gần gia hai hàng hay hãy hằng hết hình hiện hỏi
    hồi hôm hơn họ học khi không khoảng kể lâu làm lại lên lúc lần lớp má mà mai mẹ mấy mình mọi mong mới một mỗi nay
    năm này nào nếu nên nó nói nơi nữa ngày người nghe ngoài nhà nhanh nhiều nhìn như nhưng những ở ông ối ơi phải qua
    quá quê ra rất rồi sao sau sáng sợ số ta tại tên tháng thằng thấy thầy thế thì thỉnh thôi thưa tía tối tôi tớ trẻ
    tre trong trường trước trên trời từ xóm thôn hội theo khu tuần tụi tui tính vậy và vì vào về với vợ vừa xin xung xe
    a c e m t toi em chau con minh ban bo me ong co chi anh hom nay ngay toi sang chieu dem o nha xin cuu giup lam on
    hang xom truong lop khi luc co thay nghe cho bay gio dang bi da khong chau be tre nguoi may vi nen neu moi the
    the a the i we he she they it is are there my our his her please help hello hi yesterday today last every when
    where what who how if and but because can could someone somebody a an in on at this that these you your no yes
""")
"""Begin sentences with a capital and are ordinary words."""
