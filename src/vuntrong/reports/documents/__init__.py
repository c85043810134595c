"""What the papers and workbooks of a report say. Papers are Vietnamese whatever the language of the interface."""
