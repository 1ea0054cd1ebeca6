"""Sample answers to `train_one_epoch`."""

import numpy as np
import torch

from course_utils.authoring.answers import variant, wrong


@wrong("train_one_epoch", "gradients not zeroed")
def trains_on_old_gradients(model, loader, loss_fn, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total, count = total + loss.item() * len(x), count + len(x)
    return total / count


@wrong("train_one_epoch", "no step")
def trains_without_step(model, loader, loss_fn, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        total, count = total + loss.item() * len(x), count + len(x)
    return total / count


@wrong("train_one_epoch", "mean over the batches")
def trains_with_the_mean_of_batches(model, loader, loss_fn, optimizer):
    model.train()
    losses = []
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


@wrong("train_one_epoch", "last loss")
def trains_and_tells_the_last_loss(model, loader, loss_fn, optimizer):
    model.train()
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
    return loss.item()


@wrong("train_one_epoch", "sum of the losses")
def trains_and_adds_up(model, loader, loss_fn, optimizer):
    model.train()
    total = 0.0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total


@wrong("train_one_epoch", "sum over the samples")
def trains_and_forgets_to_divide(model, loader, loss_fn, optimizer):
    model.train()
    total = 0.0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
    return total


@wrong("train_one_epoch", "not in training mode")
def trains_in_whatever_mode(model, loader, loss_fn, optimizer):
    total, count = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total, count = total + loss.item() * len(x), count + len(x)
    return total / count


@variant("train_one_epoch")
def trains_and_zeroes_afterwards(model, loader, loss_fn, optimizer):
    model.train()
    losses, sizes = [], []
    for x, y in loader:
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(float(loss))
        sizes.append(x.shape[0])
    return float(np.average(losses, weights=sizes))


@variant("train_one_epoch")
def trains_with_a_closure(model, loader, loss_fn, optimizer):
    model.train(True)
    total = 0.0
    for batch in loader:

        def closure(batch=batch):
            model.zero_grad()
            value = loss_fn(model(batch[0]), batch[1])
            value.backward()
            return value

        total += optimizer.step(closure).item() * len(batch[1])
    return total / len(loader.dataset)


@variant("train_one_epoch")
def trains_with_tensors(model, loader, loss_fn, optimizer):
    model.train()
    total, seen = torch.zeros((), dtype=torch.float64), 0
    for images, labels in loader:
        optimizer.zero_grad(set_to_none=False)
        logits = model(images)
        loss = loss_fn(logits, labels)
        loss.backward()
        optimizer.step()
        total += loss.detach() * labels.size(0)
        seen += labels.size(0)
    return (total / seen).item()
