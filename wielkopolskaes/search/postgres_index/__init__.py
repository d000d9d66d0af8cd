"""The index as tables of the portal's PostgreSQL: one for all web nodes, disposable all the same.

Matching is PostgreSQL's (`tsvector` of our keys under a GIN index), weights are ours
(`ranking`). No migration knows these tables: they lie in a schema of their own that the indexer
makes, and backups leave it out.
"""
