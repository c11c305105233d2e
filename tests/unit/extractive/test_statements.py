import pytest

from swarm_app.contracts.documents import Excerpt
from tests.unit.extractive.memory import MemoryContext
from workers.extractive.lines import Texture, lines_of
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


@pytest.mark.parametrize("path", ["app.dart", "Gate.hs", "port.proto", "Port.vue", "gate.zig", "Makefile"])
def test_what_is_code_to_a_shard_is_code_to_who_quotes_it(path: str) -> None:
    found = cut("// The gate closes before the tide.\nlet gate = close(before, tide);\n", path)

    assert [one.texture for one in found] == [Texture.COMMENT, Texture.CODE]


@pytest.mark.parametrize("path", ["ports.ndjson", "ports.geojson", "ports.tab"])
def test_what_is_data_to_a_shard_is_data_to_who_quotes_it(path: str) -> None:
    assert [line.texture for line in lines_of(excerpt('{"gate": "north"}\n', path))] == [Texture.ROW]


def test_a_text_to_be_typeset_is_read_as_sentences():
    found = cut("The gate closes \\emph{before} the tide.\n", "gate.tex")

    assert [one.texture for one in found] == [Texture.PROSE]


def test_an_excerpt_cut_inside_a_docstring_is_still_read_as_words():
    found = cut("    The gate closes before the tide comes in.\n", "gate.py")

    assert found[0].texture is Texture.DOC


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (
            "The gate of the harbour is opened by one who\n*thread by thread* unties the rope of it.\n",
            "gate.md",
        ),
        ("The key turns the lock of the gate for the\n-N option as well as for any other one.\n", "gate.txt"),
        (
            '"""Open.\n\nThe gate is opened by\n:meth:`Gate.lift` alone, and by nothing else.\n"""\n',
            "gate.py",
        ),
        ("The warden keeps what nobody else may hold:\nthe one key of the old harbour gate.\n", "gate.md"),
    ],
)
def test_a_wrapped_sentence_goes_on_whatever_its_next_line_begins_with(text: str, path: str):
    assert cut(text, path)[-1].text.count(" ") >= 10


def test_each_turn_of_a_transcript_is_a_statement_of_its_own():
    found = cut(
        "Project Manager: Well , I think that we should perhaps\nMarketing: No , we should not do that .\n"
    )

    assert len(found) == 2


@pytest.mark.parametrize(
    "text",
    [
        "| `gate` | What a gate is: its name goes on from there.\n",
        "swarm.gate              the gate of the harbour and what opens it\n",
        "{% set other = {key: value for key in gate['stats'].items()} %}\n",
    ],
)
def test_a_cut_row_a_diagram_and_a_template_s_markup_make_no_statement(text: str):
    assert cut(text) == []


def test_what_prose_shows_between_fences_is_code():
    found = cut("The gate opens with the key of the warden.\n\n```\ngate = open(key, warden)\n```\n")

    assert [one.texture for one in found] == [Texture.PROSE, Texture.CODE]


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
