"""The bodies that Zalo's webhook sends, in the shapes of its documentation, with invented people."""

import json
from collections.abc import Mapping
from itertools import count

Body = dict[str, object]

APP = "4100000000000000001"
OA = "4200000000000000001"
PERSON = "7300000000000000001"
VISITOR = "8800000000000000001"
TALK = "9900000000000000001"
NOON = 1_795_000_000_000
"""Milliseconds: 2026-11-18."""
CDN = "https://photo-stal-7.zdn.vn/media/invented"
_numbers = count(1)


def fresh() -> str:
    """An id that no other message has."""
    return f"m{next(_numbers):018x}"


def said(event: str, message: Mapping[str, object], person: str = PERSON, at: int = NOON) -> Body:
    """The envelope of what a person sends."""
    return {
        "app_id": APP,
        "sender": {"id": person},
        "user_id_by_app": f"5{person[1:]}",
        "recipient": {"id": OA},
        "event_name": event,
        "message": {"msg_id": fresh(), **message},
        "timestamp": str(at),
    }


def words(text: str, person: str = PERSON, at: int = NOON) -> Body:
    return said("user_send_text", {"text": text}, person, at)


def with_file(event: str, kind: str, payload: Mapping[str, object], text: str = "") -> Body:
    attachments = [{"type": kind, "payload": dict(payload)}]
    return said(event, {"attachments": attachments, **({"text": text} if text else {})})


def pin(lat: object = "12.6667", lon: object = "108.0383", person: str = PERSON) -> Body:
    where = {"coordinates": {"latitude": lat, "longitude": lon}}
    return said("user_send_location", {"attachments": [{"type": "location", "payload": where}]}, person)


def visited(event: str, message: Mapping[str, object]) -> Body:
    """From somebody without a Zalo account."""
    return said(event, {"conversation_id": TALK, **message}, VISITOR)


def follow(event: str = "follow", person: str = PERSON) -> Body:
    return {
        "oa_id": OA,
        "follower": {"id": person},
        "user_id_by_app": f"5{person[1:]}",
        "event_name": event,
        "source": "oa_profile",
        "app_id": APP,
        "timestamp": str(NOON),
    }


def about(event: str, person: str = PERSON, **more: object) -> Body:
    """Events that carry their person as `user_id`."""
    return {
        "app_id": APP,
        "oa_id": OA,
        "user_id": person,
        "user_id_by_app": f"5{person[1:]}",
        "event_name": event,
        "timestamp": str(NOON),
        **more,
    }


def echo(event: str = "oa_send_text", admin: str = "", **more: object) -> Body:
    """What our own account said: by a call of ours, or typed by an administrator in Zalo's tool."""
    return {
        "app_id": APP,
        "sender": {"id": OA, **({"admin_id": admin} if admin else {})},
        "recipient": {"id": PERSON},
        "event_name": event,
        "message": {"msg_id": fresh(), "text": "Chào bạn", **more},
        "timestamp": str(NOON),
    }


def seen(event: str, *letters: str) -> Body:
    message = {"msg_ids": list(letters)} if event == "user_seen_message" else {"msg_id": letters[0]}
    return {**said(event, {}), "message": message}


def submitted(info: Mapping[str, object]) -> Body:
    body = said("user_submit_info", {})
    del body["message"]
    return {**body, "info": dict(info)}


CARD = {"phone": "0900000001", "qrCodeUrl": "https://qr.zadn.vn/invented", "gUid": "-"}
RECORDED: Mapping[str, Body] = {
    "text": words("bạn em đang bị đánh"),
    "text in reply": said("user_send_text", {"text": "dạ", "quote_msg_id": "q1"}),
    "image": with_file("user_send_image", "image", {"thumbnail": f"{CDN}/t.jpg", "url": f"{CDN}/1.jpg"}),
    "image with words": with_file("user_send_image", "image", {"url": f"{CDN}/1.jpg"}, "vết bầm ở tay"),
    "gif": with_file("user_send_gif", "gif", {"thumbnail": f"{CDN}/t.gif", "url": f"{CDN}/2.gif"}),
    "link": with_file(
        "user_send_link",
        "link",
        {"thumbnail": f"{CDN}/t.jpg", "description": "Một bài viết", "url": "https://bao.invalid/bai"},
    ),
    "audio": with_file("user_send_audio", "audio", {"url": f"{CDN}/3.amr"}),
    "video": with_file(
        "user_send_video", "video", {"url": f"{CDN}/4.mp4", "thumbnail": f"{CDN}/t.jpg", "description": ""}
    ),
    "sticker": with_file("user_send_sticker", "sticker", {"url": f"{CDN}/s.png", "id": "20123"}),
    "location": pin(),
    "location as numbers": pin(12.6667, 108.0383),
    "location nowhere": pin("không rõ", ""),
    "file": with_file(
        "user_send_file",
        "file",
        {"size": "233947", "name": "don.docx", "checksum": "0" * 32, "type": "docx", "url": f"{CDN}/5"},
    ),
    "business card": with_file(
        "user_send_business_card",
        "link",
        {"thumbnail": f"{CDN}/t.jpg", "description": json.dumps(CARD), "url": "https://zalo.me/invented"},
    ),
    "business card as link": with_file("user_send_link", "link", {"description": json.dumps(CARD)}),
    "follow": follow(),
    "unfollow": follow("unfollow"),
    "submitted": submitted(
        {
            "name": "Lê Thị Mẫu",
            "phone": "84900000001",
            "user_dob": "01/01/1990",
            "gender": "2",
            "full_address": {
                "user_city": "Đắk Lắk",
                "user_ward": "Phường Tân Lập",
                "user_address": "2 Lê Lợi",
            },
        }
    ),
    "submitted, older": submitted(
        {
            "name": "Lê Thị Mẫu",
            "phone": 84900000001,
            "address": "2 Lê Lợi",
            "city": "Đắk Lắk",
            "district": "-",
        }
    ),
    "chat now": about("user_click_chatnow"),
    "seen": seen("user_seen_message", "sent-1", "sent-2"),
    "received": seen("user_received_message", "sent-1"),
    "reacted": {**said("user_reacted_message", {}), "message": {"msg_id": "sent-1", "react_icon": "/-heart"}},
    "anonymous text": visited("anonymous_send_text", {"text": "cháu muốn hỏi"}),
    "anonymous image": visited(
        "anonymous_send_image", {"attachments": [{"type": "image", "payload": {"url": f"{CDN}/6.jpg"}}]}
    ),
    "anonymous file": visited(
        "anonymous_send_file",
        {"attachments": [{"type": "file", "payload": {"url": f"{CDN}/7", "name": "a.pdf", "type": "pdf"}}]},
    ),
    "anonymous sticker": visited(
        "anonymous_send_sticker", {"attachments": [{"type": "sticker", "payload": {"id": "1"}}]}
    ),
    "anonymous location": visited(
        "anonymous_send_location",
        {
            "attachments": [
                {"type": "location", "payload": {"coordinates": {"latitude": "12.6", "longitude": "108.0"}}}
            ]
        },
    ),
    "our own text": echo(),
    "our own image": echo("oa_send_image"),
    "our own list": echo("oa_send_list"),
    "our own answer to a visitor": echo("oa_send_anonymous_text", conversation_id=TALK),
    "a human's text": echo(admin="6600000000000000001"),
    "a human's image": echo("oa_send_image", admin="6600000000000000001"),
    "a human's answer to a visitor": {
        **echo("oa_send_anonymous_text", admin="6600000000000000001", conversation_id=TALK),
        "recipient": {"id": VISITOR},
    },
    "tagged": about("add_user_to_tag", tag={"name": "nóng"}),
    "untagged": about("remove_user_from_tag", tag={"name": "nóng"}),
    "tag gone": {"app_id": APP, "oa_id": OA, "event_name": "remove_tag", "timestamp": str(NOON), "tag": {}},
    "user info": about("update_user_info", info={"name": "Mẫu"}),
    "withdrawn": about("user_withdraw"),
    "group text": {
        **said("user_send_group_text", {"text": "chào cả nhóm"}),
        "group_id": "group-1",
    },
    "group made": about("create_group", group_id="group-1"),
    "group joined": about("user_join_group", group_id="group-1"),
    "template delivered": {
        "sender": {"id": OA},
        "recipient": {"id": "84900000001"},
        "event_name": "user_received_message",
        "message": {"delivery_time": str(NOON), "msg_id": "tpl-1", "tracking_id": "t-1"},
        "app_id": APP,
        "timestamp": str(NOON),
    },
    "template status": about("change_template_status", template_id="1", status={"new_status": "ENABLE"}),
    "daily quota": about("change_oa_daily_quota", quota={"new_quota": 500}),
    "template feedback": about("user_feedback", message={"msg_id": "tpl-1", "rate": 5, "note": "-"}),
    "button, told again": about("user_click_button", button={"payload": "#1.0.aaaaaaaa"}),
    "of a later version": about("user_did_something_new", data={"x": [1, {"y": None}]}),
    "a kind of a later version": said("user_send_hologram", {"attachments": [{"type": "hologram"}]}),
}
"""Every event of the catalogue, and shapes of it that were seen."""
SAMPLE: Body = {
    "app_id": "360846524940903967",
    "sender": {"id": "246845883529197922"},
    "user_id_by_app": "552177279717587730",
    "recipient": {"id": "388613280878808645"},
    "event_name": "user_send_text",
    "message": {"text": "message", "msg_id": "96d3cdf3af150460909"},
    "timestamp": "154390853474",
}
"""What the documentation prints, and the portal sends to try a webhook."""
