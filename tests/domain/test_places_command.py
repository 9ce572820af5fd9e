"""`python -m bot place`: a JSON line for every message."""

import io
import json
from pathlib import Path

import pytest

from bot.data.units import load_units
from bot.domain.places import Gazetteer
from bot.reading.messages import BadLine
from bot.reading.place import main, run

FIND = Gazetteer(load_units()).find


def written(folder: Path, *lines: str) -> str:
    file = folder / "messages.jsonl"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return str(file)


def test_every_message_gets_a_line(tmp_path: Path) -> None:
    out = io.StringIO()
    messages = (
        {"id": "a", "text": "cháu bé ở xã Ea Kao bị đánh", "home": "66"},
        {"id": 2, "text": "bé Thanh Bình bị đánh"},
    )
    run(written(tmp_path, *(json.dumps(one) for one in messages), ""), FIND, out)
    found, none = (json.loads(line) for line in out.getvalue().splitlines())
    assert found["id"] == "a"
    assert found["units"][0]["code"] == "24169"
    assert found["units"][0]["words"] == "xã Ea Kao"
    assert found["needs"] is None
    assert none == {"id": 2, "units": [], "needs": "where", "beside": ""}


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"text": 5}'])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(BadLine, match="line 2"):
        run(written(tmp_path, '{"text": "ok"}', line), FIND, io.StringIO())


def test_a_missing_file_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main("no-such-file.jsonl") == 2
    assert "no-such-file.jsonl" in capsys.readouterr().err
