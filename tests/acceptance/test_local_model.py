"""A run by a real small model on this machine, as `make demo-model` does it: minutes, and by hand."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from localmodel.server import PYTHON
from localmodel.weights import WEIGHTS
from tests.acceptance.library import write

ROOT = Path(__file__).parents[2]
QUESTION = "How does the nightly purge make sure that two purges never run at once?"
INSTALLED = WEIGHTS.file.exists() and PYTHON.exists()

pytestmark = [
    pytest.mark.local_model,
    pytest.mark.timeout(3_600),
    pytest.mark.skipif(not INSTALLED, reason="the local model is not installed: make demo-model fetches it"),
]


def test_a_small_model_answers_and_what_it_cites_was_checked(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "localmodel", QUESTION, str(write(tmp_path / "archive"))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "6 briefs, 0 of them failed" in ended.stderr
    assert re.search(r"[1-9]\d* of \d+ citations held", ended.stderr)
    assert "## Sources" in ended.stdout
