"""Sample answers to `extract_features`."""

import torch
from torch import nn

from course_utils.authoring.answers import neutral, variant, wrong

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
    head, model.fc = model.fc, nn.Flatten()
    features, labels = [], []
    for x, y in loader:
        for image, label in zip(x, y, strict=True):
            features.append(model(image[None])[0].detach())
            labels.append(label)
    model.fc = head
    for m, flag in flags.items():
        m.training = flag
    return torch.stack(features), torch.stack(labels)


@variant("extract_features")
def features_by_a_class(model, loader):
    class Catcher(nn.Module):
        def forward(self, x):
            self.caught = x
            return x

    head, catcher = model.fc, Catcher()
    model.fc = catcher
    model.eval()
    found = []
    with torch.no_grad():
        for x, y in loader:
            model(x)
            found.append((catcher.caught, y))
    model.fc = head
    return tuple(torch.cat(parts) for parts in zip(*found, strict=True))


@wrong("extract_features", "children called in a row")
def features_by_cutting_the_children(model, loader):
    model.eval()
    body = nn.Sequential(*list(model.children())[:-1])
    with torch.no_grad():
        pairs = [(body(x), y) for x, y in loader]
    return torch.cat([x for x, _ in pairs]), torch.cat([y for _, y in pairs])


@wrong("extract_features", "children called in a row")
def features_child_by_child(model, loader):
    model.eval()
    features, labels = [], []
    with torch.no_grad():
        for x, y in loader:
            for name, child in model.named_children():
                if name != "fc":
                    x = child(x)
            features.append(x)
            labels.append(y)
    return torch.cat(features), torch.cat(labels)


@wrong("extract_features", "network changed")
def features_that_freeze(model, loader):
    model.eval()
    for p in model.parameters():
        p.requires_grad = False
    kept, labels = [], []
    hook = model.fc.register_forward_hook(lambda m, given, out: kept.append(given[0]))
    for x, y in loader:
        model(x)
        labels.append(y)
    hook.remove()
    return torch.cat(kept), torch.cat(labels)


@neutral("extract_features", "labels of another dtype")
def features_with_short_labels(model, loader):
    model.eval()
    kept, labels = [], []
    hook = model.fc.register_forward_hook(lambda m, given, out: kept.append(given[0]))
    with torch.no_grad():
        for x, y in loader:
            model(x)
            labels.append(y.int())
    hook.remove()
    return torch.cat(kept), torch.cat(labels)


@neutral("extract_features", "features of another dtype")
def features_in_single_precision(model, loader):
    model.eval()
    kept, labels = [], []
    hook = model.fc.register_forward_hook(lambda m, given, out: kept.append(given[0].float()))
    with torch.no_grad():
        for x, y in loader:
            model(x)
            labels.append(y)
    hook.remove()
    return torch.cat(kept), torch.cat(labels)


@neutral("extract_features", "lists for the tensors")
def features_in_lists(model, loader):
    model.eval()
    kept, labels = [], []
    hook = model.fc.register_forward_hook(lambda m, given, out: kept.append(given[0]))
    with torch.no_grad():
        for x, y in loader:
            model(x)
            labels.append(y)
    hook.remove()
    return kept, labels


@neutral("extract_features", "two passes over the loader")
def features_in_two_passes(model, loader):
    model.eval()
    kept = []
    hook = model.fc.register_forward_hook(lambda m, given, out: kept.append(given[0]))
    with torch.no_grad():
        for x, _ in loader:
            model(x)
    hook.remove()
    return torch.cat(kept), torch.cat([y for _, y in loader])


@neutral("extract_features", "remembers earlier features")
def features_pile_up(model, loader, kept=[]):  # noqa: B006
    model.eval()
    labels = []
    hook = model.fc.register_forward_hook(lambda m, given, out: kept.append(given[0]))
    with torch.no_grad():
        for x, y in loader:
            model(x)
            labels.append(y)
    hook.remove()
    return torch.cat([k for k in kept if k.shape[1:] == kept[-1].shape[1:]]), torch.cat(labels)


@neutral("extract_features", "the order turned round")
def features_backwards(model, loader):
    model.eval()
    kept, labels = [], []
    hook = model.fc.register_forward_hook(lambda m, given, out: kept.insert(0, given[0]))
    with torch.no_grad():
        for x, y in loader:
            model(x)
            labels.append(y)
    hook.remove()
    return torch.cat(kept), torch.cat(labels)


@wrong("extract_features", "hook left")
def features_by_a_hook_that_stays(model, loader):
    caught, labels = [], []
    model.fc.register_forward_hook(lambda module, given, made: caught.append(given[0].clone()))
    model.eval()
    with torch.no_grad():
        for x, y in loader:
            model(x)
            labels.append(y)
    return torch.cat(caught), torch.cat(labels)


@neutral("extract_features", "a slip: the last batch is lost")
def features_without_the_last_batch(model, loader):
    model.eval()
    head, model.fc = model.fc, nn.Identity()
    with torch.no_grad():
        pairs = [(model(x), y) for x, y in loader][:-1]
    model.fc = head
    return torch.cat([x for x, _ in pairs]), torch.cat([y for _, y in pairs])
