"""Templates for people outside the reply window, as fields of the editor: an id, its parameters, its tag."""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.campaigns.templates import Param, ParamKind, Tag, Template
from handlers.web_desk.campaigns.form.reader import Reader

KINDS = {kind.value: kind for kind in ParamKind}


def field(channel: str, part: str) -> str:
    return f"template_{channel}_{part}"


def read(reader: Reader, before: Mapping[str, Template], channels: Sequence[str]) -> Mapping[str, Template]:
    """What stands in the form; templates of channels that it does not show are kept."""
    found = {channel: template for channel, template in before.items() if channel not in channels}
    for channel in channels:
        if id_ := reader.words(field(channel, "id")):
            was = before.get(channel, Template("")).tag
            tag = was if was is not Tag.PROMOTION else Template("").tag
            if reader.ticked(field(channel, "promotion")):
                tag = Tag.PROMOTION
            found[channel] = Template(id_, dict(_params(reader, field(channel, "params"))), tag)
    return found


def typed(templates: Mapping[str, Template]) -> dict[str, str]:
    values: dict[str, str] = {}
    for channel, template in templates.items():
        values[field(channel, "id")] = template.id
        values[field(channel, "params")] = "\n".join(map(_line, template.params.items()))
        values[field(channel, "promotion")] = "yes" if template.tag is Tag.PROMOTION else ""
    return values


def _params(reader: Reader, name: str) -> Iterator[tuple[str, Param]]:
    """`ten = {office}` or `dia_chi:address = {event_place}`, one a line."""
    for line in filter(str.strip, reader.words(name).splitlines()):
        head, equals, value = line.partition("=")
        gap, _, kind = (part.strip() for part in head.partition(":"))
        if not equals or not gap or (kind and kind not in KINDS):
            reader.wrong(
                name, "page.campaign.unread.template", typed=line.strip()[:40], kinds=", ".join(KINDS)
            )
        else:
            yield gap, Param(value.strip(), KINDS.get(kind, ParamKind.LABEL))


def _line(named: tuple[str, Param]) -> str:
    name, param = named
    kind = "" if param.kind is ParamKind.LABEL else f":{param.kind.value}"
    return f"{name}{kind} = {param.value}"
