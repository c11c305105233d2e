"""Runs by models over HTTP: how close to the ideal, through which storm, how near to a limit.

    python benchmarks/models.py [--only NAME]

The plan `gedimat`, 42 briefs, on one worker process with 64 slots. The vendors are llmock's servers in this
process, with a scripted model that searches once and hands in: two calls a brief, so that eight passes of
calls that take one second can take 16 s at best. Each row is one run; the machine's other work is in the
figures.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
if not (HERE.parent / "tests" / "vendors").is_dir():
    sys.exit("benchmarks/models.py asks the vendors of our tests, which are in a checkout only.")
sys.path.insert(0, str(HERE.parent))

from llmock.ratelimit import LimitSettings  # noqa: E402 — the tests' vendors are beside the package

from tests.acceptance.library import write  # noqa: E402
from tests.vendors.server import Vendors, diligent, vendors  # noqa: E402
from tests.vendors.storm import Pace, Storm  # noqa: E402

QUESTION = "How does the nightly purge make sure that two purges never run at once?"
ENGINES = "openai:gpt-5-mini,anthropic:claude-opus-4-5,google:gemini-2.5-pro"
IDEAL = 16.0  # seconds: two calls of one second in each of eight passes
LIMIT = 60  # requests a minute, of one account; the bucket is a minute's

Prepare = Callable[[Vendors], None]


def main() -> None:
    """Measure each row in a fresh state directory, which is removed afterwards."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=ROWS, help="one row")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure)
        return
    for name in [options.only] if options.only else ROWS:
        with installed(name) as server:
            subprocess.run([sys.executable, __file__, "--measure", name], check=True)
            print(f"  {told(server)}", flush=True)


@contextmanager
def installed(name: str) -> Iterator[Vendors]:
    """The vendors with the row's weather, and a state directory and accounts of its own."""
    with tempfile.TemporaryDirectory(prefix="sw") as state, vendors(diligent) as server:
        prepare, variables = ROWS[name]
        prepare(server)
        tables = server.tables.replace("timeout_s = 5.0", f"timeout_s = 15.0\n{variables.pop('table', '')}")
        accounts = Path(state) / "models.toml"
        accounts.write_text(tables)
        write(Path(state) / "archive")
        os.environ |= {"SWARM_STATE_DIR": state, "SWARM_MODELS": str(accounts), "SWARM_LINGER": "0"}
        os.environ |= {"SWARM_WORKER_PROCESSES": "1", "SWARM_CONCURRENCY": "64", **variables}
        os.environ.pop("SWARM_REDIS_URL", None)
        try:
            yield server
        finally:
            subprocess.run([sys.executable, "-m", "swarm_app.cli.main", "down"], check=False)
            for variable in variables:
                del os.environ[variable]


def measure(name: str) -> None:
    """One run to get warm, in which it is also learnt how long engines take; then the run."""
    from swarm_app import Swarm  # noqa: PLC0415 — reads the environment that the parent has set

    with Swarm() as swarm:
        swarm.load("archive", [Path(os.environ["SWARM_STATE_DIR"]) / "archive"])
        engine = ENGINES if "limit" not in name else ENGINES.partition(",")[0]
        warmth = "gedimat" if "hedged" in name else "quick"
        swarm.research(QUESTION, shards=["archive"], plan=warmth, engine=engine).result(timeout=300)
        report = swarm.research(QUESTION, shards=["archive"], engine=engine).result(timeout=600)
    took, executions = report.timings.running_s, report.executions
    failed = sum(finding.kind == "failed" for finding in report.findings)
    print(f"{name}: {took:.1f} s ({IDEAL / took:.0%} of the ideal's pace),", end=" ")
    print(f"{len(report.findings)} findings, {failed} of them failed,", end=" ")
    shares = report.usage.by_engine.values()
    calls, hedges = sum(share.calls for share in shares), sum(share.hedges for share in shares)
    print(f"{executions.executed} executed, {calls} calls answered, {hedges} of them hedged")


def told(server: Vendors) -> str:
    """What the vendors saw of it."""
    records = server.state.journal.records()
    answers = Counter(record.status for record in records)
    span = max(record.ended_at for record in records) - min(record.started_at for record in records)
    seen = ", ".join(f"{count} x {status}" for status, count in sorted(answers.items()))
    return f"{len(records)} requests ({seen}), {60 * answers[200] / span:.0f} answered a minute"


def _weather(made: object) -> Prepare:
    return lambda server: setattr(server.script, "storm", made)


def _limited(server: Vendors) -> None:
    server.state.limiter.configure(LimitSettings(rpm=LIMIT))


ROWS: dict[str, tuple[Prepare, dict[str, str]]] = {
    "one second each": (_weather(Pace()), {}),
    "log-normal, sigma 1": (_weather(Pace(sigma=1.0)), {}),
    "log-normal, sigma 1, hedged": (
        _weather(Pace(sigma=1.0)),
        {"SWARM_HEDGE_MODELS": "1"},
    ),
    "storm": (_weather(Storm(retry_after=0.5)), {}),
    "storm, hedged": (_weather(Storm(retry_after=0.5)), {"SWARM_HEDGE_MODELS": "1"}),
    "limit told": (_limited, {"table": f"requests_per_minute = {LIMIT}"}),
    "limit learnt": (_limited, {}),
}

if __name__ == "__main__":
    main()
