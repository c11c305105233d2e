from swarm_app.contracts.documents import Excerpt
from tests.unit.extractive.memory import MemoryContext
from workers.extractive.statements import Statement, statements
from workers.extractive.whole import whole

DOCSTRING = (
    '"""The gate.\n\n'
    "It is lifted by hand when the tide has turned, if the\n"
    "warden has the key and nobody stands below it.\n"
    '"""\n'
)


def completed(text: str, first: int, last: int, path: str, nth: int = 0) -> Statement:
    """The ``nth`` statement of an excerpt of these lines, completed."""
    lines = text.splitlines(keepends=True)
    start = sum(map(len, lines[: first - 1]))
    held = "".join(lines[first - 1 : last])
    excerpt = Excerpt(
        path=path,
        sha256="0" * 64,
        start=first,
        end=last,
        start_char=start,
        end_char=start + len(held),
        text=held,
    )
    return whole(statements(excerpt)[nth], MemoryContext({path: text}))


def test_a_sentence_that_the_excerpt_cut_at_its_end_is_completed():
    found = completed(DOCSTRING, 1, 3, "gate.py", nth=-1)

    assert found.text.startswith("It is lifted by hand")
    assert found.text.endswith("nobody stands below it.")
    assert (found.start, found.end) == (3, 4)


def test_a_sentence_that_the_excerpt_cut_at_its_beginning_is_completed():
    found = completed(DOCSTRING, 4, 4, "gate.py")

    assert found.text.startswith("It is lifted by hand when the tide has turned, if the warden")


def test_a_colon_brings_what_it_announces():
    text = "The tests of the gate can all be run with one command:\n\n```sh\nmake gate-tests\n```\n"
    found = completed(text, 1, 1, "gate.md")

    assert found.text == "The tests of the gate can all be run with one command: make gate-tests"
    assert "make gate-tests" in found.quote
    assert (found.start, found.end) == (1, 4)


def test_what_is_whole_stays_as_it_is():
    text = "The gate is lifted by hand.\nIt is locked at night.\n"
    assert completed(text, 1, 1, "gate.md").text == "The gate is lifted by hand."


def test_what_would_become_too_long_to_be_read_stays_as_it_is():
    text = (
        '"""'
        + "the tide turns and the gate is lifted, " * 3
        + "\n"
        + "and turns, and the gate is lifted again and again and again,\n" * 90
        + '"""\n'
    )
    assert completed(text, 1, 1, "gate.py").end == 1
