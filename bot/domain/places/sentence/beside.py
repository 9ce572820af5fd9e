"""Schools, markets, hamlets, waters: the words that an officer finds the spot by, kept as they were typed."""

from collections.abc import Container, Iterator, Sequence

from bot.domain.places.sentence.cues import BESIDE_PHRASES, CUE_KEYS
from bot.domain.places.sentence.words import BESIDE_KEPT, NO_NAME_BEGINS, SURE_WITHOUT_TONES
from bot.domain.places.spelling import Token

NAME_WORDS, NAME_WORDS_LOWER = 5, 2
"""How many words of a name are taken where capitals show its end, and where nothing does."""
MOST = 3
_KEPT = {keys: phrase for keys, phrase in BESIDE_PHRASES.items() if phrase.split()[0] in BESIDE_KEPT}
_STARTS = {
    start: sorted({len(keys) for keys in _KEPT if keys[0] == start}, reverse=True)
    for start in {keys[0] for keys in _KEPT}
}
"""First words, and how many words the phrases with them have."""


def beside(tokens: Sequence[Token], text: str, taken: Container[int]) -> str:
    """ "thôn 3, chợ Quang Trung"; empty where nothing is named. `taken`: the words of the address itself."""
    spots = [
        (first, end) for first, end in _spots(tokens) if not any(at in taken for at in range(first, end))
    ]
    found = [text[tokens[first].start : tokens[end - 1].end] for first, end in spots]
    return ", ".join(dict.fromkeys(found[:MOST]))


def _spots(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    free = 0
    for first in [at for at, token in enumerate(tokens) if token.key in _STARTS]:
        if first < free:
            continue
        token = tokens[first]
        for size in _STARTS[token.key]:
            if _is_spot(tokens, first, size):
                end = _name_end(tokens, first + size)
                if end > first + size:
                    yield first, end
                    free = end
                break


def _is_spot(tokens: Sequence[Token], first: int, size: int) -> bool:
    words = tokens[first : first + size]
    phrase = _KEPT.get(tuple([token.key for token in words]))
    if not phrase or not all([token.tied for token in words[1:]]):
        return False
    following = tokens[first + size : first + size + 1]
    typed = " ".join([token.word for token in words])
    if typed.isascii():
        return phrase in SURE_WITHOUT_TONES or phrase.isascii() or bool(following and following[0].capital)
    if typed != phrase or not following:
        return False
    return following[0].capital or not any(token.capital for token in tokens[1:])


def _name_end(tokens: Sequence[Token], first: int) -> int:
    """After the last word of the name that begins at `first`; `first` where none does."""
    end = first
    while end < len(tokens) and end - first < NAME_WORDS and tokens[end].tied and not tokens[end].dashed:
        token = tokens[end]
        small = not token.capital and end - first >= NAME_WORDS_LOWER
        stops = token.key in CUE_KEYS or token.word in NO_NAME_BEGINS
        cased = end > first and tokens[first].capital and not token.capital
        if small or stops or cased:
            break
        end += 1
        if tokens[first].key.isdigit():
            break
    return end
