"""The workers of a Dask cluster, on any number of machines, as an executor: `disclose build --cluster ADDRESS`.

Dask is an extra, `disclose[cluster]`, and is loaded here alone. Whoever may connect to its scheduler may run anything
on its workers; with `tls://` these are the holders of a certificate (docs/scale.md).
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import logging
import re
import socket
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generator.base.diagnostics import DiscloseError, UsageError

_SCHEMES = ("tcp", "tls")
_WHERE = re.compile("in <[^<>]{0,200}>: ")
"""What Dask says first: in which of its objects something happened."""
_FAREWELL = 5.0
"""Seconds for the scheduler to hear that this is over."""


def host_and_port(address: str) -> tuple[str, int]:
    """The parts of a scheduler's address. Raises UsageError for what is none."""
    wrong = UsageError(f"--cluster: “{address}” is no scheduler's address; write tcp://HOST:8786, or tls://HOST:8786")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise wrong from error
    if host and port and parts.scheme in _SCHEMES and address.endswith(f":{port}") and parts.username is None:
        return host, port
    raise wrong


def reach(address: str) -> None:
    """See that a scheduler answers there, before anything is read. Raises DiscloseError where none does."""
    place = host_and_port(address)
    with _quiet():
        _dask()
        patience, connection = _patience(), _connection(address)
        try:
            socket.create_connection(place, timeout=patience).close()  # Dask would ask again and again
            found = asyncio.run(asyncio.wait_for(_asked(address, connection), patience))
        except TimeoutError as error:
            raise _unreachable(address, f"no answer within {patience:.0f} seconds") from error
        except OSError as error:
            raise _unreachable(address, _why(error)) from error
        except Exception as error:  # whatever it is: what is no scheduler may say anything
            raise _unreachable(address, "what answers does not speak as a scheduler does") from error
    if found.get("type") != "Scheduler":
        raise _unreachable(address, "what answers is a part of a cluster, but not its scheduler")


async def _asked(address: str, connection: dict[str, Any]) -> Any:
    """What the scheduler says of itself."""
    from distributed.core import rpc  # noqa: PLC0415 - as in `_dask`

    async with rpc(address, connection_args=connection) as scheduler:
        return await scheduler.identity()


def _connection(address: str) -> dict[str, Any]:
    """With what a connection is made, as Dask is told. Raises DiscloseError where that does not fit the address."""
    from distributed import Security  # noqa: PLC0415 - as in `_dask`

    try:
        found: dict[str, Any] = Security().get_connection_args("client")
    except (OSError, ValueError) as error:
        raise DiscloseError(
            f"{address}: the certificates that Dask is told of cannot be used: {error}; see docs/scale.md"
        ) from error
    if address.startswith("tls:") and not found["ssl_context"]:
        raise DiscloseError(
            f"{address}: tls:// needs certificates: let DASK_DISTRIBUTED__COMM__TLS__CA_FILE, …TLS__CLIENT__CERT and "
            "…TLS__CLIENT__KEY name them; see docs/scale.md"
        )
    if found["require_encryption"] and not address.startswith("tls:"):
        raise DiscloseError(f"{address}: Dask is told to encrypt everything; write tls://, see docs/scale.md")
    return found


def _why(error: BaseException) -> str:
    """What was wrong at first, of errors of which each led to the next."""
    while error.__cause__ is not None:
        error = error.__cause__
    return (error.strerror if isinstance(error, OSError) else None) or _WHERE.sub("", str(error))


def _unreachable(address: str, why: str) -> DiscloseError:
    return DiscloseError(
        f"{address}: no scheduler of a cluster can be reached there: {why}; nothing was changed. Start one (dask "
        "scheduler), or build without --cluster"
    )


class Cluster(Executor):
    """The workers that a client of the scheduler reaches."""

    def __init__(self, address: str, client: Any, patience: float) -> None:
        """`patience` is for how many seconds there may be no worker."""
        self._address, self._client, self._patience = address, client, patience
        self._tasks: dict[Future[Any], Any] = {}
        self._alone_since: float | None = None

    def submit(self, do: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        """Have a worker do something."""
        future: Future[Any] = Future()
        try:
            self._tasks[future] = self._client.submit(do, *args, pure=False, **named)
            self._client.loop.add_callback(self._hand_over, future)
        except Exception as error:
            raise self._lost() from error
        return future

    async def _hand_over(self, future: Future[Any]) -> None:
        """Put what comes of a task into the future that stands for it here.

        Dask's own executor looks at the task's status once more when the result is there; a worker that dies between
        the two makes a result look like an error.
        """
        try:
            [result] = await self._client.gather([self._tasks[future]], asynchronous=True)
        except asyncio.CancelledError:
            future.cancel()
            future.set_running_or_notify_cancel()
        except Exception as error:  # noqa: BLE001 - whatever a task ends with is told to who waits for it
            future.set_exception(error)
        else:
            future.set_result(result)
        finally:
            del self._tasks[future]

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take nothing more; what is not done is cancelled unless it is waited for."""
        if wait and not cancel_futures:
            concurrent.futures.wait(list(self._tasks))
        else:
            self._client.cancel(list(self._tasks.values()))

    def watch(self) -> None:
        """Raise DiscloseError when the scheduler has gone, or there was no worker for a while."""
        if self._client.status != "running":
            raise self._lost()
        try:
            found = self._client.sync(self._client.scheduler.identity, n_workers=0, callback_timeout=self._patience)
        except Exception as error:
            raise self._lost() from error
        now = time.monotonic()
        self._alone_since = None if found["n_workers"] else self._alone_since or now
        if self._alone_since and now - self._alone_since >= self._patience:
            raise DiscloseError(
                f"{self._address}: the scheduler has had no worker for {self._patience:.0f} seconds; nothing was "
                f"changed. Start some (dask worker {self._address}), and build again"
            )

    def _lost(self) -> DiscloseError:
        return DiscloseError(
            f"{self._address}: the scheduler of the cluster has gone, or does not answer; nothing was changed. Start "
            "it and its workers again, then build again; or build without --cluster"
        )

    def is_deadly(self, error: BaseException) -> bool:
        """Whether a task failed because each worker that had it died."""
        from distributed import KilledWorker  # noqa: PLC0415 - as in `_dask`

        return isinstance(error, KilledWorker)


@contextlib.contextmanager
def joined(address: str, folder: Path) -> Iterator[Cluster]:
    """The workers of the scheduler at an address; at the end they forget the build with that staging folder.

    What is not done then is cancelled. Raises DiscloseError when it cannot be reached.
    """
    from generator.build.delegated import forget  # noqa: PLC0415 - slow to load

    reach(address)  # Dask itself would wait without end for one that says nothing
    with _quiet():
        patience = _patience()
        try:
            client = _dask()(address, timeout=patience, set_as_default=False, name="disclose")
        except Exception as error:
            raise _unreachable(address, _why(error)) from error
        cluster, is_done = Cluster(address, client, patience), False
        try:
            yield cluster
            is_done = True
        finally:
            with contextlib.suppress(Exception):  # it is over, whoever hears of it
                if client.status == "running":
                    cluster.shutdown(wait=False)
                    if is_done:
                        client.run(forget, folder, wait=False, on_error="ignore", callback_timeout=_FAREWELL)
            with contextlib.suppress(Exception):
                client.close(timeout=_FAREWELL)


def _dask() -> Any:
    """Dask's client, of which most has no types."""
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as error:
        raise DiscloseError(
            '--cluster needs Dask, which is not installed: pip install "disclose[cluster]"; nothing was changed'
        ) from error
    return Client


def _patience() -> float:
    """Seconds to wait for an answer, as Dask is told: DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT."""
    import dask  # noqa: PLC0415
    from dask.utils import parse_timedelta  # noqa: PLC0415

    return float(parse_timedelta(dask.config.get("distributed.comm.timeouts.connect")))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Dask says nothing: what a person must know is said by us, once."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
