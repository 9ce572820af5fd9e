"""Pictures of campaigns: open, for they are made for everybody, and named by what they are."""

from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import uploads as u
from storage.vault import Vault
from storage.writer.db import Db, Prepared

LARGEST: Final = 20_000_000
"""Octets."""
_where: Final = (
    u.c.channel == bindparam("on_channel"),
    u.c.account == bindparam("of_account"),
    u.c.picture == bindparam("digest"),
)
_UPLOADED = Prepared(select(u.c.ref).where(*_where))
_upload = insert(u).values({name: bindparam(name) for name in ("channel", "account", "picture", "ref")})
_UPLOAD = Prepared(
    _upload.on_conflict_do_update(
        index_elements=[u.c.channel, u.c.account, u.c.picture], set_={"ref": _upload.excluded.ref}
    )
)


class SqlPictures:
    """See `bot.ports.replies.Pictures`."""

    def __init__(self, db: Db, vault: Vault) -> None:
        self._db = db
        self._vault = vault

    def put(self, content: bytes) -> str:
        if not 0 < len(content) <= LARGEST:
            raise ValueError(f"a picture of {len(content)} bytes: at least 1 and at most {LARGEST}")
        return self._vault.put(content)

    def content(self, digest: str) -> bytes | None:
        return self._vault.get(digest)

    def ref(self, channel: str, account: str, digest: str) -> str:
        row = self._db.one(_UPLOADED, on_channel=channel, of_account=account, digest=digest)
        return "" if row is None else str(row[0])

    def keep(self, channel: str, account: str, digest: str, ref: str) -> None:
        self._db.run(_UPLOAD, channel=channel, account=account, picture=digest, ref=ref)
