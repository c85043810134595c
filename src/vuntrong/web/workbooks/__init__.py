"""The steps that every list from a workbook shares: sheet and columns, notes, templates, the workbook with remarks."""
