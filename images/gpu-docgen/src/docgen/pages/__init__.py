"""The pages: facts to Markdown. Every text that comes from the repository is hostile and escaped."""
