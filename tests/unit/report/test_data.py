import json
from pathlib import Path

import jsonschema
import pytest

from swarm_app.contracts.run import RunState
from swarm_app.report.data import to_json
from tests.unit.report.sample import finding, report

SCHEMA = json.loads(Path(__file__).with_name("research.schema.json").read_text(encoding="utf-8"))


def validate(value: object) -> None:
    jsonschema.validate(value, SCHEMA, cls=jsonschema.Draft202012Validator)


def test_a_report_as_json_is_what_the_interface_promises() -> None:
    validate(to_json(report()))


@pytest.mark.parametrize("state", list(RunState))
def test_a_report_without_findings_is_too(state: RunState) -> None:
    validate(to_json(report(state=state, concluded=[], reported=[])))


def test_the_json_survives_being_written_and_read() -> None:
    plain = to_json(report())
    assert json.loads(json.dumps(plain)) == plain


def test_a_finding_names_its_pass_by_number() -> None:
    plain = to_json(report(reported=[finding(1, pass_number=1)]))
    assert plain["findings"][0]["pass"] == 1
    assert plain["passes"][0]["findings"] == ["finding_1_1"]


def test_a_page_appears_only_where_there_is_one() -> None:
    without, with_pages = to_json(report()), to_json(report(pages=(1,)))
    assert "page" not in without["report"]["citations"][0]
    assert with_pages["report"]["citations"][0]["page"] == 1
    validate(with_pages)


def test_the_schema_refuses_a_field_that_nobody_promised() -> None:
    with pytest.raises(jsonschema.ValidationError, match="surprise"):
        validate({**to_json(report()), "surprise": 1})
