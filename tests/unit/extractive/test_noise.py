import pytest

from swarm_app.contracts.documents import Excerpt
from workers.extractive import noise
from workers.extractive.statements import statements

SAID = "The lock is released when the holder closes its session with the harbour."
LISTED = "harbour.gate.Gate.open: method harbour.gate.Gate.close: method harbour.gate.Gate.lift: attribute"


def weight(text: str, path: str = "harbour.md") -> float:
    excerpt = Excerpt(path=path, sha256="0" * 64, start=1, end=9, start_char=0, end_char=len(text), text=text)
    return max(map(noise.weight, statements(excerpt)))


@pytest.mark.parametrize(
    "listed",
    [
        LISTED,
        "Anna Brandt, Tomas Reyes, Lucie Martin, Oskar Lind, Priya Nair, Ines Okafor",
        "north east south west tide wind depth draught bearing course speed heading",
    ],
)
def test_a_list_of_names_weighs_less_than_a_sentence(listed: str):
    assert weight(listed) < weight(SAID) / 2


def test_a_line_of_minified_code_weighs_less_than_code_on_lines_of_its_own():
    code = "gate.lift(key, warden, tide);" * 12
    assert weight(code, "gate.js") < weight(code.replace(";", ";\n"), "gate.js")


@pytest.mark.parametrize("path", ["tests/harbour.md", "locale/harbour.md", "CHANGELOG.md"])
def test_what_stands_aside_from_the_core_of_a_collection_weighs_less(path: str):
    assert weight(SAID, path) < weight(SAID)


def test_what_one_parameter_is_weighs_less_than_a_statement():
    described = '"""Lift it.\n\n    Args:\n        key: the key that the warden of the harbour has\n    """'
    lifted = '"""The gate is lifted by the key that the warden holds for the harbour."""'
    assert weight(described, "gate.py") < weight(lifted, "gate.py")


def test_a_sentence_that_points_to_what_came_before_weighs_less():
    assert weight("This is released when the holder closes its session with the harbour.") < weight(SAID)


def test_an_address_alone_weighs_nothing():
    assert weight("see https://example.org/harbour/gates/and/locks.html") == 0.0


def test_a_sentence_of_a_message_weighs_less_than_the_same_words_in_a_docstring():
    lit = "The lamp of the northern harbour is lit by its warden at every nightfall."
    message, docstring = f'E_LAMP = """\nNo lamp.\n\n{lit}\n"""\n', f'def light():\n    """{lit}"""\n'
    assert weight(message, "lamp.py") < weight(docstring, "lamp.py") / 2
