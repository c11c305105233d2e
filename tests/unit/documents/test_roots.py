import os
from pathlib import Path

import pytest

from swarm_app.documents.roots import locate, name_roots
from swarm_app.errors import DocumentError


def folder(path: Path) -> Path:
    path.mkdir(parents=True)
    return path


def file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("words")
    return path


def test_a_folder_and_a_file_are_called_by_their_own_names(tmp_path: Path) -> None:
    docs, notes = folder(tmp_path / "docs"), file(tmp_path / "notes.md")
    assert name_roots([docs, notes]) == {"docs": docs, "notes.md": notes}


def test_names_that_collide_are_numbered_in_the_order_given(tmp_path: Path) -> None:
    given = [folder(tmp_path / name) for name in ("a/docs", "b/docs", "c/docs-2", "d/docs")]
    assert list(name_roots(given)) == ["docs", "docs-2", "docs-2-2", "docs-3"]


def test_a_file_whose_name_collides_keeps_its_suffix(tmp_path: Path) -> None:
    given = [file(tmp_path / name) for name in ("a/notes.md", "b/notes.md")]
    assert list(name_roots(given)) == ["notes.md", "notes-2.md"]


def test_a_path_given_twice_counts_once(tmp_path: Path) -> None:
    docs = folder(tmp_path / "docs")
    (tmp_path / "link").symlink_to(docs)
    assert name_roots([docs, tmp_path / "docs" / ".." / "docs", tmp_path / "link"]) == {"docs": docs}


def test_the_working_directory_is_called_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = folder(tmp_path / "docs" / "inner")
    monkeypatch.chdir(inner)
    assert name_roots([Path(), Path("..")]) == {"inner": inner, "docs": inner.parent}


def test_a_link_that_is_given_is_followed_and_called_by_its_own_name(tmp_path: Path) -> None:
    docs = folder(tmp_path / "v3")
    (tmp_path / "latest").symlink_to(docs)
    assert name_roots([tmp_path / "latest"]) == {"latest": docs}


def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert name_roots([Path("~")]) == {tmp_path.name: tmp_path}


def test_a_path_that_does_not_exist_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="nowhere does not exist"):
        name_roots([tmp_path / "nowhere"])


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        name_roots([file(tmp_path / "notes.md") / "inner"])


def test_a_pipe_is_neither_file_nor_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DocumentError, match="pipe is neither a file nor a folder"):
        name_roots([tmp_path / "pipe"])


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="this system shows no open files")
def test_a_pipe_without_a_name_is_neither_and_not_said_to_be_missing() -> None:
    reads, writes = os.pipe()
    try:
        with pytest.raises(DocumentError, match="neither a file nor a folder"):
            name_roots([Path(f"/proc/self/fd/{reads}")])
    finally:
        os.close(reads)
        os.close(writes)


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(DocumentError, match="loop cannot be read"):
        name_roots([tmp_path / "loop"])


def test_a_name_that_is_not_utf_8_is_refused_in_words_that_can_be_printed(tmp_path: Path) -> None:
    given = tmp_path / os.fsdecode(b"caf\xe9")
    with pytest.raises(DocumentError, match=r"caf\\xe9 has a name that is not printable UTF-8"):
        name_roots([given])


def test_a_cited_path_is_located_under_its_root(tmp_path: Path) -> None:
    notes = file(tmp_path / "docs" / "sub" / "notes.md")
    assert locate("docs-2/sub/notes.md", {"docs-2": tmp_path / "docs"}) == notes


def test_a_cited_file_that_was_given_itself_is_located(tmp_path: Path) -> None:
    notes = file(tmp_path / "notes.md")
    assert locate("notes-2.md", {"notes-2.md": notes}) == notes


@pytest.mark.parametrize(
    "path", ["", "other/notes.md", "docs/../secret.md", "/etc/hosts", "docs/out.md", "docs/a\0"]
)
def test_a_path_without_a_root_or_out_of_it_is_not_located(tmp_path: Path, path: str) -> None:
    secret = file(tmp_path / "secret.md")
    (folder(tmp_path / "docs") / "out.md").symlink_to(secret)
    assert locate(path, {"docs": tmp_path / "docs"}) is None
