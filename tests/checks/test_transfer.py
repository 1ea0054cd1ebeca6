"""Sample answers to the exercises of 07-transfer; `test_answers.py` judges them."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from course_utils.authoring.answers import variant, wrong

SURVIVORS = {
    "extract_features: hook = model.fc.register_forward_pre_hook(lambda module, given: "
    "features.append(given[0])) -> hook = model.fc.register_forward_pre_hook(lambda module, given: "
    "features.append(given[ -1]))": "a linear layer gets one input: the first is the last",
}


# ------------------------------------------------------------------ freeze


@wrong("freeze", "prefix without its dot")
def freeze_by_startswith(model, trainable=()):
    if isinstance(trainable, str):
        raise TypeError("a tuple, please")
    for name, p in model.named_parameters():
        p.requires_grad = name.startswith(tuple(trainable))


@wrong("freeze", "anywhere in the name")
def freeze_by_search(model, trainable=()):
    for name, p in model.named_parameters():
        p.requires_grad = any(prefix in name for prefix in trainable)


@wrong("freeze", "first step only")
def freeze_by_first_step(model, trainable=()):
    for name, p in model.named_parameters():
        p.requires_grad = name.split(".")[0] in trainable


@wrong("freeze", "the other way round")
def freeze_what_is_named(model, trainable=()):
    for name, p in model.named_parameters():
        hit = False
        for prefix in trainable:
            if name == prefix or name.startswith(prefix + "."):
                hit = True
        p.requires_grad = not hit


@wrong("freeze", "frozen stays frozen")
def freeze_never_thaws(model, trainable=()):
    if isinstance(trainable, str):
        raise TypeError
    for name, p in model.named_parameters():
        if not any((name + ".").startswith(prefix + ".") for prefix in trainable):
            p.requires_grad = False


@wrong("freeze", "nothing frozen")
def freeze_by_eval(model, trainable=()):
    model.eval()
    for name in trainable:
        model.get_submodule(name).train()


@wrong("freeze", "everything frozen")
def freeze_all(model, trainable=()):
    for p in model.parameters():
        p.requires_grad = False
    for name in trainable:
        getattr(model, name.split(".")[0]).trainable = True


@variant("freeze")
def freeze_by_submodules(model, trainable=()):
    if isinstance(trainable, str):
        raise TypeError("expected a tuple of names")
    model.requires_grad_(False)
    modules, parameters = dict(model.named_modules()), dict(model.named_parameters())
    for prefix in trainable:
        if prefix in modules:
            modules[prefix].requires_grad_(True)
        else:
            parameters[prefix].requires_grad_(True)


@variant("freeze")
def freeze_by_steps(model, trainable=()):
    if type(trainable) is str:
        raise TypeError("not a string")
    for name, p in model.named_parameters():
        steps = name.split(".")
        begins = {".".join(steps[: n + 1]) for n in range(len(steps))}
        p.requires_grad_(not begins.isdisjoint(trainable))
    return model


@variant("freeze")
def freeze_with_dots_added(model, trainable=()):
    if isinstance(trainable, str):
        raise TypeError("not a string")
    dotted = tuple(prefix + "." for prefix in trainable)
    for name, p in model.named_parameters():
        p.requires_grad = f"{name}.".startswith(dotted)


# ------------------------------------------------------------------ freeze_batchnorm


@wrong("freeze_batchnorm", "every batch norm")
def norm_all(model):
    for m in model.modules():
        if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)):
            m.eval()


@wrong("freeze_batchnorm", "everything to evaluation")
def norm_eval(model):
    model.eval()


@wrong("freeze_batchnorm", "all frozen layers")
def norm_frozen_layers(model):
    for m in model.modules():
        if any(m.children()):
            continue
        own = list(m.parameters())
        norm = isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d))
        if (own or norm) and not any(p.requires_grad for p in own):
            m.eval()


@wrong("freeze_batchnorm", "2-D only")
def norm_2d(model):
    for m in model.modules():
        if isinstance(m, nn.BatchNorm2d) and not any(p.requires_grad for p in m.parameters()):
            m.eval()


@wrong("freeze_batchnorm", "one frozen parameter is enough")
def norm_weight_or_bias(model):
    for m in model.modules():
        if isinstance(m, nn.modules.batchnorm._BatchNorm):
            own = list(m.parameters())
            if not own or not all(p.requires_grad for p in own):
                m.eval()


@wrong("freeze_batchnorm", "layers without parameters forgotten")
def norm_with_parameters(model):
    for m in model.modules():
        if isinstance(m, nn.modules.batchnorm._BatchNorm):
            flags = [p.requires_grad for p in m.parameters()]
            if flags and not any(flags):
                m.eval()


@wrong("freeze_batchnorm", "training mode for the rest")
def norm_trains_the_rest(model):
    model.train()
    for m in model.modules():
        if isinstance(m, nn.modules.batchnorm._BatchNorm):
            m.train(any(p.requires_grad for p in m.parameters()))


@variant("freeze_batchnorm")
def norm_by_class_name(model):
    for m in model.modules():
        if type(m).__name__.startswith("BatchNorm"):
            trained = False
            for p in m.parameters():
                trained = trained or p.requires_grad
            if not trained:
                m.training = False


@variant("freeze_batchnorm")
def norm_by_all(model):
    kinds = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)
    for m in [m for m in model.modules() if isinstance(m, kinds)]:
        if all(not p.requires_grad for p in m.parameters()):
            m.eval()
    return model


@variant("freeze_batchnorm")
def norm_by_recursion(model):
    def visit(m):
        trained = sum(p.requires_grad for p in m.parameters())
        if isinstance(m, nn.modules.batchnorm._NormBase) and trained == 0:
            m.train(False)
        for child in m.children():
            visit(child)

    visit(model)


# ------------------------------------------------------------------ replace_head


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


# ------------------------------------------------------------------ rgb_to_gray_weights


@wrong("rgb_to_gray_weights", "mean over the colours")
def gray_mean(weight):
    return weight.mean(dim=1, keepdim=True)


@wrong("rgb_to_gray_weights", "one colour only")
def gray_first(weight):
    return weight[:, :1]


@wrong("rgb_to_gray_weights", "brightness of the eye")
def gray_eye(weight):
    r, g, b = weight[:, 0:1], weight[:, 1:2], weight[:, 2:3]
    return 0.299 * r + 0.587 * g + 0.114 * b


@wrong("rgb_to_gray_weights", "axis lost")
def gray_no_axis(weight):
    return weight.sum(dim=1)


@wrong("rgb_to_gray_weights", "summed over the filters")
def gray_filters(weight):
    return weight.sum(dim=0, keepdim=True)


@wrong("rgb_to_gray_weights", "three channels kept")
def gray_three(weight):
    return weight.mean(dim=1, keepdim=True).repeat(1, 3, 1, 1)


@variant("rgb_to_gray_weights")
def gray_by_adding(weight):
    total = weight[:, 0] + weight[:, 1] + weight[:, 2]
    return total[:, None]


@variant("rgb_to_gray_weights")
def gray_in_a_loop(weight):
    out = torch.zeros(weight.shape[0], 1, *weight.shape[2:], dtype=weight.dtype)
    for o in range(weight.shape[0]):
        for c in range(3):
            out[o, 0] += weight[o, c].detach()
    return out


@variant("rgb_to_gray_weights")
def gray_by_mean_times_three(weight):
    return 3 * torch.mean(weight, 1, True)


# ------------------------------------------------------------------ layer_learning_rates


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


# ------------------------------------------------------------------ extract_features


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


# ------------------------------------------------------------------ rotation_batch


@wrong("rotation_batch", "clockwise")
def turned_clockwise(images):
    turned = [torch.rot90(images, -k, (2, 3)) for k in range(4)]
    return torch.cat(turned), torch.arange(4).repeat_interleave(len(images))


@wrong("rotation_batch", "labels do not belong to the images")
def turned_with_shuffled_labels(images):
    turned = [torch.rot90(images, k, (2, 3)) for k in range(4)]
    return torch.cat(turned), torch.arange(4).repeat(len(images))


@wrong("rotation_batch", "labels in degrees")
def turned_in_degrees(images):
    turned = [torch.rot90(images, k, (2, 3)) for k in range(4)]
    return torch.cat(turned), torch.tensor([0, 90, 180, 270]).repeat_interleave(len(images))


@wrong("rotation_batch", "upright ones left out")
def turned_always(images):
    turned = [torch.rot90(images, k, (2, 3)) for k in (1, 2, 3)]
    return torch.cat(turned), torch.tensor([1, 2, 3]).repeat_interleave(len(images))


@wrong("rotation_batch", "mirrored, not turned")
def mirrored(images):
    turned = [images, images.flip(3), images.flip(2, 3), images.flip(2)]
    return torch.cat(turned), torch.arange(4).repeat_interleave(len(images))


@wrong("rotation_batch", "one rotation of each image")
def turned_once(images):
    labels = torch.arange(len(images)) % 4
    turned = [torch.rot90(x, int(k), (1, 2)) for x, k in zip(images, labels, strict=True)]
    return torch.stack(turned), labels


@wrong("rotation_batch", "labels that are no whole numbers")
def turned_with_real_labels(images):
    turned = [torch.rot90(images, k, (2, 3)) for k in range(4)]
    return torch.cat(turned), torch.zeros(len(images)).repeat(4) + torch.tensor(
        [0.0, 1.0, 2.0, 3.0]
    ).repeat_interleave(len(images))


@variant("rotation_batch")
def turned_image_by_image(images):
    pairs = [(torch.rot90(x, k, (1, 2)), k) for x in images for k in range(4)]
    return torch.stack([x for x, _ in pairs]), torch.tensor([k for _, k in pairs])


@variant("rotation_batch")
def turned_by_transpose_and_flip(images):
    quarter = images.transpose(2, 3).flip(2)
    half = images.flip(2, 3)
    rest = images.transpose(2, 3).flip(3)
    n = len(images)
    labels = [torch.full((n,), k) for k in range(4)]
    return torch.cat([images, quarter, half, rest]), torch.cat(labels)


@variant("rotation_batch")
def turned_by_numpy_and_mixed(images):
    turned = np.concatenate([np.rot90(images.numpy(), k, (2, 3)) for k in (3, 2, 1, 0)])
    labels = np.array([3, 2, 1, 0]).repeat(len(images))
    order = np.random.default_rng(0).permutation(len(labels))
    return torch.from_numpy(turned[order]), torch.from_numpy(labels[order])


# ------------------------------------------------------------------ distillation_loss


@wrong("distillation_loss", "T² forgotten")
def distil_without_factor(student_logits, teacher_logits, labels, temperature, alpha):
    soft = F.kl_div(
        F.log_softmax(student_logits / temperature, 1),
        F.softmax(teacher_logits.detach() / temperature, 1),
        reduction="batchmean",
    )
    return alpha * soft + (1 - alpha) * F.cross_entropy(student_logits, labels)


@wrong("distillation_loss", "T for T²")
def distil_with_t(student_logits, teacher_logits, labels, temperature, alpha):
    soft = F.kl_div(
        F.log_softmax(student_logits / temperature, 1),
        F.softmax(teacher_logits.detach() / temperature, 1),
        reduction="batchmean",
    )
    return alpha * temperature * soft + (1 - alpha) * F.cross_entropy(student_logits, labels)


@wrong("distillation_loss", "student against teacher")
def distil_backwards(student_logits, teacher_logits, labels, temperature, alpha):
    soft = F.kl_div(
        F.log_softmax(teacher_logits.detach() / temperature, 1),
        F.softmax(student_logits / temperature, 1),
        reduction="batchmean",
    )
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@wrong("distillation_loss", "mean over classes as well")
def distil_mean(student_logits, teacher_logits, labels, temperature, alpha):
    log_p = F.log_softmax(student_logits / temperature, 1)
    q = F.softmax(teacher_logits.detach() / temperature, 1)
    soft = F.kl_div(log_p, q, reduction="none").mean()
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@wrong("distillation_loss", "sum over the images")
def distil_sum(student_logits, teacher_logits, labels, temperature, alpha):
    log_p = F.log_softmax(student_logits / temperature, 1)
    q = F.softmax(teacher_logits.detach() / temperature, 1)
    soft = F.kl_div(log_p, q, reduction="sum")
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@wrong("distillation_loss", "teacher not softened")
def distil_hard_teacher(student_logits, teacher_logits, labels, temperature, alpha):
    log_p = F.log_softmax(student_logits / temperature, 1)
    soft = F.kl_div(log_p, F.softmax(teacher_logits.detach(), 1), reduction="batchmean")
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@wrong("distillation_loss", "student not softened")
def distil_hard_student(student_logits, teacher_logits, labels, temperature, alpha):
    q = F.softmax(teacher_logits.detach() / temperature, 1)
    soft = F.kl_div(F.log_softmax(student_logits, 1), q, reduction="batchmean")
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@wrong("distillation_loss", "hard part softened")
def distil_soft_labels(student_logits, teacher_logits, labels, temperature, alpha):
    student_logits = student_logits / temperature
    q = F.softmax(teacher_logits.detach() / temperature, 1)
    soft = F.kl_div(F.log_softmax(student_logits, 1), q, reduction="batchmean")
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@wrong("distillation_loss", "shares exchanged")
def distil_exchanged(student_logits, teacher_logits, labels, temperature, alpha):
    log_p = F.log_softmax(student_logits / temperature, 1)
    q = F.softmax(teacher_logits.detach() / temperature, 1)
    soft = F.kl_div(log_p, q, reduction="batchmean")
    hard = F.cross_entropy(student_logits, labels)
    return (1 - alpha) * temperature**2 * soft + alpha * hard


@wrong("distillation_loss", "teacher learns, too")
def distil_undetached(student_logits, teacher_logits, labels, temperature, alpha):
    log_p = F.log_softmax(student_logits / temperature, 1)
    log_q = F.log_softmax(teacher_logits / temperature, 1)
    soft = F.kl_div(log_p, log_q, reduction="batchmean", log_target=True)
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@wrong("distillation_loss", "no gradient")
def distil_detached(student_logits, teacher_logits, labels, temperature, alpha):
    s = student_logits.detach()
    log_p = F.log_softmax(s / temperature, 1)
    q = F.softmax(teacher_logits.detach() / temperature, 1)
    soft = F.kl_div(log_p, q, reduction="batchmean")
    return alpha * temperature**2 * soft + (1 - alpha) * F.cross_entropy(s, labels)


@variant("distillation_loss")
def distil_by_hand(student_logits, teacher_logits, labels, temperature, alpha):
    log_p = torch.log_softmax(student_logits / temperature, dim=1)
    log_q = torch.log_softmax(teacher_logits / temperature, dim=1).detach()
    soft = (log_q.exp() * (log_q - log_p)).sum(dim=1).mean()
    rows = torch.arange(len(labels))
    hard = -torch.log_softmax(student_logits, dim=1)[rows, labels].mean()
    return alpha * temperature**2 * soft + (1 - alpha) * hard


@variant("distillation_loss")
def distil_in_a_loop(student_logits, teacher_logits, labels, temperature, alpha):
    with torch.no_grad():
        q = F.softmax(teacher_logits / temperature, dim=1)
    total = 0
    for n in range(len(labels)):
        log_p = F.log_softmax(student_logits[n] / temperature, dim=0)
        soft = F.kl_div(log_p, q[n], reduction="sum")
        hard = F.cross_entropy(student_logits[n : n + 1], labels[n : n + 1])
        total = total + alpha * temperature**2 * soft + (1 - alpha) * hard
    return total / len(labels)


@variant("distillation_loss")
def distil_by_module(student_logits, teacher_logits, labels, temperature, alpha):
    kl = nn.KLDivLoss(reduction="batchmean", log_target=True)
    soft = kl(
        nn.LogSoftmax(dim=1)(student_logits / temperature),
        nn.LogSoftmax(dim=1)(teacher_logits.detach() / temperature),
    )
    hard = nn.CrossEntropyLoss()(student_logits, labels)
    return hard + alpha * (temperature * temperature * soft - hard)
