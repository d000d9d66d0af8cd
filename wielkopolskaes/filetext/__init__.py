"""The text of files: what a reader of a PDF or of an office document can read in it.

A file is read once, by its digest, in a job after its upload. `reading` does it in a process of
its own, within bounds; `process` runs that. The text is kept in the database and found through
the items that show the file, and by nothing else.
"""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Read files after their upload, and whatever waits; needs the parts `jobs` and `search`."""
    from wielkopolskaes.filetext import jobs
    from wielkopolskaes.filetext.services import FILE_TEXT

    config.add_job(FILE_TEXT, jobs.read_text)
    config.add_job(jobs.CATCH_UP, jobs.catch_up, every=jobs.EVERY)
