from pathlib import Path

import pytest

from swarm_app.contracts.plan import Role
from swarm_app.errors import PlanError
from swarm_app.plans import catalog

PASS = '[[passes]]\nname = "Look"\nrole = "signal"\nworkers = 2\n'


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def refusal(tmp_path: Path, text: str) -> str:
    with pytest.raises(PlanError) as refused:
        catalog.load(written(tmp_path, text))
    return str(refused.value)


def test_gedimat_has_eight_passes_and_forty_two_workers():
    plan = catalog.load("gedimat")

    assert [spec.workers for spec in plan.passes] == [5, 5, 4, 8, 3, 5, 6, 6]
    assert plan.workers == 42


def test_quick_has_two_passes_and_six_workers():
    plan = catalog.load("quick")

    assert (len(plan.passes), plan.workers) == (2, 6)


def test_every_builtin_pass_says_what_it_is_for():
    assert all(spec.instructions.strip() for plan in catalog.builtin() for spec in plan.passes)


def test_a_file_is_a_plan(tmp_path: Path):
    plan = catalog.load(written(tmp_path, f'summary = "my own"\n{PASS}'))

    assert (plan.name, plan.passes[0].role) == ("mine", Role.SIGNAL)


def test_a_guard_pass_without_guardians_seats_the_usual_six(tmp_path: Path):
    plan = catalog.load(written(tmp_path, 'summary = "s"\n[[passes]]\nname = "Council"\nrole = "guard"\n'))

    assert plan.passes[0].workers == 6
    assert {guardian.duty for guardian in plan.guardians} == {each.duty for each in catalog.COUNCIL}


def test_a_guard_pass_has_as_many_workers_as_guardians(tmp_path: Path):
    text = 'summary = "s"\n[[passes]]\nname = "Council"\nrole = "guard"\nworkers = 5\n'

    assert "line 5, field passes[1].workers: a guard pass has one worker for each guardian: 6" in refusal(
        tmp_path, text
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('summary = "s\n', "line 1: TOML syntax"),
        (f'summary = "s"\ncolour = "red"\n{PASS}', "line 2, field colour: there is no such field"),
        (f"{PASS}", "line 1, field summary: is missing"),
        ('summary = "s"\npasses = []\n', "line 2, field passes: a plan needs at least one"),
        (f'summary = "s"\n{PASS}{PASS.replace("signal", "sgnal")}', "line 8, field passes[2].role"),
        (
            f'summary = "s"\n{PASS.replace("2", "0")}',
            "line 5, field passes[1].workers: input should be greater",
        ),
        (f'summary = "s"\n{PASS.replace("2", "many")}', "line 5: TOML syntax"),
        (f'summary = "s"\n{PASS.replace("workers = 2", "")}', "line 2, field passes[1].workers: is missing"),
        (
            f'summary = "s"\n{PASS}[[guardians]]\nname = "g"\nduty = "taste"\n',
            "line 8, field guardians[1].duty: unknown duty",
        ),
    ],
)
def test_a_mistake_in_a_file_is_named_by_line_and_field(tmp_path: Path, text: str, place: str):
    message = refusal(tmp_path, text)

    assert place in message
    assert "mine.toml" in message


COUNCIL = '[[passes]]\nname = "Council"\nrole = "guard"\n'


def test_a_rejection_that_repairs_brings_a_repair_and_a_second_vote(tmp_path: Path):
    plan = catalog.load(written(tmp_path, f'summary = "s"\n{PASS}{COUNCIL}[council]\nrejection = "repair"\n'))

    assert [(spec.role, spec.repair) for spec in plan.passes[2:]] == [(Role.REPAIR, True), (Role.GUARD, True)]
    assert plan.passes[-1].workers == 6


def test_guardians_have_weights_and_vetoes(tmp_path: Path):
    seat = '[[guardians]]\nname = "g"\nduty = "denial"\nweight = 2.5\nveto = true\n'
    (guardian,) = catalog.load(written(tmp_path, f'summary = "s"\n{COUNCIL}{seat}')).guardians

    assert (guardian.weight, guardian.veto) == (2.5, True)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"{PASS}[council]\nquorum = 0.5\n", "field council: a council needs a pass"),
        (f"{COUNCIL}[council]\napproval = 2\n", "line 6, field council.approval: input should be less"),
        (f'{COUNCIL}[council]\nrejection = "burn"\n', "line 6, field council.rejection"),
        (f"{COUNCIL}repair = true\n{PASS}", "line 5, field passes[1].repair: repair passes come last"),
        (
            f"{COUNCIL}{PASS}repair = true\n",
            'line 9, field passes[2].repair: repair passes need rejection = "r',
        ),
    ],
)
def test_a_mistake_in_a_council_is_named_too(tmp_path: Path, text: str, place: str):
    assert place in refusal(tmp_path, f'summary = "s"\n{text}')


def test_an_unknown_name_suggests_the_nearest():
    with pytest.raises(PlanError, match="Did you mean gedimat"):
        catalog.load("gedimt")


def test_a_folder_in_place_of_a_plan_is_said_to_be_one(tmp_path):
    with pytest.raises(PlanError, match="that is a folder"):
        catalog.load(str(tmp_path))


def test_a_file_that_does_not_exist_is_said_so():
    with pytest.raises(PlanError, match="there is no such file"):
        catalog.load("nowhere/plan.toml")


def test_a_file_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path):
    path = tmp_path / "latin.toml"
    path.write_bytes(b'summary = "s"\nname = "caf\xe9"\n')

    with pytest.raises(PlanError, match="line 2: not UTF-8"):
        catalog.load(str(path))
