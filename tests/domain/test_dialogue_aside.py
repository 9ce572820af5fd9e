"""While a human answers by hand: whatever comes, in every state, nothing is lost and only an emergency is spoken to."""

from collections.abc import Callable

import pytest

from bot.domain.dialogue import calls_us, stand_aside
from bot.domain.dialogue.listening.danger import is_emergency
from bot.domain.effects import AddAttachments, AddWords, IssueReceipt, OpenCase, RaiseUrgency, Say, Turn
from bot.domain.messages import Heard, HeardKind
from tests.domain.citizen import EMERGENCY, Citizen, heard
from tests.domain.test_dialogue_table import FILES, HEARD, STATES, TEXTS


def aside(state: Callable[[], Citizen], what: Heard) -> Turn:
    citizen = state()
    return stand_aside(citizen.state, what, citizen.now, citizen.facts)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("what", HEARD, ids=lambda name: name.replace(" ", "-"))
def test_only_first_help_is_said_and_nothing_asked(what: str, state: Callable[[], Citizen]) -> None:
    turn = aside(state, HEARD[what])
    says = [one for one in turn.effects if isinstance(one, Say)]
    before = state().state.report
    told = before is not None and is_emergency(before.assessment)
    assert says or told or "emergency" not in what, "first help is never kept back"
    for said in says:
        assert said.lines[0].key.startswith("danger.")
        assert not said.choices
    assert turn.conversation.asking == ""


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("text", ["plain", "report", "emergency", "long", "other language", "braces"])
def test_words_are_never_lost(text: str, state: Callable[[], Citizen]) -> None:
    words = TEXTS[text].strip()
    turn = aside(state, heard(text=words))
    report = turn.conversation.report
    kept = [one.text for one in turn.effects if isinstance(one, AddWords)]
    kept += [said for one in turn.effects if isinstance(one, OpenCase) for said in one.report.words]
    assert words in [*kept, *(report.words if report else ())]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_files_are_never_lost(state: Callable[[], Citizen]) -> None:
    turn = aside(state, heard(HeardKind.MEDIA, attachments=FILES))
    kept = [file for one in turn.effects if isinstance(one, AddAttachments) for file in one.attachments]
    kept += [file for one in turn.effects if isinstance(one, OpenCase) for file in one.report.attachments]
    assert set(FILES) <= {
        *kept,
        *(turn.conversation.report.attachments if turn.conversation.report else ()),
    }


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_an_emergency_opens_a_case_or_makes_the_open_one_urgent(state: Callable[[], Citizen]) -> None:
    before = state().state
    turn = aside(state, heard(text=EMERGENCY))
    acted = any(isinstance(one, OpenCase | RaiseUrgency) for one in turn.effects)
    assert acted or (
        before.report is not None and before.report.opened and is_emergency(before.report.assessment)
    )


def test_a_receipt_waits_until_we_are_called() -> None:
    turn = aside(STATES[0], heard(text="bố đang đánh em"))
    assert any(isinstance(one, OpenCase) for one in turn.effects)
    assert not any(isinstance(one, IssueReceipt) for one in turn.effects)
    assert turn.conversation.report is not None
    assert not turn.conversation.report.receipt


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("menu", True), ("Tin Báo", True), ("BOT ơi", False), ("/huy", True), ("trợ giúp", True), ("help", False),
        ("em cần trợ giúp gấp", False), ("", False),
    ],
)  # fmt: skip
def test_which_words_call_us(text: str, calls: bool) -> None:
    assert calls_us(heard(text=text)) is calls
    assert calls_us(heard(HeardKind.TAP, tap="c:report"))
    assert not calls_us(heard(HeardKind.START))
