import pytest
from hypothesis import given
from hypothesis import strategies as st

from swarm_app.documents.text import split_lines
from swarm_app.documents.visible import PARAGRAPH, blanked, unfilled, visible


def shown(source: str) -> str:
    """What shows of a source, white space run together."""
    return " ".join("".join(visible("html", split_lines(source))).split())


def test_lines_of_other_kinds_are_what_they_are() -> None:
    assert visible("markdown", ["<b>\n", "&amp;"]) == ["<b>\n", "&amp;"]


def test_text_stays_on_the_line_of_the_source_that_holds_it() -> None:
    lines = ["<p\n", ' class="x">first\r\n', "<!-- hidden\r", "still hidden --> second</p>\n", "third"]
    assert [line.strip() for line in visible("html", lines)] == ["", "first", "", "second", "third"]


def test_every_line_keeps_its_own_ending() -> None:
    assert visible("html", ["a\r\n", "<b>\r", "</b>\n", "c"]) == ["a\r\n", "\r", "\n", "c"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<script>var a = 1 < 2;</script>after", "after"),
        ("<STYLE type='text/css'>p { }</STYLE >after", "after"),
        ("<template><p>later</p></template>after", "after"),
        ('<script src="a.js"/>after', "after"),
        ("<scripted>shown</scripted>", "shown"),
        ("<!DOCTYPE html><?xml version='1.0'?>after", "after"),
        ("before<!-- never closed", "before"),
        ("before<a href='never closed", "before"),
        ('<a title="1 > 0">after</a>', "after"),
        ("<p don't>after</p>it's", "after it's"),
        ("a < b and b > a", "a < b and b > a"),
    ],
)
def test_markup_does_not_show(source: str, text: str) -> None:
    assert shown(source) == text


def test_entities_are_the_characters_they_stand_for() -> None:
    assert shown("Fish &amp; chips &lt;b&gt; &#233;") == "Fish & chips <b> é"


def test_an_entity_for_a_line_break_makes_no_line() -> None:
    assert visible("html", ["a&#10;b&#13;c&NewLine;d\n"]) == ["a b c d\n"]


def test_an_inline_tag_does_not_break_a_word_and_any_other_does() -> None:
    assert shown("<b>w</b>ord<td>next</td>cell") == "word next cell"


@given(st.text(alphabet="<>/!-= \"'ab\r\n&;script"))
def test_every_line_of_a_source_stays_one_line(source: str) -> None:
    endings = [line[len(line.rstrip("\r\n")) :] for line in split_lines(source)]
    assert [line[len(line.rstrip("\r\n")) :] for line in visible("html", split_lines(source))] == endings


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["<a ", '<a ="', "<!--", "<script>", "</a", "<![", "<a = "])
def test_a_megabyte_of_broken_markup_does_not_take_minutes(piece: str) -> None:
    assert len(visible("html", [piece * (1_000_000 // len(piece))])) == 1


def test_blanked_source_has_its_words_where_they_stood() -> None:
    source = (
        "<p class='a'>The fee is <b>45</b>\r\ncrowns<br>a day &amp; night.</p>"
        "<!-- not\nthis --><i>Not more</i>.\n"
    )
    left = blanked(source)

    assert len(left) == len(source)
    assert [left.index(word) for word in ("45", "crowns", "night.", "more")] == [
        source.index(word) for word in ("45", "crowns", "night.", "more")
    ]
    assert [unfilled(part) for part in left.split(PARAGRAPH) if unfilled(part)] == [
        "The fee is 45 crowns a day & night.",
        "Not more.",
    ]


def test_the_rest_of_a_tag_that_was_cut_shows_nothing() -> None:
    assert unfilled(blanked('ss="fee">The fee is due.')) == "The fee is due."


@pytest.mark.parametrize("piece", ["<a ", "<a b='", "=>", "'", "<!--", "</a", '="'])
def test_blanking_takes_linear_time(piece: str) -> None:
    assert len(blanked(piece * (1_000_000 // len(piece)))) == len(piece) * (1_000_000 // len(piece))
