"""What people write in the benchmark: four conversations as they happen, and their updates as Telegram sends them."""

import itertools
import json
import time
from collections.abc import Iterator, Sequence

CONVERSATIONS: tuple[tuple[str, ...], ...] = (
    (
        "/start",
        "Cho em hỏi có ai ở đây không ạ",
        "Bạn cùng lớp em hay bị bố dượng đánh bằng roi, tay bạn ấy bầm tím",
        "ở thôn 3 xã Ea Kao",
        "đúng ạ",
        "bố dượng bạn ấy say rượu là đánh, hôm qua cũng đánh",
        "bạn ấy đang ở nhà với mẹ",
        "không có ai",
        "được, nhắn ở đây ạ",
        "dạ em cảm ơn",
    ),
    (
        "/start",
        "Ao sâu sau trường không có rào, trẻ con hay ra tắm",
        "ở xã Ea Kao gần cầu",
        "đúng",
        "ao nuôi cá",
        "không có biển báo",
        "có, chiều nào cũng có mấy đứa",
        "hôm nay trời đẹp quá",
    ),
    (
        "cứu em với bố em đang cầm dao đuổi mẹ con em, ở xã Ea Kao",
        "phường Buôn Ma Thuột",
        "em trốn ở nhà bác hàng xóm rồi",
        "dạ",
    ),
    (
        "alo",
        "con nhà hàng xóm tôi 9 tuổi bị bắt nghỉ học đi bán vé số tới khuya",
        "xã Krông Pắc",
        "đúng",
        "cha mẹ cháu bắt cháu đi, tối nào cũng 10 giờ mới về",
        "cháu đang ở nhà",
        "không có ai",
        "bóng đá tối nay mấy giờ vậy",
    ),
)
MIX = (
    "30 messages of 4 conversations: 4 reports that open a case (1 an emergency), 18 answers, "
    "5 greetings and thanks, 1 question, 2 off-topic"
)
_updates = itertools.count(1)


def conversations() -> Iterator[Sequence[str]]:
    """Without end, one after the other."""
    return itertools.cycle(CONVERSATIONS)


def update(person: int, text: str) -> bytes:
    """The body of a webhook request."""
    number = next(_updates)
    somebody = {"id": person, "is_bot": False, "first_name": "An", "language_code": "vi"}
    message = {
        "message_id": number,
        "from": somebody,
        "chat": {"id": person, "type": "private", "first_name": "An"},
        "date": int(time.time()),
        "text": text,
    }
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return json.dumps({"update_id": number, "message": message}).encode()
