"""`python -m docgen`, for places where the console script is not on the path."""

import sys

from docgen.cli import main

if __name__ == "__main__":
    sys.exit(main())
