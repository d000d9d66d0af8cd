"""Making the sizes and formats in which a picture is served, each once."""

from threading import Lock

from PIL import Image

from wielkopolskaes.media.images import written
from wielkopolskaes.media.sizes import (
    CENTRE,
    ENDINGS,
    FORMATS,
    Focal,
    Spec,
    declared,
    parse,
    stored_name,
)
from wielkopolskaes.media.store import FileStore

# One process makes one rendition at a time per lock; which lock follows from the name. Two
# processes may both make it: the store keeps the first, and they are equal.
_LOCKS = tuple(Lock() for _ in range(16))


def ensure(store: FileStore, sha256: str, name: str) -> str:
    """Make a declared rendition if it is not there yet; return its name in the store."""
    kept = stored_name(sha256, name)
    if not store.exists(kept):
        with _LOCKS[hash(kept) % len(_LOCKS)]:
            if not store.exists(kept):
                with store.open(sha256) as file, Image.open(file) as master:
                    store.put(kept, render(master, name))
    return kept


def make_renditions(store: FileStore, sha256: str, focal: Focal = CENTRE) -> list[str]:
    """Make all declared renditions of a kept picture; return the names of those that were new."""
    with store.open(sha256) as file, Image.open(file) as master:
        mime = Image.MIME[str(master.format)]
        names = [
            f"{spec}.{ending}" for spec in declared(*master.size, focal) for ending in ENDINGS[mime]
        ]
        new = [name for name in names if not store.exists(stored_name(sha256, name))]
        for name in new:
            store.put(stored_name(sha256, name), render(master, name))
    return new


def render(master: Image.Image, name: str) -> bytes:
    """Draw and encode one rendition of a kept picture."""
    spec, form = parse(name), FORMATS[name.rpartition(".")[2]]
    tries = form.drawing if master.format == "PNG" else form.photograph
    picture = _drawn(master, spec)
    return min((written(picture, form.encoder, **options) for options in tries), key=len)


def _drawn(master: Image.Image, spec: Spec) -> Image.Image:
    if master.mode == "P":
        # Between two colours of a palette there is no third one to shrink to.
        master = master.convert("RGB")
    if spec.focal is None:
        box = (0.0, 0.0, float(master.width), float(master.height))
        height = max(1, round(spec.width * master.height / master.width))
    else:
        box, height = cut_box(master.size, (spec.width, spec.height), spec.focal), spec.height
    return master.resize((spec.width, height), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)


def cut_box(
    size: tuple[int, int], wanted: tuple[int, int], focal: Focal
) -> tuple[float, float, float, float]:
    """Find the largest part with the wanted proportions whose middle is nearest the focal point."""
    scale = min(size[0] / wanted[0], size[1] / wanted[1])
    width, height = wanted[0] * scale, wanted[1] * scale
    left = max(0.0, min(size[0] * focal[0] / 100 - width / 2, size[0] - width))
    top = max(0.0, min(size[1] * focal[1] / 100 - height / 2, size[1] - height))
    # Rounding must not put an edge outside of the picture, not even by 1e-13.
    return left, top, min(left + width, size[0]), min(top + height, size[1])
