"""The shipped weights are those that the script makes, and foreign ones never hold up a lesson."""

import hashlib

import numpy as np
import pytest
import torch
from torch import nn

from course_utils.authoring import pretrain
from course_utils.data import download, phantoms
from course_utils.errors import CourseError
from course_utils.models import (
    SmallNet,
    chest_net,
    imagenet_net,
    modality_net,
    predict,
    pretrained,
    standardized,
)


@pytest.mark.parametrize("name", pretrained.SHA256)
def test_each_file_has_its_checksum_and_is_small(name):
    content = (pretrained.FOLDER / f"{name}.safetensors").read_bytes()
    assert hashlib.sha256(content).hexdigest() == pretrained.SHA256[name]
    assert len(content) < 2_000_000


def test_there_are_no_other_weights():
    found = {path.stem for path in pretrained.FOLDER.glob("*.safetensors")}
    assert found == set(pretrained.SHA256)


def test_the_modality_network_names_new_images():
    fresh = phantoms.modalities(180, 28, seed=12)
    named = predict(modality_net(), standardized(fresh.images)).argmax(dim=1).numpy()
    assert (named == fresh.labels).mean() > 0.97


def test_the_chest_network_finds_opacities():
    fresh = phantoms.chest(300, 28, seed=12)
    chance = predict(chest_net(), standardized(fresh.images))[:, 1].numpy()
    assert ((chance > 0.5) == fresh.labels).mean() > 0.75


def test_a_few_steps_of_the_script_give_the_same_bytes_again():
    first, second = (pretrain.modalities(images=96, epochs=2) for _ in range(2))
    assert pretrain.content(first) == pretrain.content(second)
    tuned = [pretrain.content(pretrain.chest(first, images=64, epochs=1)) for _ in range(2)]
    assert tuned[0] == tuned[1] != pretrain.content(first)


def test_altered_or_missing_weights_are_refused(tmp_path, monkeypatch):
    content = (pretrained.FOLDER / "chest.safetensors").read_bytes()
    monkeypatch.setattr(pretrained, "FOLDER", tmp_path)
    with pytest.raises(CourseError, match="missing"):
        chest_net()
    (tmp_path / "chest.safetensors").write_bytes(content[:-1] + b"\1")
    with pytest.raises(CourseError, match="another checksum"):
        chest_net()


def test_images_are_scaled_around_zero():
    x = standardized(np.array([[[0, 255], [51, 204]]], dtype=np.uint8))
    assert x.shape == (1, 1, 2, 2)
    torch.testing.assert_close(x[0, 0], torch.tensor([[-2.0, 2.0], [-1.2, 1.2]]))


def _tiny() -> nn.Module:
    return SmallNet(2, widths=(2,), seed=1)


def test_phantoms_only_means_random_weights_and_a_notice(monkeypatch, capsys):
    monkeypatch.setenv("COURSE_DATA_SOURCE", "phantoms")
    monkeypatch.delenv("COURSE_DATA", raising=False)
    monkeypatch.setattr(download, "fetch", lambda *_: pytest.fail("nothing may be fetched"))
    monkeypatch.setattr(pretrained, "_sha256", lambda path: "not the published one")
    network, seen = imagenet_net(_tiny)
    assert not seen
    assert not network.training
    shown = capsys.readouterr().out
    assert "RANDOM WEIGHTS" in shown
    assert "COURSE_DATA_SOURCE=phantoms asks for no download" in shown


def test_without_a_network_the_notice_says_why(monkeypatch, capsys, tmp_path):
    def fetch(*_):
        raise download.UnavailableError("download.pytorch.org cannot be reached from here.")

    monkeypatch.setenv("COURSE_DATA_SOURCE", "auto")
    monkeypatch.setattr(download, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(download, "fetch", fetch)
    assert imagenet_net(_tiny)[1] is False
    assert "cannot be reached from here" in capsys.readouterr().out


def test_weights_in_the_given_folder_are_used(monkeypatch, tmp_path):
    name = pretrained.IMAGENET_URL.rpartition("/")[2]
    state = SmallNet(2, widths=(2,), seed=9).state_dict()
    torch.save(state, tmp_path / name)
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    digest = hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
    monkeypatch.setattr(pretrained, "IMAGENET_SHA256", digest[:8])
    network, seen = imagenet_net(_tiny)
    assert seen
    torch.testing.assert_close(network.fc.weight, state["fc.weight"])
