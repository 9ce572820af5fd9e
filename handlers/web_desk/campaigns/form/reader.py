"""Takes fields from a form and collects what is wrong with them, by field."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from bot.domain.duty import LOCAL
from bot.domain.messages import Line
from bot.domain.understanding import Unit
from handlers.web_desk.visits import Form
from handlers.web_wire.numbers import number


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read, and in which field."""

    field: str
    line: Line


@dataclass(slots=True)
class Reader:
    """One form on its way to be a campaign."""

    form: Form
    communes: Sequence[Unit] = ()
    """Of the home province."""
    unread: list[Unread] = field(default_factory=list)

    def words(self, name: str) -> str:
        return self.form.get(name, "").strip()

    def ticked(self, name: str) -> bool:
        return self.form.get(name) == "yes"

    def wrong(self, name: str, key: str, **values: str | int | Line) -> None:
        self.unread.append(Unread(name, Line(key, values)))

    def whole(self, name: str) -> int | None:
        """A number, or None where nothing was typed."""
        typed = self.words(name)
        found = number(typed) if typed else None
        if typed and found is None:
            self.wrong(name, "page.campaign.unread.number", typed=typed[:20])
        return found

    def day(self, name: str) -> date | None:
        typed = self.words(name)
        try:
            return date.fromisoformat(typed) if typed else None
        except ValueError:
            self.wrong(name, "page.campaign.unread.day", typed=typed[:20])
            return None

    def moment(self, name: str) -> datetime | None:
        """Local time as a browser writes it; aware."""
        typed = self.words(name)
        try:
            return datetime.fromisoformat(typed).replace(tzinfo=LOCAL) if typed else None
        except ValueError:
            self.wrong(name, "page.campaign.unread.moment", typed=typed[:20])
            return None

    def hour(self, name: str, otherwise: time) -> time:
        typed = self.words(name)
        try:
            return time.fromisoformat(typed).replace(tzinfo=None) if typed else otherwise
        except ValueError:
            self.wrong(name, "page.campaign.unread.hour", typed=typed[:20])
            return otherwise
