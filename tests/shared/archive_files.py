"""Archives made in memory."""

import io
import zipfile


def zipped(*members, compression=zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of (name or ZipInfo, content) pairs."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()
