"""What readers take with them: papers as Markdown, JSON, CSV and SQLite, and pictures for previews. Pure."""
