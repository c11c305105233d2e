import json

import pytest

from shard.runs import MAX_SEGMENT_CHARS
from shard.segments import cut
from swarm_app.documents.text import split_lines


def pieces(text: str, kind: str = "text") -> list[str]:
    lines = split_lines(text)
    return [text[segment.start : segment.end] for segment in cut(kind, lines, lines).segments]


def test_a_paragraph_is_cut_into_sentences() -> None:
    assert pieces("One is here. Two is there! Is three?\n") == ["One is here.", "Two is there!", "Is three?"]


def test_a_sentence_runs_over_a_wrapped_line() -> None:
    wrapped = "The lease of a worker that was killed is\ntaken back when its time is over. It is free.\n"
    assert pieces(wrapped)[0] == "The lease of a worker that was killed is\ntaken back when its time is over."


def test_a_speaker_s_turn_begins_a_segment() -> None:
    turns = "Marketing: we would like to have it in yellow and\nManager: we have no budget for it\n"
    assert pieces(turns) == turns.splitlines()


@pytest.mark.parametrize("text", ["Mr. Brown met Dr. Green.", "See e.g. Knuth.", "J. Moore came."])
def test_an_abbreviation_does_not_end_a_sentence(text: str) -> None:
    assert pieces(text) == [text]


def test_the_number_of_a_list_item_stays_with_the_item() -> None:
    assert pieces("1. Open the lid.\n2. Press the key.\n") == ["1. Open the lid.", "2. Press the key."]


def test_escaped_line_breaks_cut_a_long_line() -> None:
    line = "first item " * 20 + "\\n" + "second item " * 20
    assert [piece.split()[0] for piece in pieces(line)] == ["first", "second"]


@pytest.mark.parametrize("kind", ["text", "code", "json", "html", "markdown", "csv", "pdf"])
def test_no_segment_is_longer_than_the_longest_allowed(kind: str) -> None:
    text = "x" * 5_000 + " " + "word " * 1_000 + "\n" + "a, b; c - d " * 500
    assert max(map(len, pieces(text, kind))) <= MAX_SEGMENT_CHARS


@pytest.mark.parametrize("kind", ["text", "code", "json", "html", "markdown", "csv", "pdf"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_segments_hold_everything_but_white_space(kind: str, ending: str) -> None:
    text = ending.join(
        ["def f(x):", "    return x. Yes", "", "# one", "\ttwo… Three", "", "", "- four\x0bfive"]
    )
    assert "".join("".join(pieces(text, kind)).split()) == "".join(text.split())


def test_statements_keep_their_indentation() -> None:
    assert (
        pieces("class A:\n\n    def f(self):\n        return 1\n", "code")[1]
        == "    def f(self):\n        return 1"
    )


def test_a_function_begins_a_segment_with_its_decorators() -> None:
    code = "x = 1\n@cache\ndef f():\n    return x\n"
    assert pieces(code, "code") == ["x = 1", "@cache\ndef f():\n    return x"]


def test_of_markup_only_what_shows_is_indexed() -> None:
    found = cut("html", ["<p class='secret'>Seen</p>\n"], ["Seen\n"])
    assert found.texts == ["Seen"]


def test_a_long_line_of_which_nothing_shows_is_not_indexed() -> None:
    assert cut("html", ["<script>" + "var a = 1; " * 200 + "</script>\n"], ["\n"]).segments == []


def test_a_blank_document_has_no_segments() -> None:
    assert pieces("\n  \n\t\n") == []


@pytest.mark.parametrize(
    ("kind", "line", "token"),
    [
        (
            "json",
            json.dumps([{"name": f"V{n}", "tonnage": n} for n in range(900)], separators=(",", ":")),
            '"V{}"',
        ),
        ("json", json.dumps([f"ship_of_the_north_{n}" for n in range(900)]), '"ship_of_the_north_{}"'),
        (
            "json",
            json.dumps({f"key {n}": f"value, {n}" for n in range(900)}, separators=(",", ":")),
            '"value, {}"',
        ),
        ("csv", ",".join(f"the ship {n}" for n in range(900)), "the ship {}"),
        ("code", ";".join(f"open(gate_{n},key.of[{n}])" for n in range(900)), "gate_{}"),
        ("text", "/".join(f"[ship-no-{n}]" for n in range(900)), "ship-no-{}"),
    ],
)
def test_a_line_that_is_too_long_is_cut_between_its_words(kind: str, line: str, token: str) -> None:
    found = pieces(line, kind)

    assert [n for n in range(900) if not any(token.format(n) in piece for piece in found)] == []


def test_a_long_line_of_records_is_cut_into_its_records() -> None:
    line = json.dumps([{"name": f"V{n}", "size": [n, n]} for n in range(100)], separators=(",", ":"))

    assert pieces(line, "json")[7] == '{"name":"V7","size":[7,7]},'


def test_a_word_longer_than_a_segment_is_cut_all_the_same() -> None:
    assert [len(piece) for piece in pieces("x" * (2 * MAX_SEGMENT_CHARS + 1))] == [600, 600, 1]


def test_a_long_line_of_a_table_is_cut_into_its_rows() -> None:
    line = "<table>" + "".join(f"<tr><td>V{n}</td><td>{n} tons</td></tr>" for n in range(100)) + "</table>"

    assert pieces(line, "html")[7] == "<tr><td>V7</td><td>7 tons</td></tr>"
