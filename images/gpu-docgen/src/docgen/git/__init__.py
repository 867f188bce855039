"""Reading a hostile repository with git: nothing in it can run a command or leave its folder."""
