"""`python -m generator` is `disclose`."""

import sys

from generator.cli import main

sys.exit(main())
