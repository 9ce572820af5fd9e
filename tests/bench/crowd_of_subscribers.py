"""A million subscribers in seconds: written by the database itself, with the first of them as real as can be."""

from typing import Final

from storage.engine import SqlStore
from storage.outreach.people import ADDRESS
from storage.rows import AddressBody, encode, micros
from storage.writer.db import Db
from tests.storage.outreach import NEWS, crowd
from tests.storage.people import NOW

SETTLED: Final = 50_000
"""Rows of one insert."""
_SQLITE: Final = """
WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :last)
INSERT INTO subscribers (stopped, blocked, unsafe, kind, topics, channel, lang, unit, province, tags, since,
  account, source, person, human, address)
SELECT i % 40 = 7, i % 50 = 9, i % 1000 = 3, i % 6, CASE i % 4 WHEN 0 THEN 1 WHEN 1 THEN 34 ELSE 63 END,
  :channel, CASE i % 10 WHEN 0 THEN 'en' ELSE 'vi' END, CASE i % 3 WHEN 0 THEN '24163' ELSE '24169' END, '66',
  CASE i % 2 WHEN 0 THEN ' river_bank ' ELSE '' END, :since, :account, 'qr', randomblob(16), randomblob(16), :address
FROM n
"""
_POSTGRES: Final = """
INSERT INTO subscribers (stopped, blocked, unsafe, kind, topics, channel, lang, unit, province, tags, since,
  account, source, person, human, address)
SELECT (i % 40 = 7)::int, (i % 50 = 9)::int, (i % 1000 = 3)::int, i % 6,
  CASE i % 4 WHEN 0 THEN 1 WHEN 1 THEN 34 ELSE 63 END,
  %(channel)s, CASE i % 10 WHEN 0 THEN 'en' ELSE 'vi' END, CASE i % 3 WHEN 0 THEN '24163' ELSE '24169' END, '66',
  CASE i % 2 WHEN 0 THEN ' river_bank ' ELSE '' END, %(since)s, %(account)s, 'qr',
  decode(md5(random()::text || i), 'hex'), decode(md5(i || random()::text), 'hex'), %(address)s
FROM generate_series(%(first)s::int, %(last)s::int - 1) AS n(i)
"""


def subscribers(store: SqlStore, count: int, account: str, *, real: int = 0) -> None:
    """`real`: so many first ones have chats and hashes of their own; of the others only the octets are right."""
    crowd(store, real, NEWS, account)
    address = store.memory.seals.seal(encode(AddressBody(NEWS, account, "799999999")), ADDRESS)
    sql = _SQLITE if store.engine.dialect.name == "sqlite" else _POSTGRES.replace(" % ", " %% ")
    for first in range(real, count, SETTLED):
        values = {
            "first": first, "last": min(count, first + SETTLED), "channel": NEWS, "account": account,
            "since": micros(NOW), "address": address,
        }  # fmt: skip

        def write(db: Db, values: dict[str, object] = values) -> None:
            db._cursor.execute(sql, values)

        store.transact(write)
