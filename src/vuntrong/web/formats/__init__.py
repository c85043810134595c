"""How days and numbers are written: dd/mm/yyyy in both languages, 1.234,5 in Vietnamese, 1,234.5 in English."""
