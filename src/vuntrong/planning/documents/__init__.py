"""What the papers and workbooks of planning say."""
