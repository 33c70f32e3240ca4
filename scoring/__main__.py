"""`python -m scoring` is `hiwar`."""

import sys

from scoring.cli import main

sys.exit(main())
