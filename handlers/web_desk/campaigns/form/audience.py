"""Whom a campaign is for, as the form has it."""

from collections.abc import Iterator, Sequence

from bot.domain.campaigns.campaign import Audience, Group, Topic
from bot.domain.understanding import Unit
from handlers.web_desk.campaigns.form.reader import Reader
from handlers.web_desk.cases.places import called
from handlers.web_wire.pages import LANGUAGES

SEPARATORS = str.maketrans(";\n", ",,")


def read(reader: Reader, channels: Sequence[str]) -> Audience:
    return Audience(
        groups=tuple(one for one in Group if reader.ticked(f"group_{one}")),
        units=units(reader),
        tags=tuple(_listed(reader.words("tags"))),
        languages=tuple(lang for lang in LANGUAGES if reader.ticked(f"lang_{lang}")),
        topics=tuple(one for one in Topic if reader.ticked(f"topic_{one}")),
        channels=tuple(one for one in channels if reader.ticked(f"channel_{one}")),
    )


def typed(audience: Audience, communes: Sequence[Unit]) -> dict[str, str]:
    names = {unit.code: unit.name for unit in communes}
    return {
        "units": "\n".join(names.get(code, code) for code in audience.units),
        "tags": ", ".join(audience.tags),
        **{f"group_{one}": "yes" for one in audience.groups},
        **{f"topic_{one}": "yes" for one in audience.topics},
        **{f"lang_{one}": "yes" for one in audience.languages},
        **{f"channel_{one}": "yes" for one in audience.channels},
    }


def units(reader: Reader) -> tuple[str, ...]:
    """Commune codes of the field `units`, each once."""
    return tuple(dict.fromkeys(_units(reader)))


def _units(reader: Reader) -> Iterator[str]:
    """Codes as they are; names as the officer knows them, with or without tone marks."""
    for said in _listed(reader.words("units")):
        found = [said] if said.isdecimal() else called(reader.communes, said)
        if len(found) == 1:
            yield found[0]
        else:
            reader.wrong("units", "page.campaign.unread.unit", typed=said[:40])


def _listed(said: str) -> Iterator[str]:
    return (part.strip() for part in said.translate(SEPARATORS).split(",") if part.strip())
