"""A workbook looked through before its reader opens it: what it would be read as is what it shows, or it is refused."""
