"""The table of weights: packed sums are exact, two questions are answered together, the file gives back the table."""

from math import exp, sqrt
from pathlib import Path

import pytest

from bot.data.triage.tables import load, save
from bot.domain.triage.model import ZERO, Head, Model, Table

KIND = Head("kind", ("calm", "danger"), (0.0, 0.1))
URGENCY = Head("urgency", ("later", "now"), (0.2, 0.0))
REPORTER = Head("reporter", ("child", "other"), (0.0, 0.0))
WEIGHTS = {"đánh": (40, -9, 90, -20, 30, 5, -5), "chơi": (20, 50, -60, 30, -10, 0, 3)}
ANY = {"calm": {"later": 1.0, "now": 1.0}, "danger": {"later": 1.0, "now": 1.0}}
NEVER_CALM_NOW = {"calm": {"later": 1.0, "now": 0.0}, "danger": {"later": 1.0, "now": 1.0}}


def table(fitting: dict[str, dict[str, float]]) -> Table:
    rows = b"".join(bytes([row[0], *(weight + ZERO for weight in row[1:])]) for row in WEIGHTS.values())
    scales = (0.5, *([0.02] * 6))
    return Table((KIND, URGENCY, REPORTER), tuple(WEIGHTS), scales, rows, fitting)


def by_hand(features: list[str], column: int, bias: float) -> float:
    known = [WEIGHTS[feature] for feature in features if feature in WEIGHTS]
    norm = sqrt(sum(row[0] for row in known) * 0.5)
    return sum(row[column] for row in known) * 0.02 / norm + bias


@pytest.mark.parametrize("times", [1, 130, 1_000])
def test_sums_are_those_made_by_hand_however_many_features(times: int) -> None:
    features = ["đánh", "unknown", "chơi"] * times
    first, second = (exp(by_hand(features, column, 0.0)) for column in (5, 6))
    shares = Model(table(ANY)).scores(features)["reporter"]
    assert shares["child"] == pytest.approx(first / (first + second))


def test_an_answer_that_does_not_go_with_the_other_question_loses() -> None:
    alone, together = Model(table(ANY)).scores(["đánh"]), Model(table(NEVER_CALM_NOW)).scores(["đánh"])
    assert together["kind"]["calm"] < alone["kind"]["calm"]
    assert sum(together["kind"].values()) == pytest.approx(1.0)
    assert sum(together["urgency"].values()) == pytest.approx(1.0)


def test_no_known_feature_leaves_the_biases() -> None:
    shares = Model(table(ANY)).scores(["unknown"])["reporter"]
    assert shares == {"child": 0.5, "other": 0.5}


def test_a_feature_says_what_stands_in_its_row() -> None:
    model = Model(table(ANY))
    known = [row for row in model.rows(["chơi", "unknown", "đánh"]) if row is not None]
    assert model.weights(known, "kind", "danger") == [-60, 90]
    assert model.weights(known, "reporter", "child") == [0, 5]


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
