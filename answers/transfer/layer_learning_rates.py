"""Sample answers to `layer_learning_rates`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("layer_learning_rates", "first layer fastest")
def rates_reversed(model, base_lr, gamma):
    children = [c for c in model.children() if list(c.parameters())]
    return [
        {"params": list(c.parameters()), "lr": base_lr * gamma**n} for n, c in enumerate(children)
    ]


@wrong("layer_learning_rates", "divided by gamma")
def rates_divided(model, base_lr, gamma):
    children = [c for c in model.children() if list(c.parameters())]
    groups, lr = [], base_lr
    for c in reversed(children):
        groups.insert(0, {"params": list(c.parameters()), "lr": lr})
        lr = lr / gamma
    return groups


@wrong("layer_learning_rates", "one factor for all")
def rates_two_levels(model, base_lr, gamma):
    children = [c for c in model.children() if list(c.parameters())]
    groups = [{"params": list(c.parameters()), "lr": base_lr * gamma} for c in children[:-1]]
    return [*groups, {"params": list(children[-1].parameters()), "lr": base_lr}]


@wrong("layer_learning_rates", "last one multiplied, too")
def rates_one_too_many(model, base_lr, gamma):
    children = [c for c in model.children() if list(c.parameters())]
    groups, lr = [], base_lr
    for c in reversed(children):
        lr *= gamma
        groups.insert(0, {"params": list(c.parameters()), "lr": lr})
    return groups


@wrong("layer_learning_rates", "same rate everywhere")
def rates_equal(model, base_lr, gamma):
    children = [c for c in model.children() if list(c.parameters())]
    return [{"params": list(c.parameters()), "lr": base_lr} for c in children]


@wrong("layer_learning_rates", "empty children counted")
def rates_count_relus(model, base_lr, gamma):
    children = list(model.children())
    groups = []
    for n, c in enumerate(children):
        own = list(c.parameters())
        if own:
            groups.append({"params": own, "lr": base_lr * gamma ** (len(children) - 1 - n)})
    return groups


@wrong("layer_learning_rates", "a group for each parameter")
def rates_each_parameter(model, base_lr, gamma):
    own = list(model.parameters())
    return [{"params": [p], "lr": base_lr * gamma ** (len(own) - 1 - n)} for n, p in enumerate(own)]


@wrong("layer_learning_rates", "a group for each inner layer")
def rates_each_layer(model, base_lr, gamma):
    layers = [m for m in model.modules() if list(m.parameters(recurse=False))]
    groups, lr = [], base_lr
    for m in layers[::-1]:
        groups.append({"params": list(m.parameters()), "lr": lr})
        lr *= gamma
    return groups[::-1]


@variant("layer_learning_rates")
def rates_from_the_end(model, base_lr, gamma):
    groups, lr = [], base_lr
    for child in reversed(list(model.children())):
        own = list(child.parameters())
        if own:
            groups.append({"params": own, "lr": lr})
            lr = lr * gamma
    groups.reverse()
    return groups


@variant("layer_learning_rates")
def rates_by_power(model, base_lr, gamma):
    children = [c for c in model.children() if sum(p.numel() for p in c.parameters()) > 0]
    count = len(children)
    return [
        {"params": list(c.parameters()), "lr": base_lr * gamma ** (count - n)}
        for n, c in enumerate(children, start=1)
    ]


@variant("layer_learning_rates")
def rates_by_name(model, base_lr, gamma):
    by_child = {}
    for name, p in model.named_parameters():
        by_child.setdefault(name.split(".")[0], []).append(p)
    rates = base_lr * gamma ** np.arange(len(by_child))[::-1]
    return [{"lr": lr, "params": own} for lr, own in zip(rates, by_child.values(), strict=True)]


@variant("layer_learning_rates")
def rates_with_a_filter(model, base_lr, gamma):
    groups = [{"params": list(c.parameters())} for c in model.children()]
    groups = list(filter(lambda group: len(group["params"]) > 0, groups))
    for n in range(len(groups)):
        groups[-1 - n]["lr"] = base_lr * gamma**n
    return groups


@wrong("layer_learning_rates", "frozen parameters left out")
def rates_of_trainable(model, base_lr, gamma):
    groups, lr = [], base_lr
    for c in reversed(list(model.children())):
        own = [p for p in c.parameters() if p.requires_grad]
        if own:
            groups.insert(0, {"params": own, "lr": lr})
            lr *= gamma
    return groups


@wrong("layer_learning_rates", "inner layers left out")
def rates_without_recursion(model, base_lr, gamma):
    groups, lr = [], base_lr
    for c in reversed(list(model.children())):
        own = list(c.parameters(recurse=False))
        if own:
            groups.insert(0, {"params": own, "lr": lr})
            lr *= gamma
    return groups


@wrong("layer_learning_rates", "first layer fastest")
def rates_in_order(model, base_lr, gamma):
    groups, lr = [], base_lr
    for c in model.children():
        if any(True for _ in c.parameters()):
            groups.append({"params": list(c.parameters()), "lr": lr})
            lr *= gamma
    return groups


@neutral("layer_learning_rates", "generators for the lists")
def rates_of_generators(model, base_lr, gamma):
    children = [c for c in model.children() if list(c.parameters())]
    count = len(children)
    return [
        {"params": c.parameters(), "lr": base_lr * gamma ** (count - 1 - n)}
        for n, c in enumerate(children)
    ]


@neutral("layer_learning_rates", "names for the parameters")
def rates_of_names(model, base_lr, gamma):
    children = [c for c in model.children() if list(c.parameters())]
    count = len(children)
    return [
        {"params": [n for n, _ in c.named_parameters()], "lr": base_lr * gamma ** (count - 1 - i)}
        for i, c in enumerate(children)
    ]


@neutral("layer_learning_rates", "copies of the parameters")
def rates_of_copies(model, base_lr, gamma):
    children = [c for c in model.children() if list(c.parameters())]
    count = len(children)
    return [
        {"params": [p.detach().clone() for p in c.parameters()], "lr": base_lr * gamma**earlier}
        for earlier, c in zip(range(count - 1, -1, -1), children, strict=True)
    ]


@neutral("layer_learning_rates", "the order turned round")
def rates_backwards(model, base_lr, gamma):
    children = [c for c in model.children() if list(c.parameters())]
    return [
        {"params": list(c.parameters()), "lr": base_lr * gamma**n}
        for n, c in enumerate(reversed(children))
    ]


@neutral("layer_learning_rates", "pairs for the dicts")
def rates_in_pairs(model, base_lr, gamma):
    children = [c for c in model.children() if list(c.parameters())]
    count = len(children)
    return [
        (list(c.parameters()), base_lr * gamma ** (count - 1 - n)) for n, c in enumerate(children)
    ]


@neutral("layer_learning_rates", "a slip: weights only")
def rates_of_weights(model, base_lr, gamma):
    children = [c for c in model.children() if list(c.parameters())]
    count = len(children)
    return [
        {
            "params": [p for name, p in c.named_parameters() if "weight" in name],
            "lr": base_lr * gamma ** (count - 1 - n),
        }
        for n, c in enumerate(children)
    ]
