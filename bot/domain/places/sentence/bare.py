"""Bare names in answer to "where?": taken for a place, but not a person, a street or two words that sound like one."""

from collections.abc import Sequence

from bot.domain.places.sentence.candidates import Candidate, Placed, is_bare
from bot.domain.places.sentence.cues import Cue
from bot.domain.places.sentence.mentions import LONE
from bot.domain.places.sentence.words import EVERYDAY, KIN, OF_ONESELF, STREETS
from bot.domain.places.spelling import Token, name_key


def answers(one: Candidate, tokens: Sequence[Token]) -> bool:
    """Whether a name without a type, and without a district or province beside it, may be the place asked for."""
    mention = one.mention
    if mention.cue.type or one.placed is Placed.BESIDE:
        return True
    words = tokens[mention.first : mention.end]
    if not _fits(one, words):
        return False
    if len(words) == 1 and len(words[0].key) < LONE:
        return one.at_home
    match mention.cue.cue:
        case Cue.PERSON:
            return _of_oneself(one, tokens, words)
        case Cue.BESIDE:
            return one.at_home or not _is_street(one, tokens)
        case _:
            return True


def _fits(one: Candidate, words: Sequence[Token]) -> bool:
    """The name's own words: "công an" is no Cô Ngân, "cô Thanh" no Cổ Thành; one without known marks has capitals."""
    if words[0].word in KIN and words[-1].capital and not words[0].capital:
        return False
    if not one.named.name:
        return all(word.capital for word in words) or (one.at_home and is_bare(words))
    known = one.named.name.split()
    return len(known) != len(words) or all(
        name_key(name) == word.key for name, word in zip(known, words, strict=True)
    )


def _of_oneself(one: Candidate, tokens: Sequence[Token], words: Sequence[Token]) -> bool:
    """ "dạ em Ea Kao ạ" is where I am; "chị Thanh Bình" is who."""
    myself = tokens[one.mention.first - 1].word in OF_ONESELF
    return myself and one.agrees == 2 and "".join(word.key for word in words) not in EVERYDAY


def _is_street(one: Candidate, tokens: Sequence[Token]) -> bool:
    return tokens[one.mention.first - 1].key in STREETS
