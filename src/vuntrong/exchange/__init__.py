"""What goes between the registry and files of other people: workbooks read in, data handed over.

Nouns: Import, ImportTemplate. Must not know reports.
"""
