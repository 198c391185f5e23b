"""The connection to a Neo4j server: managed transactions, tried again, and the driver's errors in the graph's words."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from graph.errors import GraphError, StoreFull, StoreUnavailable
from graph.neo4j import layout
from storage import deadline

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, Session

P = ParamSpec("P")
T = TypeVar("T")

CONNECT_SECONDS = 5.0
RETRY_SECONDS = 10.0
"""How long the driver goes on trying a transaction that failed for a passing reason."""
COLLISIONS = 5
"""How often a write is begun again when another writer took away what it had just found."""


class Connection:
    """A driver for one database of a server. `url` is shown without user or password."""

    def __init__(self, url: str, user: str, password: str, database: str) -> None:
        from neo4j import GraphDatabase

        self.url = _shown(url)
        self._database = database
        with self._translating():
            self._driver = GraphDatabase.driver(
                url,
                auth=(user, password),
                connection_timeout=CONNECT_SECONDS,
                connection_acquisition_timeout=3 * CONNECT_SECONDS,
                max_transaction_retry_time=RETRY_SECONDS,
                # Hints about statements are for whoever writes them; they would fill the log of whoever runs them.
                notifications_min_severity="OFF",
                telemetry_disabled=True,
                user_agent="medgraph",
            )

    def close(self) -> None:
        self._driver.close()

    def read(self, work: Callable[Concatenate[ManagedTransaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Raises TimeOver and Gone where nobody waits any longer; the server breaks off what takes longer than is
        left."""
        from neo4j import unit_of_work

        with self.session() as session:
            return session.execute_read(unit_of_work(timeout=deadline.left())(work), *args, **kwargs)

    def write(self, work: Callable[[ManagedTransaction], T], changed: Callable[[T], bool] = lambda result: True) -> T:
        """`changed` says of what the work gives back whether it changed anything."""
        from neo4j.exceptions import ClientError

        def renewing(tx: ManagedTransaction) -> T:
            result = work(tx)
            if changed(result):
                tx.run(layout.RENEW_VERSION).consume()
            return result

        for attempt in range(COLLISIONS):
            with self.session() as session:
                try:
                    return session.execute_write(renewing)
                except ClientError as error:
                    # Not an error of ours that would come again: another writer deleted a node between our finding
                    # it and our locking it, or made one of the same id. The driver takes it for final.
                    if error.code not in _COLLISION or attempt == COLLISIONS - 1:
                        raise
                    time.sleep(0.05 * 2**attempt)
        raise AssertionError("the last attempt returns or raises")

    @contextmanager
    def session(self) -> Iterator[Session]:
        deadline.check()
        with (
            self._translating(),
            self._driver.session(
                database=self._database, bookmark_manager=self._driver.execute_query_bookmark_manager
            ) as session,
        ):
            yield session

    @contextmanager
    def _translating(self) -> Iterator[None]:
        """Turn the driver's errors into the graph's.

        Messages of the server may quote what was written, so of these only the code is passed on.
        """
        from neo4j.exceptions import AuthError, DriverError, Neo4jError

        try:
            yield
        except AuthError as error:
            raise StoreUnavailable(f"Neo4j at {self.url} does not accept the user or the password") from error
        except DriverError as error:
            raise StoreUnavailable(f"Neo4j at {self.url} cannot be reached ({type(error).__name__})") from error
        except Neo4jError as error:
            if "TransactionTimedOut" in (error.code or "") and deadline.current() is not None:
                raise deadline.TimeOver("Neo4j broke off what took longer than it may") from error
            raise self._of_server(error.code or "", error.message or "") from error
        except OSError as error:
            raise StoreUnavailable(f"Neo4j at {self.url} cannot be reached ({type(error).__name__})") from error

    def _of_server(self, code: str, message: str) -> GraphError:
        if "MemoryPoolOutOfMemory" in code or "OutOfMemory" in code:
            return StoreFull(f"Neo4j at {self.url} has too little memory for this transaction ({code})")
        if "No space left" in message or "DiskFull" in code:
            return StoreFull(f"no space is left for Neo4j at {self.url} ({code})")
        if "ReadOnly" in code:
            return StoreUnavailable(f"Neo4j at {self.url} may be read and not written ({code})")
        if code.startswith(("Neo.TransientError", "Neo.DatabaseError", "Neo.ClientError.Database")) or (
            code.startswith(("Neo.ClientError.Security", "Neo.ClientError.Cluster"))
        ):
            return StoreUnavailable(f"Neo4j at {self.url} cannot be used now ({code})")
        return GraphError(f"Neo4j at {self.url} refused a statement ({code})")


_COLLISION = frozenset(
    (
        "Neo.ClientError.Statement.EntityNotFound",
        "Neo.ClientError.Schema.ConstraintValidationFailed",
        "Neo.ClientError.Transaction.TransactionValidationFailed",
    )
)


def _shown(url: str) -> str:
    """The address without user or password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
