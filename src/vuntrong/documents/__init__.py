"""DOCX, XLSX, PDF out and workbooks in. Knows formats, not people.

Nouns: Sheet (rows for XLSX), Paper (an official paper), Workbook (a spreadsheet that came in), StoredFile."""
