"""`python -m generator` is `papers`."""

from generator.cli import main

main(prog_name="papers")
