"""Put a question to documents, with a small local model doing the briefs of the plan `quick`.

    python -m localmodel QUESTION PATH…

Fetches the model once, serves it on loopback, prints the report and how many of its citations held, and ends
what it started, also on Ctrl-C.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from localmodel.server import CONTEXT, Server, ServerError, serving
from localmodel.weights import WEIGHTS, FetchError, fetch

ENGINE = f"local:{WEIGHTS.name}"
PATIENCE = {
    "SWARM_BRIEF_DEADLINE": "1800",
    "SWARM_VISIBILITY_TIMEOUT": "3600",
    "SWARM_WORKER_PROCESSES": "1",  # one brief after another: each then has all of the processor
    "SWARM_CONCURRENCY": "1",
    "SWARM_LINGER": "0",
}
_SWARM = [sys.executable, "-m", "swarm_app.cli.main"]
_ACCOUNT = """
[local]
base_url = "{address}/v1"
key = "{key}"
models = ["{model}"]
context = {context}
tools = false
timeout_s = 1700
concurrency = 1
input_usd = 0.0
output_usd = 0.0
"""


def main() -> int:
    """The status of `swarm research`; 130 when interrupted."""
    if len(sys.argv) < 3:
        _say(f"{__doc__}")
        return 2
    try:
        model = fetch(WEIGHTS, _say)
        with tempfile.TemporaryDirectory(prefix="sw") as folder:
            _say(f"{WEIGHTS.name}: loading")
            with serving(model, Path(folder) / "server.log") as server:
                return _research(server, Path(folder))
    except KeyboardInterrupt:
        return 130
    except (FetchError, ServerError) as error:
        _say(str(error))
        return 1


def told(report: dict[str, Any]) -> str:
    """How many citations held, and what it took."""
    held, usage = report["evidence"], report["usage"]
    failed = sum(finding["kind"] == "failed" for finding in report["findings"])
    return (
        f"{ENGINE}: {held['verified']} of {held['checked']} citations held, {held['dropped']} dropped; "
        f"{len(report['findings'])} briefs, {failed} of them failed; {usage['input_tokens']:,} tokens read, "
        f"{usage['output_tokens']:,} written, $0, in {report['timings']['running_s']:.0f} s."
    )


def _research(server: Server, folder: Path) -> int:
    """Run the plan in an installation of its own, which is gone afterwards."""
    with _installed(server, folder) as environment:
        asked = [*_SWARM, "research", *sys.argv[1:], "--plan", "quick", "--engine", ENGINE, "--json"]
        ended = subprocess.run(asked, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if ended.stdout:
        report = json.loads(ended.stdout)
        print(report["report"]["markdown"])
        _say(f"\n{told(report)}")
    return ended.returncode


@contextmanager
def _installed(server: Server, folder: Path) -> Iterator[dict[str, str]]:
    """The environment that leads to the model, from a stack that is ended with the block."""
    accounts = folder / "models.toml"
    accounts.write_text(
        _ACCOUNT.format(address=server.address, key=server.key, model=WEIGHTS.name, context=CONTEXT), "utf-8"
    )
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SWARM_")}
    own = {"SWARM_STATE_DIR": str(folder), "SWARM_MODELS": str(accounts)}
    environment = inherited | own | PATIENCE
    try:
        yield environment
    finally:
        subprocess.run([*_SWARM, "down"], env=environment, check=False, capture_output=True)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
