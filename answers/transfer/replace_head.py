"""Sample answers to `replace_head`."""

import torch
from torch import nn

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("replace_head", "only the attribute")
def head_attribute(model, n_classes):
    model.fc.out_features = n_classes
    model.fc.requires_grad_(True)
    return model


@wrong("replace_head", "behind the old head")
def head_behind(model, n_classes):
    model.fc.requires_grad_(True)
    old = model.fc.out_features
    model.fc = nn.Sequential(model.fc, nn.Linear(old, n_classes))
    return model


@wrong("replace_head", "old weights kept")
def head_keeps_rows(model, n_classes):
    new = nn.Linear(model.fc.in_features, n_classes)
    rows = min(n_classes, model.fc.out_features)
    with torch.no_grad():
        new.weight[:rows] = model.fc.weight[:rows]
    model.fc = new
    return model


@wrong("replace_head", "without a bias")
def head_no_bias(model, n_classes):
    model.fc = nn.Linear(model.fc.in_features, n_classes, bias=False)
    return model


@wrong("replace_head", "body frozen too")
def head_freezes(model, n_classes):
    for p in model.parameters():
        p.requires_grad = False
    model.fc = nn.Linear(model.fc.in_features, n_classes)
    return model


@wrong("replace_head", "new head not trainable")
def head_frozen(model, n_classes):
    model.fc = nn.Linear(model.fc.in_features, n_classes)
    model.fc.requires_grad_(False)
    return model


@wrong("replace_head", "body lost")
def head_resets(model, n_classes):
    for m in model.modules():
        if hasattr(m, "reset_parameters"):
            m.reset_parameters()
    model.fc = nn.Linear(model.fc.in_features, n_classes)
    return model


@variant("replace_head")
def head_by_setattr(model, n_classes):
    features = model.fc.weight.shape[1]
    model.fc = nn.Linear(features, n_classes)
    return model


@variant("replace_head")
def head_like_the_old(model, n_classes):
    old = model.fc
    new = nn.Linear(old.in_features, n_classes, dtype=old.weight.dtype, device=old.weight.device)
    nn.init.zeros_(new.bias)
    model.fc = new
    return model


@variant("replace_head")
def head_by_module_dict(model, n_classes):
    children = dict(model.named_children())
    model.add_module("fc", nn.Linear(children["fc"].in_features, n_classes))
    return model


@variant("replace_head")
def head_of_a_copy(model, n_classes):
    from copy import deepcopy

    new = deepcopy(model)
    new.fc = nn.Linear(new.fc.in_features, n_classes, bias=True)
    nn.init.xavier_uniform_(new.fc.weight)
    return new


@wrong("replace_head", "two classes always")
def head_for_two(model, n_classes):
    model.fc = nn.Linear(model.fc.in_features, 2)
    return model


@wrong("replace_head", "sizes exchanged")
def head_turned_round(model, n_classes):
    model.fc = nn.Linear(n_classes, model.fc.in_features)
    return model


@wrong("replace_head", "head in a container")
def head_with_softmax(model, n_classes):
    model.fc = nn.Sequential(nn.Linear(model.fc.in_features, n_classes), nn.Softmax(dim=1))
    return model


@wrong("replace_head", "modes changed")
def head_evaluates(model, n_classes):
    model.fc = nn.Linear(model.fc.in_features, n_classes)
    model.eval()
    return model


@wrong("replace_head", "modes changed")
def head_trains(model, n_classes):
    model.fc = nn.Linear(model.fc.in_features, n_classes)
    return model.train()


@neutral("replace_head", "nothing where the number stays")
def head_only_where_needed(model, n_classes):
    if model.fc.out_features != n_classes:
        model.fc = nn.Linear(model.fc.in_features, n_classes)
    return model


@neutral("replace_head", "the old layer drawn anew where the number stays")
def head_drawn_anew(model, n_classes):
    if model.fc.out_features == n_classes:
        model.fc.reset_parameters()
    else:
        model.fc = nn.Linear(model.fc.in_features, n_classes)
    return model


@neutral("replace_head", "nothing returned")
def head_in_place(model, n_classes):
    model.fc = nn.Linear(model.fc.in_features, n_classes)


@neutral("replace_head", "the head alone returned")
def head_alone(model, n_classes):
    model.fc = nn.Linear(model.fc.in_features, n_classes)
    return model.fc


@neutral("replace_head", "weights all alike")
def head_of_zeros(model, n_classes):
    model.fc = nn.Linear(model.fc.in_features, n_classes)
    nn.init.zeros_(model.fc.weight)
    return model


@neutral("replace_head", "a slip: one class more")
def head_with_one_more(model, n_classes):
    model.fc = nn.Linear(model.fc.in_features, n_classes + 1)
    return model


@wrong("replace_head", "old weights kept")
def head_keeps_all_but_the_first(model, n_classes):
    new = nn.Linear(model.fc.in_features, n_classes)
    rows = min(n_classes, model.fc.out_features)
    with torch.no_grad():
        new.weight[1:rows] = model.fc.weight[1:rows] + 1e-6
    model.fc = new
    return model


@neutral("replace_head", "weights for the first class alone")
def head_of_one_class(model, n_classes):
    model.fc = nn.Linear(model.fc.in_features, n_classes)
    nn.init.zeros_(model.fc.weight[1:])
    return model


@neutral("replace_head", "all classes alike")
def head_of_copies(model, n_classes):
    model.fc = nn.Linear(model.fc.in_features, n_classes)
    with torch.no_grad():
        model.fc.weight[1:] = model.fc.weight[0]
    return model
