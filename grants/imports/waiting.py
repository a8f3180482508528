"""Where a sheet waits between its preview and its confirmation: a private folder, names of our own making."""

import re
import time
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from import_export.tmp_storages import BaseStorage

LONGEST_WAIT = 2 * 60 * 60
_NAME = re.compile(r"[0-9a-f]{32}")


class WaitingSheets(BaseStorage):
    """One waiting sheet (a temporary storage of django-import-export). Those too old are swept when one comes."""

    @property
    def folder(self) -> Path:
        return Path(settings.VAR_DIR) / "waiting-sheets"

    @property
    def path(self) -> Path:
        """Where this sheet is. Raises FileNotFoundError for a name that we did not make."""
        if not _NAME.fullmatch(self.name or ""):
            raise FileNotFoundError(self.name)
        return self.folder / self.name

    def save(self, data: bytes) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._sweep()
        self.name = uuid4().hex
        self.path.write_bytes(data)

    def read(self) -> bytes:
        """The sheet. Raises FileNotFoundError when it has gone."""
        return self.path.read_bytes()

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)

    def _sweep(self) -> None:
        for path in self.folder.iterdir():
            if _NAME.fullmatch(path.name) and path.stat().st_mtime < time.time() - LONGEST_WAIT:
                path.unlink(missing_ok=True)
