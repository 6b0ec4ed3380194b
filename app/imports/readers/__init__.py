"""Files as rows of cells: workbooks, text, dbf. What a file is, its bytes say, not its name."""
