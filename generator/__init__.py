"""A browsable archive of the papers that a community lists each day.

Read `pipeline.py` first: its two functions, `take_snapshot` and `make_site`, tell the whole story.
"""

__version__ = "0.1.0"
