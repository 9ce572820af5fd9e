"""What came back: counted, so that nobody can be followed by what they opened or answered."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import bindparam, case, func, literal_column, null, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.domain.campaigns.subscribers import Subscriber
from storage.outreach.people import COLUMNS, subscriber_from
from storage.rows import micros
from storage.sealed import Seals
from storage.tables import cases, clicks, quiz_counts, quiz_takers, subscribers
from storage.tables import comings as c
from storage.writer.db import Db, Prepared

NAME: Final = "coming.name"
_click = insert(clicks).values(
    run_id=bindparam("of_run"), link=bindparam("of_link"), day=bindparam("on_day"), n=literal_column("1")
)
_CLICK = Prepared(
    _click.on_conflict_do_update(
        index_elements=[clicks.c.run_id, clicks.c.link, clicks.c.day], set_={"n": clicks.c.n + 1}
    )
)
_CLICKS = Prepared(
    select(clicks.c.link, func.sum(clicks.c.n))
    .where(clicks.c.run_id == bindparam("of_run"))
    .group_by(clicks.c.link)
)
_TAKE = Prepared(
    insert(quiz_takers).values(taker=bindparam("taker"), run_id=bindparam("run_id")).on_conflict_do_nothing()
)
_answer = insert(quiz_counts).values(
    run_id=bindparam("run_id"), quiz=bindparam("quiz"), answer=bindparam("answer"), n=literal_column("1")
)
_ANSWER = Prepared(
    _answer.on_conflict_do_update(
        index_elements=[quiz_counts.c.run_id, quiz_counts.c.quiz, quiz_counts.c.answer],
        set_={"n": quiz_counts.c.n + 1},
    )
)
_ANSWERS = Prepared(
    select(quiz_counts.c.quiz, quiz_counts.c.answer, quiz_counts.c.n).where(
        quiz_counts.c.run_id == bindparam("of_run")
    )
)
_event: Final = c.c.event == bindparam("of_event")
_comes = insert(c).values({name: bindparam(name) for name in ("event", "subscriber_id", "yes", "at")})
_COMES = Prepared(
    _comes.on_conflict_do_update(
        index_elements=[c.c.event, c.c.subscriber_id],
        set_={
            "yes": _comes.excluded.yes,
            "at": case((c.c.yes == _comes.excluded.yes, c.c.at), else_=_comes.excluded.at),
            "name": case((_comes.excluded.yes == literal_column("1"), c.c.name), else_=null()),
        },
    )
)
_SEATED = Prepared(
    select(
        func.count(), func.coalesce(func.sum(case((c.c.subscriber_id == bindparam("row"), 1), else_=0)), 0)
    )
    .join(subscribers, c.c.subscriber_id == subscribers.c.id)
    .where(_event, c.c.yes == literal_column("1"), subscribers.c.stopped == literal_column("0"))
)
_COMING = Prepared(
    select(*COLUMNS)
    .join(c, c.c.subscriber_id == subscribers.c.id)
    .where(_event, c.c.yes == literal_column("1"), subscribers.c.stopped == literal_column("0"))
    .order_by(subscribers.c.id)
)
_NAME = Prepared(
    update(c)
    .where(_event, c.c.subscriber_id == bindparam("row"), c.c.yes == literal_column("1"))
    .values(name=bindparam("is_called"))
)
_GUESTS = Prepared(
    select(c.c.name)
    .join(subscribers, c.c.subscriber_id == subscribers.c.id)
    .where(_event, c.c.yes == literal_column("1"), subscribers.c.stopped == literal_column("0"))
    .order_by(c.c.id)
)
_DECLINED = Prepared(select(func.count()).where(_event, c.c.yes == literal_column("0")))
_REPORTS = Prepared(
    select(cases.c.unit, cases.c.kind, func.count())
    .where(cases.c.opened_at >= bindparam("since"), cases.c.opened_at < bindparam("until"))
    .group_by(cases.c.unit, cases.c.kind)
    .order_by(cases.c.unit, cases.c.kind)
)


class SqlReplies:
    """See `bot.ports.replies.Replies`."""

    def __init__(self, db: Db, seals: Seals) -> None:
        self._db = db
        self._seals = seals

    def clicked(self, run: int, link: str, day: date) -> None:
        self._db.run(_CLICK, of_run=run, of_link=link, on_day=day.toordinal())

    def clicks(self, run: int) -> Mapping[str, int]:
        return {link: int(n) for link, n in self._db.every(_CLICKS, of_run=run)}

    def answered(self, run: int, quiz: str, answer: int, subscriber: int) -> bool:
        taker = self._seals.lookup("quiz", str(run), quiz, str(subscriber))
        if not self._db.run(_TAKE, taker=taker, run_id=run):
            return False
        self._db.run(_ANSWER, run_id=run, quiz=quiz, answer=answer)
        return True

    def answers(self, run: int) -> Mapping[str, Mapping[int, int]]:
        found: dict[str, dict[int, int]] = defaultdict(dict)
        for quiz, answer, n in self._db.every(_ANSWERS, of_run=run):
            found[quiz][answer] = n
        return dict(found)

    def comes(self, event: str, subscriber: int, yes: bool, seats: int | None, now: datetime) -> bool:
        """One after the other where seats are counted: the last seat goes to one of two who ask at once."""
        if yes and seats is not None:
            if self._db.postgres:
                self._db.text("SELECT pg_advisory_xact_lock(hashtext(%s))", f"event {event}")
            taken, own = self._db.every(_SEATED, of_event=event, row=subscriber)[0]
            if taken >= seats and not own:
                return False
        self._db.run(_COMES, event=event, subscriber_id=subscriber, yes=int(yes), at=micros(now))
        return True

    def coming(self, event: str) -> Sequence[Subscriber]:
        return [subscriber_from(row, self._seals) for row in self._db.every(_COMING, of_event=event)]

    def named(self, event: str, subscriber: int, name: str) -> bool:
        sealed = self._seals.seal(name.encode(), NAME) if name else None
        return bool(self._db.run(_NAME, of_event=event, row=subscriber, is_called=sealed))

    def guests(self, event: str) -> Sequence[str]:
        rows = self._db.every(_GUESTS, of_event=event)
        return [self._seals.unseal(name, NAME).decode() if name else "" for (name,) in rows]

    def declined(self, event: str) -> int:
        return self._db.number(_DECLINED, of_event=event)

    def reports(self, since: datetime, until: datetime) -> Sequence[tuple[str | None, str, int]]:
        rows = self._db.every(_REPORTS, since=micros(since), until=micros(until))
        return [(unit, kind, n) for unit, kind, n in rows]
