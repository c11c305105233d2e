"""A process's word to its children that it stops."""

import os


class Farewell:
    """A pipe whose end the parent closes, and its children hear that."""

    def __init__(self) -> None:
        listen, say = os.pipe()
        self._listen, self._say = os.fdopen(listen, "rb"), os.fdopen(say, "wb")

    def say(self) -> None:
        """Tell the children."""
        self._say.close()

    def wait(self) -> None:
        """In a child: wait until the parent says it."""
        self._say.close()
        self._listen.read()
