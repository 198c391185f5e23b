"""What a route is given: the parts and the jobs of the running application."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.jobs.worker import Jobs
from api.wiring import Parts


def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


OpenParts = Annotated[Parts, Depends(_parts)]
OpenJobs = Annotated[Jobs, Depends(_jobs)]
