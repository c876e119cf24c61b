"""Where compiled kernels are kept: a folder named after the sources they were compiled from."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = "NUMBA_CACHE_DIR"


def keep_kernels() -> None:
    """Point Numba at `.data/kernels/<fingerprint>` unless the environment names another place.

    To be called before the first kernel is imported. A changed source starts an empty folder:
    Numba itself would go on with a caller's old code when only the callee changed.
    """
    if VARIABLE in os.environ:
        return
    texts = sorted((ROOT / "policies").rglob("*.py"))
    seen = hashlib.sha256(b"".join(text.read_bytes() for text in texts)).hexdigest()[:16]
    os.environ[VARIABLE] = str(ROOT / ".data" / "kernels" / seen)
