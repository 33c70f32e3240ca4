"""The scripts are run from their own folder, not as a package; the tests find them the same way."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
