"""The stage of a case, and the moves that the policy provides from there."""
