"""Whether somebody of an office is accused: that person must never receive the report (conflict of interest).

The roles are those of `officers.Role`, and "teacher".
"""

from collections.abc import Iterable, Mapping

from bot.domain.dialogue.listening.words import Phrases, Words, clauses_of, may_say, phrases, places_of

_ROLES: Mapping[str, Phrases] = {
    "police": phrases("""
        công an, cảnh sát, trưởng công an, dân phòng, police, policeman, police officer
    """),
    "chair": phrases("chủ tịch, phó chủ tịch, chairman, chairwoman, chairperson"),
    "commune_officer": phrases("""
        cán bộ, cán bộ xã, cán bộ phường, cán bộ trẻ em, ủy ban, uỷ ban, commune officer, official
    """),
    "collaborator": phrases("""
        cộng tác viên, trưởng thôn, trưởng buôn, trưởng ấp, tổ trưởng, village head
    """),
    "teacher": phrases("""
        thầy giáo, thầy chủ nhiệm, thầy hiệu trưởng, thầy dạy, ông thầy, cô giáo, cô chủ nhiệm,
        giáo viên, hiệu trưởng, bảo mẫu, teacher, headmaster, principal
    """),
}  # fmt: skip
_HARM = phrases("""
    đánh, tát, đấm, sờ, sàm sỡ, giở trò, hiếp, xâm hại, ép, dọa, doạ, nhốt, gạ, dụ, quấy rối, chửi,
    bao che, che giấu, nhận tiền, ăn tiền, bóc lột, lạm dụng, làm bậy, làm chuyện, rờ em, rờ rẫm, ôm em,
    ôm bé, hôn em, hôn bé, hits, hit, beats, beat, touches, touched, touching, rapes, raped, threatens,
    threatened, forces, forced, abuses, abused
""")
_HELP = phrases("""
    báo, gọi, nhờ, trình báo, tố cáo, mời, nói với, mách, kể, thưa, tell, told, call, called, ask, asked
""")
_RETELLS = phrases("nói, bảo, kể, thấy, biết, nghe, hỏi, says, said, saw, knows, noticed")
_PASSIVE = frozenset(("bị", "bi", "was", "is", "been"))
_EXACT: Mapping[str, Phrases] = {"teacher": phrases("thầy")}
"""Words that mean something else once they lose their marks ("thay": to see)."""
_TIE = phrases("""
    là, làm, quen, quen biết, người nhà, con ông, bà con với, họ hàng, con của, cháu của, is a, is the,
    works as
""")
_SELF = frozenset(("tôi", "toi", "tui", "mình", "minh", "tớ", "i"))
_NEAR = 3
"""Words that may stand between a tie ("là", "quen") and the role."""


def named(text: str) -> tuple[str, ...]:
    """Every role that is named at all: for the answer to "who must not learn of it"."""
    words = tuple(word for clause in clauses_of(text) for word in clause)
    return tuple(role for role in _ROLES if any(True for _ in _holders(words, role)))


def accused(text: str) -> tuple[str, ...]:
    """Roles whose holder is said to do the harm, or to be kin of who does.

    Errs towards leaving somebody out: the ladder has others. Who is only called for help is not accused.
    """
    likely = tuple(
        role for role in _ROLES if may_say(text, _ROLES[role]) or may_say(text, _EXACT.get(role, {}))
    )
    if not likely:
        return ()
    found = {role for clause in clauses_of(text) for role in _in(clause, likely)}
    return tuple(role for role in likely if role in found)


def _in(clause: Words, roles: tuple[str, ...]) -> Iterable[str]:
    for role in roles:
        if any(_does_harm(clause, *at) or _is_tied(clause, at[0]) for at in _holders(clause, role)):
            yield role


def _holders(words: Words, role: str) -> Iterable[tuple[int, int]]:
    yield from places_of(words, _ROLES[role])
    for at, word in enumerate(words):
        if (word,) in _EXACT.get(role, {}).get(word.folded, ()):
            yield at, at + 1


def _does_harm(clause: Words, start: int, end: int) -> bool:
    if _any(clause[:start], _HELP):
        return False
    after = clause[end:]
    return any(
        (at == 0 or after[at - 1].typed not in _PASSIVE) and not _any(after[:at], _RETELLS)
        for at, _ in places_of(after, _HARM)
    )


def _is_tied(clause: Words, start: int) -> bool:
    near = [at for at, end in places_of(clause[:start], _TIE) if start - end < _NEAR]
    return any(clause[at - 1].typed not in _SELF for at in near if at > 0)


def _any(words: Words, sought: Phrases) -> bool:
    return any(True for _ in places_of(words, sought))
