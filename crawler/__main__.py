"""``python -m crawler`` is ``tearsheet``."""

import sys

from crawler.cli import main

sys.exit(main())
