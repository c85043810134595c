"""Workbooks of people: upload, reading, preview, writing, results; templates; units to match."""
