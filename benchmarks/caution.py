"""Five questions about the demo's documents, and the lines that are cited: `python -m benchmarks.caution`.

Each is researched by the extractive engine with the plan `quick`, in an installation of its own. The end of a
heading says whether a cited quote has the words that an answer cannot do without; read the lines, too.
"""

import os
import re
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

PACKAGES = ("celery", "kombu", "redis", "flower")
QUESTIONS = {
    "What happens to a message when its visibility timeout ends?": r"redeliver|restore",
    "What does task_acks_late change about when a message is acknowledged?": r"after",
    "How does celery wait before a task is retried with exponential backoff?": r"backoff",
    "How does flower decide whether a request is authorized with basic auth?": r"basic_auth|hmac|401",
    "How does redis-py choose which connection of a pool is handed out?": r"pop|available",
}


def main() -> None:
    """Answer all in a fresh state directory, which is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="sw") as state:
        os.environ |= {"SWARM_STATE_DIR": state}
        os.environ.pop("SWARM_REDIS_URL", None)
        answered = subprocess.run([sys.executable, "-m", "benchmarks.caution", "--answer"], check=False)
        subprocess.run([sys.executable, "-m", "swarm_app.cli.main", "down"], check=False)
    sys.exit(answered.returncode)


def answer() -> None:
    """Print each question with its answer."""
    from swarm_app import Swarm  # noqa: PLC0415 — reads the environment that main has set

    site = Path(sysconfig.get_path("purelib"))
    paths = [site / name for name in PACKAGES]
    with Swarm() as swarm:
        for question, needed in QUESTIONS.items():
            report = swarm.research(question, paths, plan="quick").result()
            quotes = " ".join(cited.quote for claim in report.answer for cited in claim.citations)
            said = "has" if re.search(needed, quotes, re.IGNORECASE) else "lacks"
            print(f"\n## {question}  [{said} {needed}]\n")
            for claim in report.answer:
                for cited in claim.citations:
                    print(f"{cited.path}:{cited.start}-{cited.end}\n    {cited.quote}\n")


if __name__ == "__main__":
    answer() if "--answer" in sys.argv else main()
