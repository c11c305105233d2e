import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swarm_app.documents.text import split_lines


def test_lines_end_at_newline_carriage_return_or_both_and_keep_their_endings() -> None:
    assert split_lines("a\r\nb\rc\n\nd") == ["a\r\n", "b\r", "c\n", "\n", "d"]


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_nothing_else_ends_a_line(mark: str) -> None:
    assert split_lines(f"a{mark}b\n") == [f"a{mark}b\n"]


def test_what_follows_the_last_ending_is_a_line_only_if_there_is_something() -> None:
    assert split_lines("a\n") == ["a\n"]


def test_an_empty_text_has_no_lines() -> None:
    assert split_lines("") == []


@given(st.text(alphabet="ab\r\n\x0b\u2028é"))
def test_the_lines_are_the_text_cut_after_every_ending(text: str) -> None:
    lines = split_lines(text)
    assert "".join(lines) == text
    assert all(re.fullmatch(r"[^\r\n]*(\r\n|\r|\n)", line) for line in lines[:-1])
    assert len(lines) == len(re.findall(r"\r\n|\r|\n", text)) + (text != "" and text[-1] not in "\r\n")
