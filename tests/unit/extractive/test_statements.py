import pytest

from swarm_app.contracts.documents import Excerpt
from tests.unit.extractive.memory import MemoryContext
from workers.extractive.lines import Texture
from workers.extractive.statements import Statement, statements


def excerpt(text: str, path: str = "notes.md") -> Excerpt:
    return Excerpt(path=path, sha256="0" * 64, start=10, end=99, start_char=0, end_char=len(text), text=text)


def cut(text: str, path: str = "notes.md") -> list[Statement]:
    return statements(excerpt(text, path))


def test_prose_is_cut_into_sentences_with_their_own_lines():
    found = cut("The ferry leaves at nine. It arrives\nbefore the evening tide turns.\n")

    assert [(one.text, one.start, one.end) for one in found] == [
        ("The ferry leaves at nine.", 10, 10),
        ("It arrives before the evening tide turns.", 10, 11),
    ]


def test_a_very_long_line_yields_its_sentences():
    found = cut("The quick brown ferry sails again. " * 200)

    assert len(found) == 200
    assert found[7].quote == "The quick brown ferry sails again."


def test_an_abbreviation_ends_no_sentence():
    assert [one.text for one in cut("Dr. Ahl moved the pier, e.g. The north one, in May.")] == [
        "Dr. Ahl moved the pier, e.g. The north one, in May."
    ]


def test_a_comment_is_read_without_its_signs_and_quoted_with_them():
    found = cut("# The lock is taken first, so that\n# two writers never meet.\nx = 1\n", "lock.py")

    assert found[0].text == "The lock is taken first, so that two writers never meet."
    assert found[0].quote == "The lock is taken first, so that # two writers never meet."


def test_a_docstring_is_told_from_a_string_that_is_assigned():
    text = (
        'def close():\n    """Close the gate before the tide."""\n\nSQL = """\nselect gate from port\n"""\n'
    )

    textures = {one.text.split()[0]: one.texture for one in cut(text, "gate.py")}
    assert textures["Close"] is Texture.DOC
    assert textures["SQL"] is Texture.CODE


def test_an_excerpt_cut_inside_a_docstring_is_still_read_as_words():
    found = cut("    The gate closes before the tide comes in.\n", "gate.py")

    assert found[0].texture is Texture.DOC


def test_headings_tables_and_scraps_make_no_statement():
    assert cut("# Harbour\n\n| dock | depth |\n| east | nine metres |\n\nYes, it is.\n") == []


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_counted_by_any_line_ending(ending: str):
    found = cut(
        ending.join(["The first of the lines stands here.", "", "The third of the lines stands here."])
    )

    assert [one.start for one in found] == [10, 12]


def test_a_quote_stands_in_its_lines_white_space_aside():
    text = (
        "def open(key):\n    # Only the warden\n    # may open it.\n    if key:\n        return lift(key)\n"
    )
    context = MemoryContext({"gate.py": text})

    for one in statements(context.search(["gate warden key"])[0][0]):
        lines = text.splitlines()[one.start - 1 : one.end]
        assert " ".join(one.quote.split()) in " ".join(" ".join(lines).split())
