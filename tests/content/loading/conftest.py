from datetime import UTC, datetime

import pytest

from wielkopolskaes.content.loading import load


@pytest.fixture
def folder(tmp_path):
    """Write content files: the front matter as lines of YAML, then the text."""

    def folder(path, front="", body="Treść.", *, kind="page", title=None, beside=None):
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        known = f"kind: {kind}\ntitle: {title or path}\n" if kind else ""
        file.write_text(f"---\n{known}{front}\n---\n{body}\n", encoding="utf-8")
        for name, data in (beside or {}).items():
            (file.parent / name).write_bytes(data)
        return file

    folder("index.md", "lang: pl\nlisting: home", kind="section", title="Portal")
    return folder


@pytest.fixture
def load_again(db, registry, tmp_path):
    """Load what is in the folder now."""

    def load_again():
        report = load(db, registry, tmp_path / "content", now=datetime.now(UTC))
        db.flush()
        return report.created, report.updated, report.unchanged, report.kept

    return load_again
