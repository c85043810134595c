"""What may be taught, and to whom.

Nouns: Programme, TargetGroup. Must not know plans or classes."""
