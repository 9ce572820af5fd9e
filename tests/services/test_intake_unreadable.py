"""A message that does not open any more: nobody is held up by it, and a human knows that it was there."""

from datetime import timedelta

from sqlalchemy import text

from bot.domain.messages import Address, Heard, HeardKind
from bot.services import intake
from tests.services.office import Office


def test_a_human_is_told_once_a_day_of_messages_that_do_not_open(both: Office) -> None:
    person = Address("web_chat", "main", "77")
    said = Heard(person, "m1", HeardKind.TEXT, both.now, "em sợ")
    both.store.write(lambda uow: intake.hear(uow, said, both.now))
    with both.store.engine.begin() as connection:
        connection.execute(text("UPDATE inbox SET heard = :junk"), {"junk": b"\x01\x00\x00\x00\x01\x00\x00"})
    both.now += timedelta(minutes=1)
    for _ in range(3):
        both.store.write(lambda uow: intake.unreadable(uow, both.tools, both.now))
    told = [letter.text for letter in both.deliver()]
    assert told
    assert len(told) == len(set(told)) or all("không mở được" in one for one in told)
    assert all("em sợ" not in one for one in told)
    standing = both.store.read(lambda uow: uow.alarms.standing(both.now - timedelta(days=1)))
    assert [alarm.code for alarm in standing] == ["inbox.unreadable"]
