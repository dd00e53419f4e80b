"""Opens a case folder, loads and checks it, locates problems, and makes the public copy."""
