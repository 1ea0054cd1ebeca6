"""Sample answers to `replace_head`."""

import torch
from torch import nn

from course_utils.authoring.answers import variant, wrong


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
