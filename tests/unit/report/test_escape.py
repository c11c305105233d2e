import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from swarm_app.report import escape

PARSER = MarkdownIt("commonmark", {"html": True})
LINE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]) | st.just(" "))


@pytest.mark.parametrize(
    "words",
    [
        "# not a heading",
        "- not an item",
        "1. not a list",
        "> not a quote",
        "*not* _emphasis_ and __init__",
        "[1] is not a mark",
        "![no](image) [no](link)",
        "<script>alert(1)</script>",
        "&amp; is five characters",
        "`code` and a \\ backslash",
        "~~~",
        "===",
        "+ plus",
        "<https://example.org>",
    ],
)
def test_escaped_text_reads_as_it_stood(words: str) -> None:
    paragraph = PARSER.parse(escape.text(words))
    assert [token.type for token in paragraph] == ["paragraph_open", "inline", "paragraph_close"]
    inline = paragraph[1].children or []
    assert {token.type for token in inline} <= {"text", "text_special"}
    assert "".join(token.content for token in inline) == words


@given(LINE)
def test_no_words_make_markup_of_themselves(words: str) -> None:
    flat = " ".join(words.split())
    kinds = {token.type for token in PARSER.parse(escape.text(words))}
    assert kinds == ({"paragraph_open", "inline", "paragraph_close"} if flat else set())


@given(LINE)
def test_no_words_break_out_of_a_block(words: str) -> None:
    tokens = PARSER.parse(escape.block(words))
    assert [token.type for token in tokens] == ["fence"]


@pytest.mark.parametrize("words", ["a", "a`b", "``", "`a` and ``b``"])
def test_a_code_span_holds_any_backticks(words: str) -> None:
    inline = PARSER.parse(escape.code(words))[1].children or []
    assert [(token.type, token.content) for token in inline] == [("code_inline", words)]


def test_running_text_keeps_identifiers_readable() -> None:
    assert escape.text("on_chord_part_return is called") == "on_chord_part_return is called"


def test_a_block_keeps_indentation_and_loses_what_all_lines_share() -> None:
    assert escape.block("    if x:\r\n        y()") == "```text\nif x:\n    y()\n```"


@pytest.mark.parametrize(("words", "code"), [("call `a_b(<c>)` *now*", "a_b(<c>)"), ("call ``a`` now", "a")])
def test_running_text_keeps_its_code_as_code(words: str, code: str) -> None:
    inline = PARSER.parse(escape.prose(words))[1].children or []
    assert [token.content for token in inline if token.type == "code_inline"] == [code]
    assert {token.type for token in inline} <= {"text", "text_special", "code_inline"}


@given(LINE)
def test_no_words_but_code_make_markup_of_running_text(words: str) -> None:
    flat = " ".join(words.split())
    kinds = {token.type for token in PARSER.parse(escape.prose(words))}
    assert kinds == ({"paragraph_open", "inline", "paragraph_close"} if flat else set())
