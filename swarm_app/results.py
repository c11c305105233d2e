"""Celery's result backend, whose connections doubt."""

from typing import Any

from celery.backends.redis import RedisBackend

from swarm_app.store.doubt import doubting


class Results(RedisBackend):
    """Redis, as Celery uses it."""

    def _get_pool(self, **params: Any) -> Any:
        return doubting(super()._get_pool(**params))
