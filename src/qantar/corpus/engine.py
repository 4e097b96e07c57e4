"""The only place for Dask: a cluster, of local processes or any that runs already, and tasks on it."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from qantar.report import ReportError

_AHEAD = 2
"""Tasks a thread of a worker that are with the scheduler at any time: one at work, one waiting."""

# Dask samples many times a second what a worker does and whether it is awake; nobody looks at that here.
_QUIET = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.tick.cycle": "10s",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.worker.memory.monitor-interval": "1s",
}

Task = tuple[Any, ...]


@contextlib.contextmanager
def cluster(workers: int | None = None, scheduler: str | None = None, processes: bool = True) -> Iterator[Any]:
    """A Dask client: of the scheduler at an address, or of so many local processes (by default one a processor).

    ``processes=False`` works in this process. Raises ``ReportError`` if no scheduler answers at the address.
    """
    import dask
    from distributed import Client, LocalCluster

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is raised
    if scheduler is not None:
        try:
            client = Client(scheduler, timeout=20, set_as_default=False)
        except (OSError, ValueError, ImportError) as error:
            raise ReportError(f"--scheduler {scheduler}: no scheduler answers there ({' '.join(str(error).split())[:200]})") from None
        with client:
            yield client
        return
    count = workers or os.cpu_count() or 1
    settings = {**_QUIET, "distributed.comm.timeouts.connect": "60s"}
    with (
        dask.config.set(settings),
        LocalCluster(
            n_workers=count if processes else 1, threads_per_worker=1 if processes else count, processes=processes,
            dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL,
        ) as local,
        Client(local, set_as_default=False) as client,
    ):  # fmt: skip
        yield client


def each(client: Any, function: Callable[..., Any], tasks: Iterable[Task]) -> Iterator[tuple[Task, Any]]:
    """(task, result) of a function called with each task's arguments, as they are done; an exception stands for itself.

    Tasks are taken from the iterable only as workers get free, so that it may be of any length.
    """
    from distributed import as_completed

    following, waiting, running = iter(tasks), {}, as_completed(raise_errors=False, loop=client.loop)

    def fill() -> None:
        while len(waiting) < max(1, _AHEAD * sum(client.nthreads().values())):
            task = next(following, None)
            if task is None:
                return
            future = client.submit(function, *task, pure=False)
            waiting[future.key] = task
            running.add(future)

    fill()
    for future in running:
        error = future.exception()
        yield waiting.pop(future.key), error if error is not None else future.result()
        future.release()
        fill()


def all_of(client: Any, function: Callable[..., Any], tasks: Iterable[Task]) -> list[Any]:
    """The results of a function called with each task's arguments, as they were done. Raises what any of them raises."""
    results = []
    for _, result in each(client, function, tasks):
        if isinstance(result, BaseException):
            raise result
        results.append(result)
    return results


def fold(function: Callable[..., Any], combine: Callable[[list[Any]], Any], items: Iterable[Any], client: Any = None) -> Any:
    """What is left of many items when a function has been called with each and the results combined, some at a time.

    ``client`` is a Dask client, by default this process works with threads. ``combine`` must not mind in how many steps.
    """
    from dask import bag

    items = list(items)
    if not items:
        return combine([])
    folded = bag.from_sequence(items, partition_size=4).map(function).reduction(_listed(combine), _listed(combine), split_every=16)
    return folded.compute(scheduler="threads") if client is None else client.compute(folded).result()


def _listed(combine: Callable[[list[Any]], Any]) -> Callable[[Iterable[Any]], Any]:
    return lambda items: combine(list(items))


def why(error: BaseException) -> str:
    """What an exception from a worker says, in one line."""
    name = type(error).__name__
    if name == "KilledWorker":
        return "the process that read it was killed several times, for want of memory perhaps"
    if isinstance(error, ModuleNotFoundError):
        return f"a worker has no {error.name}; install qantar on all of them"
    return " ".join(str(error).split()) or name
