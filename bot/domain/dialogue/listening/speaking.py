"""Who speaks to us, in which language, and whether it is safe to write back."""

from bot.domain.conversation import Conversation
from bot.domain.dialogue.listening.words import phrases, says, words_of
from bot.domain.dialogue.scene import Scene
from bot.domain.kinds import Reporter
from bot.domain.messages import Voice
from bot.domain.replacing import replace
from bot.domain.triage.english import ENGLISH
from bot.domain.understanding import Assessment

_CHILD_SPEAKS = phrases("""
    lớp em, trường em, bạn em, tụi em, tụi con, lớp con, trường con, bạn con, thầy em, cô em dạy,
    em học lớp, con học lớp, cháu học lớp, ba mẹ em, bố mẹ em, ba má em, mẹ em, bố em, ba em, má em,
    bố con, mẹ con hay, cha em, dượng em, my mom, my dad, my father, my mother, my stepdad,
    my classmate, in my class
""")
_GROWN_UP_SPEAKS = phrases("""
    tôi, tui, con tôi, cháu tôi, con gái em, con trai em, vợ em, chồng em, con em mới, bé nhà em,
    cháu nhà, my son, my daughter, my neighbour, my neighbor, my student
""")
_NOT_SAFE_TO_WRITE = phrases("""
    đừng nhắn lại, đừng gọi lại, đừng trả lời lại, đừng nhắn tin, đừng nhắn nữa, đừng nhắn gì, đừng nhắn cho,
    đừng nhắn vào, đừng gọi cho, đừng gọi về, đừng gọi tới, đừng gọi vào, đừng gọi nữa, đừng trả lời nữa,
    đừng rep, đừng liên lạc, không nhắn lại, khỏi nhắn lại, khỏi trả lời, xem điện thoại của em,
    xem điện thoại em, hay xem điện thoại, hay coi điện thoại, hay đọc tin nhắn, lục điện thoại,
    soi điện thoại, giữ điện thoại, kiểm tra điện thoại, kiểm tra đt, xem đt, coi đt, coi điện thoại em,
    coi điện thoại của em, xem tin nhắn của em, đọc tin nhắn của em, đọc được tin nhắn, thấy tin nhắn,
    điện thoại của bố, điện thoại của ba, điện thoại của mẹ, điện thoại của má, máy của bố, máy của ba,
    máy của mẹ, mượn điện thoại, mượn máy,
    do not write back, don t write back, dont write back, do not text back, don t text back, dont text back,
    do not reply, don t reply, dont reply, don t call me, dont call me, don t text me, dont text me,
    don t message, dont message, stop texting, checks my phone, reads my phone, looks at my phone,
    reads my messages, reads my texts, his phone, her phone, my dad s phone, my mom s phone
""")


def speaker(talk: Conversation, assessment: Assessment, text: str) -> Conversation:
    """Whom we speak to, in which language, and whether they told us not to write."""
    if talk.voice is Voice.UNKNOWN:
        talk = replace(talk, voice=_voice(assessment, text))
    if assessment.language in ("vi", "en") and _is_prose(text):
        talk = replace(talk, lang=assessment.language)
    return talk


def asks_silence(text: str) -> bool:
    return says(text, _NOT_SAFE_TO_WRITE)


def hushed(scene: Scene, text: str) -> Scene:
    """Somebody else sees this phone: from now on nothing is written first, whatever was agreed before."""
    if scene.talk.safe_to_write is False or not asks_silence(text):
        return scene
    return scene.talking(replace(scene.talk, safe_to_write=False))


_ENGLISH = phrases("help, please, me, need")


def is_english(text: str) -> bool:
    """For a cry too short to show its language."""
    return says(text, _ENGLISH)


_IN_BOTH = frozenset({"me", "to", "can", "a", "an", "no", "do", "my", "i", "am", "in", "on", "so", "may"})
"""Words of English that Vietnamese without marks has too: "me" is mẹ."""
_OF_A_CRY = frozenset(
    {"mom", "dad", "mum", "daddy", "drunk", "hit", "kill", "killing", "dying", "need", "please"}
)
_FEW = 4
"""Words up to which the triage takes a text for Vietnamese, whatever they are."""
_MOSTLY = 0.75


def is_few_english(text: str) -> bool:
    """ "my dad hits me": too short for a judgement of its language, and English all the same."""
    words = [word.typed for word in words_of(text)]
    if not 1 < len(words) <= _FEW or not text.isascii():
        return False
    surely = sum(word in ENGLISH | _OF_A_CRY and word not in _IN_BOTH for word in words)
    either = surely + sum(word in _IN_BOTH for word in words)
    return surely > 0 and either >= _MOSTLY * len(words)


_PROSE = 3
"""Words from which on a message shows the language of its writer ("ok", "hello" do not)."""


def _is_prose(text: str) -> bool:
    return len(text.split()) >= _PROSE


def _voice(assessment: Assessment, text: str) -> Voice:
    """xưng hô: a child is "em", an adult "anh/chị"; who cannot be told is addressed by neither."""
    match assessment.reporter:
        case Reporter.CHILD:
            return Voice.CHILD
        case Reporter.TEACHER | Reporter.COLLABORATOR:
            return Voice.ADULT
        case _ if says(text, _GROWN_UP_SPEAKS):
            return Voice.ADULT
        case _ if says(text, _CHILD_SPEAKS):
            return Voice.CHILD
        case _:
            return Voice.UNKNOWN
