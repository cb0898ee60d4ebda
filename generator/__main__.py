"""`python -m generator` is `papers`."""

from generator.program import run

run()
