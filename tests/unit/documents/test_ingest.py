from pathlib import Path

import pytest

from swarm_app.contracts.step import Step
from swarm_app.documents import intake
from swarm_app.documents.ingest import Collection, ingest
from swarm_app.documents.pack import pack
from swarm_app.errors import DocumentError
from tests.unit.documents.library import Shelf

LINE = "one two three four\n"  # 5 tokens


def load(*paths: Path, capacity: int = 200_000, shelf: Shelf | None = None) -> Collection:
    return ingest(paths, shelf or Shelf(), capacity=capacity, max_bytes=10_000)


def folder(path: Path, **files: str | bytes) -> Path:
    """A folder with these Markdown files, name -> content."""
    path.mkdir()
    for name, content in files.items():
        (path / f"{name}.md").write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_collection_tells_what_it_holds(tmp_path: Path) -> None:
    docs = folder(tmp_path / "docs", a=LINE, b=LINE * 3)
    collection = load(docs)
    assert [document.path for document in collection.documents] == ["docs/a.md", "docs/b.md"]
    assert (collection.lines, collection.tokens) == (4, 20)
    assert collection.roots == {"docs": str(docs)}
    assert collection.skipped == ()


def test_documents_are_dealt_out_to_shards(tmp_path: Path) -> None:
    docs = folder(tmp_path / "docs", a=LINE * 2, b=LINE * 2, c=LINE * 5)
    shards = pack(load(docs, capacity=20).measured, 20)
    assert [[(part.path, part.start, part.end) for part in shard] for shard in shards] == [
        [("docs/a.md", 1, 2), ("docs/b.md", 1, 2)],
        [("docs/c.md", 1, 4)],
        [("docs/c.md", 5, 5)],
    ]


def test_what_cannot_be_read_is_skipped_by_name_and_reason(tmp_path: Path) -> None:
    docs = folder(tmp_path / "docs", a=LINE, b="", c=b"\0", d="x" * 10_001, e="word " * 40)
    collection = load(docs, capacity=20)
    assert {skipped.path: skipped.reason.partition(":")[0] for skipped in collection.skipped} == {
        "docs/b.md": "empty",
        "docs/c.md": "binary",
        "docs/d.md": "too large",
        "docs/e.md": "line 1 alone has 41 tokens, and a shard holds 20",
    }


def test_the_same_content_at_two_paths_is_two_documents(tmp_path: Path) -> None:
    first, second = load(folder(tmp_path / "docs", a=LINE, b=LINE)).documents
    assert first.sha256 == second.sha256
    assert first.path != second.path


def test_progress_is_told_before_each_file_and_at_the_end(tmp_path: Path) -> None:
    docs = folder(tmp_path / "docs", a=LINE, b=LINE)
    told: list[Step] = []
    ingest([docs], Shelf(), capacity=20, max_bytes=100, progress=told.append)
    assert [(step.done, step.total, step.name) for step in told] == [
        (0, 2, "docs/a.md"),
        (1, 2, "docs/b.md"),
        (2, 2, "docs/b.md"),
    ]


def test_only_what_changed_is_parsed_and_put_again(tmp_path: Path) -> None:
    shelf, docs = Shelf(), folder(tmp_path / "docs", a=LINE, b=LINE * 2)
    load(docs, shelf=shelf)
    (docs / "b.md").write_text(LINE * 3)
    (docs / "c.md").write_text(LINE * 4)
    again = load(docs, shelf=shelf)
    assert shelf.puts == ["docs/a.md", "docs/b.md", "docs/b.md", "docs/c.md"]
    assert [(document.path, document.lines) for document in again.documents] == [
        ("docs/a.md", 1),
        ("docs/b.md", 3),
        ("docs/c.md", 4),
    ]


def test_a_moved_document_is_not_parsed_again_and_has_its_new_path_and_kind(tmp_path: Path) -> None:
    shelf, docs = Shelf(), folder(tmp_path / "docs", a=LINE)
    load(docs, shelf=shelf)
    (docs / "a.md").rename(docs / "b.py")
    (document,) = load(docs, shelf=shelf).documents
    assert shelf.puts == ["docs/a.md"]
    assert (document.path, document.kind, document.tokens) == ("docs/b.py", "code", 5)


def test_a_known_document_larger_than_a_shard_is_split_as_before(tmp_path: Path) -> None:
    shelf, docs = Shelf(), folder(tmp_path / "docs", a=LINE * 10)
    first, again = (pack(load(docs, capacity=20, shelf=shelf).measured, 20) for _ in range(2))
    assert first == again
    assert len(first) == 3
    assert shelf.puts == ["docs/a.md"]


def test_files_are_read_some_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "_MOST_FILES", 2)
    shelf, docs = Shelf(), folder(tmp_path / "docs", a="a\n", b="b\n", c="c\n", d="", e="e\n")
    assert [document.path for document in load(docs, shelf=shelf).documents] == shelf.puts
    assert shelf.puts == [f"docs/{name}.md" for name in "abce"]


def test_no_readable_document_is_an_error_that_names_what_was_skipped(tmp_path: Path) -> None:
    docs = folder(tmp_path / "docs", a="", b=b"\0", c="", d="")
    with pytest.raises(DocumentError, match=r"docs/a.md \(empty\); docs/b.md \(binary.*\); .*; and 1 more"):
        load(docs)


def test_an_empty_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"No readable document in .*/docs: it is empty"):
        load(folder(tmp_path / "docs"))


def test_no_path_is_an_error() -> None:
    with pytest.raises(DocumentError, match="no path at all"):
        load()
