"""Sample answers to `extract_features`."""

import torch
from torch import nn

from course_utils.authoring.answers import variant, wrong

SURVIVORS = {
    (
        "extract_features: hook = model.fc.register_forward_pre_hook(lambda module, given: "
        "features.append(given[0])) -> "
        "hook = model.fc.register_forward_pre_hook(lambda module, given: "
        "features.append(given[ -1]))"
    ): "a linear layer gets one input: the first is the last",
}


@wrong("extract_features", "logits for features")
def features_are_logits(model, loader):
    model.eval()
    features, labels = [], []
    with torch.no_grad():
        for x, y in loader:
            features.append(model(x))
            labels.append(y)
    return torch.cat(features), torch.cat(labels)


@wrong("extract_features", "last batch only")
def features_last(model, loader):
    model.eval()
    kept = []
    hook = model.fc.register_forward_hook(lambda m, given, out: kept.append(given[0]))
    with torch.no_grad():
        for x, y in loader:
            model(x)
            labels = y
    hook.remove()
    return kept[-1], labels


@wrong("extract_features", "first batch only")
def features_first(model, loader):
    model.eval()
    kept = []
    hook = model.fc.register_forward_hook(lambda m, given, out: kept.append(given[0]))
    with torch.no_grad():
        for x, y in loader:
            model(x)
            hook.remove()
            return torch.cat(kept), y


@wrong("extract_features", "training mode")
def features_without_eval(model, loader):
    kept, labels = [], []
    hook = model.fc.register_forward_hook(lambda m, given, out: kept.append(given[0]))
    with torch.no_grad():
        for x, y in loader:
            model(x)
            labels.append(y)
    hook.remove()
    return torch.cat(kept), torch.cat(labels)


@wrong("extract_features", "gradients kept")
def features_with_history(model, loader):
    model.eval()
    kept, labels = [], []
    hook = model.fc.register_forward_hook(lambda m, given, out: kept.append(given[0]))
    for x, y in loader:
        model(x)
        labels.append(y)
    hook.remove()
    return torch.cat(kept), torch.cat(labels)


@wrong("extract_features", "network changed")
def features_lose_the_head(model, loader):
    model.eval()
    model.fc = nn.Identity()
    features, labels = [], []
    with torch.no_grad():
        for x, y in loader:
            features.append(model(x))
            labels.append(y)
    return torch.cat(features), torch.cat(labels)


@wrong("extract_features", "predictions for labels")
def features_with_predictions(model, loader):
    model.eval()
    kept, labels = [], []
    hook = model.fc.register_forward_hook(lambda m, given, out: kept.append(given[0]))
    with torch.no_grad():
        for x, _ in loader:
            labels.append(model(x).argmax(1))
    hook.remove()
    return torch.cat(kept), torch.cat(labels)


@variant("extract_features")
def features_by_identity(model, loader):
    model.eval()
    head, model.fc = model.fc, nn.Identity()
    features, labels = [], []
    with torch.no_grad():
        for x, y in loader:
            features.append(model(x))
            labels.append(y)
    model.fc = head
    return torch.cat(features), torch.cat(labels)


@variant("extract_features")
def features_by_pre_hook(model, loader):
    kept = []

    def keep(module, given):
        kept.append(given[0].detach().clone())

    handle = model.fc.register_forward_pre_hook(keep)
    model.eval()
    with torch.inference_mode():
        labels = [y for x, y in loader if model(x) is not None]
    handle.remove()
    return torch.cat(kept), torch.cat(labels)


@variant("extract_features")
def features_one_image_at_a_time(model, loader):
    flags = {m: m.training for m in model.modules()}
    model.eval()
    body = nn.Sequential(*[c for name, c in model.named_children() if name != "fc"])
    features, labels = [], []
    for x, y in loader:
        for image, label in zip(x, y, strict=True):
            features.append(body(image[None])[0].detach())
            labels.append(int(label))
    for m, flag in flags.items():
        m.training = flag
    return torch.stack(features), torch.tensor(labels)
