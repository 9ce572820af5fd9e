"""Runs: one occurrence of a campaign each, its words, and where its letters stand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.domain.campaigns.campaign import Audience, Content, Picture
from bot.domain.campaigns.subscribers import LetterState, Run, RunState
from bot.domain.messages import Approved, Button
from bot.ports.outreach import RunLetter
from bot.ports.talk import Settled
from storage.outreach.claiming import Claiming
from storage.outreach.freezing import freeze
from storage.outreach.hearsay import told
from storage.outreach.reminding import remind
from storage.outreach.run_rows import COLUMNS, run_from
from storage.outreach.settling import Settling
from storage.outreach.tallies import Tallies
from storage.rows import encode, micros
from storage.sealed import Seals
from storage.tables import run_texts as x
from storage.tables import runs as t
from storage.writer.db import Db, Prepared, Row

PATIENCE: Final = timedelta(days=1)
"""So long a letter is put off at most, where nothing else was said."""
_OVER: Final = (RunState.STOPPED, RunState.DONE, RunState.MISSED)
_BEGIN = Prepared(
    insert(t)
    .values(
        {
            name: bindparam(name)
            for name in ("campaign_id", "at", "state", "latest", "content", "started_at", "ended_at")
        }
    )
    .on_conflict_do_nothing()
    .returning(t.c.id)
)
_GET = Prepared(select(*COLUMNS).where(t.c.id == bindparam("row")))
_CONTENT = Prepared(select(t.c.content).where(t.c.id == bindparam("row")))
_OF = Prepared(
    select(*COLUMNS)
    .where(t.c.campaign_id == bindparam("campaign"))
    .order_by(t.c.at.desc(), t.c.id.desc())
    .limit(bindparam("most"))
)
_OPEN = Prepared(select(*COLUMNS).where(t.c.ended_at.is_(None)).order_by(t.c.id))
_SET = Prepared(
    update(t)
    .where(t.c.id == bindparam("row"), t.c.ended_at.is_(None))
    .values(
        state=bindparam("new_state"),
        started_at=func.coalesce(t.c.started_at, bindparam("now", type_=t.c.at.type)),
        ended_at=case((bindparam("over") == 1, bindparam("now", type_=t.c.at.type)), else_=t.c.ended_at),
    )
)
_SAID: Final = ("text", "buttons", "picture", "mime", "windowed", "template")
_text = insert(x).values({name: bindparam(name) for name in ("run_id", "lang", "channel", *_SAID)})
_TEXT = Prepared(
    _text.on_conflict_do_update(
        index_elements=[x.c.run_id, x.c.lang, x.c.channel],
        set_={name: _text.excluded[name] for name in _SAID},
    )
)

_content_from = msgspec.json.Decoder(Content).decode


class SqlRuns:
    """See `bot.ports.outreach.Runs`."""

    def __init__(self, db: Db, seals: Seals) -> None:
        self._db = db
        self._tallies = Tallies(db)
        self._claiming = Claiming(db, seals)
        self._settling = Settling(db, seals)

    def begin(
        self,
        campaign: int,
        at: datetime,
        state: RunState,
        now: datetime,
        *,
        latest: datetime | None = None,
        content: Content | None = None,
    ) -> int | None:
        over = micros(now) if state in _OVER else None
        row = self._db.one(
            _BEGIN,
            campaign_id=campaign,
            at=micros(at),
            state=state.value,
            latest=micros(latest or now + PATIENCE),
            content=None if content is None else encode(replace(content, texts={})).decode(),
            started_at=micros(now),
            ended_at=over,
        )
        return None if row is None else int(row[0])

    def get(self, run: int) -> Run | None:
        row = self._db.one(_GET, row=run)
        return None if row is None else self._read(row)

    def content(self, run: int) -> Content | None:
        row = self._db.one(_CONTENT, row=run)
        return None if row is None or row[0] is None else _content_from(row[0])

    def remind(self, run: int, event: str, now: datetime) -> int:
        return remind(self._db, run, event, now)

    def of(self, campaign: int, limit: int = 50) -> Sequence[Run]:
        return [self._read(row) for row in self._db.every(_OF, campaign=campaign, most=limit)]

    def unfinished(self) -> Sequence[Run]:
        return [self._read(row) for row in self._db.every(_OPEN)]

    def text(
        self,
        run: int,
        lang: str,
        channel: str,
        text: str,
        buttons: Sequence[Sequence[Button]] = (),
        *,
        picture: Picture | None = None,
        windowed: bool = False,
        template: Approved | None = None,
    ) -> None:
        self._db.run(
            _TEXT,
            run_id=run,
            lang=lang,
            channel=channel,
            text=text,
            buttons=encode(buttons) if buttons else None,
            picture=picture.digest if picture else "",
            mime=picture.mime if picture else "",
            windowed=int(windowed),
            template=encode(template).decode() if template else None,
        )

    def freeze(
        self, run: int, audience: Audience, cap: tuple[int, timedelta], limit: int, now: datetime
    ) -> int:
        return freeze(self._db, run, audience, cap, limit, now)

    def set_state(self, run: int, state: RunState, now: datetime) -> None:
        self._db.run(_SET, row=run, new_state=state.value, now=micros(now), over=int(state in _OVER))

    def count(self, run: int) -> Mapping[LetterState, int]:
        found = self.get(run)
        return found.counts if found is not None else {}

    # --- letters ---

    def claim(
        self,
        channel: str,
        account: str,
        limit: int,
        now: datetime,
        lease: timedelta,
        *,
        urgent_only: bool = False,
    ) -> Sequence[RunLetter]:
        return self._claiming.claim(channel, account, limit, now, lease, urgent_only=urgent_only)

    def wanted(self, letter: int) -> bool:
        return self._claiming.wanted(letter)

    def settle(self, settled: Sequence[Settled], now: datetime) -> None:
        self._settling.settle(settled, now)

    def told(self, letter: int, state: LetterState, now: datetime) -> bool:
        return told(self._db, letter, state, now)

    def _read(self, row: Row) -> Run:
        return run_from(row, self._tallies.of(row[0]))
