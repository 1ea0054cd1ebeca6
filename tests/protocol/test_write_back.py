"""What an object of the trusted side takes over from the student's process, and what it refuses."""

import numpy as np
import pytest
import torch
from torch import nn

from course_utils.protocol.codec import CodecError
from course_utils.protocol.write_back import write_back
from course_utils.sandbox.request_server import _content


def test_generators_go_on_where_the_students_process_left_them():
    here, there = np.random.default_rng(3), np.random.default_rng(3)
    there.random(5)
    write_back(here, _content(there))
    assert here.random() == there.random()
    here, there = torch.Generator().manual_seed(3), torch.Generator().manual_seed(3)
    for steps in (1, 622, 1, 1, 700):
        torch.rand(steps, generator=there)
        write_back(here, _content(there))
        assert here.get_state().equal(there.get_state())


@pytest.mark.parametrize("kind", [np.random.MT19937, np.random.Philox, np.random.SFC64])
def test_generators_of_other_kinds_stay_as_they_are(kind):
    here, there = np.random.Generator(kind(3)), np.random.Generator(kind(3))
    there.random(5)
    assert not write_back(here, _content(there))
    assert here.random() == np.random.Generator(kind(3)).random()


@pytest.mark.parametrize("claim", [{"has_uint32": "1"}, {"uinteger": -1}, {"state": {"inc": ""}}])
def test_a_state_that_is_none_is_refused(claim):
    rng = np.random.default_rng(3)
    with pytest.raises(CodecError):
        write_back(rng, _content(rng) | claim)


def test_a_state_that_points_behind_its_numbers_is_refused():
    state = torch.Generator().get_state()
    state.view(torch.int64)[2] = 600  # the place of the next number, with all still to come
    state.view(torch.int32)[2] = 624
    with pytest.raises(CodecError):
        write_back(torch.Generator(), state)


def test_tensors_take_over_that_they_require_gradients():
    here, there = torch.ones(2), torch.ones(2)
    there.requires_grad_()
    write_back(here, _content(there))
    assert here.requires_grad


def test_networks_take_over_numbers_flags_and_losses():
    here, there = (nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3)) for _ in range(2))
    there.eval()[1].num_batches_tracked += 7
    there[0].bias.requires_grad_(False)
    there[1].weight = None
    write_back(here, _content(there))
    assert here.state_dict().keys() == there.state_dict().keys()
    assert all(value.equal(here.state_dict()[name]) for name, value in there.state_dict().items())
    assert not here[0].bias.requires_grad
    assert not any(module.training for module in here.modules())
