"""Words that the dictionary lacks, from `schemas/search/words.yaml`."""

from pathlib import Path

import yaml

from polish.hunspell import Dictionary, Entry


def more_entries(dictionary: Dictionary, path: Path) -> list[Entry]:
    """Make entries of words that are inflected like others: `webinar: seminar`."""
    flags = {entry.word: entry.flags for entry in dictionary.entries}
    words: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    missing = sorted({model for model in words.values() if not flags.get(model)})
    if missing:
        raise SystemExit(f"{path}: the dictionary cannot inflect {', '.join(missing)}.")
    return [Entry(word, flags[model]) for word, model in words.items()]
