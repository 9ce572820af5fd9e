"""What is no report: greetings, questions, thanks, jokes, silence; answered kindly, never a dead end."""

from bot.domain.dialogue import asking
from bot.domain.dialogue.listening.danger import grown_up, to_call
from bot.domain.dialogue.listening.words import listed, phrases, plain, says, words_of
from bot.domain.dialogue.scene import Scene
from bot.domain.kinds import Kind
from bot.domain.messages import Choice, Line
from bot.domain.replacing import replace

REPORT = Choice(Line("choice.report"), "c:report")
HAZARD = Choice(Line("choice.hazard"), "c:hazard")
PRIVACY = Choice(Line("choice.privacy"), "c:privacy")
ASK_OFFICER = Choice(Line("choice.ask_officer"), "c:ask_officer")
MINE = Choice(Line("choice.mine"), "c:mine")

_COURTESIES = listed("""
    cam on, cam on a, cam on nhieu, em cam on, em cam on a, con cam on, con cam on a, da, vang, da vang, ok,
    oke, okay, okie, uh, um, u, da em cam on, toi cam on, cam on anh, cam on chi, cam on em, cam on ban,
    cam on nhe, thanks, thank you, thank you so much, thks, tks, tam biet, bye, chao, da roi, vang a, da a,
    ok a, da cam on a, hieu roi, duoc roi
""")
_THANKS = phrases("cảm ơn, cám ơn, thank, thanks, thank you, tks, thks")
_POLITE = listed("""
    a, da, vang, em, con, chau, minh, toi, tui, anh, chi, co, chu, bac, ban, ad, nhieu, lam, nhe, nha, nghe, ok,
    oke, okay, rat, xin, roi, biet, hieu, you, so, much, very, ra, on, cam, thank, thanks, tks, thks, duoc, the,
    vay, oi, moi, nguoi
""")
"""Of these alone thanks are made; any other word may be one that matters."""
_CALLS = listed("""
    em, con, chau, minh, toi, co, chu, ad, ban, em oi, co oi, chu oi, ad oi, anh oi, chi oi, ban oi, bac oi,
    co chu oi, moi nguoi oi, alo, a lo, alo alo, hello, hi, hey, chao, xin chao, chao ban, chao ad, chao co, em chao co,
    em chao a, con chao co, da em chao, co ai khong, co ai o do khong, con do khong
""")
"""Somebody who only calls: no report yet, and no nothing."""
_CRIES = listed("""
    giup em, giup em voi, giup con, giup con voi, giup chau voi, giup toi, giup toi voi, giup minh voi, giup voi,
    em can giup, em can giup do, con can giup, toi can giup, can giup, can giup do, can giup gap, sos,
    help, help me, help me please, please help, please help me, i need help, we need help
""")
_SECRECY = phrases("""
    đừng nói với ai, đừng kể với ai, đừng cho ai biết, đừng nói ai, giữ bí mật, giữ kín giúp,
    có nói với ai, có ai biết, ai biết không, bị lộ, có lộ, lộ ra, biết là em kể, biết em kể, biết là em nói,
    biết con kể, ai đọc được, ai đọc tin, don t tell anyone, dont tell anyone, don t tell my, do not tell anyone,
    keep it secret, keep this secret, who reads this, who will know
""")
_JOKES: tuple[Line, ...] = (Line("nothing.first"), Line("nothing.second"), Line("nothing.more"))
"""Shorter each time."""


def menu(scene: Scene) -> tuple[Choice, ...]:
    """A help, never a gate."""
    return (REPORT, HAZARD, MINE) if scene.facts.collaborator is not None else (REPORT, HAZARD, PRIVACY)


def greet(scene: Scene) -> Scene:
    """Who this is, that it is a machine, that people answer at 111, what happens to what is written."""
    scene = scene.talking(replace(scene.talk, greeted=True))
    hello = (
        Line("greeting.collaborator") if scene.facts.collaborator is not None else Line("greeting.citizen")
    )
    return scene.says(hello, Line("intro.automatic"), Line("privacy.short"), choices=menu(scene))


def nothing_to_act_on(scene: Scene, words: str) -> Scene:
    """A question, or nothing at all; an adult in danger is told whom to phone all the same."""
    if asks_for_secrecy(words):
        return scene.says(Line("privacy.no_secret"), Line("report.how"))
    if grown_up(words):
        numbers = to_call(("113", "115", "111"), scene.facts.numbers)
        return scene.says(Line("advice.grown_up"), numbers, choices=(REPORT,))
    if scene.report.kind is Kind.ADVICE:
        return _advised(scene)
    return not_serious(scene)


def _advised(scene: Scene) -> Scene:
    numbers = to_call(("111", "office"), scene.facts.numbers)
    choices = (ASK_OFFICER, REPORT, HAZARD)
    return scene.talking(replace(scene.talk, jokes=0)).says(Line("advice.answer"), numbers, choices=choices)


def not_serious(scene: Scene) -> Scene:
    """Kindly, and shorter each time; the words wait in the draft for what may follow."""
    told = scene.talk.jokes
    scene = scene.talking(replace(scene.talk, jokes=told + 1))
    line = _JOKES[min(told, len(_JOKES) - 1)]
    return scene.says(line, choices=menu(scene) if told == 0 else ())


def no_words(scene: Scene, text: str) -> Scene:
    """Empty, emoji only, a sticker: somebody may not find words; the question that waits is asked again."""
    if scene.talk.safe_to_write is False and scene.has_case:
        return scene.says(Line("added.unsafe"))
    if scene.talk.asking:
        return asking.ask_again(scene, Line("nothing.no_words_yet"))
    if scene.talk.jokes >= len(_JOKES):
        return not_serious(scene)
    line = Line("nothing.emoji") if text else Line("nothing.empty")
    scene = scene.talking(replace(scene.talk, jokes=scene.talk.jokes + 1))
    return scene.says(line, choices=menu(scene))


def is_courtesy(words: str) -> bool:
    """Thanks, or a short yes: nothing that a closed case should reopen for."""
    return plain(words) in _COURTESIES or is_thanks(words)


def is_thanks(words: str) -> bool:
    return says(words, _THANKS) and all(word.folded in _POLITE for word in words_of(words))


def is_call(words: str) -> bool:
    """A greeting or a calling, which says nothing by itself."""
    return plain(words) in _CALLS


def is_cry(words: str) -> bool:
    """A cry for help that says nothing else."""
    return plain(words) in _CRIES


def cry(scene: Scene) -> Scene:
    """Whom to phone, and that somebody listens; silence after it becomes a case."""
    numbers = to_call(("113", "111", "office"), scene.facts.numbers)
    return scene.says(Line("danger.any"), numbers, Line("cry.tell"))


def asks_for_secrecy(words: str) -> bool:
    return says(words, _SECRECY)


def secrecy(scene: Scene, words: str) -> Scene:
    """Never a promise of secrecy: somebody who can help must be told. Who reads along is not answered."""
    if scene.talk.safe_to_write is False or not asks_for_secrecy(words):
        return scene
    return scene.says(Line("privacy.no_secret"))
