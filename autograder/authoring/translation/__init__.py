"""Notebooks in other languages, from the same sources and gettext catalogues."""
