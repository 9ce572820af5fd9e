"""The command writes a line per message and compares with labels."""

import io
import json
from pathlib import Path

import pytest

from bot.domain.kinds import Kind, Urgency
from bot.domain.understanding import Assessment, Reason
from bot.reading.messages import BadLine, read_lines
from bot.reading.triage import compare, main, report, run

VIOLENT = Assessment(Kind.VIOLENCE, Urgency.EMERGENCY, reasons=(Reason("reason.kind.violence", "đánh"),))
IDLE = Assessment(Kind.OFF_TOPIC, Urgency.NONE)


def assess(text: str) -> Assessment:
    return VIOLENT if "đánh" in text else IDLE


def written(path: Path, *rows: dict[str, object]) -> str:
    path.write_text("".join(json.dumps(row) + "\n\n" for row in rows), encoding="utf-8")
    return str(path)


def test_every_message_gets_its_line(tmp_path: Path) -> None:
    out = io.StringIO()
    run(written(tmp_path / "in.jsonl", {"id": 7, "text": "đánh em"}, {"text": "alo"}), assess, out)
    first, second = map(json.loads, out.getvalue().splitlines())
    assert (first["id"], first["kind"], first["urgency"]) == (7, "violence", "emergency")
    assert first["reasons"] == [{"rule": "reason.kind.violence", "words": "đánh"}]
    assert (second["id"], second["kind"]) == (None, "off_topic")


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"text": 5}'])
def test_a_bad_line_is_named(line: str) -> None:
    with pytest.raises(BadLine, match="line 2"):
        list(read_lines(['{"text": "a"}', line]))


def test_a_missing_file_is_a_status_not_a_crash(capsys: pytest.CaptureFixture[str]) -> None:
    assert main("no-such-file.jsonl") == 2
    assert "no-such-file.jsonl" in capsys.readouterr().err


def test_the_score_counts_what_was_caught_and_what_was_missed() -> None:
    rows = [
        {"kind": "violence", "urgency": "emergency", "style": "plain"},
        {"kind": "neglect", "urgency": "emergency", "style": "telex"},
        {"kind": "off_topic", "urgency": "none", "style": "plain"},
        {"kind": "violence", "urgency": "urgent", "style": "plain"},
    ]
    score = compare(rows, [VIOLENT, VIOLENT, IDLE, IDLE])
    assert score.kinds_right == 0.5
    assert score.urgencies["emergency"].recall == 1.0
    assert score.kinds["violence"].precision == 0.5
    assert score.kinds["violence"].recall == 0.5
    assert score.action_missed == pytest.approx(1 / 3)
    assert score.styles["telex"] == (1, 0.0, 1.0)
    assert score.confusion == {("neglect", "violence"): 1, ("violence", "off_topic"): 1}
    assert "neglect → violence" in report(score)
