"""What a parser sees in any language; what is looked for are query files, one folder a language."""
