import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.integration.state_machine.installation import Installation
from tests.integration.state_machine.machine import RunMachine

# The same examples every time; SWARM_TEST_EXAMPLES=5000 looks for new ones.
_EXAMPLES = os.environ.get("SWARM_TEST_EXAMPLES")
SETTINGS = settings(
    max_examples=int(_EXAMPLES or 100),
    stateful_step_count=30,
    derandomize=_EXAMPLES is None,
    database=None,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


def test_whatever_happens_nothing_is_lost_or_done_twice_and_the_run_ends(installation: Installation) -> None:
    RunMachine.installation = installation
    run_state_machine_as_test(RunMachine, settings=SETTINGS)
