"""Sample answers to `evaluate`."""

import numpy as np
import torch

from course_utils.authoring.answers import neutral, variant, wrong


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


@wrong("evaluate", "flags of the parts alone")
def evaluates_and_restores_the_children(model, loader, loss_fn):
    before = model.training
    flags = [(part, part.training) for part in model.children()]
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            right += (logits.argmax(1) == y).sum().item()
            count += len(x)
    model.train(before)
    for part, flag in flags:
        part.train(flag)
    return total / count, right / count


@wrong("evaluate", "gradients left off")
def evaluates_and_leaves_gradients_off(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.eval()
    torch.set_grad_enabled(False)
    total, right, count = 0.0, 0, 0
    for x, y in loader:
        logits = model(x)
        total += loss_fn(logits, y).item() * len(x)
        right += (logits.argmax(1) == y).sum().item()
        count += len(x)
    for m, flag in flags.items():
        m.training = flag
    return total / count, right / count


@wrong("evaluate", "exchanged")
def evaluates_accuracy_first(model, loader, loss_fn):
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
    return right / count, total / count


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


@variant("evaluate")
@torch.no_grad()
def evaluates_in_single_precision(model, loader, loss_fn):
    flags = [(m, m.training) for m in model.modules()]
    model.eval()
    losses, hits, sizes = [], [], []
    for x, y in loader:
        logits = model(x)
        losses.append(loss_fn(logits, y))
        hits.append((logits.argmax(1) == y).float().mean())
        sizes.append(float(len(y)))
    for m, flag in flags:
        m.training = flag
    share = torch.tensor(sizes) / sum(sizes)
    return (torch.stack(losses) @ share).item(), (torch.stack(hits) @ share).item()


@variant("evaluate")
def evaluates_and_trains_outermost_first(model, loader, loss_fn):
    flags = {name: m.training for name, m in model.named_modules()}
    try:
        model.eval()
        total, right, count = 0.0, 0, 0
        with torch.no_grad():
            for x, y in loader:
                logits = model(x)
                total += float(loss_fn(logits, y)) * y.numel()
                right += int(torch.sum(torch.max(logits, dim=1).indices == y))
                count += y.numel()
    finally:
        for name, m in model.named_modules():
            m.train(flags[name])
    return total / count, right / count


@neutral("evaluate", "the network's own flag is forgotten")
def evaluates_and_forgets_the_network(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules() if m is not model}
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


@neutral("evaluate", "parts of parts are forgotten")
def evaluates_and_forgets_what_is_inside(model, loader, loss_fn):
    flags = {m: m.training for m in (model, *model.children())}
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


@neutral("evaluate", "divided by the size of the data set")
def evaluates_by_the_data_set(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.eval()
    total, right = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            right += (logits.argmax(1) == y).sum().item()
    for m, flag in flags.items():
        m.training = flag
    return total / len(loader.dataset), right / len(loader.dataset)


@neutral("evaluate", "tensors for floats")
def evaluates_to_tensors(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y) * len(x)
            right += (logits.argmax(1) == y).sum()
            count += len(x)
    for m, flag in flags.items():
        m.training = flag
    return total / count, right / count


@neutral("evaluate", "the smallest logit wins")
def evaluates_the_least_likely(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(x)
            right += (logits.argmin(1) == y).sum().item()
            count += len(x)
    for m, flag in flags.items():
        m.training = flag
    return total / count, right / count


@neutral("evaluate", "a dictionary")
def evaluates_to_a_dictionary(model, loader, loss_fn):
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
    return {"loss": total / count, "accuracy": right / count}


@wrong("evaluate", "in the mode in which it came")
def evaluates_as_it_comes(model, loader, loss_fn):
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            total += loss_fn(logits, y).item() * len(y)
            right += (logits.argmax(1) == y).sum().item()
            count += len(y)
    return total / count, right / count


@wrong("evaluate", "both means over the batches")
def evaluates_both_batch_by_batch(model, loader, loss_fn):
    flags = {m: m.training for m in model.modules()}
    model.eval()
    losses, shares = [], []
    with torch.no_grad():
        for x, y in loader:
            logits = model(x)
            losses.append(loss_fn(logits, y).item())
            shares.append((logits.argmax(1) == y).double().mean().item())
    for m, flag in flags.items():
        m.training = flag
    return sum(losses) / len(losses), sum(shares) / len(shares)
