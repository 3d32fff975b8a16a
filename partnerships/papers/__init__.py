"""What the office hands over on paper: lines with the places that prove them, as a page and as a Word file."""
