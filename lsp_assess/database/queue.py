"""Jobs are asked for in the transaction of the request; they exist once it commits."""

import json
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

DEFER = text(
    "SELECT jobs.procrastinate_defer_jobs_v1(ARRAY[ROW("
    "'default', :task, 0, NULL, NULL, CAST(:arguments AS jsonb), NULL)::jobs.procrastinate_job_to_defer_v1])"
)


def defer(session: Session, *, task: str, **arguments: Any) -> None:
    """Ask a worker to run `task`; `arguments` are JSON and hold references, never personal data."""
    session.execute(DEFER, {"task": task, "arguments": json.dumps(arguments, default=str)})
