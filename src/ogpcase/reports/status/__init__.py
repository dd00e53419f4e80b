"""Where a case stands, and which moves the policy has from there."""
