import json

import pytest

from swarm_app.embedded.protocol import decode, encode


def test_a_message_is_one_line_whatever_it_holds() -> None:
    message = {"op": "shard", "name": "two\nlines — and more"}
    line = encode(message)
    assert line.count(b"\n") == 1
    assert decode(line) == message


@pytest.mark.parametrize("line", [b"[1]\n", b"not JSON\n", b'"text"\n'])
def test_what_is_not_an_object_is_refused(line: bytes) -> None:
    with pytest.raises(json.JSONDecodeError):
        decode(line)
