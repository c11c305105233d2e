import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swarm_app.documents.pdf import pages_of
from swarm_app.documents.read import read
from swarm_app.documents.text import Text
from swarm_app.errors import DocumentError
from tests.unit.documents.pdfs import pdf
from tests.unit.documents.privileges import unprivileged

LIMIT = 1_000_000
RECORD = "a line of a log that is written while it is read\n"


def read_bytes(folder: Path, content: bytes, name: str = "file.txt") -> Text:
    file = folder / name
    file.write_bytes(content)
    return read(f"docs/{name}", file, max_bytes=LIMIT)


def test_a_document_is_described_by_its_path_content_and_size(tmp_path: Path) -> None:
    content = "Straße\r\nsecond line\n".encode()
    document = read_bytes(tmp_path, content).document
    assert (document.path, document.kind) == ("docs/file.txt", "text")
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert (document.size, document.chars, document.lines) == (21, 20, 2)
    assert document.tokens == 6
    assert document.pages == ()


def test_the_lines_are_the_file_as_decoded_with_its_own_endings(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, b"a\r\nb\rc\nd").lines == ["a\r\n", "b\r", "c\n", "d"]


def test_a_byte_order_mark_stays_the_first_character(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, b"\xef\xbb\xbfwords\n").lines == ["\ufeffwords\n"]


def test_json_that_does_not_parse_is_still_text(tmp_path: Path) -> None:
    text = read_bytes(tmp_path, b'{"a": [1,\n', "broken.json")
    assert (text.document.kind, text.lines) == ("json", ['{"a": [1,\n'])


def test_html_is_kept_as_its_source_lines(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, b"<p>\nwords</p>\n", "page.html").lines == ["<p>\n", "words</p>\n"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "^empty$"),
        (b"words\0more", "binary: it holds NUL bytes"),
        (b"caf\xe9 society", "not UTF-8 text: byte 4 fits no character"),
        ("words".encode("utf-16"), "not UTF-8 text but UTF-16"),
        ("words".encode("utf-32"), "not UTF-8 text but UTF-32"),
        (b"\xed\xa0\x80", "not UTF-8 text"),
        (b"x" * (LIMIT + 1), r"too large: 1.0 MB, and the limit is 1.0 MB \(SWARM_MAX_DOCUMENT_BYTES\)"),
        (b"%PDF-1.4 and nothing more", "a damaged PDF"),
        (pdf([["Secret"]], encrypted=True), "an encrypted PDF"),
        (pdf([[], []]), "a PDF without text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read_bytes(tmp_path, content)


def test_a_pdf_is_the_lines_of_its_pages(tmp_path: Path) -> None:
    text = read_bytes(tmp_path, pdf([["First line", "Second line"], ["Next page"]]), "paper.pdf")
    assert text.lines == ["First line\n", "Second line\n", "Next page\n"]
    assert text.document.pages == (1, 3)
    assert text.document.kind == "pdf"


def test_a_page_without_text_starts_where_the_next_one_does(tmp_path: Path) -> None:
    text = read_bytes(tmp_path, pdf([[], ["One", "Two"], [], ["Three"], []]), "paper.pdf")
    assert text.document.pages == (1, 1, 3, 3, 4)


def test_a_pdf_that_unfolds_beyond_the_limit_is_refused() -> None:
    with pytest.raises(DocumentError, match="its text is longer than 100 characters"):
        pages_of(pdf([["some words"] * 5] * 4), max_chars=100)


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="No such file"):
        read("gone.txt", tmp_path / "gone.txt", max_bytes=LIMIT)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DocumentError, match="not a regular file"):
        read("pipe", tmp_path / "pipe", max_bytes=LIMIT)


def test_a_link_put_in_a_files_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "target.txt").write_text("words")
    (tmp_path / "file.txt").symlink_to(tmp_path / "target.txt")
    with pytest.raises(DocumentError, match="cannot be read"):
        read("file.txt", tmp_path / "file.txt", max_bytes=LIMIT)


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_text("words")
    file.chmod(0)
    with unprivileged(), pytest.raises(DocumentError, match="cannot be read: Permission denied"):
        read("file.txt", file, max_bytes=LIMIT)


def test_a_file_that_grows_all_the_time_is_refused_or_read_as_it_stood(tmp_path: Path) -> None:
    file = tmp_path / "growing.log"
    file.write_text(RECORD * 100_000)
    stopped = threading.Event()
    writer = threading.Thread(target=keep_writing, args=(file, stopped))
    writer.start()
    try:
        reason = next(reason for _ in range(100) if (reason := refusal(file)))
    finally:
        stopped.set()
        writer.join()
    assert reason == "changed while it was read: load it again"


def keep_writing(file: Path, stopped: threading.Event) -> None:
    with file.open("a", buffering=1) as log:
        while not stopped.is_set():
            log.write(RECORD)


def refusal(file: Path) -> str:
    """Why a file is not read; "" if it is, and then it must be whole records."""
    try:
        lines = read("growing.log", file, max_bytes=100_000_000).lines
    except DocumentError as error:
        return str(error)
    assert set(lines) == {RECORD}
    return ""


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda file: file.write_text("longer than before"), "changed while it was read"),
        (lambda file: file.unlink(missing_ok=True), "No such file"),
    ],
    ids=["written", "removed"],
)
def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], object], reason: str
) -> None:
    file = tmp_path / "file.txt"
    file.write_text("before")
    status = os.fstat

    def status_then_change(descriptor: int) -> os.stat_result:
        found = status(descriptor)
        change(file)
        return found

    monkeypatch.setattr("os.fstat", status_then_change)
    with pytest.raises(DocumentError, match=reason):
        read("file.txt", file, max_bytes=LIMIT)


@given(st.binary(min_size=1), st.sampled_from(["f.txt", "f.html", "f.json", "f.pdf", "f.py"]))
def test_any_content_is_read_exactly_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    file = tmp_path_factory.getbasetemp() / name
    file.write_bytes(content)
    try:
        lines = read(name, file, max_bytes=LIMIT).lines
    except DocumentError:
        lines = None
    assert lines is None or "".join(lines).encode() == content
