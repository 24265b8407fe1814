"""`python -m lk3`: the command line."""

import sys

from lk3.cli import main

if __name__ == "__main__":
    sys.exit(main())
