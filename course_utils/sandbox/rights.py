"""What this process may do."""

import os
from pathlib import Path


def is_root() -> bool:
    """Whether this process has root's rights in earnest, to mount and to become another user."""
    cap_sys_admin = 21
    status = Path("/proc/self/status").read_text()
    rights = int(status.partition("CapEff:")[2].split()[0], 16)
    everyone = "4294967295" in Path("/proc/self/uid_map").read_text()
    return os.geteuid() == 0 and everyone and bool(rights >> cap_sys_admin & 1)
