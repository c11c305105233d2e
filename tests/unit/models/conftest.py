"""No unit test may reach a vendor, whatever it forgets to replace."""

from collections.abc import Iterator

import pytest
from pydantic_ai import models


@pytest.fixture(autouse=True)
def no_vendor() -> Iterator[None]:
    with models.override_allow_model_requests(False):
        yield
