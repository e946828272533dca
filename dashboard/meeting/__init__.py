"""What a meeting takes along: decks, slides, brief and workbook."""
