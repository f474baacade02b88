"""Releases of the procedure catalogue kept in the database."""
