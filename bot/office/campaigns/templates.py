"""Templates of a campaign in a file: a table for each channel, a line for each parameter."""

from collections.abc import Iterator, Mapping

from bot.domain.campaigns.templates import Param, ParamKind, Tag, Template
from bot.office.campaigns.prose import unknown
from bot.office.toml_lines import Section, bare, quoted

KINDS = {kind.value: kind for kind in ParamKind}


def read_templates(section: Section) -> Mapping[str, Template]:
    """By channel; every fault is noted in the section."""
    return {channel: _template(section.section(channel)) for channel in section.values}


def write_templates(templates: Mapping[str, Template]) -> Iterator[str]:
    for channel, template in templates.items():
        yield f"\n[campaign.templates.{bare(channel)}]"
        yield f"id = {quoted(template.id)}"
        yield f"tag = {template.tag.value}"
        if template.params:
            yield f"[campaign.templates.{bare(channel)}.params]"
            yield from (f"{bare(name)} = {_written(param)}" for name, param in template.params.items())


def _template(section: Section) -> Template:
    section.only("id", "tag", "params")
    tag = section.whole("tag", min(Tag), max(Tag)) if "tag" in section.values else Template("").tag
    params = section.section("params")
    return Template(section.text("id"), {name: _param(params, name) for name in params.values}, Tag(tag))


def _param(section: Section, name: str) -> Param:
    """`"{office}"`, or `{ value = "{office}", kind = "address" }`."""
    if not isinstance(section.values[name], dict):
        return Param(section.text(name))
    inside = section.section(name)
    inside.only("value", "kind")
    kind = inside.text("kind", ParamKind.LABEL.value)
    if kind not in KINDS:
        inside.bad("kind", unknown(kind, KINDS))
    return Param(inside.text("value"), KINDS.get(kind, ParamKind.LABEL))


def _written(param: Param) -> str:
    if param.kind is ParamKind.LABEL:
        return quoted(param.value)
    return f"{{ value = {quoted(param.value)}, kind = {quoted(param.kind.value)} }}"
