"""The one table: which error becomes which HTTP status, problem type, title and exit code.

What an HTTP client is told of an error is the title and the hint written here, never the message of the exception:
that may hold a path of the server, or words of a patient. The command line prints the message.
"""

from __future__ import annotations

import errno
import traceback
from dataclasses import dataclass

from api import errors as api
from graph import errors as graph
from ingest import errors as ingest
from qa import errors as qa
from retrieval import errors as retrieval
from storage import deadline

OK = 0
INTERNAL = 1
USAGE = 2
BAD_INPUT = 3
SOME_FAILED = 4
UNAVAILABLE = 5
FULL = 6
CORRUPT = 7
NOT_FOUND = 8
NOTHING_LOADED = 9
INTERRUPTED = 130

EXIT_CODES: dict[int, str] = {
    OK: "done; an answer that abstains is one, too",
    INTERNAL: "an error inside medgraph",
    USAGE: "wrong options or settings",
    BAD_INPUT: "input that cannot be read",
    SOME_FAILED: "finished, but some records failed; each is named",
    UNAVAILABLE: "a store, a model or an address is not available",
    FULL: "no space left; what was written before is intact",
    CORRUPT: "a store is damaged, or was written by another version",
    NOT_FOUND: "no such entity, drug, document, job or key",
    NOTHING_LOADED: "no source is loaded, or opened by the licence asked for, that could tell",
    INTERRUPTED: "interrupted; run it again to go on",
}

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class Problem:
    """What an error becomes. `hint` is a sentence for the client that holds nothing of the request."""

    status: int
    slug: str
    title: str
    hint: str
    exit: int

    @property
    def type(self) -> str:
        """The `type` of RFC 9457: a URN, since there is no page to open."""
        return f"urn:medgraph:problem:{self.slug}"

    def body(self) -> dict[str, object]:
        """The members of RFC 9457."""
        return {"type": self.type, "title": self.title, "status": self.status, "detail": self.hint}


STORE_DOWN = Problem(
    503, "store-unavailable", "Store unavailable", "A store cannot be reached. Try again later.", UNAVAILABLE
)
_MODEL_DOWN = Problem(
    503, "model-unavailable", "Model unavailable", "A model cannot be reached. Try again later.", UNAVAILABLE
)
ISSUER_DOWN = Problem(
    503, "issuer-unavailable", "Issuer unavailable", "The keys of the issuer of tokens cannot be had.", UNAVAILABLE
)
STORAGE_FULL = Problem(507, "storage-full", "Storage full", "The server has no space left.", FULL)
_CORRUPT = Problem(500, "store-corrupt", "Store corrupt", "A store must be repaired by the operator.", CORRUPT)
BAD_SOURCE = Problem(422, "unreadable-source", "Unreadable source", "The input cannot be read.", BAD_INPUT)
_SETTINGS = Problem(500, "bad-settings", "Bad settings", "The server is not set up rightly.", USAGE)
INTERNAL_ERROR = Problem(500, "internal", "Internal error", "The error was logged on the server.", INTERNAL)
UNAUTHORISED = Problem(
    401, "unauthorised", "API key needed", "Send the header Authorization: Bearer with a key of this server.", USAGE
)
INVALID = Problem(422, "invalid-request", "Invalid request", "See errors: where, and what is wrong.", USAGE)
FORBIDDEN = Problem(
    403, "forbidden", "Label not held", "Your key does not hold an access label that you asked for.", USAGE
)
NO_SCOPE = Problem(
    403, "scope-not-held", "Scope not held", "Your key may not do this: see the scopes of medgraph keys.", USAGE
)
FOREIGN = Problem(403, "foreign-page", "Foreign page", "A page of another site may not write here.", USAGE)
UNKNOWN_HOST = Problem(
    400,
    "unknown-host",
    "Unknown host",
    "This server does not go by that name; its operator sets MEDGRAPH_HOSTS.",
    USAGE,
)
UNKNOWN_ENTITY = Problem(404, "unknown-entity", "Unknown entity", "No entity of this id that you may see.", NOT_FOUND)
NOT_FOUND_HERE = Problem(404, "not-found", "Not found", "Nothing of this id that you may see.", NOT_FOUND)
NO_RANKING = Problem(
    404,
    "no-ranking",
    "No such ranking",
    "No ranking of this id that you may see: it is kept for an hour by the process that made it. Rank the case again.",
    NOT_FOUND,
)
NO_PATIENT = Problem(404, "no-such-patient", "No such patient", "No patient of this label that you may see.", NOT_FOUND)
UNKNOWN_NAME = Problem(
    404,
    "unknown-name",
    "Unknown name",
    "Nothing of this kind is named so: see `nearest` for the nearest names, `named` for what is named so instead.",
    NOT_FOUND,
)
NO_SOURCE = Problem(
    503,
    "nothing-loaded",
    "Nothing loaded that could tell",
    "No source of what is asked about is loaded, or none that this licence opens: that nothing is found would mean "
    "nothing.",
    NOTHING_LOADED,
)
BAD_CURSOR = Problem(
    422, "bad-cursor", "Bad cursor", "The cursor is not one that this list gave: begin again without it.", USAGE
)
OVERLOADED = Problem(
    503, "overloaded", "Too much at once", "The server has as many requests as it takes. Try again later.", UNAVAILABLE
)
_TIME_OVER = Problem(
    503,
    "deadline-exceeded",
    "Deadline exceeded",
    "It took longer than this server works on one request: ask for less, or later.",
    UNAVAILABLE,
)
GONE = Problem(499, "client-gone", "Client gone", "Nobody waits for the answer any more.", UNAVAILABLE)
"""No status of HTTP's, and sent to nobody: the log, the trail and the metrics tell it."""
QUEUE_FULL = Problem(
    429,
    "queue-full",
    "Queue full",
    "Your key has as many uploads waiting to be read as it may: try again after the time in Retry-After.",
    UNAVAILABLE,
)
KEY_GONE = Problem(
    403,
    "key-gone",
    "Key gone",
    "The key with which it was sent in was revoked, or expired, before it was read.",
    USAGE,
)
JOB_DIED = Problem(
    500,
    "job-died",
    "Job died",
    "What did the job was killed three times, took too much memory or stood still: send less at once.",
    INTERNAL,
)
TOO_MANY = Problem(
    429,
    "too-many",
    "Too many requests",
    "More than this server does for one key, or for one address, in a minute. Come back after Retry-After.",
    UNAVAILABLE,
)
TOO_LARGE = Problem(413, "too-large", "Request too large", "Send less at once.", BAD_INPUT)

PROBLEMS: dict[type[Exception], Problem] = {
    graph.UnknownEntity: UNKNOWN_ENTITY,
    graph.SchemaViolation: Problem(
        422, "schema-violation", "Not of the schema", "A type, predicate or id is not of the schema.", BAD_INPUT
    ),
    graph.StoreUnavailable: STORE_DOWN,
    graph.StoreFull: STORAGE_FULL,
    graph.StoreCorrupt: _CORRUPT,
    retrieval.EncoderUnavailable: _MODEL_DOWN,
    retrieval.EncoderMismatch: Problem(
        500,
        "encoder-mismatch",
        "Encoder mismatch",
        "The vectors are of another encoder than the one set: the operator runs medgraph reindex.",
        CORRUPT,
    ),
    retrieval.IndexCorrupt: _CORRUPT,
    retrieval.AcceleratorUnavailable: Problem(
        503,
        "accelerator-unavailable",
        "Accelerator unavailable",
        "The server lacks the GPU that it is set to use.",
        UNAVAILABLE,
    ),
    retrieval.StorageFull: STORAGE_FULL,
    retrieval.StorageUnavailable: STORE_DOWN,
    ingest.UnreadableSource: BAD_SOURCE,
    ingest.MalformedFile: BAD_SOURCE,
    ingest.BadMapping: BAD_SOURCE,
    ingest.LicenceNotAccepted: Problem(
        403, "licence-not-accepted", "Licence not accepted", "The operator accepts the source's licence.", BAD_INPUT
    ),
    ingest.WeightsUnavailable: _MODEL_DOWN,
    ingest.LedgerUnavailable: STORE_DOWN,
    ingest.LedgerFull: STORAGE_FULL,
    ingest.LedgerCorrupt: _CORRUPT,
    ingest.OutputUnavailable: Problem(
        503, "output-unavailable", "Output unavailable", "The output cannot be written.", UNAVAILABLE
    ),
    ingest.OutputFull: STORAGE_FULL,
    qa.ModelUnavailable: _MODEL_DOWN,
    deadline.TimeOver: _TIME_OVER,
    deadline.Gone: GONE,
    api.BadSettings: _SETTINGS,
    api.MissingExtra: Problem(
        503, "missing-extra", "Not installed", "The server lacks an optional part that this needs.", UNAVAILABLE
    ),
    api.HomeUnavailable: STORE_DOWN,
    api.HomeFull: STORAGE_FULL,
    api.HomeCorrupt: _CORRUPT,
    api.AddressInUse: Problem(503, "address-in-use", "Address in use", "The address is taken.", UNAVAILABLE),
    api.NotStarted: Problem(503, "not-started", "Not started", "The server could not start.", UNAVAILABLE),
    api.Busy: Problem(
        503, "busy", "Busy", "Documents are being ingested. Try again after the time in Retry-After.", UNAVAILABLE
    ),
    api.NotFound: NOT_FOUND_HERE,
    api.Taken: Problem(409, "taken", "Name taken", "Another key has, or had, this name.", USAGE),
    api.UnknownPatient: NO_PATIENT,
    api.NoRanking: NO_RANKING,
    api.UnknownName: UNKNOWN_NAME,
    api.NothingLoaded: NO_SOURCE,
    api.BadCursor: BAD_CURSOR,
    api.UnreadableRecord: BAD_SOURCE,
    api.BadUpload: Problem(
        422, "bad-upload", "Bad upload", "Send at least one file that is not empty, as form field `files`.", BAD_INPUT
    ),
    api.Forbidden: FORBIDDEN,
    api.QueueFull: QUEUE_FULL,
}
BY_SLUG = {problem.slug: problem for problem in (*PROBLEMS.values(), INTERNAL_ERROR, JOB_DIED)}

_NO_WAY = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENOTDIR, errno.EEXIST}


def traced(error: BaseException) -> str:
    """The kind of an unexpected error and where it happened, for a log: not its message, which may hold anything."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"{type(error).__name__}\n{frames}"


def of(error: BaseException) -> Problem | None:
    """What the table says of an error, or of the nearest class it derives from; None where it is not expected."""
    for kind in type(error).__mro__:
        if kind in PROBLEMS:
            return PROBLEMS[kind]
    if isinstance(error, OSError) and error.errno in _NO_SPACE:  # wherever it came from
        return STORAGE_FULL
    if isinstance(error, OSError) and error.errno in _NO_WAY:
        return STORE_DOWN
    return None
