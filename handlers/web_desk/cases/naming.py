"""Codes of the timeline, the ladder and the triage as sentences for officers."""

from collections.abc import Mapping

from bot.domain.messages import Line
from bot.domain.officers import Roster
from bot.office.telling import why
from bot.ports import FileRow, FileState, Words
from bot.services.tools import Tools

_SOURCES: Mapping[str, Line] = {
    "phone": Line("page.source.phone"),
    "letter": Line("page.source.letter"),
    "in_person": Line("page.source.in_person"),
    "press": Line("page.source.press"),
    "web_chat": Line("page.source.web_chat"),
    "telegram_public": Line("page.source.telegram"),
    "zalo_oa": Line("page.source.zalo"),
    "zalo_bot": Line("page.source.zalo"),
}
ENTERED: Mapping[str, Line] = {name: _SOURCES[name] for name in ("phone", "in_person", "letter", "press")}
"""How a report reached an officer who enters it."""

_FILES: Mapping[FileState, Line] = {
    FileState.WAITING: Line("page.file.waiting"),
    FileState.KEPT: Line("page.file.kept"),
    FileState.TOO_LARGE: Line("page.file.too_large"),
    FileState.LOST: Line("page.file.lost"),
}

_ANSWERS: Mapping[str, Line] = {
    "where": Line("page.answer.where"),
    "commune": Line("page.answer.where"),
    "which": Line("page.answer.where"),
    "spot": Line("page.answer.spot"),
    "who": Line("page.answer.who"),
    "now": Line("page.answer.now"),
    "need": Line("page.answer.need"),
    "safe_now": Line("page.answer.safe_now"),
    "link": Line("page.answer.link"),
    "not_to": Line("page.answer.not_to"),
    "contact": Line("page.answer.contact"),
    "contact_how": Line("page.answer.contact"),
    "name": Line("page.answer.name"),
    "water": Line("page.answer.water"),
    "fence": Line("page.answer.fence"),
    "children": Line("page.answer.children"),
    "owner": Line("page.answer.owner"),
}
_WORDS = ("reason.", "triage.", "")


def source_line(source: str) -> Line:
    return _SOURCES.get(source, Line("page.source.other"))


def file_line(file: FileRow) -> Line:
    return _FILES[file.state]


def answer_line(question: str) -> Line:
    """What was asked, in two words."""
    return _ANSWERS.get(question, Line("page.answer.other"))


def reason_line(words: Words, rule: str) -> Line:
    """The triage's rule, where the catalogue names it; rules come and go with the triage's version."""
    for prefix in _WORDS:
        if knows(words, f"{prefix}{rule}"):
            return Line(f"{prefix}{rule}")
    return Line("page.reason.words")


def event_line(words: Words, code: str) -> Line | None:
    """An entry's code: an event, or the question that was answered."""
    if not code:
        return None
    return Line(code) if knows(words, code) else Line("page.event.other")


def knows(words: Words, key: str) -> bool:
    """Whether the catalogue has a sentence without values for this key."""
    try:
        words.render(Line(key), "vi")
    except KeyError:
        return False
    return True


def route_line(tools: Tools, roster: Roster, code: str) -> Line:
    """Why the ladder is as it is; officers by their names."""
    line = why(code, tools.unit_name)
    names = {one.code: one.name for one in roster.officers}
    given = line.values.get("code")
    if isinstance(given, str) and given in names:
        return Line(line.key, {**line.values, "code": names[given]})
    return line
