"""Disk: where the records are, reading them safely, writing them whole. What they mean is model's to say."""
