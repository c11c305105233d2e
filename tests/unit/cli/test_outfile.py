import json
from pathlib import Path

import pytest

from swarm_app.cli import outfile
from swarm_app.errors import UsageError
from tests.unit.report.sample import report


@pytest.mark.parametrize("name", ["report.txt", "report", "report.md.gz"])
def test_an_unknown_ending_is_refused_with_those_there_are(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"\.md, \.html, \.json"):
        outfile.check(tmp_path / name)


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder"):
        outfile.check(tmp_path / "missing" / "report.md")


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "report.md").mkdir()
    with pytest.raises(UsageError, match="is a folder"):
        outfile.check(tmp_path / "report.md")


def test_checking_writes_nothing(tmp_path: Path) -> None:
    outfile.check(tmp_path / "report.md")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "begins"), [("r.md", "# How long"), ("r.HTML", "<!doctype html>"), ("r.json", "{\n")]
)
def test_the_ending_of_the_name_chooses_the_form(tmp_path: Path, name: str, begins: str) -> None:
    outfile.write(tmp_path / name, report())
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


def test_the_json_file_is_the_json_object(tmp_path: Path) -> None:
    outfile.write(tmp_path / "r.json", report())
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["state"] == "done"


def test_an_earlier_report_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text("old", encoding="utf-8")
    outfile.write(tmp_path / "r.md", report())
    assert [path.name for path in tmp_path.iterdir()] == ["r.md"]


def test_a_refusal_of_the_disk_leaves_nothing_half_written_and_says_where_the_report_is(
    tmp_path: Path,
) -> None:
    gone = tmp_path / "gone" / "r.md"
    with pytest.raises(UsageError, match=f"swarm show {report().run_id}"):
        outfile.write(gone, report())
    assert list(tmp_path.iterdir()) == []
