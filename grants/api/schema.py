"""Between drf-spectacular, which walks the addresses, and what our views say of themselves."""

from typing import Any

from drf_spectacular.openapi import AutoSchema


class RegistrySchema(AutoSchema):
    """For DEFAULT_SCHEMA_CLASS: a view's `operation` says what there is to say. A view without one stays untold."""

    def is_excluded(self) -> bool:
        return getattr(self.view, "operation", None) is None

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        return None if self.is_excluded() else self.view.operation.described()  # type: ignore[attr-defined]
