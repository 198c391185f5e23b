"""`python -m api` is `medgraph`."""

import sys

from api.cli import main

sys.exit(main())
