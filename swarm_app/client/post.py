"""What is to be posted: messages of the original's shape, and exported events, each checked before any is."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from pydantic import ValidationError

from swarm_app.contracts.bus import CHECKED, Message
from swarm_app.contracts.run import Event
from swarm_app.errors import UsageError
from swarm_app.sources import Sources
from swarm_app.store.bus import Posting

LONGEST = 256_000  # characters of one message
_SHOWN = 5  # mistakes in one error


@dataclass(frozen=True)
class Post:
    """One message or exported event, and where it stood."""

    place: int  # its line, from 1
    message: Message | None = None
    data: Mapping[str, Any] | None = None  # the message as it was given
    event: Event | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Run and id of an exported event."""
        assert self.event is not None
        return self.event.run_id, self.event.event_id

    def is_of(self, runs: set[str]) -> bool:
        """Whether it is an event that one of these runs would have written itself."""
        return self.event is not None and self.event.run_id in runs and "." in self.event.type


def read_lines(lines: Iterable[str]) -> list[Post]:
    """One JSON object a line; empty lines are passed over. Raises `UsageError` that names bad lines."""
    numbered = [(place, line) for place, line in enumerate(lines, 1) if line.strip()]
    return _each("line", numbered, lambda place, line: _post(place, _parsed(line)))


def read_messages(messages: Sequence[Mapping[str, Any]]) -> list[Post]:
    """Messages as Python has them. Raises `UsageError` that names those that are none."""
    return _each("message", list(enumerate(messages, 1)), lambda place, given: _post(place, _plain(given)))


def batch(posts: Sequence[Post], sources: Sources, known: set[tuple[str, str]]) -> list[Posting]:
    """What goes on the bus: messages, each followed by its sources' verdicts, and events not ``known``."""
    wanted: list[Posting] = []
    for post in posts:
        if post.event is not None:
            wanted += [] if post.key in known else [_imported(post.event)]
        elif post.message is not None:
            wanted += _said(post.message, dict(post.data or {}), sources, len(wanted))
    return wanted


def _said(message: Message, data: dict[str, Any], sources: Sources, place: int) -> list[Posting]:
    said = Posting(message.type, data, message.run_id)
    if not message.sources:
        return [said]
    told = {name: data[name] for name in ("from", "query_id") if name in data}
    verdicts = sources.check(message.sources).model_dump(mode="json")
    return [said, Posting(CHECKED, told | verdicts, message.run_id, of=place)]


def _imported(event: Event) -> Posting:
    return Posting(event.type, event.data, event.run_id, event.at, event.event_id)


def _each(noun: str, given: Sequence[tuple[int, Any]], read: Callable[[int, Any], Post]) -> list[Post]:
    posts, wrong = [], []
    for place, each in given:
        try:
            posts.append(read(place, each))
        except ValueError as error:
            wrong.append(f"{noun} {place}: {error}")
    if wrong:
        more = f"; and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
        raise UsageError(f"{'; '.join(wrong[:_SHOWN])}{more}. Nothing was posted: mend them and try again.")
    return posts


def _post(place: int, value: Any) -> Post:
    """Raises `ValueError` with the reason."""
    if not isinstance(value, dict):
        raise ValueError("it is no JSON object")  # noqa: TRY004 — a reason, like the others
    try:
        if value.keys() == Event.model_fields.keys():
            return Post(place, event=Event.model_validate(value))
        return Post(place, message=Message.model_validate(value), data=value)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise ValueError(f"`{field}`: {first['msg'][:1].lower()}{first['msg'][1:]}") from None


def _parsed(line: str) -> Any:
    if len(line) > LONGEST:
        raise ValueError(f"it has more than {LONGEST:,} characters")
    try:
        value = json.loads(line, parse_constant=_no_number)
        line.encode()
        json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON ({error.msg} at column {error.colno})") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except UnicodeEncodeError:
        raise ValueError("it is not UTF-8 text") from None
    return value


def _plain(given: Mapping[str, Any]) -> Any:
    try:
        line = json.dumps(dict(given), ensure_ascii=False)
    except (TypeError, RecursionError) as error:
        raise ValueError(f"it cannot be written as JSON ({error})") from None
    return _parsed(line)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
