"""The index on disk: Whoosh keeps the terms and the files, everything above is ours.

No other package imports `whoosh`. Whoosh's own queries are not used: they are made for
collections a hundred times smaller than what a first page within milliseconds asks for.
"""
