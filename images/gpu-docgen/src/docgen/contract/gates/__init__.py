"""The security gates: what must hold of a bundle, whatever wrote it and whatever repository it is for.

One library for both sides: the generator runs it before it seals a bundle, and the publisher, which
trusts no generator, runs it again. A gate is a small function that yields findings; each assumes that
an attacker wrote the bundle. Import from the modules: `table` needs the parsers and scanners,
`addresses` and `places` need nothing.
"""
