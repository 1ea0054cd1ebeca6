"""Takes what the catalogue needs from MedMNIST's own table: maintainers run it for a new release.

Run: python -m course_utils.authoring.medmnist_table

Importing `medmnist` takes seconds, because it brings in PyTorch, and makes a folder in the user's
home; so `data.load` reads the copy that is written here, and a test compares it with the original.
"""

import json

from course_utils.data.archives import SPLITS
from course_utils.data.catalogue import SIZES, TABLE, suffix
from course_utils.files import write_atomically


def rows() -> dict[str, dict]:
    """What is copied: name -> row, for the sets of gray 2-D images with one label each."""
    from medmnist import INFO

    return {
        name: {
            "class_names": [row["label"][str(k)] for k in range(len(row["label"]))],
            "licence": row["license"],
            "counts": {split: row["n_samples"][split] for split in SPLITS},
            "files": {
                str(size): {"url": row[f"url{suffix(size)}"], "md5": row[f"MD5{suffix(size)}"]}
                for size in SIZES
            },
        }
        for name, row in sorted(INFO.items())
        if row["n_channels"] == 1
        and row["task"] in ("binary-class", "multi-class")
        and not name.endswith("3d")
        and all(f"url{suffix(size)}" in row for size in SIZES)
    }


def main() -> None:
    """Write the table."""
    write_atomically(TABLE, json.dumps(rows(), indent=1) + "\n")


if __name__ == "__main__":
    main()
