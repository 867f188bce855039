"""The sentences of the pages in the languages of people, one data file a language."""

from docgen.messages.catalogue import DEFAULT, Catalogue, catalogue, languages, nearest

__all__ = ["DEFAULT", "Catalogue", "catalogue", "languages", "nearest"]
