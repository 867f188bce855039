"""Which file of the repository an import means, by language; what is not sure is left out."""
