"""The Celery app: `celery -A swarm_app …`. Task modules are named as strings; each setting has its reason."""

import os
from typing import Any

from celery import Celery

from swarm_app import guard, queues
from swarm_app.embedded.lease import ensure_server
from swarm_app.presence import Presence
from swarm_app.refusal import in_one_line
from swarm_app.settings import Settings, current

TASK_MODULES = (
    "tasks.assist",
    "tasks.conclude",
    "tasks.helper",
    "tasks.research",
    "tasks.runs",
    "tasks.shards",
    "tasks.recovery",
    "shard.node",
)

# Flower listens on every interface and shows arguments unless told otherwise, and reads these when it starts.
os.environ.setdefault("FLOWER_ADDRESS", "127.0.0.1")
os.environ.setdefault("FLOWER_TASKS_COLUMNS", "name,args,state,result,worker,received,runtime")


class SwarmCelery(Celery):
    """Celery whose first connection finds or starts the embedded server, unless `SWARM_REDIS_URL` is set."""

    amqp_cls = "swarm_app.messages:Messages"

    def connection_for_read(self, url: str | None = None, **kwargs: Any) -> Any:
        """Connect for consuming."""
        _ensure(url)
        return super().connection_for_read(url, **kwargs)

    def connection_for_write(self, url: str | None = None, **kwargs: Any) -> Any:
        """Connect for publishing."""
        _ensure(url)
        return super().connection_for_write(url, **kwargs)


def _ensure(url: str | None) -> None:
    if url is None:
        with in_one_line():
            ensure_server(current())


def _configured() -> dict[str, Any]:
    with in_one_line():
        return configuration(current())


def configuration(settings: Settings) -> dict[str, Any]:
    """Celery's settings for research tasks that last from milliseconds to minutes."""
    return {
        **_connections(settings),
        **_delivery(settings),
        **_results(settings),
        **_visibility(),
    }


def _connections(settings: Settings) -> dict[str, Any]:
    return {
        "broker_url": settings.broker_url,
        "result_backend": settings.broker_url,
        "broker_connection_retry_on_startup": True,  # the server may come up after the worker
        "broker_connection_max_retries": None,  # an outage of an hour must not end a worker
        "broker_transport_options": {
            "global_keyprefix": f"{settings.namespace}:",  # installations share one server
            "visibility_timeout": settings.visibility_timeout,
            "unacked_restore_interval": 2,  # with the throttle: a dead worker's message is seen in seconds,
            "unacked_restore_throttle": 1,  # not some 90 s late
            "socket_timeout": settings.silence,  # a half-open connection must not hang a publisher for ever
            "socket_connect_timeout": settings.silence,
            "socket_keepalive": True,
            "health_check_interval": settings.silence,
            "queue_order_strategy": "priority",  # makes priorities count on Redis; 0 is the highest
            "priority_steps": queues.PRIORITY_STEPS,
            "client_name": "swarm",
        },
        "visibility_timeout": settings.visibility_timeout,
        "redis_socket_timeout": settings.silence,
        "redis_socket_connect_timeout": settings.silence,
        "redis_socket_keepalive": not settings.broker_url.startswith("redis+socket:"),  # a TCP option
        "redis_retry_on_timeout": True,
        "redis_backend_health_check_interval": 25,
        "task_publish_retry_policy": {
            "max_retries": 60,  # the default gives up after 0.6 s
            "interval_start": 0.1,
            "interval_step": 0.2,
            "interval_max": 1.0,
        },
    }


def _delivery(settings: Settings) -> dict[str, Any]:
    return {
        "task_queues": queues.declared(),
        "task_default_queue": queues.RESEARCH,
        "task_routes": queues.routes(),
        "task_default_priority": queues.PRIORITY_BRIEF,
        "task_create_missing_queues": True,  # a shard's queue, and a task type's, is made by its name
        "task_acks_late": True,  # a worker that dies has not done its brief
        "worker_prefetch_multiplier": 1,  # a waiting brief belongs to nobody, so that idle workers get it
        "worker_deduplicate_successful_tasks": False,  # stalls chords in 5.7; the store knows what is done
        "worker_pool": settings.pool,  # threads wait in 1 MB each; remote control answers when busy
        "worker_concurrency": settings.concurrency,
        "accept_content": ["json"],  # pickle runs what it is sent
        "task_serializer": "json",
        "result_serializer": "json",
    }


def _results(settings: Settings) -> dict[str, Any]:
    return {
        "result_backend_transport_options": {
            "global_keyprefix": f"{settings.namespace}:",
            "visibility_timeout": settings.visibility_timeout,
            "retry_policy": {
                "max_retries": 60,
                "interval_start": 0.1,
                "interval_step": 0.2,
                "interval_max": 1,
            },
        },
        "result_backend_always_retry": True,  # else a task that ends during an outage becomes a failure
        "result_backend_max_retries": 60,
        "result_backend_base_sleep_between_retries_ms": 100,
        "result_backend_max_sleep_between_retries_ms": 1000,
        "result_backend_thread_safe": True,  # one connection pool for all threads: 20 connections, not 78
        "result_chord_join_timeout": 30,  # the visibility timeout (at least 90 s) must exceed twice this
        "result_expires": 3_600,  # findings live in the store; Celery's own results are only bookkeeping
        "result_extended": True,  # Flower shows a result's task and arguments
    }


def _visibility() -> dict[str, Any]:
    return {
        "worker_send_task_events": True,  # what Flower and `celery events` show
        "task_send_sent_event": True,  # a brief is visible while it waits
        "task_track_started": True,
        # A task's id names run, pass and brief; an engine's thread is named by it too.
        "worker_log_format": "[%(asctime)s: %(levelname)s/%(threadName)s] %(message)s",
        "worker_task_log_format": "[%(asctime)s: %(levelname)s/%(threadName)s] %(task_id)s: %(message)s",
    }


guard.install()
app = SwarmCelery("swarm", include=TASK_MODULES)
app.loader.override_backends = dict.fromkeys(("redis", "rediss"), "swarm_app.results:Results")
app.add_defaults(_configured)
app.steps["worker"].add(Presence)
