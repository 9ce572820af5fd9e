"""Sealed values open with the right key and purpose only; the key file is looked after."""

import json
import logging
from pathlib import Path

import pytest

from bot.domain.messages import Address
from storage.engine import open_store
from storage.sealed import (
    Box,
    KeyFile,
    KeyFileError,
    Seals,
    Signing,
    Unreadable,
    fresh_key,
    fresh_ring,
    key_id,
    read_ring,
    write_ring,
)
from tests.storage.people import AN, BI, NOW, heard

WORDS = "bạn em đang bị đánh".encode()


def test_what_is_sealed_comes_back_and_looks_different_every_time() -> None:
    seals = Seals(fresh_ring())
    one, other = seals.seal(WORDS, "entry.text"), seals.seal(WORDS, "entry.text")
    assert one != other
    assert WORDS not in one
    assert seals.unseal(one, "entry.text") == seals.unseal(other, "entry.text") == WORDS


def test_another_purpose_key_or_changed_octet_does_not_open() -> None:
    ring = fresh_ring()
    sealed = Seals(ring).seal(WORDS, "entry.text")
    with pytest.raises(Unreadable):
        Seals(ring).unseal(sealed, "inbox.heard")
    with pytest.raises(Unreadable):
        Seals(fresh_ring()).unseal(sealed, "entry.text")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(Unreadable):
            Seals(ring).unseal(bytes(changed), "entry.text")


def test_cut_off_or_foreign_octets_do_not_open() -> None:
    box = Box(fresh_key())
    for octets in (b"", b"\x01", box.seal(WORDS, "x")[:20], b"plain text that was never sealed"):
        with pytest.raises(Unreadable):
            box.unseal(octets, "x")


def test_old_keys_open_and_the_newest_seals() -> None:
    old = fresh_ring()
    new = old.with_new_master()
    sealed = Seals(old).seal(WORDS, "entry.text")
    assert Seals(new).unseal(sealed, "entry.text") == WORDS
    assert (key_id(sealed), key_id(Seals(new).seal(WORDS, "entry.text"))) == (1, 2)
    with pytest.raises(Unreadable, match="master key 1"):
        Seals(new.with_newest_only()).unseal(sealed, "entry.text")


def test_a_key_that_came_while_the_program_ran_is_read_when_it_is_met() -> None:
    old = fresh_ring()
    new = old.with_new_master()
    running = Seals(old, lambda: new)
    assert running.unseal(Seals(new).seal(WORDS, "x"), "x") == WORDS
    assert running.newest == 2


def test_people_are_told_apart_by_channel_account_and_number() -> None:
    seals = Seals(fresh_ring())
    people = [
        AN,
        BI,
        Address("telegram_public", "other", AN.person),
        Address("zalo_oa", "main", AN.person),
        Address("telegram_public", "mai", "n" + AN.person),
    ]
    assert len({seals.person(one) for one in people}) == len(people)
    assert seals.person(AN) == seals.person(Address(AN.channel, AN.account, AN.person))
    assert len(seals.person(AN)) == 16
    assert Seals(fresh_ring()).person(AN) != seals.person(AN)


def test_the_signer_gives_keyed_hashes_tokens_and_receipts() -> None:
    ring = fresh_ring()
    signer = Signing(Seals(ring))
    assert signer.digest("receipt", "1") == Signing(Seals(ring)).digest("receipt", "1")
    assert (
        len({signer.digest("receipt", "1"), signer.digest("login", "1"), signer.digest("receipt", "2")}) == 3
    )
    assert len(signer.digest("receipt", "1")) == 32
    assert Signing(Seals(fresh_ring())).digest("receipt", "1") != signer.digest("receipt", "1")
    receipts = {signer.receipt() for _ in range(200)}
    assert len(receipts) == 200
    assert all(len(one) == 16 and one.isdecimal() for one in receipts)
    assert len({one[0] for one in receipts}) == 10
    assert len({signer.token() for _ in range(200)}) == 200


def test_a_missing_key_file_is_made_once_and_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "keys" / "keys.json"
    with KeyFile(path) as keys, caplog.at_level(logging.WARNING):
        made = keys.create()
        assert keys.create() == made == keys.read()
    assert path.stat().st_mode & 0o777 == 0o600
    assert [record.getMessage().startswith("made a new key file") for record in caplog.records] == [True]
    assert made.master[1].hex() not in caplog.text


def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    write_ring(path, fresh_ring())
    path.chmod(0o640)
    with pytest.raises(KeyFileError, match="chmod 600"):
        read_ring(path)


@pytest.mark.parametrize("damage", ["cut", "no_master", "short_key", "no_base64", "not_json", "no_lookup"])
def test_a_damaged_key_file_is_refused(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "keys.json"
    write_ring(path, fresh_ring())
    content = json.loads(path.read_text())
    match damage:
        case "no_master":
            content["master"] = {}
        case "short_key":
            content["lookup"] = "YWJj"
        case "no_base64":
            content["signing"] = "ä" * 44
        case "no_lookup":
            del content["lookup"]
    text = json.dumps(content)
    path.write_text({"cut": text[:50], "not_json": "keys: none"}.get(damage, text))
    with pytest.raises(KeyFileError, match="copy"):
        read_ring(path)


def test_a_database_is_not_opened_with_keys_that_are_not_its_own(database_url: str, tmp_path: Path) -> None:
    right = tmp_path / "keys.json"
    store = open_store(database_url, right, tmp_path / "files")
    store.write(lambda uow: uow.inbox.put(heard(AN, "em sợ"), NOW))
    store.close()
    with pytest.raises(KeyFileError, match="is missing"):
        open_store(database_url, tmp_path / "nothing.json", tmp_path / "files")
    assert not (tmp_path / "nothing.json").exists()
    write_ring(tmp_path / "other.json", fresh_ring())
    with pytest.raises(KeyFileError, match="belongs to another database"):
        open_store(database_url, tmp_path / "other.json", tmp_path / "files")
    again = open_store(database_url, right, tmp_path / "files")
    assert again.read(lambda uow: uow.inbox.oldest(AN)) is not None
    again.close()
