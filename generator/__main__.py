"""`python -m generator` is `papers`."""

from generator.cli import program

program()
