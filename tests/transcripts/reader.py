"""Reads and plays the conversations beside it: plain text that a social worker can read and write.

A file starts with `# title` and settings ("Là: cộng tác viên ở Xã Ea Kao"), then one line per thing:

    Dân: what the citizen writes        (a tap on a button: [Đúng]; something shown: (ảnh), (giọng nói) …)
    Người khác: the first words of somebody else; the same settings hold, nothing said before does
    Máy: words that must stand in the answer          Máy không: words that must not
    Nút: Đúng | Sửa nơi | Sửa việc      the buttons below the last message, all of them
    Việc: mở vụ · bạo lực · khẩn cấp    what is asked for; every such thing of a turn must be listed
    Đợi: 15 phút                        time goes by
    Cán bộ: hỏi | tiếp nhận | đóng      what an officer does meanwhile

`…` at the end of a citizen's line repeats it up to 60,000 characters.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.domain.cases import CaseId, Hazard, Status
from bot.domain.conversation import CaseView, Collaborator, Report
from bot.domain.effects import (
    AddAttachments,
    AddWords,
    AskErasure,
    Effect,
    IssueReceipt,
    JoinHazard,
    LeaveCollaboration,
    OpenCase,
    OpenReceipt,
    RaiseUrgency,
    Redeem,
    Say,
    TellOfficer,
)
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import HeardKind, Line, Media
from bot.domain.understanding import Point
from locales.catalogue import Catalogue
from tests.domain.citizen import Citizen, heard

HERE = Path(__file__).parent
LINE = re.compile(r"^([^:]{2,12}): ?(.*)$")
SILENCE = "(im lặng)"
KINDS = {
    "bạo lực": Kind.VIOLENCE,
    "xâm hại tình dục": Kind.SEXUAL_ABUSE,
    "lao động trẻ em": Kind.CHILD_LABOUR,
    "mua bán": Kind.TRAFFICKING,
    "bỏ mặc": Kind.NEGLECT,
    "tảo hôn": Kind.EARLY_MARRIAGE,
    "đuối nước": Kind.DROWNING_INCIDENT,
    "nơi dễ đuối nước": Kind.DROWNING_HAZARD,
    "nguy hiểm khác": Kind.OTHER_DANGER,
    "cần giúp": Kind.SUPPORT_NEED,
    "câu hỏi": Kind.ADVICE,
    "không có gì": Kind.OFF_TOPIC,
    "cần nghe": Kind.UNKNOWN,
}
URGENCIES = {
    "khẩn cấp": Urgency.EMERGENCY,
    "gấp": Urgency.URGENT,
    "thường": Urgency.STANDARD,
    "không gấp": Urgency.NONE,
}
ROLES = {
    "công an": "police",
    "chủ tịch": "chair",
    "cán bộ xã": "commune_officer",
    "giáo viên": "teacher",
    "cộng tác viên": "collaborator",
}
CODES = {"hủy": "cancelled", "sửa": "corrected", "chặn": "blocked"}
SHOWN = {
    "ảnh": Media.PHOTO,
    "video": Media.VIDEO,
    "giọng nói": Media.VOICE,
    "tài liệu": Media.DOCUMENT,
}
UNASKED = {"phát mã", "ghi", "ghi tệp"}
"""Need not be listed; checked where they are."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing heard (or time, or an officer's act) and what is expected of the turn."""

    number: int
    who: str
    what: str
    expected: tuple[tuple[int, str, str], ...] = ()


@dataclass(slots=True)
class Transcript:
    path: Path
    title: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)


def read(path: Path) -> Transcript:
    """Raises ValueError with the line's number for a line that is none of the known ones."""
    transcript = Transcript(path)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("# ") and not transcript.title:
            transcript.title = line[2:]
        elif line.strip() and not line.startswith("#"):
            _add(transcript, number, line)
    return transcript


def _add(transcript: Transcript, number: int, line: str) -> None:
    found = LINE.match(line)
    if found is None:
        raise ValueError(f"{transcript.path.name}:{number}: {line}")
    who, what = found.group(1), found.group(2).strip()
    if who in ("Dân", "Người khác", "Đợi", "Cán bộ"):
        transcript.steps.append(Step(number, who, what))
    elif who in ("Máy", "Máy không", "Nút", "Việc") and transcript.steps:
        last = transcript.steps[-1]
        transcript.steps[-1] = replace(last, expected=(*last.expected, (number, who, what)))
    elif who in ("Là", "Kênh", "Gần đó", "Tiếng") and not transcript.steps:
        transcript.settings[who] = what
    else:
        raise ValueError(f"{transcript.path.name}:{number}: {line}")


class Player:
    """Plays a transcript with a citizen and says what differs, by line."""

    def __init__(self, citizen: Citizen, words: Catalogue, codes: dict[str, str]) -> None:
        self.citizen, self.words, self.codes = citizen, words, codes
        self.buttons: list[tuple[str, str]] = []

    def play(self, transcript: Transcript) -> list[str]:
        self._set(transcript.settings)
        wrong = [w for step in transcript.steps for w in self._step(step)]
        return [f"{transcript.path.name}:{w}" for w in wrong]

    def _set(self, settings: dict[str, str]) -> None:
        facts = self.citizen.facts
        if who := settings.get("Là"):
            unit = self.codes[who.removeprefix("cộng tác viên ở ")]
            facts = replace(facts, collaborator=Collaborator(1, unit), mine=_mine(unit))
        if settings.get("Kênh") == "không có nút":
            facts, self.citizen.numbers = replace(facts, location=False), True
        if near := settings.get("Gần đó"):
            case, water, metres, reports = (part.strip() for part in near.split("|"))
            hazard = Hazard(CaseId(int(case)), float(metres), water, int(reports))
            facts = replace(facts, hazards=lambda _point: (hazard,))
        self.citizen.facts = facts
        if settings.get("Tiếng") == "en":
            self.citizen.state = replace(self.citizen.state, lang="en")

    def _step(self, step: Step) -> list[str]:
        match step.who:
            case "Dân":
                self._citizen(step)
            case "Người khác":
                self.citizen, self.buttons = Citizen(self.citizen.facts, numbers=self.citizen.numbers), []
                self._citizen(step)
            case "Đợi":
                self.citizen.waits(minutes=int(step.what.split()[0]))
            case _:
                self._officer(step.what)
        return self._check(step)

    def _citizen(self, step: Step) -> None:
        what = step.what
        if what.startswith("["):
            self.citizen.hears(heard(HeardKind.TAP, tap=self._tap(step, what.strip("[]"))))
        elif what.startswith("("):
            shown, _, rest = what[1:].partition(")")
            self._shows(shown, rest.strip())
        else:
            text = (what[:-1] * 60_000)[:60_000] if what.endswith("…") else what
            self.citizen.says(text.replace("\\n", "\n"))
        said = [
            choice
            for effect in self.citizen.last.effects
            if isinstance(effect, Say)
            for choice in effect.choices
        ]
        self.buttons += [(self._render(choice.label), choice.tap) for choice in said]

    def _tap(self, step: Step, label: str) -> str:
        old = label.startswith("cũ: ")
        label = label.removeprefix("cũ: ")
        taps = [tap for text, tap in self.buttons if text == label]
        if not taps:
            raise ValueError(
                f"{step.number}: no button {label!r} among {[text for text, _ in self.buttons[-8:]]}"
            )
        return taps[0] if old else taps[-1]

    def _shows(self, shown: str, text: str) -> None:
        what, _, rest = shown.partition(" ")
        if shown in SHOWN:
            self.citizen.shows(SHOWN[shown], text=text)
        elif what == "vị":
            lat, lon = rest.removeprefix("trí ").split(",")
            self.citizen.hears(heard(HeardKind.LOCATION, point=Point(float(lat), float(lon))))
        elif shown.startswith("ảnh album"):
            self.citizen.shows(Media.PHOTO, text=text, album=shown)
        elif shown == "video quá lớn":
            self.citizen.shows(Media.VIDEO, size=50_000_000)
        elif shown == "danh thiếp":
            self.citizen.hears(heard(HeardKind.CONTACT, text=text))
        elif shown == "sửa tin":
            self.citizen.hears(heard(HeardKind.EDITED, text=text))
        elif shown == "mở bằng thư mời":
            self.citizen.hears(heard(HeardKind.START, tap=text))
        else:
            kinds = {"bắt đầu": HeardKind.START, "nhãn dán": HeardKind.STICKER, "chặn": HeardKind.BLOCKED}
            kinds |= {
                "không đọc được": HeardKind.UNSUPPORTED,
                "vào nhóm": HeardKind.GROUP,
                "bình chọn": HeardKind.POLL,
            }
            self.citizen.hears(heard(kinds[shown]))

    def _officer(self, act: str) -> None:
        state, facts = self.citizen.state, self.citizen.facts
        if act.startswith("hỏi"):
            self.citizen.state = replace(state, question_open=True)
            return
        status = {"tiếp nhận": Status.TAKEN, "xử lý": Status.ACTING, "đóng": Status.CLOSED}[act]
        kind = state.report.kind if state.report and state.report.kind else Kind.UNKNOWN
        view = CaseView(state.case or CaseId(1), kind, status, None, self.citizen.now)
        self.citizen.facts = replace(facts, case=view)

    def _check(self, step: Step) -> list[str]:
        said = self._said()
        wrong = []
        for number, who, what in step.expected:
            if who == "Máy" and not (said == "" if what == SILENCE else what.casefold() in said.casefold()):
                wrong.append(f"{number}: the answer lacks {what!r}; it was: {said!r}")
            if who == "Máy không" and what.casefold() in said.casefold():
                wrong.append(f"{number}: the answer has {what!r}")
            if who == "Nút" and what != (shown := " | ".join(self._labels())):
                wrong.append(f"{number}: the buttons are {shown!r}")
        return wrong + self._check_effects(step)

    def _check_effects(self, step: Step) -> list[str]:
        done = [described for effect in self.citizen.last.effects if (described := self._describe(effect))]
        wrong = []
        for number, who, what in step.expected:
            if who != "Việc":
                continue
            parts = {part.strip() for part in what.split("·")}
            match = next((described for described in done if parts <= set(described)), None)
            if match is None:
                wrong.append(f"{number}: not done: {what!r}; done: {[' · '.join(d) for d in done]}")
            else:
                done.remove(match)
        unasked = [" · ".join(described) for described in done if described[0] not in UNASKED]
        return wrong + [f"{step.number}: done without being listed: {text}" for text in unasked]

    def _labels(self) -> list[str]:
        says = [effect for effect in self.citizen.last.effects if isinstance(effect, Say)]
        return [self._render(choice.label) for choice in says[-1].choices] if says else []

    def _said(self) -> str:
        says = [effect for effect in self.citizen.last.effects if isinstance(effect, Say)]
        return "\n\n".join(self._render(line) for say in says for line in say.lines)

    def _render(self, line: Line) -> str:
        state = self.citizen.state
        return self.words.render(line, state.lang, state.voice)

    def _describe(self, effect: Effect) -> tuple[str, ...]:
        match effect:
            case OpenCase(report):
                return self._case(report)
            case IssueReceipt():
                return ("phát mã",)
            case RaiseUrgency(_, urgency):
                return ("nâng mức", _name(URGENCIES, urgency))
            case TellOfficer(_, code):
                return ("báo cán bộ", _name(CODES, code))
            case JoinHazard(case):
                return ("cộng vào vụ", str(case))
            case OpenReceipt(digits):
                return ("mở mã", digits)
            case AskErasure():
                return ("xin xóa",)
            case Redeem(token):
                return ("thư mời", token)
            case LeaveCollaboration(hand_over):
                return ("bàn giao" if hand_over else "thôi cộng tác",)
            case AddWords():
                return ("ghi", effect.text)
            case AddAttachments():
                return ("ghi tệp",)
            case _:
                return ()

    def _case(self, report: Report) -> tuple[str, ...]:
        urgency = report.assessment.urgency if report.assessment else Urgency.STANDARD
        parts = ["mở vụ", _name(KINDS, report.kind or Kind.UNKNOWN), _name(URGENCIES, urgency)]
        parts.append(self.citizen.facts.unit_name(report.unit) if report.unit else "chưa rõ nơi")
        parts += [f"không gửi {_name(ROLES, role)}" for role in report.accused]
        parts += ["niêm phong ảnh"] if report.restricted else []
        parts += ["có ghim"] if report.point else []
        parts += [f"{len(report.attachments)} tệp"] if report.attachments else []
        return tuple(parts)


def _name(names: dict, value: object) -> str:  # type: ignore[type-arg]
    return next((name for name, one in names.items() if one == value), str(value))


def _mine(unit: str) -> tuple[CaseView, ...]:
    from tests.domain.citizen import NOW

    return (CaseView(CaseId(31), Kind.NEGLECT, Status.ACTING, unit, NOW),)
