"""Many briefs at once in one process."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from llmock.scenarios import Delay

from swarm_app.contracts.research import Kind
from tests.integration.models.briefs import BRIEF, Borrowed
from tests.vendors.server import Vendors
from workers.engine import load

CROWD = 64
ENGINES = ("openai:gpt-5-mini", "anthropic:claude-opus-4-5", "google:gemini-2.5-pro")


def test_sixty_four_briefs_have_their_calls_in_the_air_at_once(server: Vendors) -> None:
    server.script.add(Delay(2.0, times=None))
    most, done = 0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(0.02):
            most = max(most, server.state.journal.in_flight)

    watcher = threading.Thread(target=watch)
    watcher.start()
    with ThreadPoolExecutor(CROWD) as pool:
        drafts = list(
            pool.map(
                lambda number: load(ENGINES[number % 3]).investigate(BRIEF, Borrowed(remaining=120.0)),
                range(CROWD),
            )
        )
    done.set()
    watcher.join()
    assert [draft.kind for draft in drafts] == [Kind.CLAIM] * CROWD
    assert most == CROWD
    assert sum(thread.name == "models" for thread in threading.enumerate()) == 1


def test_a_process_has_one_loop_however_many_briefs_begin_at_once() -> None:
    """In a process of its own: the first briefs of a worker begin side by side."""
    program = """
import threading
from workers.models import loop
loops, ready = set(), threading.Barrier(32)
def begin():
    ready.wait()
    loops.add(loop._loop())
threads = [threading.Thread(target=begin) for _ in range(32)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(loops))
"""
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert ended.stdout.strip() == "1"
