"""From a hunspell dictionary of Polish to the table of the search's lexicon."""
