"""What campaigns' states, groups, topics, runs, letters and named dates are called, as lines of the catalogue."""

from collections.abc import Mapping

from bot.domain.campaigns.campaign import Group, State, Topic
from bot.domain.campaigns.subscribers import LetterState, RunState, Skipped
from bot.domain.messages import Line

STATE: Mapping[State, Line] = {
    State.DRAFT: Line("campaign.state.draft"),
    State.PROPOSED: Line("campaign.state.proposed"),
    State.APPROVED: Line("campaign.state.approved"),
    State.PAUSED: Line("campaign.state.paused"),
    State.STOPPED: Line("campaign.state.stopped"),
    State.DONE: Line("campaign.state.done"),
}
GROUP: Mapping[Group, Line] = {
    Group.CITIZEN: Line("campaign.group.citizen"),
    Group.PARENT: Line("campaign.group.parent"),
    Group.CHILD: Line("campaign.group.child"),
    Group.COLLABORATOR: Line("campaign.group.collaborator"),
    Group.TEACHER: Line("campaign.group.teacher"),
    Group.OFFICER: Line("campaign.group.officer"),
}
TOPIC: Mapping[Topic, Line] = {
    Topic.DROWNING: Line("campaign.topic.drowning"),
    Topic.ABUSE: Line("campaign.topic.abuse"),
    Topic.CHILD_LABOUR: Line("campaign.topic.child_labour"),
    Topic.ONLINE_SAFETY: Line("campaign.topic.online_safety"),
    Topic.RIGHTS: Line("campaign.topic.rights"),
    Topic.EVENTS: Line("campaign.topic.events"),
}
RUN: Mapping[RunState, Line] = {
    RunState.FREEZING: Line("campaign.run.freezing"),
    RunState.SENDING: Line("campaign.run.sending"),
    RunState.PAUSED: Line("campaign.run.paused"),
    RunState.STOPPED: Line("campaign.run.stopped"),
    RunState.DONE: Line("campaign.run.done"),
    RunState.MISSED: Line("campaign.run.missed"),
}
LETTER: Mapping[LetterState, Line] = {
    LetterState.WAITING: Line("campaign.letter_state.waiting"),
    LetterState.IN_FLIGHT: Line("campaign.letter_state.in_flight"),
    LetterState.SENT: Line("campaign.letter_state.sent"),
    LetterState.DELIVERED: Line("campaign.letter_state.delivered"),
    LetterState.SEEN: Line("campaign.letter_state.seen"),
    LetterState.REFUSED: Line("campaign.letter_state.refused"),
    LetterState.SKIPPED: Line("campaign.letter_state.skipped"),
    LetterState.UNKNOWN: Line("campaign.letter_state.unknown"),
}
SKIPPED: Mapping[Skipped, Line] = {
    Skipped.CAP: Line("campaign.skipped.cap"),
    Skipped.WINDOW: Line("campaign.skipped.window"),
    Skipped.BLOCKED: Line("campaign.skipped.blocked"),
    Skipped.NO_CONSENT: Line("campaign.skipped.no_consent"),
    Skipped.UNSAFE: Line("campaign.skipped.unsafe"),
    Skipped.NO_TEXT: Line("campaign.skipped.no_text"),
    Skipped.CHANNEL: Line("campaign.skipped.channel"),
    Skipped.LATE: Line("campaign.skipped.late"),
}
_CHANNEL: Mapping[str, Line] = {
    "": Line("campaign.channel.every"),
    "telegram_public": Line("campaign.channel.telegram_public"),
    "telegram_officers": Line("campaign.channel.telegram_officers"),
    "telegram_news": Line("campaign.channel.telegram_news"),
    "zalo_oa": Line("campaign.channel.zalo_oa"),
    "zalo_bot": Line("campaign.channel.zalo_bot"),
    "web_chat": Line("campaign.channel.web_chat"),
}
_REASON: Mapping[str, Line] = {
    **{why.value: line for why, line in SKIPPED.items()},
    "stopped": Line("campaign.why.stopped"),
    "gone": Line("campaign.why.gone"),
    "quota": Line("campaign.why.quota"),
    "night": Line("campaign.why.night"),
    "token": Line("campaign.why.token"),
    "content": Line("campaign.why.content"),
    "platform": Line("campaign.why.platform"),
}
_DATE: Mapping[str, Line] = {
    "tet": Line("campaign.date.tet"),
    "ram_thang_gieng": Line("campaign.date.ram_thang_gieng"),
    "gio_to": Line("campaign.date.gio_to"),
    "quoc_te_thieu_nhi": Line("campaign.date.quoc_te_thieu_nhi"),
    "phong_chong_lao_dong_tre_em": Line("campaign.date.phong_chong_lao_dong_tre_em"),
    "gia_dinh_viet_nam": Line("campaign.date.gia_dinh_viet_nam"),
    "phong_chong_duoi_nuoc": Line("campaign.date.phong_chong_duoi_nuoc"),
    "phong_chong_mua_ban_nguoi": Line("campaign.date.phong_chong_mua_ban_nguoi"),
    "khai_giang": Line("campaign.date.khai_giang"),
    "trung_thu": Line("campaign.date.trung_thu"),
    "tre_em_the_gioi": Line("campaign.date.tre_em_the_gioi"),
    "tong_dai_111": Line("campaign.date.tong_dai_111"),
    "ong_tao": Line("campaign.date.ong_tao"),
}


def reason(name: str) -> Line:
    """Why a letter was not sent, as a run counts it: a `Skipped`, a `Why` of the channel, or a stop."""
    return _REASON.get(name) or Line("campaign.why.unknown")


def date(name: str) -> Line:
    """A named date of the calendar file; an office's own dates stand by their name."""
    return _DATE.get(name) or Line("campaign.date.other", {"name": name.replace("_", " ")})


def channel(name: str) -> Line:
    """ "": every channel; one that has no name here stands by its code."""
    return _CHANNEL.get(name) or Line("campaign.channel.other", {"channel": name[:40]})
