"""What a second reader added, in sentences for the officer: marked as its own, to be checked by a person."""

from collections.abc import Iterator, Mapping

from bot.domain.cases import Case
from bot.domain.kinds import Environment, Reporter
from bot.domain.messages import Line
from bot.domain.opinion import SECOND
from bot.domain.titles import KIND, URGENCY
from bot.domain.understanding import Assessment
from bot.services.tools import Tools

OFFICE_LANGUAGE = "vi"
_ENVIRONMENTS: Mapping[Environment, Line] = {
    Environment.FAMILY: Line("reader.environment.family"),
    Environment.SCHOOL: Line("reader.environment.school"),
    Environment.COMMUNITY: Line("reader.environment.community"),
    Environment.ONLINE: Line("reader.environment.online"),
    Environment.WORKPLACE: Line("reader.environment.workplace"),
    Environment.FACILITY: Line("reader.environment.facility"),
}
_REPORTERS: Mapping[Reporter, Line] = {
    Reporter.CHILD: Line("reader.reporter.child"),
    Reporter.FAMILY: Line("reader.reporter.family"),
    Reporter.COLLABORATOR: Line("reader.reporter.collaborator"),
    Reporter.TEACHER: Line("reader.reporter.teacher"),
    Reporter.OTHER: Line("reader.reporter.other"),
}


def told(tools: Tools, case: Case, after: Case, before: Assessment, said: Assessment) -> str:
    """What is new of the case and of what was understood; empty where nothing is."""
    lines = [*_of_case(tools, case, after), *_understood(before, said)]
    if not lines:
        return ""
    lines.append(Line("reader.by", {"model": said.version.removeprefix(SECOND)}))
    return "\n".join(tools.words.render(line, OFFICE_LANGUAGE) for line in lines)


def _of_case(tools: Tools, case: Case, after: Case) -> Iterator[Line]:
    if after.urgency is not case.urgency:
        yield Line("reader.urgency", {"urgency": URGENCY[after.urgency], "was": URGENCY[case.urgency]})
    added = [KIND[kind] for kind in after.also if kind not in case.also]
    if added:
        kinds = ", ".join(tools.words.render(kind, OFFICE_LANGUAGE) for kind in added)
        yield Line("reader.kinds", {"kinds": kinds})


def _understood(before: Assessment, said: Assessment) -> Iterator[Line]:
    if said.place and said.place != before.place:
        yield Line("reader.place", {"place": said.place})
    if said.ages != before.ages:
        yield Line("reader.ages", {"ages": ", ".join(map(str, said.ages))})
    if said.children != before.children and said.children is not None:
        yield Line("reader.children", {"children": said.children})
    if said.environment is not before.environment:
        yield Line("reader.environment", {"environment": _ENVIRONMENTS[said.environment]})
    if said.reporter is not before.reporter:
        yield Line("reader.reporter", {"reporter": _REPORTERS[said.reporter]})
