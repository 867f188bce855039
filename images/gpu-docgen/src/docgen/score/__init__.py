"""How much of a documentation the repository bears out, from 0 to 100.

Reads Markdown and sources with code of its own: nothing here is shared with what finds the facts and
writes the pages, so a mistake there is not repeated here. A measure of quality, never of security.
"""
