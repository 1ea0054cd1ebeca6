"""What checks ask of a network: plain data comes back, and the network stays as it was."""

import numpy as np
import pytest
import torch
from torch import nn

from course_utils.checks.core import modules
from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.elsewhere import Elsewhere


@pytest.fixture
def network():
    torch.manual_seed(3)
    layers = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Dropout(0.5), nn.Linear(4, 2))
    layers[1].eval()
    return layers


@pytest.fixture
def x():
    return torch.randn(5, 3, generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize("training", [True, False])
def test_a_question_leaves_flags_gradients_and_the_global_generator_alone(network, x, training):
    flags, generator = modules.training_flags(network), torch.random.get_rng_state()
    modules.forward(network, x, training=training)
    modules.gradients(network, x, upstream=torch.ones(5, 2), training=training)
    assert modules.training_flags(network) == flags
    assert all(p.grad is None for p in network.parameters())
    assert torch.equal(torch.random.get_rng_state(), generator)


def test_hooks_that_stay_are_seen_at_any_depth(network, x):
    def leaves(network, x, at):
        return network[at].register_forward_hook(lambda *_: None) and network(x)

    def removes(network, x):
        network.register_forward_pre_hook(lambda *_: None).remove()
        return 1

    assert modules.leaves_hooks_on(removes, network, x) == {"value": 1, "hooked": False}
    assert modules.leaves_hooks_on(leaves, network, x, 0)["hooked"]


def test_dropout_works_in_training_mode_alone_and_follows_the_seed(network, x):
    outputs = [modules.forward(network, x, training=True, seed=s) for s in (1, 1, 2)]
    assert torch.equal(outputs[0], outputs[1])
    assert not torch.equal(outputs[0], outputs[2])
    assert torch.equal(modules.forward(network, x, seed=1), modules.forward(network, x, seed=2))


def test_gradients_are_those_of_autograd_and_skip_what_is_frozen_or_unreached(network, x):
    network[0].requires_grad_(False)
    network.unused = nn.Parameter(torch.ones(1))
    network.eval()
    found = modules.gradients(network, x, upstream=torch.ones(5, 2))
    output = x
    for layer in list(network)[:4]:
        output = layer(output)
    output.sum().backward()
    assert set(found) == {"1.weight", "1.bias", "3.weight", "3.bias"}
    for name, gradient in found.items():
        np.testing.assert_array_equal(gradient, network.get_parameter(name).grad)


def test_a_loaded_state_is_the_networks_own(network):
    modules.load_state(network, {"0.bias": np.arange(4.0)})
    assert network[0].bias.tolist() == [0, 1, 2, 3]
    kept = modules.state(network)
    kept["0.bias"][:] = 9
    assert network[0].bias.tolist() == [0, 1, 2, 3]
    with pytest.raises(Unusable, match=r"no '0\.bias' of shape"):
        modules.load_state(network, {"0.bias": np.arange(3.0)})


def test_what_is_no_network_is_said_in_words():
    for question in (modules.forward, modules.state, modules.count_parameters):
        with pytest.raises(Unusable, match="expected a network"):
            question(None)


def test_a_function_is_differentiated_by_the_arguments_asked_for():
    a, b = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 5.0])
    found = modules.differentiate(lambda a, b: (a * b.detach()).sum(), a, b, wrt=(0, 1))
    assert found["value"] == 13
    np.testing.assert_array_equal(found["gradients"], [[3, 5], [0, 0]])
    assert not a.requires_grad
    found = modules.differentiate(lambda a: a.detach(), a, wrt=(0,))
    np.testing.assert_array_equal(found["gradients"], [[0, 0]])
    with pytest.raises(Unusable, match="expected a PyTorch tensor"):
        modules.differentiate(lambda a: a.sum().item(), a, wrt=(0,))


def test_a_handle_is_asked_instead():
    class Handle(Elsewhere):
        def perform(self, operation, *args, **kwargs):
            return {"asked": (operation, *args)} if operation != "parameter_shapes" else {"w": (2,)}

    assert modules.forward(Handle(), 7) == {"asked": ("forward", 7)}
    assert modules.count_parameters(Handle()) == 2
    assert modules.differentiate(Handle(), 7, wrt=(0,)) == {"asked": ("differentiate", 7)}
