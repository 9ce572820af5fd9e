"""Short answers: what somebody types instead of pressing a button, and what is no answer at all."""

from bot.domain import script
from bot.domain.dialogue.listening.words import bare, phrases, plain, says

_STOPS = phrases("""
    không kể nữa, ko kể nữa, không nói nữa, không viết nữa, không muốn kể, ko muốn kể, không trả lời nữa,
    không muốn trả lời nữa, thôi không kể, dừng ở đây, đủ rồi, don t want to say more, no more questions
""")
_SHORT = 8
"""Words up to which somebody only says that it is enough."""
_CHOICES = frozenset(("kind", "which", "same", "fix", "same_story"))
_UNNAMED = phrases("""
    không muốn, ko muốn, không nói, không cho, giấu tên, ẩn danh, không tiện, rather not, prefer not, anonymous
""")
_PLACE_WORDS = phrases("""
    xã, phường, thị trấn, thôn, buôn, bon, ấp, làng, khu phố, tổ dân phố, đường, hẻm, ngõ, số nhà, trường, chợ,
    cầu, ngã ba, ngã tư, gần, cạnh, sát, trước cổng, đối diện, huyện, quận, tỉnh, thành phố, tp, quốc lộ, km,
    village, commune, ward, district, street, school, near, road, house number
""")
_TELLING = phrases("""
    hôm qua, hôm nay, hôm nào, hôm kia, tối qua, sáng nay, chiều nay, ngày nào, lúc nào cũng, bị đánh, đánh em,
    đánh con, em sợ, con sợ, khóc, đau, nói đùa, đi làm xa, yesterday, last night, every day, i am scared, im scared
""")
_REACHES = phrases("""
    nhắn, gọi, liên lạc, liên hệ, gặp, zalo, facebook, điện thoại, số, giờ, tối, sáng, chiều, trưa, ngày, qua, call,
    text, write, phone, message, email, after, before, tomorrow
""")
_STILL_UNSAFE = phrases("""
    chưa an toàn, không an toàn, ko an toàn, vẫn chưa, chưa đâu, vẫn ở trong nhà, vẫn bị, vẫn đánh, còn đang,
    em sợ lắm, not safe, still here, still in the house
""")


def answer(question: str, options: tuple[script.Option, ...], text: str) -> str | None:
    """The answer of the option that these few words mean; None: they are words of their own."""
    said = (plain(text), bare(text))
    options = (*options, script.PASS, script.ENOUGH)
    typed = next((option.answer for option in options for way in said if way in option.typed), None)
    if typed is not None:
        return typed
    if question == "name" and says(text, _UNNAMED):
        return "anonymous"
    if says(text, _STOPS) and len(text.split()) <= _SHORT and question not in _CHOICES:
        return script.STOP
    return script.SKIP if question in script.OPEN and not set(said).isdisjoint(script.NOTHING) else None


def is_place(text: str) -> bool:
    """Whether it speaks of a place at all: a road, a school, a market …"""
    return says(text, _PLACE_WORDS)


def is_told(text: str) -> bool:
    """Not sure enough for a judgement, and surely no place."""
    return says(text, _TELLING)


def is_way_to_reach(text: str) -> bool:
    return says(text, _REACHES)


def is_still_unsafe(text: str) -> bool:
    return says(text, _STILL_UNSAFE)
