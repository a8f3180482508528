"""The file of an import, kept in the database: whichever machine reads it finds it, and it can be looked at again."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction

from grants.models import Import, ImportPart

PIECE = 1 << 20
A_DAY = 24 * 60 * 60
QUICKLY = 1  # zlib's level: a sheet shrinks to a quarter at 100 MB a second


def store_file(batch: Import, chunks: Iterable[bytes]) -> None:
    """Keep the file that `chunks` make, with its size in bytes and its SHA-256, in place of what was kept."""
    digest, size = hashlib.sha256(), 0
    with transaction.atomic():
        batch.parts.all().delete()
        for position, piece in enumerate(in_pieces(chunks)):
            digest.update(piece)
            size += len(piece)
            ImportPart.objects.create(import_batch=batch, position=position, content=zlib.compress(piece, QUICKLY))
        batch.fingerprint, batch.file_size = digest.hexdigest(), size
        batch.save(update_fields=["fingerprint", "file_size"])


def in_pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes cut into pieces of one size."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) >= PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    if held:
        yield bytes(held)


def spool() -> Path:
    """The folder where files are put out to be read."""
    folder = Path(settings.VAR_DIR) / "reading"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def sweep_spool() -> None:
    """Remove what workers that were killed left there."""
    for folder in spool().iterdir():
        if folder.stat().st_mtime < time.time() - A_DAY:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def opened_file(batch: Import) -> Iterator[Path]:
    """A path at which the file can be read, until the block ends."""
    with tempfile.TemporaryDirectory(dir=spool()) as folder:
        path = Path(folder) / "sheet"
        with path.open("wb") as out:
            for content in batch.parts.order_by("position").values_list("content", flat=True).iterator(chunk_size=4):
                out.write(zlib.decompress(bytes(content)))
        yield path


def file_is_kept(batch: Import) -> bool:
    """Whether the file can still be read."""
    return batch.parts.exists()
