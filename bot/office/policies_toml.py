"""Escalation policies as a file: for each urgency whom to ask, in what order, and how long to wait."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta

from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Line
from bot.domain.officers import Policy, PolicyStep, Role
from bot.office.toml_lines import Section, quoted

WHO = (
    "responsible",
    "deputy",
    *(role for role in Role if role not in (Role.COMMUNE_OFFICER, Role.COLLABORATOR)),
)
"""Words that a step may use."""

MINUTE = timedelta(minutes=1)
WEEK = 7 * 24 * 60
LONGEST = {Urgency.EMERGENCY: 15, Urgency.URGENT: 4 * 60}
"""Minutes that one person may have at most: more would eat up the law's 12 hours."""


def read_policies(section: Section) -> dict[Urgency, Policy]:
    """`[policy.<urgency>]` with its `[[policy.<urgency>.step]]`s, times in whole minutes."""
    section.only(*Urgency)
    return {
        urgency: _policy(section.section(urgency), urgency)
        for urgency in Urgency
        if urgency in section.values
    }


def write_policies(policies: Mapping[Urgency, Policy]) -> str:
    """The same file again, the most urgent first."""
    ordered = sorted(policies.values(), key=lambda policy: -policy.urgency.rank)
    return "\n".join(line for policy in ordered for line in _policy_lines(policy))


def _policy(section: Section, urgency: Urgency) -> Policy:
    section.only("repeat_minutes", "wears_off_minutes", "quiet", "step")
    tables = section.sections("step")
    steps = tuple(_step(step, urgency) for step in tables)
    if not steps:
        section.bad("step", Line("office.fault.empty"))
    elif not steps[-1].wait:
        tables[-1].bad("wait_minutes", Line("office.fault.last_wait"))
    quiet = _quiet(section)
    if quiet is not None and urgency.rank >= Urgency.URGENT.rank:
        section.bad("quiet", Line("office.fault.quiet_urgent"))
    return Policy(
        urgency,
        steps,
        repeat=section.whole("repeat_minutes", 1, WEEK) * MINUTE,
        wears_off=section.whole("wears_off_minutes", 1, 4 * WEEK) * MINUTE,
        quiet=quiet,
    )


def _step(section: Section, urgency: Urgency) -> PolicyStep:
    section.only("who", "wait_minutes", "phone_111", "kinds")
    who = section.text("who")
    if who not in WHO:
        section.bad("who", Line("office.fault.choice", {"value": who, "choices": ", ".join(WHO)}))
    words = section.texts("kinds")
    for word in words:
        if word not in list(Kind):
            section.bad("kinds", Line("office.fault.choice", {"value": word, "choices": ", ".join(Kind)}))
    return PolicyStep(
        who,
        wait=section.whole("wait_minutes", 0, LONGEST.get(urgency, WEEK)) * MINUTE,
        phone_111=section.flag("phone_111"),
        kinds=tuple(Kind(word) for word in words if word in list(Kind)),
    )


def _quiet(section: Section) -> tuple[time, time] | None:
    words = section.texts("quiet")
    if not words:
        return None
    try:
        begin, end = (datetime.strptime(word, "%H:%M").replace(tzinfo=UTC).time() for word in words)
    except ValueError:
        section.bad("quiet", Line("office.fault.clock", {"value": " ".join(words)[:20]}))
        return None
    return begin, end


def _policy_lines(policy: Policy) -> Iterator[str]:
    yield f"[policy.{policy.urgency}]"
    yield f"repeat_minutes = {policy.repeat // MINUTE}"
    yield f"wears_off_minutes = {policy.wears_off // MINUTE}"
    if policy.quiet is not None:
        yield f'quiet = ["{policy.quiet[0]:%H:%M}", "{policy.quiet[1]:%H:%M}"]'
    yield ""
    for step in policy.steps:
        yield f"[[policy.{policy.urgency}.step]]"
        yield f"who = {quoted(step.who)}"
        yield f"wait_minutes = {step.wait // MINUTE}"
        if step.phone_111:
            yield "phone_111 = true"
        if step.kinds:
            yield f"kinds = [{', '.join(quoted(kind) for kind in step.kinds)}]"
        yield ""
