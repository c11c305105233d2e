"""What a person may get wrong at the terminal: one clear line, status 2, and nothing is left behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.installation import Installation, installed
from tests.acceptance.library import write
from tests.acceptance.refusals import refusal, remembered

QUESTION = "How does the nightly purge make sure that two purges never run at once?"

# What is typed (FOLDER stands for a good collection) -> words of the line that refuses it.
REFUSED = {
    "an empty question": (["research", "", "FOLDER"], "question is empty"),
    "a question of white space": (["research", " \t\n", "FOLDER"], "question is empty"),
    "a question that is not UTF-8": (["research", "who \udcff\udcfe", "FOLDER"], "not UTF-8"),
    "a question as long as a document": (
        ["research", "why " * 5_001, "FOLDER"],
        "put what is long into a doc",
    ),
    "no documents": (["research", QUESTION], "PATH…, or --shards"),
    "a path that does not exist": (["research", QUESTION, "FOLDER", "nowhere"], "nowhere does not exist"),
    "a path that is no file": (["research", QUESTION, "/dev/null"], "neither a file nor a folder"),
    "an unknown plan": (["research", QUESTION, "FOLDER", "--plan", "gedimatt"], "Did you mean gedimat?"),
    "no such plan file": (["research", QUESTION, "FOLDER", "--plan", "my.toml"], "there is no such file"),
    "an unknown engine": (["research", QUESTION, "FOLDER", "--engine", "extractiv"], "mean extractive?"),
    "an unknown shard": (["research", QUESTION, "--shards", "history"], "no shard 'history'"),
    "an unknown shard beside paths": (["ask", QUESTION, "FOLDER", "--shards", "x"], "no shard 'x'"),
    "an unknown run to show": (["show", "run_none"], "no run 'run_none'"),
    "an unknown run to cancel": (["cancel", "run_none"], "no run 'run_none'"),
    "an unknown run to export": (["export", "run_none"], "no run 'run_none'"),
    "a report of no known form": (["research", QUESTION, "FOLDER", "--out", "a.pdf"], "must end in .md"),
    "a report in no folder": (["research", QUESTION, "FOLDER", "--out", "no/a.md"], "there is no folder"),
    "a report in place of a folder": (["show", "run_none", "--out", "FOLDER.md"], "that is a folder"),
    "a shard's name that is a path": (["shard", "load", "../a", "FOLDER"], "A shard's name is letters"),
    "a shard without documents": (["shard", "serve", "history"], "holds nothing yet"),
    "a shard that is not there": (["shard", "drop", "history"], "no shard 'history'"),
    "a shard of nothing": (["shard", "load", "history", "nowhere"], "nowhere does not exist"),
    "an answer of no size": (["ask", QUESTION, "FOLDER", "--tokens", "0"], "--tokens"),
    "a question that looks like an option": (["ask", "-1 or 0?", "FOLDER"], "No such option"),
    "an unknown option": (["ask", QUESTION, "FOLDER", "--loud"], "--loud"),
    "an unknown command": (["reserch", QUESTION, "FOLDER"], "reserch"),
}

# A plan file with a mistake -> the line and the field that are wrong.
PLANS = {
    "broken TOML": ('summary = "x"\npasses = [\n', "line 2: TOML syntax"),
    "no passes": ('summary = "x"\n', "field passes: is missing"),
    "an unknown role": (
        'summary = "x"\n[[passes]]\nname = "A"\nrole = "guess"\nworkers = 1\n',
        "line 4, field passes[1].role",
    ),
    "no workers": (
        'summary = "x"\n[[passes]]\nname = "A"\nrole = "signal"\nworkers = 0\n',
        "line 5, field passes[1].workers",
    ),
    "a misspelt field": (
        'summary = "x"\n[[passes]]\nname = "A"\nrole = "signal"\nworkrs = 2\nworkers = 2\n',
        "line 5, field passes[1].workrs: there is no such field",
    ),
    "a wrong duty": (
        'summary = "x"\n[[guardians]]\nname = "a"\nduty = "tea"\n'
        '[[passes]]\nname = "A"\nrole = "guard"\nworkers = 1\n',
        "line 4, field guardians[1].duty: unknown duty 'tea'",
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = tmp_path_factory.mktemp("library")
    (library / "archive.md").mkdir()
    return write(library / "archive")


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with installed(linger=120) as made:
        assert made.json("runs") == {"runs": []}
        yield made


@pytest.fixture
def nothing_left_behind(installation: Installation, tmp_path: Path) -> Iterator[None]:
    before = remembered(installation)
    yield
    assert remembered(installation) == before
    assert [path for path in tmp_path.iterdir() if path.suffix != ".toml"] == []


@pytest.mark.usefixtures("nothing_left_behind")
@pytest.mark.parametrize("case", REFUSED)
def test_a_mistake_is_refused_in_one_line(
    installation: Installation, folder: Path, tmp_path: Path, case: str
) -> None:
    typed, words = REFUSED[case]
    arguments = [word.replace("FOLDER", str(folder)) for word in typed]
    assert words in refusal(installation.swarm(*arguments, cwd=tmp_path))


@pytest.mark.usefixtures("nothing_left_behind")
@pytest.mark.parametrize("case", PLANS)
def test_a_mistake_in_a_plan_file_is_named_by_line_and_field(
    installation: Installation, folder: Path, tmp_path: Path, case: str
) -> None:
    written, words = PLANS[case]
    (tmp_path / "my.toml").write_text(written, "utf-8")
    ended = installation.swarm("research", QUESTION, folder, "--plan", "my.toml", cwd=tmp_path)
    assert words in refusal(ended)


@pytest.mark.usefixtures("nothing_left_behind")
def test_a_refused_run_writes_no_report(installation: Installation, folder: Path, tmp_path: Path) -> None:
    arguments = ("research", QUESTION, folder, tmp_path / "nowhere", "--out", tmp_path / "report.md")
    assert "does not exist" in refusal(installation.swarm(*arguments))


def test_the_way_to_an_error_is_shown_to_who_asks_for_it(installation: Installation, folder: Path) -> None:
    ended = installation.swarm("--debug", "research", "", folder)
    assert "Traceback" in ended.stderr
    assert ended.returncode == 2
