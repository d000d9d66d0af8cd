"""Reading the rows of one file: runs in a process of its own, because files may be hostile.

`python -m wielkopolskaes.importing.reading FORMAT` takes a file on its input and gives one JSON
object (`found.Rows`) on its output; `importing.process` starts it and ends it.
"""
