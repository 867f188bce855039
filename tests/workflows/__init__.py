"""The workflows that we ship, read by actionlint and zizmor."""
