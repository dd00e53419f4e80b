"""Where the rooms below meet: open a case folder, load it, check it, locate problems, make the public copy."""
