"""What CI installs: a version or address that somebody names, else where this program came from."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any
from urllib.parse import urlsplit

from ogpcase import __version__
from ogpcase.errors import Misused

_VERSION = re.compile(r"[0-9]+(\.[0-9]+)*((a|b|rc)[0-9]+)?(\.post[0-9]+)?(\.dev[0-9]+)?")
_SCHEMES = ("https", "git+https")
"""Those that anybody can fetch from, and nobody on the way can change."""


def requirement_of(typed: str) -> str:
    """Returns what pip installs for a typed version, `0.1.0`, or address. Raises Misused.

    Whether there is such a version or address cannot be known here: ogpcase never uses the network.
    """
    if _VERSION.fullmatch(typed):
        return f"ogpcase=={typed}"
    if re.search(r"[\s\"'`$\\{}<>;]", typed) or not _is_public(typed):
        raise Misused(
            "this is neither a version nor an address that CI can install ogpcase from",
            "name a version that a registry has: `0.1.0`",
            "or an address, without a password in it: `git+https://HOST/OWNER/ogpcase@COMMIT`, or `https://…/….whl`",
        )
    return f"ogpcase @ {typed}"


def own_requirement() -> str | None:
    """Returns what pip installs to get this very program; None if it came from a folder or file of this machine."""
    try:
        origin = distribution("ogpcase").read_text("direct_url.json")  # PEP 610; a registry leaves none
    except PackageNotFoundError:
        return None
    if origin is None:
        return f"ogpcase=={__version__}"
    address = _address(json.loads(origin))
    return f"ogpcase @ {address}" if _is_public(address) else None


def _address(origin: dict[str, Any]) -> str:
    if "vcs_info" in origin:
        return f"{origin['vcs_info']['vcs']}+{origin['url']}@{origin['vcs_info']['commit_id']}"
    sha256 = origin.get("archive_info", {}).get("hashes", {}).get("sha256")
    return f"{origin['url']}#sha256={sha256}" if sha256 else str(origin["url"])


def _is_public(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.hostname) and parts.username is None and parts.password is None
