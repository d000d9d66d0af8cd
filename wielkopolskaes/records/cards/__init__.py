"""Cards of records for print: tagged PDF (PDF/UA-1) of what the record's page says.

`reading` turns the page into data, `setting` has a process of its own make a PDF of them
(`typesetter.py` with `card.typ`), and the views answer with it.
"""
