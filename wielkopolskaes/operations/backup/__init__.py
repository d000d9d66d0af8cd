"""Backups: one folder for each, complete in itself, and the way back.

```
backups/
  erased.json                 who was erased, by number: applied again after a restore
  20261122T030000Z/
    manifest.json             version, revision, rows of each table, digests of everything
    database.sqlite           or database.dump, made by pg_dump
    files/ab/abcd…            stored files by their SHA-256; hard links to the backup before
```

The database is copied first, in one moment, then the files that its rows name. A file is always
there before its row is, and never changes, so the two fit while the portal serves.
"""
