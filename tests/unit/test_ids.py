from swarm_app.contracts.ids import brief_id, parts_of_brief


def test_a_brief_s_id_names_its_run_its_pass_and_its_place() -> None:
    assert parts_of_brief(brief_id("run_0a1b2c3d4e5f", 12, 0)) == ("run_0a1b2c3d4e5f", 12, 0)
