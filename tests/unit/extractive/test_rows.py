import json

import pytest

from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Draft, Kind
from tests.unit.extractive.briefs import brief_of
from tests.unit.extractive.memory import MemoryContext
from workers.extractive import ExtractiveEngine
from workers.extractive.lines import Texture
from workers.extractive.rows import rows
from workers.extractive.statements import Statement

SHIPS = "ship,home port,length\nPetrel,Ystad harbour,31.5 metres\nMarigold,Halden quay,44.2 metres\n"
TASKS = (
    "# Tasks\n\nWho does what is agreed in spring.\n\n| Task | Owner of it |\n|:--|---|\n"
    "| Care of the boats | Ines Duval |\n| Care of the sails \\| ropes | Tom Adair |\n"
)
FEES = (
    "<table>\n<tr><th>Class of vessel</th><th>Weekly fee</th></tr>\n"
    "<tr>\n<td>Fishing &amp; ferry</td>\n<td><b>130</b> crowns</td>\n</tr>\n"
    "<tr><td>Sailing yacht</td><td>210 crowns</td></tr>\n</table>\n"
)
FLEET = {"fleet": "North", "vessels": [{"name": f"V{n}", "tonnage": 900 + n} for n in range(1, 9)]}


def ask(question: str, path: str, text: str, role: Role = Role.SIGNAL) -> Draft:
    return ExtractiveEngine().investigate(brief_of(question, role), MemoryContext({path: text}))


def seen(path: str, text: str, first: int = 1, last: int = 999) -> list[Statement]:
    context = MemoryContext({path: text})
    excerpt = context.read(path, first, last)
    assert excerpt is not None
    return rows([excerpt], context)


@pytest.mark.parametrize(
    ("path", "text", "question", "said", "quoted"),
    [
        (
            "ships.csv",
            SHIPS,
            "What is the length of the Marigold?",
            "ship: Marigold, home port: Halden quay, length: 44.2 metres",
            "Marigold,Halden quay,44.2 metres",
        ),
        (
            "ships.tsv",
            SHIPS.replace(",", "\t"),
            "Which home port has the Petrel?",
            "ship: Petrel, home port: Ystad harbour, length: 31.5 metres",
            "Petrel Ystad harbour 31.5 metres",
        ),
        (
            "tasks.md",
            TASKS,
            "Who is the owner of the care of the sails?",
            "Task: Care of the sails | ropes, Owner of it: Tom Adair",
            "| Care of the sails \\| ropes | Tom Adair |",
        ),
        (
            "fees.html",
            FEES,
            "What is the weekly fee of a ferry?",
            "Class of vessel: Fishing & ferry, Weekly fee: 130 crowns",
            "<tr> <td>Fishing &amp; ferry</td> <td><b>130</b> crowns</td> </tr>",
        ),
        (
            "fleet.json",
            json.dumps(FLEET),
            "What is the tonnage of V7?",
            "name: V7, tonnage: 907",
            '{"name": "V7", "tonnage": 907}',
        ),
        (
            "fleet.jsonl",
            "\n".join(map(json.dumps, FLEET["vessels"])),
            "What is the tonnage of V7?",
            "name: V7, tonnage: 907",
            '{"name": "V7", "tonnage": 907}',
        ),
        (
            "fleet.json",
            json.dumps(FLEET, indent=2),
            "What is the tonnage of V7?",
            "name: V7, tonnage: 907",
            '{ "name": "V7", "tonnage": 907 }',
        ),
    ],
)
def test_a_row_that_answers_is_told_by_its_columns_and_quoted_as_it_stands(
    path: str, text: str, question: str, said: str, quoted: str
) -> None:
    claim = ask(question, path, text).claims[0]

    assert (claim.statement, claim.citations[0].quote) == (said, quoted)


def test_the_line_that_names_the_columns_is_cited_beside_the_row() -> None:
    row, header = ask("What is the length of the Marigold?", "ships.csv", SHIPS).claims[0].citations

    assert (row.start, header.start, header.quote) == (3, 1, "ship,home port,length")


def test_columns_are_named_however_far_above_a_row_their_names_stand() -> None:
    body = "".join(f"| item {number} of the long list | shelf {number} |\n" for number in range(400))
    found = seen("store.md", f"| Item kept | Place |\n|---|---|\n{body}", 300, 301)

    assert [one.text for one in found] == [
        "Item kept: item 297 of the long list, Place: shelf 297",
        "Item kept: item 298 of the long list, Place: shelf 298",
    ]


def test_a_sentence_that_answers_comes_before_rows_that_share_its_words() -> None:
    context = MemoryContext(
        {"ships.csv": SHIPS, "notes.md": "The length of the Marigold is measured by the warden every May.\n"}
    )
    draft = ExtractiveEngine().investigate(brief_of("Who measures the length of the Marigold?"), context)

    assert draft.claims[0].citations[0].path == "notes.md"


def test_a_row_of_which_only_the_columns_were_asked_for_answers_nothing() -> None:
    assert ask("Which ship has the greatest length?", "ships.csv", SHIPS).kind is Kind.GAP


def test_a_row_that_says_no_more_than_was_asked_answers_nothing() -> None:
    text = json.dumps({"name": "Marigold of Halden", "crews": [{"cook": "Bo Lind"}, {"cook": "Ada Holm"}]})

    assert ask("Who owns the Marigold of Halden?", "ship.json", text).kind is Kind.GAP


def test_a_row_too_short_to_be_quoted_is_quoted_with_the_line_above() -> None:
    (row, *_) = seen("a.csv", "ship,length\nPetrel,31\nMarigold,44\n", 3, 3)

    assert (row.quote, row.start, row.end) == ("Petrel,31 Marigold,44", 2, 3)


def test_a_row_over_several_lines_is_one() -> None:
    text = 'ship,what happened\nPetrel,"She ran aground,\nand was freed."\nMarigold,nothing at all happened\n'

    assert [(one.text, one.start, one.end) for one in seen("a.csv", text)] == [
        ("ship: Petrel, what happened: She ran aground, and was freed.", 2, 3),
        ("ship: Marigold, what happened: nothing at all happened", 4, 4),
    ]


def test_rows_of_a_file_without_names_are_told_as_they_are() -> None:
    found = seen("a.csv", "1001,oak beams of the pier,7\n1002,pine boards of the pier,9\n")

    assert [one.text for one in found] == [
        "1001, oak beams of the pier, 7",
        "1002, pine boards of the pier, 9",
    ]


def test_an_inner_object_is_told_by_its_path_and_a_list_by_its_values() -> None:
    text = json.dumps([{"name": "Petrel", "size": {"beam": 4}, "ports": ["Ystad", "Halden"]}], indent=1)

    assert [one.text for one in seen("a.json", text)] == ["name: Petrel, size.beam: 4, ports: Ystad, Halden"]


def test_members_of_what_is_no_record_stand_for_themselves() -> None:
    text = json.dumps(
        {"title": "All of the northern fleet", "ships": [{"name": "Petrel of Ystad"}]}, indent=1
    )

    assert [one.text for one in seen("a.json", text)] == [
        "title: All of the northern fleet",
        "name: Petrel of Ystad",
    ]


def test_a_long_value_is_told_sentence_by_sentence() -> None:
    text = json.dumps({"log": "The Petrel left the harbour at dawn. " * 20})

    assert {one.text for one in seen("a.json", text)} == {"log: The Petrel left the harbour at dawn."}


def test_what_is_nested_deeper_than_anybody_writes_ends_no_worker() -> None:
    assert seen("a.json", "[" * 5_000 + '{"name": "Petrel of the northern fleet"}' + "]" * 5_000) == []


def test_a_row_without_a_table_around_it_is_none() -> None:
    assert seen("a.md", "| dock of the harbour | depth of the water |\n| east | nine metres |\n") == []


def test_of_a_wide_row_the_cells_that_were_asked_for_are_told() -> None:
    names = ",".join(f"column {number}" for number in range(60))
    values = ",".join(f"value of the number {number}" for number in range(60))
    draft = ask(
        "What is the depth of the Lagoon?", "wide.csv", f"water,{names},depth\nLagoon,{values},12 metres\n"
    )
    said = draft.claims[0].statement

    assert said.startswith("water: Lagoon, column 0: value")
    assert said.endswith("…, depth: 12 metres")


def test_rows_of_one_table_do_not_support_each_other() -> None:
    draft = ask("What is the length of the Marigold?", "ships.csv", SHIPS)
    brief = brief_of("What is the length of the Marigold?", Role.CORROBORATE, claims=draft.claims[:1])
    others = SHIPS.replace("Marigold", "Marigold II")

    support = ExtractiveEngine().investigate(brief, MemoryContext({"others.csv": others}))
    assert support.kind is Kind.GAP


def test_every_row_stands_in_its_lines() -> None:
    for path, text in {"a.csv": SHIPS, "a.md": TASKS, "a.html": FEES, "a.json": json.dumps(FLEET)}.items():
        for one in seen(path, text):
            lines = " ".join("\n".join(text.splitlines()[one.start - 1 : one.end]).split())
            assert one.texture is Texture.ROW
            assert one.quote in lines


@pytest.mark.parametrize(
    "text", ["", "]", '"', '{"a', "null", '{"name": "\\ud800 of the northern fleet \\u0000"}']
)
def test_json_cut_anywhere_can_be_read_and_written_on(text: str) -> None:
    for one in seen("a.json", f"{text}\n"):
        assert one.text.encode()
        assert one.text.isprintable()


def test_a_template_of_rows_is_none() -> None:
    text = "<table><tr><th>Ship</th></tr>\n<tr><td>{{ ship.name }} of the harbour</td></tr></table>\n"

    assert seen("ships.html", text) == []


def test_a_row_of_a_page_without_a_cell_is_none() -> None:
    assert seen("a.html", "<table><tr>The words of it are here.</tr><tr><td></td></tr></table>\n") == []


def test_a_row_that_is_never_closed_ends_where_its_document_does() -> None:
    (row,) = seen("a.csv", 'ship,harbour\nPetrel,"Ystad of the northern coast\n')

    assert (row.start, row.end) == (2, 2)


def test_cells_are_told_without_names_where_one_name_stands_over_several() -> None:
    text = """<table><tr><th>Dept</th><th colspan="2">Head</th><th>Floor</th></tr>
<tr><td rowspan="2">Optics</td><td>Rune</td><td>Falk</td><td>3</td></tr>
<tr><td>Ilse</td><td>Horn</td><td>4</td></tr></table>
"""
    told = [one.text for one in seen("staff.html", text)]
    assert "Ilse, Horn, 4" in told
    assert not [each for each in told if ":" in each]
