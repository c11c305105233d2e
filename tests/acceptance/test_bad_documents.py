"""A folder as people have them: what can be read is read and cited, the rest skipped by name and reason."""

import os
import socket
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.installation import Installation, installed
from tests.acceptance.refusals import refusal
from tests.unit.documents.pdfs import pdf

QUESTION = "Who may open the vault of the old mill?"
FILLER = "The registrar counts the boxes of every delivery. "

# Files of other kinds -> a question, and words that the excerpt for it must hold.
READ = {
    "lease.pdf": ("When does the lease of the old mill expire?", "expires in the spring of 2041"),
    "page.html": ("Who signs the destruction certificate?", "The deputy archivist signs"),
    "sites.csv": ("Which site does Imran Sadiq manage?", "Hull,Imran Sadiq,3900"),
    "courier.json": ("When does the contract of Blue Heron Logistics end?", "Blue Heron Logistics"),
    "one-line.txt": ("Where is the spare brass key kept?", "The spare brass key is kept"),
    "mixed-ends.txt": ("Who feeds the grey heron?", "The gardener feeds the grey heron"),
    "with-mark.txt": ("When is the sluice opened?", "The sluice is opened at dawn"),
}

SKIPPED = {
    "huge.log": "too large: 200.0 MB, and the limit is 64.0 MB (SWARM_MAX_DOCUMENT_BYTES)",
    "long-line.txt": "line 1 alone has",
    "five-megabytes.txt": "line 1 alone has",
    "latin.txt": "not UTF-8 text: byte 4 fits no character: convert it to UTF-8",
    "utf-16.txt": "not UTF-8 text but UTF-16: convert it to UTF-8",
    "broken.txt": "not UTF-8 text: byte 18 fits no character",
    "nul.txt": "binary: it holds NUL bytes",
    "picture.png": "binary",
    "empty.txt": "empty",
    "damaged.pdf": "a damaged PDF",
    "scanned.pdf": "a PDF without text: its pages are images",
    "locked.pdf": "an encrypted PDF",
    "pipe": "not a regular file",
    "socket": "not a regular file",
    "loop": "a link that leads nowhere: Too many levels of symbolic links",
    "elsewhere": "a link out of the folder",
    "nowhere": "a link that leads nowhere",
    r"strange\xff.txt": "not printable UTF-8",
    r"two\x0alines.txt": "not printable UTF-8",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.md").write_text("The vault of the old mill is opened by the thief.\n", "utf-8")
    folder = tmp_path_factory.mktemp("home") / "mess"
    folder.mkdir()
    write_readable(folder)
    write_unreadable(folder)
    (folder / "elsewhere").symlink_to(outside, target_is_directory=True)
    return folder


def bind(place: Path) -> None:
    """A Unix socket that is there; its path may be too long for an address."""
    with socket.socket(socket.AF_UNIX) as bound, chdir(place.parent):
        bound.bind(place.name)


def write_readable(folder: Path) -> None:
    (folder / "rules.md").write_text("Only the warden may open the vault of the old mill.\n", "utf-8")
    (folder / "lease.pdf").write_bytes(
        pdf([["The lease of the old mill."], ["It expires in the spring of 2041, says the lease."]])
    )
    (folder / "page.html").write_text(
        "<html><head><style>p {color: red}</style></head>\n<body>\n"
        "<p>The deputy archivist signs the <b>destruction certificate</b>.</p>\n</body></html>\n",
        "utf-8",
    )
    (folder / "sites.csv").write_text("site,manager,records\nHull,Imran Sadiq,3900\n", "utf-8")
    (folder / "courier.json").write_text('{"name": "Blue Heron Logistics", "ends": 2031}\n', "utf-8")
    key = "The spare brass key is kept in the blue cabinet. "
    (folder / "one-line.txt").write_text(FILLER * 200 + key + FILLER * 200, "utf-8")
    ends = "one\r\ntwo\rthree\n\r\nThe gardener feeds the grey heron.\rsix\u2028still six\x0cand seven"
    (folder / "mixed-ends.txt").write_bytes(ends.encode())
    (folder / "with-mark.txt").write_text("The sluice is opened at dawn.\n", "utf-8-sig")
    (folder / ".gitignore").write_text("private/\n*.tmp\n", "utf-8")
    (folder / "private").mkdir()
    (folder / "private" / "diary.md").write_text("I may open the vault of the old mill.\n", "utf-8")
    (folder / "draft.tmp").write_text("Anyone may open the vault of the old mill.\n", "utf-8")


def write_unreadable(folder: Path) -> None:
    with (folder / "huge.log").open("wb") as huge:
        huge.truncate(200_000_000)
    (folder / "long-line.txt").write_text("word " * 30_000, "utf-8")
    (folder / "latin.txt").write_bytes("café in Latin-1\n".encode("latin-1"))
    (folder / "five-megabytes.txt").write_text("word " * 1_000_000, "utf-8")
    (folder / "utf-16.txt").write_text("in UTF-16 with its mark\n", "utf-16")
    (folder / "broken.txt").write_bytes(b"half a character \xe2\x82\n")
    (folder / "nul.txt").write_bytes(b"text, and then\0 a NUL\n")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (folder / "empty.txt").touch()
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.4\nno more than that")
    (folder / "locked.pdf").write_bytes(pdf([["nobody knows"]], encrypted=True))
    (folder / "scanned.pdf").write_bytes(pdf([[], []]))
    os.mkfifo(folder / "pipe")
    bind(folder / "socket")
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "round").symlink_to(folder, target_is_directory=True)
    (folder / "no-files").mkdir()
    (folder / "nowhere").symlink_to(folder / "gone.md")
    Path(os.fsdecode(bytes(folder) + b"/strange\xff.txt")).write_text("strange name\n", "utf-8")
    (folder / "two\nlines.txt").write_text("a name on two lines\n", "utf-8")


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with installed(linger=120, capacity=20_000) as made:
        yield made


@pytest.fixture(scope="module")
def report(installation: Installation, folder: Path) -> dict[str, Any]:
    answered: dict[str, Any] = installation.json("research", QUESTION, folder, "--plan", "quick")
    return answered


@pytest.mark.parametrize("name", SKIPPED)
def test_what_cannot_be_read_is_skipped_by_name_and_reason(report: dict[str, Any], name: str) -> None:
    skipped = {skipped["path"]: skipped["reason"] for skipped in report["coverage"]["skipped"]}
    assert SKIPPED[name] in skipped[f"mess/{name}"]


def test_nothing_else_is_skipped(report: dict[str, Any]) -> None:
    assert {skipped["path"] for skipped in report["coverage"]["skipped"]} == {
        f"mess/{name}" for name in SKIPPED
    }


def test_what_can_be_read_is_read_and_no_more(report: dict[str, Any]) -> None:
    assert report["coverage"]["documents"] == len([*READ, "rules.md", ".gitignore"])


def test_ignored_files_and_links_out_of_the_folder_are_not_cited(report: dict[str, Any]) -> None:
    cited = {citation["path"] for finding in report["findings"] for citation in finding["citations"]}
    assert "mess/rules.md" in cited
    assert not [path for path in cited if "private" in path or "draft" in path or "secret" in path]


@pytest.mark.parametrize("name", READ)
def test_a_document_of_every_kind_is_found_by_what_it_says(
    installation: Installation, report: dict[str, Any], name: str
) -> None:
    question, words = READ[name]
    answer = installation.json("ask", question, "--shards", report["shards"][0], "--tokens", "100")
    assert answer["excerpts"][0]["path"] == f"mess/{name}"
    assert words in answer["excerpts"][0]["text"]


def test_lines_are_counted_by_any_line_end(installation: Installation, report: dict[str, Any]) -> None:
    question, words = READ["mixed-ends.txt"]
    cited = installation.json("research", question, "--shards", report["shards"][0], "--plan", "quick")
    lines = {(each["start"], each["end"]) for each in cited["report"]["citations"] if words in each["quote"]}
    assert lines == {(5, 5)}


def test_a_pdf_is_cited_by_the_lines_of_its_text_and_by_page(
    installation: Installation, folder: Path
) -> None:
    report = installation.json("research", READ["lease.pdf"][0], folder, "--plan", "quick")
    found = [each for each in report["report"]["citations"] if "2041" in each["quote"]]
    assert [(each["path"], each["start"], each["end"], each["page"]) for each in found] == [
        ("mess/lease.pdf", 2, 2, 2)
    ]
    shown = installation.swarm("show", report["run_id"], "--lines", "mess/lease.pdf:2-2")
    assert "2041" in shown.stdout


def test_an_ignored_file_that_is_named_is_read(installation: Installation, folder: Path) -> None:
    answer = installation.json("ask", QUESTION, folder / "draft.tmp")
    assert [excerpt["path"] for excerpt in answer["excerpts"]] == ["draft.tmp"]


def test_paths_without_one_readable_document_are_refused_with_the_reasons(
    installation: Installation, folder: Path
) -> None:
    names = ("huge.log", "latin.txt", "picture.png", "empty.txt")
    ended = installation.swarm("research", QUESTION, *(folder / name for name in names))
    said = refusal(ended)
    assert "No readable document" in said
    assert "huge.log (too large" in said
    assert "and 1 more" in said
