"""What a route is given: the parts and the jobs of the running application."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.http.kept_cases import KeptCases
from api.jobs.worker import Jobs
from api.wiring import Parts


def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


def _cases(request: Request) -> KeptCases:
    cases: KeptCases = request.app.state.cases
    return cases


OpenParts = Annotated[Parts, Depends(_parts)]
OpenJobs = Annotated[Jobs, Depends(_jobs)]
OpenCases = Annotated[KeptCases, Depends(_cases)]
