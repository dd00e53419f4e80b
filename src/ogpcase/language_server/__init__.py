"""The language server: diagnostics, completion and more as somebody types. Nothing else knows pygls and lsprotocol."""
