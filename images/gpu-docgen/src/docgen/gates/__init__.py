"""Gates over finished pages: what a page names exists, its links lead somewhere, its code can be read.

They see Markdown, the facts and the tree, and do not care who wrote the page. The security gates are in
`docgen.contract.gates`.
"""
