"""Maps of counties: borders with their source and licence, and how they are drawn."""
