"""What campaigns, their states, groups, topics and channels are called on the desk."""

from collections.abc import Mapping

from bot.domain.campaigns.campaign import Campaign, Group, State, Topic
from bot.domain.campaigns.checks import Level
from bot.domain.campaigns.schedule import Moment
from bot.domain.campaigns.subscribers import LetterState, RunState, Skipped
from bot.domain.messages import Line
from bot.ports import Why

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
CHANNEL: Mapping[str, Line] = {
    "": Line("page.campaign.every_channel"),
    "telegram_public": Line("page.campaign.channel.telegram_public"),
    "telegram_officers": Line("page.campaign.channel.telegram_officers"),
    "telegram_news": Line("page.campaign.channel.telegram_news"),
    "zalo_oa": Line("page.campaign.channel.zalo_oa"),
    "zalo_bot": Line("page.campaign.channel.zalo_bot"),
    "web_chat": Line("page.campaign.channel.web_chat"),
}
SKIPPED: Mapping[Skipped, Line] = {
    Skipped.CAP: Line("page.campaign.skipped.cap"),
    Skipped.WINDOW: Line("page.campaign.skipped.window"),
    Skipped.BLOCKED: Line("page.campaign.skipped.blocked"),
    Skipped.NO_CONSENT: Line("page.campaign.skipped.no_consent"),
    Skipped.UNSAFE: Line("page.campaign.skipped.unsafe"),
    Skipped.NO_TEXT: Line("page.campaign.skipped.no_text"),
    Skipped.CHANNEL: Line("page.campaign.skipped.channel"),
    Skipped.LATE: Line("page.campaign.skipped.late"),
}
REASON: Mapping[str, Line] = {
    **{why.value: line for why, line in SKIPPED.items()},
    "stopped": Line("campaign.why.stopped"),
    Why.GONE: Line("campaign.why.gone"),
    Why.QUOTA: Line("campaign.why.quota"),
    Why.NIGHT: Line("campaign.why.night"),
    Why.TOKEN: Line("campaign.why.token"),
    Why.CONTENT: Line("campaign.why.content"),
    Why.PLATFORM: Line("campaign.why.platform"),
}
RUN: Mapping[RunState, Line] = {
    RunState.FREEZING: Line("page.campaign.run.freezing"),
    RunState.SENDING: Line("page.campaign.run.sending"),
    RunState.PAUSED: Line("page.campaign.run.paused"),
    RunState.STOPPED: Line("page.campaign.run.stopped"),
    RunState.DONE: Line("page.campaign.run.done"),
    RunState.MISSED: Line("page.campaign.run.missed"),
}
LETTER: Mapping[LetterState, Line] = {
    LetterState.WAITING: Line("page.campaign.letter.waiting"),
    LetterState.IN_FLIGHT: Line("page.campaign.letter.in_flight"),
    LetterState.SENT: Line("page.campaign.letter.sent"),
    LetterState.DELIVERED: Line("page.campaign.letter.delivered"),
    LetterState.SEEN: Line("page.campaign.letter.seen"),
    LetterState.REFUSED: Line("page.campaign.letter.refused"),
    LetterState.SKIPPED: Line("page.campaign.letter.skipped"),
    LetterState.UNKNOWN: Line("page.campaign.letter.unknown"),
}
LEVEL: Mapping[Level, Line] = {
    Level.NOTE: Line("page.campaign.level.note"),
    Level.HINDERS: Line("page.campaign.level.hinders"),
    Level.WRONG: Line("page.campaign.level.wrong"),
}
MOMENT: Mapping[Moment, Line] = {
    Moment.SUBSCRIBED: Line("page.campaign.moment.subscribed"),
    Moment.SCHOOL_START: Line("page.campaign.moment.school_start"),
}

DATE: Mapping[str, Line] = {
    "tet": Line("page.campaign.date.tet"),
    "ram_thang_gieng": Line("page.campaign.date.ram_thang_gieng"),
    "gio_to": Line("page.campaign.date.gio_to"),
    "quoc_te_thieu_nhi": Line("page.campaign.date.quoc_te_thieu_nhi"),
    "phong_chong_lao_dong_tre_em": Line("page.campaign.date.phong_chong_lao_dong_tre_em"),
    "gia_dinh_viet_nam": Line("page.campaign.date.gia_dinh_viet_nam"),
    "phong_chong_duoi_nuoc": Line("page.campaign.date.phong_chong_duoi_nuoc"),
    "phong_chong_mua_ban_nguoi": Line("page.campaign.date.phong_chong_mua_ban_nguoi"),
    "khai_giang": Line("page.campaign.date.khai_giang"),
    "trung_thu": Line("page.campaign.date.trung_thu"),
    "tre_em_the_gioi": Line("page.campaign.date.tre_em_the_gioi"),
    "tong_dai_111": Line("page.campaign.date.tong_dai_111"),
    "ong_tao": Line("page.campaign.date.ong_tao"),
}
"""Of the calendar file that ships; an office's own dates stand by their name."""


def date(name: str) -> Line:
    return DATE.get(name) or Line("page.campaign.date.other", {"name": name.replace("_", " ")})


def channel(name: str) -> Line:
    """A channel that the desk has no word for stands by its code."""
    return CHANNEL.get(name) or Line("page.campaign.channel.other", {"channel": name})


def reason(name: str) -> Line:
    """Why a letter was not sent, as a run counts it."""
    return REASON.get(name) or Line("campaign.why.unknown")


def editable(campaign: Campaign) -> bool:
    return campaign.state in (State.DRAFT, State.PROPOSED, State.PAUSED)
