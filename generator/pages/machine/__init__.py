"""What machines read of a page: its head, the identifiers of a paper, and how its parts are linked."""
