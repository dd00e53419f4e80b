"""What the registry's page is told at build time: where the project lives, and a README whose links lead there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_RELATIVE = re.compile(r"(?P<text>!?\[[^\]]*\])\((?P<target>(?![a-z]+:|#)[^)\s]+)\)")
"""A link of Markdown that leads to a file of this repository."""


class RegistryPage(MetadataHookInterface):
    """Writes `readme` and `urls`, from `repository` in pyproject.toml and the version."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Adds both to the project's metadata; without an address, a link is its text and there are no urls."""
        repository = str(self.config["repository"]).rstrip("/")
        files = f"{repository}/blob/v{metadata['version']}"
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        leading = rf"\g<text>({files}/\g<target>)" if repository else r"\g<text>"
        metadata["readme"] = {"content-type": "text/markdown", "text": _RELATIVE.sub(leading, text)}
        metadata["urls"] = addresses(repository, files) if repository else {}


def addresses(repository: str, files: str) -> dict[str, str]:
    """Returns the addresses that the registry shows, by the labels that it knows."""
    return {
        "Source": repository,
        "Documentation": f"{files}/docs/index.md",
        "Changelog": f"{files}/CHANGELOG.md",
        "Issues": f"{repository}/issues",
    }
