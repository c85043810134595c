"""Legal instruments and every dated number or layout that cites them.

Nouns: LegalInstrument, LayoutProfile. Must not know units, people or classes."""
