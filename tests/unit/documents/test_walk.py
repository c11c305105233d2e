import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from swarm_app.documents.walk import find
from swarm_app.errors import DocumentError


def tree(root: Path, files: Mapping[str, str]) -> Path:
    """A folder with these files, path -> content."""
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    return root


def paths(*given: Path) -> list[str]:
    return [file.path for file in find(given).files]


def skipped(*given: Path) -> dict[str, str]:
    return {each.path: each.reason for each in find(given).skipped}


def test_files_are_cited_by_the_folders_own_name_in_order(tmp_path: Path) -> None:
    docs = tree(tmp_path / "docs", {"z.md": "", "a/b.md": "", "a.md": ""})
    assert paths(docs) == ["docs/a.md", "docs/a/b.md", "docs/z.md"]


def test_a_file_found_is_told_with_its_place(tmp_path: Path) -> None:
    docs = tree(tmp_path / "docs", {"a/b.md": ""})
    found = find([docs])
    assert found.files[0].real == docs / "a/b.md"
    assert found.roots == {"docs": docs}


def test_hidden_files_are_read_and_what_version_control_keeps_is_not(tmp_path: Path) -> None:
    docs = tree(tmp_path / "docs", {".env": "", ".git/config": "", "__pycache__/a.pyc": "", "x/.svn/y": ""})
    assert paths(docs) == ["docs/.env"]


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        ("*.log", ["docs/.gitignore", "docs/a/b.txt", "docs/b.txt", "docs/build/c.txt"]),
        ("build/\n", ["docs/.gitignore", "docs/a/b.log", "docs/a/b.txt", "docs/b.log", "docs/b.txt"]),
        ("/b.*\n", ["docs/.gitignore", "docs/a/b.log", "docs/a/b.txt", "docs/build/c.txt"]),
        ("*\n!*/\n!*.txt\n", ["docs/a/b.txt", "docs/b.txt", "docs/build/c.txt"]),
        ("\ufeff# BOM\r\n*.log\r\n!/b.log\r\n*.txt\r\n", ["docs/.gitignore", "docs/b.log"]),
        ("!\n///\n*.txt\nbuild\na\n", ["docs/.gitignore", "docs/b.log"]),
        ("b*\na/*\n!a/b.txt\n", ["docs/.gitignore", "docs/a/b.txt"]),
    ],
)
def test_gitignore_chooses_as_git_does(tmp_path: Path, patterns: str, left: list[str]) -> None:
    files = {
        "a/b.log": "",
        "a/b.txt": "",
        "b.log": "",
        "b.txt": "",
        "build/c.txt": "",
        ".gitignore": patterns,
    }
    assert paths(tree(tmp_path / "docs", files)) == left


def test_a_nested_gitignore_overrules_those_above_it(tmp_path: Path) -> None:
    files = {
        ".gitignore": "*.log\nout/\n",
        "a/.gitignore": "!keep.log\n!out/\n",
        "a/keep.log": "",
        "a/x.log": "",
    }
    docs = tree(tmp_path / "docs", {**files, "a/out/x.log": "", "a/out/y.md": "", "out/y.md": ""})
    assert paths(docs) == ["docs/.gitignore", "docs/a/.gitignore", "docs/a/keep.log", "docs/a/out/y.md"]


def test_what_is_ignored_is_not_told_as_skipped(tmp_path: Path) -> None:
    assert skipped(tree(tmp_path / "docs", {".gitignore": "*.log\n", "a.log": ""})) == {}


def test_a_given_path_is_read_though_the_folder_around_it_ignores_it(tmp_path: Path) -> None:
    tree(tmp_path, {".gitignore": "*", "docs/a.md": "", "notes.md": ""})
    assert paths(tmp_path / "docs", tmp_path / "notes.md") == ["docs/a.md", "notes.md"]


def test_a_gitignore_that_is_a_link_does_not_count(tmp_path: Path) -> None:
    docs = tree(tmp_path / "docs", {"a.md": "", "all": "*"})
    (docs / ".gitignore").symlink_to("all")
    assert paths(docs) == ["docs/a.md", "docs/all"]


def test_a_folder_within_a_given_folder_adds_nothing(tmp_path: Path) -> None:
    docs = tree(tmp_path / "docs", {"a.md": "", "inner/b.md": ""})
    found = find([docs / "inner", docs / "inner" / "b.md", docs])
    assert [file.path for file in found.files] == ["docs/a.md", "docs/inner/b.md"]
    assert found.roots == {"docs": docs}


def test_a_folder_that_the_one_around_it_ignores_is_read_when_it_is_given_too(tmp_path: Path) -> None:
    docs = tree(tmp_path / "docs", {".gitignore": "inner/", "inner/b.md": ""})
    assert paths(docs, docs / "inner") == ["docs/.gitignore", "inner/b.md"]


def test_a_link_out_of_the_folder_is_skipped_by_name(tmp_path: Path) -> None:
    docs = tree(tmp_path / "docs", {"a.md": ""})
    tree(tmp_path / "docs-too", {"secret.md": ""})
    (docs / "file.md").symlink_to(tmp_path / "docs-too" / "secret.md")
    (docs / "folder").symlink_to(tmp_path / "docs-too")
    assert paths(docs) == ["docs/a.md"]
    assert skipped(docs) == dict.fromkeys(["docs/file.md", "docs/folder"], "a link out of the folder")


def test_links_within_the_folder_add_nothing(tmp_path: Path) -> None:
    docs = tree(tmp_path / "docs", {"a/b.md": ""})
    (docs / "again.md").symlink_to("a/b.md")
    (docs / "a" / "loop").symlink_to("..")
    assert paths(docs) == ["docs/a/b.md"]
    assert skipped(docs) == {}


def test_a_link_that_leads_nowhere_is_skipped_by_name(tmp_path: Path) -> None:
    docs = tree(tmp_path / "docs", {"a.md": ""})
    (docs / "gone").symlink_to("nothing")
    (docs / "loop").symlink_to("loop")
    assert skipped(docs) == {
        "docs/gone": "a link that leads nowhere: No such file or directory",
        "docs/loop": "a link that leads nowhere: Too many levels of symbolic links",
    }


def test_a_pipe_is_skipped_by_name(tmp_path: Path) -> None:
    docs = tree(tmp_path / "docs", {"a.md": ""})
    os.mkfifo(docs / "pipe")
    assert skipped(docs) == {"docs/pipe": "not a regular file"}


def test_a_name_that_cannot_be_cited_is_skipped_in_a_form_that_can_be_printed(tmp_path: Path) -> None:
    docs = tree(tmp_path / "docs", {"a.md": "", "two\nlines.md": "", "Bücher 1.md": ""})
    (docs / os.fsdecode(b"caf\xe9")).mkdir()
    assert paths(docs) == ["docs/Bücher 1.md", "docs/a.md"]
    reason = "its name is not printable UTF-8, so it cannot be cited: rename it"
    assert skipped(docs) == {"docs/caf\\xe9": reason, "docs/two\\x0alines.md": reason}


def test_a_folder_that_cannot_be_listed_is_skipped_by_name(tmp_path: Path) -> None:
    docs = tree(tmp_path / "docs", {"a.md": ""})
    deep = _too_deep(docs)
    reason = skipped(docs)
    assert paths(docs) == ["docs/a.md"]
    assert reason == {f"docs/{deep}/": "cannot be read: File name too long"}


def _too_deep(root: Path) -> str:
    """Makes folders in each other until the path is longer than the system takes, and returns that path."""
    name, descriptor, path = "d" * 200, os.open(root, os.O_RDONLY), ""
    while len(os.fsencode(root / path)) < 4096:
        os.mkdir(name, dir_fd=descriptor)
        inner = os.open(name, os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor, path = inner, f"{path}/{name}".removeprefix("/")
    os.close(descriptor)
    return path


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="does not exist"):
        find([tmp_path / "nowhere"])
