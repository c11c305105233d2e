"""A run that nobody waits for: its supervisor is killed, and nobody but its heir could start the next one."""

from pathlib import Path

from tests.acceptance.faults.account import account
from tests.acceptance.faults.control import Control
from tests.acceptance.faults.trial import SHORT, Trial
from tests.acceptance.faults.victims import kill
from tests.acceptance.faults.waiting import wait_until
from tests.acceptance.installation import installed
from tests.acceptance.stack_helpers import processes, supervisor_pid


def test_a_run_without_users_ends_though_its_supervisor_is_killed(tmp_path: Path) -> None:
    control = Control(tmp_path / "control")
    with installed(control.variables, **SHORT) as installation:
        disturbed = Trial(installation, control, tmp_path)
        run_id = disturbed.start(8, 4)
        wait_until(lambda: disturbed.reported(run_id), "the first brief is reported")
        killed = supervisor_pid(installation.settings)
        assert killed is not None
        kill(killed)
        disturbed.wait_for_end(run_id)
        counted = account(disturbed, run_id)
        disturbed.store.close()
        assert counted.holds, counted
        wait_until(lambda: not processes(installation.settings), "the stack ends")
