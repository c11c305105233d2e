"""Flower's REST API, as a program outside reads it."""

import base64
import json
import urllib.error
import urllib.request
from collections import Counter
from typing import Any

from tests.ports import free_port


class Flower:
    """A Flower on a free port, behind its login."""

    def __init__(self) -> None:
        self.port = free_port()
        self.options = (f"--port={self.port}", "--basic_auth=reader:secret")

    def get(self, path: str) -> Any:
        login = base64.b64encode(b"reader:secret").decode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/{path}", headers={"Authorization": f"Basic {login}"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def answers(self) -> bool:
        try:
            self.get("tasks?limit=1")
        except (urllib.error.URLError, ConnectionError):
            return False
        return True

    def tasks(self) -> list[dict[str, Any]]:
        return list(self.get("tasks?limit=1000").values())

    def states(self) -> Counter[str]:
        return Counter(task["state"] for task in self.tasks())
