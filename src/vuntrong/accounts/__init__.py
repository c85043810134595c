"""Users, roles granted on a unit's subtree, sign-in.

Nouns: User, Grant. Must not know plans or classes."""
