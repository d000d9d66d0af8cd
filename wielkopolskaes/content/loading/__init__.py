"""Content files to items: the portal's starting content, and demonstration items.

docs/content-files.md describes the format. Loading is idempotent: an item is known by the file
it came from, an unchanged file is left alone, and a file that changed replaces the item's
fields only while nobody has edited the item since.
"""

from wielkopolskaes.content.loading.services import LoadReport, load

__all__ = ["LoadReport", "load"]
