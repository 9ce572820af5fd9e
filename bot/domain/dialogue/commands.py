"""Words and buttons that steer: cancel, delete, privacy, language, status, the collaborator's list."""

import re
from collections.abc import Mapping

from bot.domain import script
from bot.domain.cases import Status
from bot.domain.conversation import CaseView, Report
from bot.domain.dialogue import asking, keeping, smalltalk
from bot.domain.dialogue.listening.words import listed, plain
from bot.domain.dialogue.scene import Scene
from bot.domain.effects import AskErasure, LeaveCollaboration, Redeem, TellOfficer
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Line
from bot.domain.replacing import replace
from bot.domain.understanding import Assessment

_SPOKEN: Mapping[str, frozenset[str]] = {
    "cancel": listed(
        "huy, huy bo, huy bao, cancel, khong bao nua, thoi khong bao nua, em khong bao nua, rut lai,"
        "dua thoi, em dua thoi, em dua day, dua day, em noi dua, em noi dua thoi, noi dua thoi, noi choi thoi,"
        "em noi choi, em noi choi thoi, toi dua thoi, gion thoi, em gion thoi, chau noi dua, con noi dua,"
        "just kidding, kidding, i was joking, i am joking, im joking"
    ),
    "erase": listed("xoa, xoa het, xoa du lieu, xoa tin, xoa thong tin, delete, erase, delete my data"),
    "privacy": listed("riengtu, rieng tu, quyen rieng tu, privacy, bao mat"),
    "help": listed("start, help, trogiup, tro giup, huong dan, menu, bat dau"),
    "english": listed("english, tieng anh"),
    "vietnamese": listed("tiengviet, tieng viet, vietnamese"),
    "status": listed("tinhtrang, tinh trang, status, toi dau roi, den dau roi"),
    "report": listed("moi, baomoi, bao viec khac, bao vu khac, vu moi, bao moi, new, new report"),
    "mine": listed("danhsach, danh sach, cua toi, mine, list"),
    "leave": listed("roi, thoi cong tac, nghi cong tac, leave"),
    "hand_over": listed("bangiao, ban giao, hand over, handover"),
}
_COMMAND: Mapping[str, str] = {word: command for command, words in _SPOKEN.items() for word in words}
_SLASH_ONLY = listed("help, start, moi, new, delete, erase, roi, list, mine")
"""Everyday words: commands only with their slash ("help" alone is a cry for help)."""
_COLLABORATOR = frozenset(("mine", "leave", "hand_over"))
_INVITATION = re.compile(r"(?:/start|(?:mã mời|ma moi|invite|invitation)[:\s])\s*([A-Za-z0-9_-]{6,64})", re.I)
_SHOWN = 10
"""Of a collaborator's reports, the newest."""


def spoken(scene: Scene, text: str) -> str | None:
    """The command that a whole message is; "redeem:<token>" for an invitation."""
    invitation = _INVITATION.fullmatch(text.strip())
    if invitation is not None:
        return f"redeem:{invitation.group(1)}"
    slash = text.startswith("/")
    said = plain(text.partition("@")[0] if slash else text)
    command = _COMMAND.get(said)
    if command is None or (said in _SLASH_ONLY and not slash):
        return "help" if slash and " " not in text else None
    if command in _COLLABORATOR and scene.facts.collaborator is None:
        return "help" if slash else None
    return command


def run(scene: Scene, command: str) -> Scene:
    """Carry out a command; an unknown one (a button of an older version) shows the way."""
    match command:
        case "cancel":
            return _cancel(scene)
        case "erase":
            return scene.plus(AskErasure()).says(_unless_unsafe(scene, Line("erasure.asked")))
        case "privacy":
            return asking.ask_again(scene, Line("privacy.full"))
        case "english" | "vietnamese":
            lang = "en" if command == "english" else "vi"
            return asking.ask_again(scene.talking(replace(scene.talk, lang=lang)), Line("language.chosen"))
        case "status":
            return _status(scene)
        case "report":
            return _new(scene).says(Line("report.how"))
        case "hazard":
            return _new_hazard(scene)
        case "ask_officer":
            return _ask_officer(scene)
        case "mine" if scene.facts.collaborator is not None:
            return _mine(scene)
        case "leave" | "hand_over" if scene.facts.collaborator is not None:
            return scene.plus(LeaveCollaboration(hand_over=command == "hand_over"))
        case _ if command.startswith("redeem:"):
            return scene.plus(Redeem(command.removeprefix("redeem:")))
        case _ if scene.talk.asking:
            return asking.ask_again(scene, Line("help.in_report"))
        case _:
            return smalltalk.greet(scene)


def _cancel(scene: Scene) -> Scene:
    """A case is never closed from here: somebody may have been forced to cancel."""
    pending = scene.talk.asking == "same_story"
    scene = scene.talking(replace(scene.talk, asking=""))
    if pending:
        return scene.reporting(None).says(Line("added.to_report"))
    if scene.is_open or (scene.talk.report is None and scene.has_case):
        return _cancelled(scene)
    if scene.talk.report is not None:
        return scene.reporting(None).says(Line("cancelled.draft"))
    return scene.says(Line("cancelled.nothing"))


def _unless_unsafe(scene: Scene, line: Line) -> Line:
    """Where somebody else may hold the phone, that this was done must not tell that anything was reported."""
    return Line("added.unsafe") if scene.talk.safe_to_write is False else line


def _cancelled(scene: Scene) -> Scene:
    report = scene.talk.report
    said = _unless_unsafe(scene, Line("cancelled.open"))
    if report is not None and "stop" in report.answers:
        return scene.says(said)
    if report is not None:
        scene = scene.reporting(replace(report, answers={**report.answers, "stop": script.STOP}))
    return scene.plus(TellOfficer(scene.case, "cancelled")).says(said)


def _new(scene: Scene) -> Scene:
    """Room for another report; a draft that says something becomes a case first."""
    report = scene.talk.report
    if report is None or not report.opened:
        if report is None or not keeping.worth_a_case(report):
            return scene.talking(replace(scene.talk, report=None, asking="", jokes=0))
        scene = keeping.thanked(keeping.open_case(scene))
    talk = scene.talk
    earlier = talk.earlier if talk.case is None or talk.case in talk.earlier else (*talk.earlier, talk.case)
    return scene.talking(replace(talk, report=None, case=None, asking="", earlier=earlier, jokes=0))


def _new_hazard(scene: Scene) -> Scene:
    scene = _new(scene)
    assessment = Assessment(Kind.DROWNING_HAZARD, Urgency.STANDARD, confidence=1.0)
    answers = {"kind": Kind.DROWNING_HAZARD.value}
    report = Report(scene.now, assessment=assessment, kind=Kind.DROWNING_HAZARD, answers=answers)
    return asking.go_on(scene.reporting(report))


def _ask_officer(scene: Scene) -> Scene:
    """A question that an officer is to answer: a case of its own kind."""
    report = scene.talk.report
    if report is None or report.opened or not report.words:
        return scene.says(Line("report.how"))
    assessment = Assessment(Kind.ADVICE, Urgency.STANDARD)
    if report.assessment is not None:
        assessment = replace(report.assessment, kind=Kind.ADVICE, urgency=Urgency.STANDARD, likeliest=())
    return asking.go_on(scene.reporting(replace(report, kind=Kind.ADVICE, assessment=assessment)))


# --- where things stand ---------------------------------------------------------------------------------

STATUSES: Mapping[Status, Line] = {
    Status.NEW: Line("standing.new"),
    Status.TAKEN: Line("standing.taken"),
    Status.ACTING: Line("standing.acting"),
    Status.HANDED_ON: Line("standing.handed_on"),
    Status.CLOSED: Line("standing.closed"),
}
"""In words that tell nothing to somebody who looks over the shoulder."""


def _status(scene: Scene) -> Scene:
    if scene.facts.collaborator is not None and scene.facts.mine:
        return _mine(scene)
    view = scene.facts.case
    if view is None:
        return scene.says(Line("standing.none"))
    # the question that waits is not put again: it may name what somebody over the shoulder must not read
    return scene.says(STATUSES[view.status])


def _mine(scene: Scene) -> Scene:
    """What a collaborator reported, and where each stands."""
    if not scene.facts.mine:
        return scene.says(Line("mine.none"), choices=(smalltalk.REPORT,))
    lines = tuple(_item(scene, view) for view in scene.facts.mine[:_SHOWN])
    return scene.says(Line("mine.title", {"count": len(scene.facts.mine)}), *lines)


def _item(scene: Scene, view: CaseView) -> Line:
    where = Line("place.unknown")
    if view.unit is not None:
        where = Line("place.named", {"place": scene.facts.unit_name(view.unit)})
    values: dict[str, str | int | Line] = {
        "case": int(view.id),
        "kind": script.KINDS[view.kind],
        "status": STATUSES[view.status],
        "place": where,
    }
    return Line("mine.item", values)
