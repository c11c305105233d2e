import pytest

from shard.outline import enclosing, outline
from swarm_app.documents.text import split_lines


def units(text: str, kind: str = "code") -> list[tuple[str, int, int]]:
    return [(unit.name, unit.first, unit.last) for unit in outline(kind, split_lines(text))[1:]]


def test_a_method_stands_in_its_class() -> None:
    found = outline("code", split_lines("class A:\n    def f(self):\n        return 1\n"))
    assert [found[index].name for index in enclosing(found, 2)] == ["f", "A", ""]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("async def fetch(url):", "fetch"),
        ("export default function fetch(url) {", "fetch"),
        ("func (client *Client) Fetch(url string) error {", "Fetch"),
        ("pub(crate) fn fetch<T>(url: T) {", "fetch"),
        ("public static class Fetcher extends Thread {", "Fetcher"),
        ("module Fetch", "Fetch"),
    ],
)
def test_a_definition_is_known_in_many_languages(line: str, name: str) -> None:
    assert units(f"{line}\n    body\n") == [(name, 0, 1)]


def test_prose_in_a_comment_defines_nothing() -> None:
    assert units('"""A task.\n\nclass of tasks that a\nfunction to call returns\n"""\n') == []


def test_a_function_reaches_to_its_closing_brace_and_not_over_trailing_blanks() -> None:
    assert units("function f() {\n  return 1\n}\n\n\nlet x = 1\n") == [("f", 0, 2)]


def test_paragraphs_are_the_units_of_prose() -> None:
    assert units("\none\ntwo\n\n \nthree", "text") == [("", 1, 2), ("", 5, 5)]
