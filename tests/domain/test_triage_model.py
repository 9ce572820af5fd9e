"""The table of weights: packed sums are exact, two questions are answered together, the file gives back the table."""

from math import exp, sqrt
from pathlib import Path

import pytest

from bot.data.triage.tables import load, save
from bot.domain.triage.weighing.features import Features
from bot.domain.triage.weighing.model import ZERO, Head, Model, Table

KIND = Head("kind", ("calm", "danger"), (0.0, 0.1))
URGENCY = Head("urgency", ("never", "later", "soon", "now"), (0.0, 0.2, 0.1, 0.0))
REPORTER = Head("reporter", ("child", "other"), (0.0, 0.0))
WEIGHTS = {
    "đánh": (40, -9, 90, 1, -20, 7, 30, 5, -5),
    "chơi": (20, 50, -60, 3, 30, 9, -10, 0, 3),
    "bị đánh": (30, -40, 60, 0, 0, 0, 50, 20, 0),
    "=đánh": (10, -5, 20, 0, 0, 0, 10, 2, 0),
    "^bị đánh": (10, -5, 25, 0, 0, 0, 10, 2, 0),
}
ANY = {kind: dict.fromkeys(URGENCY.classes, 1.0) for kind in KIND.classes}
NEVER_CALM_NOW = {**ANY, "calm": {**ANY["calm"], "now": 0.0}}


def table(fitting: dict[str, dict[str, float]]) -> Table:
    rows = b"".join(bytes([row[0], *(weight + ZERO for weight in row[1:])]) for row in WEIGHTS.values())
    scales = (0.5, *([0.02] * 8))
    return Table((KIND, URGENCY, REPORTER), tuple(WEIGHTS), scales, rows, fitting)


def by_hand(names: list[str], column: int, bias: float) -> float:
    known = [WEIGHTS[name] for name in names if name in WEIGHTS]
    norm = sqrt(sum(row[0] for row in known) * 0.5)
    return sum(row[column] for row in known) * 0.02 / norm + bias


@pytest.mark.parametrize("times", [1, 130, 1_000])
def test_sums_are_those_made_by_hand_however_many_features(times: int) -> None:
    words = ["đánh", "unknown", "chơi"] * times
    calm, danger = (exp(by_hand(words, column, KIND.bias[column - 1])) for column in (1, 2))
    shares = Model(table(ANY)).answers(Features(tuple(words))).first
    assert shares["calm"] == pytest.approx(calm / (calm + danger))


def test_pairs_and_marked_words_count_like_the_features_they_are_named_by() -> None:
    shown = Features(("chơi",), (("bị", "đánh"), ("em", "chơi")), ("đánh", "bị"), ("^bị đánh",))
    assert shown.names() == ("chơi", "bị đánh", "em chơi", "=đánh", "=bị", "^bị đánh")
    calm, danger = (exp(by_hand(list(shown.names()), column, KIND.bias[column - 1])) for column in (1, 2))
    assert Model(table(ANY)).answers(shown).first["calm"] == pytest.approx(calm / (calm + danger))


def test_an_answer_that_does_not_go_with_the_other_question_loses() -> None:
    shown = Features(("đánh",))
    alone, together = (Model(table(fitting)).answers(shown) for fitting in (ANY, NEVER_CALM_NOW))
    assert together.first["calm"] < alone.first["calm"]
    assert together.second["now"] < alone.second["now"]
    assert sum(together.first.values()) == pytest.approx(1.0)
    assert sum(together.second.values()) == pytest.approx(1.0)


def test_no_known_feature_leaves_the_biases() -> None:
    shares = Model(table(ANY)).answers(Features(("unknown",))).first
    assert shares["danger"] / shares["calm"] == pytest.approx(exp(0.1))


def test_further_questions_get_their_likeliest_answer() -> None:
    model = Model(table(ANY))
    told = [model.answers(Features((word,))).others for word in ("đánh", "chơi")]
    assert told == [{"reporter": "child"}, {"reporter": "other"}]


def test_a_feature_says_what_stands_in_its_row() -> None:
    model = Model(table(ANY))
    known = [row for row in model.rows(["chơi", "unknown", "đánh"]) if row is not None]
    danger, child = model.steps(known, (("kind", "danger"), ("reporter", "child")))
    assert [step - ZERO for step in danger] == [-60, 90]
    assert [step - ZERO for step in child] == [0, 5]


def test_the_file_gives_back_the_table(tmp_path: Path) -> None:
    save(table(NEVER_CALM_NOW), tmp_path / "model")
    again = load(tmp_path / "model")
    assert (tuple(again.features), again.rows, again.heads) == (
        tuple(WEIGHTS),
        table(ANY).rows,
        table(ANY).heads,
    )
    assert (again.scales, again.fitting) == (table(ANY).scales, NEVER_CALM_NOW)
    save(table(NEVER_CALM_NOW), tmp_path / "same")
    assert (tmp_path / "same").read_bytes() == (tmp_path / "model").read_bytes()
