"""What the words have told already, so that it is not asked: kind of water, fence, children, owner."""

from collections.abc import Mapping

from bot.domain import script
from bot.domain.dialogue.listening.words import Phrases, phrases, says

_WATER: tuple[tuple[str, Phrases], ...] = (
    ("pit", phrases("hố công trình, hố móng, hố đào, hố đất, hố ga, hầm cát, mỏ đá, pit")),
    ("well", phrases("cái giếng, giếng, bể nước, well")),
    ("canal", phrases("con kênh, kênh, mương, cống, canal, ditch")),
    (
        "river",
        phrases("con sông, bờ sông, bến sông, dòng sông, sông, con suối, suối, river, stream"),
    ),
    (
        "pond",
        phrases("cái ao, ao cá, ao nhà, ao làng, hồ nước, hồ tưới, hồ thủy lợi, pond, lake"),
    ),
)
_NO_FENCE = phrases("""
    không rào, không có rào, ko rào, ko có rào, chưa rào, không che, không nắp, không có nắp,
    không lan can, không có lan can, không biển báo, không có biển, không có gì chắn, rào hỏng, rào đổ,
    rào gãy, lan can gãy, no fence, not fenced, unfenced
""")
_CHILDREN = phrases("""
    trẻ con hay, trẻ hay, trẻ em hay, tụi nhỏ hay, con nít hay, mấy đứa nhỏ, bọn trẻ, học sinh hay,
    trẻ em ra tắm, trẻ con ra, children play, kids play, kids swim, children swim
""")
_OWNER = phrases("""
    của nhà ông, của nhà bà, của ông, của bà, của công ty, nhà thầu, chủ đầu tư, chủ ao, ao nhà,
    belongs to, owned by
""")


def known_answers(text: str) -> Mapping[str, str]:
    """Question → answer that the words give; only what is certain enough not to be asked."""
    known = {}
    water = next((water for water, sought in _WATER if says(text, sought)), None)
    if water is not None:
        known["water"] = water
    if says(text, _NO_FENCE):
        known["fence"] = "none"
    if says(text, _CHILDREN):
        known["children"] = "often"
    if says(text, _OWNER):
        known["owner"] = script.SAID
    return known
