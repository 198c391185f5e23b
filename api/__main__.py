"""`python -m api` is `medgraph`."""

import sys

from api.cli.main import main

sys.exit(main())
