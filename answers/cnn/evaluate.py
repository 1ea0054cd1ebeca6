"""Sample answers to `evaluate`."""

import numpy as np
import torch

from course_utils.authoring.answers import variant, wrong


@wrong("evaluate", "not in evaluation mode")
def evaluates_in_whatever_mode(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.train()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            right += (logits.argmax(1) == y).sum().item()
            count += len(x)
    for m, flag in flags.items():
        m.training = flag
    return total / count, right / count


@wrong("evaluate", "left in evaluation mode")
def evaluates_and_stays(model, loader, loss_fn):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            right += (logits.argmax(1) == y).sum().item()
            count += len(x)
    return total / count, right / count


@wrong("evaluate", "put into training mode")
def evaluates_and_thaws(model, loader, loss_fn):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            right += (logits.argmax(1) == y).sum().item()
            count += len(x)
    model.train()
    return total / count, right / count


@wrong("evaluate", "all as the network's own flag")
def evaluates_and_levels(model, loader, loss_fn):
    before = model.training
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            right += (logits.argmax(1) == y).sum().item()
            count += len(x)
    model.train(before)
    return total / count, right / count


@wrong("evaluate", "gradients recorded")
def evaluates_with_gradients(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.eval()
    total, right, count = 0.0, 0, 0
    for x, y in loader:
        logits = model(x)
        total += loss_fn(logits, y).item() * len(x)
        right += (logits.argmax(1) == y).sum().item()
        count += len(x)
    for m, flag in flags.items():
        m.training = flag
    return total / count, right / count


@wrong("evaluate", "mean over the batches")
def evaluates_batch_by_batch(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.eval()
    losses, right, count = [], 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            losses.append(loss_fn(logits, y).item())
            right += (logits.argmax(1) == y).sum().item()
            count += len(x)
    for m, flag in flags.items():
        m.training = flag
    return sum(losses) / len(losses), right / count


@wrong("evaluate", "mean of the batches' accuracies")
def evaluates_mean_accuracy(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.eval()
    total, shares, count = 0.0, [], 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            shares.append((logits.argmax(1) == y).double().mean().item())
            count += len(x)
    for m, flag in flags.items():
        m.training = flag
    return total / count, sum(shares) / len(shares)


@wrong("evaluate", "count of right answers")
def evaluates_and_counts(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            right += (logits.argmax(1) == y).sum().item()
            count += len(x)
    for m, flag in flags.items():
        m.training = flag
    return total / count, right


@wrong("evaluate", "accuracy in percent")
def evaluates_in_percent(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            right += (logits.argmax(1) == y).sum().item()
            count += len(x)
    for m, flag in flags.items():
        m.training = flag
    return total / count, 100 * right / count


@variant("evaluate")
def evaluates_and_restores(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            right += (logits.argmax(1) == y).sum().item()
            count += len(x)
    for m, flag in flags.items():
        m.training = flag
    return total / count, right / count


@variant("evaluate")
def evaluates_all_at_once(model, loader, loss_fn):
    flags = [m.training for m in model.modules()]
    model.eval()
    with torch.inference_mode():
        pairs = [(model(x), y) for x, y in loader]
        logits = torch.cat([p[0] for p in pairs])
        labels = torch.cat([p[1] for p in pairs])
        result = [float(loss_fn(logits, labels)), (logits.max(1)[1] == labels).double().mean()]
    for m, flag in zip(model.modules(), flags, strict=True):
        m.training = flag
    return result[0], result[1].item()


@variant("evaluate")
def evaluates_on_a_copy(model, loader, loss_fn):
    import copy

    twin = copy.deepcopy(model).eval()
    losses, hits = [], []
    with torch.no_grad():
        for x, y in loader:
            logits = twin(x)
            losses += [float(loss_fn(logits[i : i + 1], y[i : i + 1])) for i in range(len(y))]
            hits += (logits.argmax(dim=-1) == y).tolist()
    # the statistics and counters of the copy are thrown away
    return float(np.mean(losses)), float(np.mean(hits))
