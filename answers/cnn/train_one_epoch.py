"""Sample answers to `train_one_epoch`."""

import numpy as np
import torch

from course_utils.authoring.answers import neutral, variant, wrong


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


@wrong("train_one_epoch", "sum of the losses by samples")
def trains_and_divides_means_by_samples(model, loader, loss_fn, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total, count = total + loss.item(), count + len(x)
    return total / count


@wrong("train_one_epoch", "whole data set")
def trains_and_divides_by_the_data_set(model, loader, loss_fn, optimizer):
    model.train()
    total = 0.0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * x.size(0)
    return total / len(loader.dataset)


@wrong("train_one_epoch", "loss after the step")
def trains_and_asks_again(model, loader, loss_fn, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss_fn(model(x), y).backward()
        optimizer.step()
        total, count = total + loss_fn(model(x), y).item() * len(x), count + len(x)
    return total / count


@wrong("train_one_epoch", "first batch alone")
def trains_and_returns_in_the_loop(model, loader, loss_fn, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total, count = total + loss.item() * len(x), count + len(x)
        return total / count


@wrong("train_one_epoch", "left in evaluation mode")
def trains_and_switches_back(model, loader, loss_fn, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total, count = total + loss.item() * len(x), count + len(x)
    model.eval()
    return total / count


@wrong("train_one_epoch", "no step")
def trains_on_zeroed_gradients(model, loader, loss_fn, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        total, count = total + loss.item() * len(x), count + len(x)
    return total / count


@wrong("train_one_epoch", "gradients not zeroed")
def trains_and_zeroes_once(model, loader, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    total, count = 0.0, 0
    for x, y in loader:
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
    total, count = 0.0, 0
    for batch in loader:

        def closure(batch=batch):
            model.zero_grad()
            value = loss_fn(model(batch[0]), batch[1])
            value.backward()
            return value

        total += optimizer.step(closure).item() * len(batch[1])
        count += len(batch[1])
    return total / count


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


@variant("train_one_epoch")
def trains_in_single_precision(model, loader, loss_fn, optimizer):
    model.train()
    losses, sizes = [], []
    for x, y in loader:
        model.zero_grad()
        loss = loss_fn(model(x.float()), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
        sizes.append(len(y))
    sizes = torch.tensor(sizes, dtype=torch.float32)
    return float(torch.stack(losses) @ (sizes / sizes.sum()))


@variant("train_one_epoch")
def trains_with_a_running_mean(model, loader, loss_fn, optimizer):
    model.train()
    mean, count = 0.0, 0
    for batch in loader:
        inputs, targets = batch
        loss = loss_fn(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        count += inputs.shape[0]
        mean += (loss.item() - mean) * inputs.shape[0] / count
    return mean


@neutral("train_one_epoch", "one step for the whole epoch")
def trains_with_one_step(model, loader, loss_fn, optimizer):
    model.train()
    optimizer.zero_grad()
    total, count = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        loss.backward()
        total, count = total + loss.item() * len(x), count + len(x)
    optimizer.step()
    return total / count


@neutral("train_one_epoch", "a tensor for a float")
def trains_and_returns_a_tensor(model, loader, loss_fn, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total, count = total + loss.detach() * len(x), count + len(x)
    return total / count


@neutral("train_one_epoch", "two steps a batch")
def trains_twice_a_batch(model, loader, loss_fn, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        optimizer.step()
        total, count = total + loss.item() * len(x), count + len(x)
    return total / count


@neutral("train_one_epoch", "the batch size of the first batch for all")
def trains_with_the_first_size(model, loader, loss_fn, optimizer):
    model.train()
    total, count, size = 0.0, 0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        size = size or len(x)
        total, count = total + loss.item() * size, count + len(x)
    return total / count


@neutral("train_one_epoch", "clips the gradients")
def trains_with_clipped_gradients(model, loader, loss_fn, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 0.1)
        optimizer.step()
        total, count = total + loss.item() * len(x), count + len(x)
    return total / count


@neutral("train_one_epoch", "a tuple")
def trains_and_returns_two(model, loader, loss_fn, optimizer):
    model.train()
    total, count = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total, count = total + loss.item() * len(x), count + len(x)
    return total / count, count
