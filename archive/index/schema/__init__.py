"""The SQL of every table and view. A comment behind a name is its documentation: SQLite keeps it, SCHEMA.md prints it."""
