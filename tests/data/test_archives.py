"""Files that are not what they should be are refused, with the difference in the message."""

import io
import os
import tarfile
import zipfile

import numpy as np
import pytest
from PIL import Image

from course_utils.data import archives
from course_utils.data.archives import WrongContentError
from course_utils.data.catalogue import MEDNIST_CLASSES

COUNTS = {"train": 6, "val": 3, "test": 4}


def medmnist(path, content, size=28):
    path.write_bytes(content)
    return archives.read_medmnist(path, size, classes=2, counts=COUNTS)


def jpeg(value, side=64):
    buffer = io.BytesIO()
    Image.fromarray(np.full((side, side), value, np.uint8)).save(buffer, "JPEG")
    return buffer.getvalue()


def members(each=20):
    """Every image's brightness tells its class and its number."""
    return {
        f"MedNIST/{kind}/{number:06d}.jpeg": jpeg(40 * label + number)
        for label, kind in enumerate(MEDNIST_CLASSES)
        for number in range(each)
    }


def write_zip(path, content):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def write_tar(path, content):
    with tarfile.open(path, "w:gz") as archive:
        for name, data in content.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


WRITERS = {"mednist.zip": write_zip, "MedNIST.tar.gz": write_tar}


def test_a_medmnist_file_gives_three_splits(tmp_path, npz):
    splits = medmnist(tmp_path / "a.npz", npz())
    assert {name: len(split) for name, split in splits.items()} == COUNTS
    assert splits["val"].images.dtype == np.uint8
    assert splits["val"].labels.shape == (3,)
    assert splits["val"].labels.dtype == np.int64
    assert splits["val"].truth is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"val_labels": None}, "cannot be read"),
        ({"train_images": np.zeros((6, 32, 28), np.uint8)}, r"shape \(6, 28, 28\)"),
        ({"train_images": np.zeros((5, 28, 28), np.uint8)}, r"\(5, 28, 28\)"),
        ({"test_images": np.zeros((4, 28, 28))}, "uint8.*float64"),
        ({"test_labels": np.zeros((4, 1))}, "integer.*float64"),
        ({"test_labels": np.full((4, 1), 2, np.uint8)}, "between 0 and 1"),
        ({"test_labels": np.full((4, 1), -1, np.int8)}, "between 0 and 1"),
    ],
)
def test_wrong_keys_shapes_types_and_labels_are_named(tmp_path, npz, change, message):
    with pytest.raises(WrongContentError, match=message):
        medmnist(tmp_path / "a.npz", npz(**change))


def test_broken_files_are_refused(tmp_path, npz):
    whole = npz()
    bare = io.BytesIO()
    np.save(bare, np.zeros(3))
    for content in (b"", b"<html>Please log in</html>", whole[:-60], whole[:300], bare.getvalue()):
        with pytest.raises(WrongContentError, match="cannot be read"):
            medmnist(tmp_path / "a.npz", content)


def test_a_file_that_would_run_code_is_refused_and_runs_none(tmp_path, npz):
    class Trap:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "trapped"),)

    content = npz(train_labels=np.array([[Trap()]], dtype=object))
    with pytest.raises(WrongContentError, match="cannot be read"):
        medmnist(tmp_path / "a.npz", content)
    assert not (tmp_path / "trapped").exists()


@pytest.mark.parametrize("name", WRITERS)
def test_mednist_is_split_70_10_20_in_each_class_and_mixed(tmp_path, name):
    path = WRITERS[name](tmp_path / name, members())
    splits = archives.read_mednist(path, 64, MEDNIST_CLASSES)
    assert [len(splits[s]) for s in ("train", "val", "test")] == [84, 12, 24]
    for split in splits.values():
        assert (np.bincount(split.labels) == len(split) / 6).all()
        assert set(split.labels[:6]) == set(range(6))
    train, test = splits["train"], splits["test"]
    number = {k: s.images[:, 32, 32] - 40 * s.labels for k, s in splits.items()}
    assert set(number["train"]) == set(range(14))
    assert set(number["val"]) == {14, 15}
    assert set(number["test"]) == set(range(16, 20))
    assert train.images.shape[1:] == test.images.shape[1:] == (64, 64)
    assert train.images.dtype == np.uint8


@pytest.mark.parametrize("name", WRITERS)
def test_mednist_is_scaled_to_28(tmp_path, name):
    path = WRITERS[name](tmp_path / name, members())
    train = archives.read_mednist(path, 28, MEDNIST_CLASSES)["train"]
    assert train.images.shape == (84, 28, 28)


@pytest.mark.parametrize("name", WRITERS)
def test_other_files_in_the_archive_are_passed_over_and_nothing_is_unpacked(tmp_path, name):
    strange = {"README.md": b"hello", "../../evil.txt": b"x", "/MedNIST/Hand/x.exe": b"MZ"}
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    path = WRITERS[name](folder / name, members() | strange)
    archives.read_mednist(path, 64, MEDNIST_CLASSES)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [path]


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"MedNIST/Hand/000003.jpeg": b"not a picture"}, "cannot be read"),
        ({"MedNIST/Hand/000003.jpeg": jpeg(9, side=32)}, "should be 64×64"),
        ({"MedNIST/Hand/000003.jpeg": bytes(1 << 17)}, "at most 65536 bytes"),
        ({f"MedNIST/Hand/{n:06d}.jpeg": None for n in range(15)}, "holds 5 of Hand"),
    ],
)
def test_wrong_images_in_the_archive_are_named(tmp_path, name, change, message):
    content = {key: value for key, value in (members() | change).items() if value is not None}
    path = WRITERS[name](tmp_path / name, content)
    with pytest.raises(WrongContentError, match=message):
        archives.read_mednist(path, 64, MEDNIST_CLASSES)


@pytest.mark.parametrize("name", WRITERS)
def test_truncated_archives_are_refused(tmp_path, name):
    path = WRITERS[name](tmp_path / name, members())
    path.write_bytes(path.read_bytes()[:-5000])
    with pytest.raises(WrongContentError):
        archives.read_mednist(path, 64, MEDNIST_CLASSES)
