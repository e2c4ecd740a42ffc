"""`python -m sundial`."""

from sundial.cli import main

main()
