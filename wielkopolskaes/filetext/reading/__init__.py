"""Reading the text of one file: runs in a process of its own, because files may be hostile.

`python -m wielkopolskaes.filetext.reading MIME` takes a file on its input and gives one JSON
object (`found.Found` without its bounds) on its output. `filetext.process` starts it and ends it.
"""
