"""Make a virtual environment with pip in it, also where the system keeps its pip apart.

Debian and Ubuntu ship Python without ``ensurepip``; installing it needs root. This fetches one pinned
pip from PyPI instead and checks its hash. Standard library only: it runs before anything is installed.

    python3 deploy/make_venv.py .venv
"""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
import tempfile
import urllib.request
import venv
from pathlib import Path

WHEEL = "pip-26.3-py3-none-any.whl"
URL = f"https://files.pythonhosted.org/packages/07/25/ee8c38ae72d66b844ce8eb9711ba905dba21ca1a8a0c960057c41cd23337/{WHEEL}"
SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"


def make(folder: Path, *, own_pip: bool) -> None:
    """Make the environment. Raises: OSError: it cannot be written or fetched; SystemExit: a wrong wheel."""
    venv.create(folder, with_pip=own_pip, clear=True, symlinks=True)
    if own_pip:
        return
    with urllib.request.urlopen(URL, timeout=60) as answer:
        body = answer.read()
    if hashlib.sha256(body).hexdigest() != SHA256:
        sys.exit("What PyPI sent is not the pinned pip; nothing was installed.")
    with tempfile.TemporaryDirectory() as place:
        wheel = Path(place) / WHEEL
        wheel.write_bytes(body)
        command = [str(folder / "bin" / "python"), f"{wheel}/pip", "install", "--quiet", "--no-index", str(wheel)]
        subprocess.run(command, check=True)  # noqa: S603 - our own arguments


if __name__ == "__main__":
    make(Path(sys.argv[1]), own_pip=importlib.util.find_spec("ensurepip") is not None)
