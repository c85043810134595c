"""Units with dated rows, people and where they work.

Nouns: Unit, UnitVersion, Person, Posting. Must not know users, programmes or classes."""
