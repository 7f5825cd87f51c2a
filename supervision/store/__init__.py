"""The store (存储): one SQLite file is the record; the only importer of sqlite_utils."""
