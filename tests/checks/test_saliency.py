"""Sample answers to the exercises of 08-saliency; `test_answers.py` judges them."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from course_utils.authoring.answers import variant, wrong

ONE_THING = "there is one thing only: the first is the last"
SAME_ZERO = "where the gradient is 0, it makes no difference whether it passes"

SURVIVORS = {
    "vanilla_gradient: slopes = torch.autograd.grad(total, image)[0] -> "
    "slopes = torch.autograd.grad(total, image)[ -1]": ONE_THING,
    "relu_backward: return grad * (grad > 0) -> return grad * (grad >= 0)": SAME_ZERO,
    "relu_backward: return grad * (grad > 0) * (x > 0) -> return grad * (grad >= 0) * (x > 0)": (
        SAME_ZERO
    ),
    "smoothgrad: total += gradient(x + sigma * generator.standard_normal(x.shape)) -> "
    "total += gradient(x - sigma * generator.standard_normal(x.shape))": (
        "normal noise is symmetrical"
    ),
    "occlusion_map: base = predict(x[None])[0, target] -> base = predict(x[None])[ -1, target]": (
        ONE_THING
    ),
    "occlusion_map: for mask, (row, column) in zip(covered, corners, strict=True): -> "
    "for mask, (row, column) in zip(covered, corners, strict=False):": "both are equally long",
    "shapley_values: others = [other for other in range(n_players) if other != player] -> "
    "others = [other for other in range(n_players) if other is not player]": (
        "Python keeps one object for each small number"
    ),
    "shapley_values: shares[player] += chance * (value(before | {player}) - value(before)) -> "
    "shares[player] += chance * (value(before ^ {player}) - value(before))": (
        "the player is not in the coalition before, so joining is the same as changing sides"
    ),
    "map_similarity: if np.ptp(a) == 0 or np.ptp(b) == 0: -> "
    "if np.ptp(a) <= 0 or np.ptp(b) == 0:": "a range is never negative",
    "map_similarity: if np.ptp(a) == 0 or np.ptp(b) == 0: -> "
    "if np.ptp(a) == 0 or np.ptp(b) <= 0:": "a range is never negative",
    "pointing_game: if saliency.max() == saliency.min(): -> "
    "if saliency.max() <= saliency.min():": "a maximum is never below the minimum",
}


# ------------------------------------------------------------------ vanilla_gradient


@wrong("vanilla_gradient", "probability for score")
def vanilla_of_the_softmax(model, x, target):
    image = x.clone().requires_grad_()
    F.softmax(model(image), dim=1)[:, target].sum().backward()
    return image.grad.abs().amax(dim=1)


@wrong("vanilla_gradient", "all classes at once")
def vanilla_of_all_classes(model, x, target):
    image = x.clone().requires_grad_()
    model(image).sum().backward()
    return image.grad.abs().amax(dim=1)


@wrong("vanilla_gradient", "sign kept")
def vanilla_signed(model, x, target):
    image = x.clone().requires_grad_()
    model(image)[:, target].sum().backward()
    return image.grad.amax(dim=1)


@wrong("vanilla_gradient", "sum over the channels")
def vanilla_summed(model, x, target):
    image = x.clone().requires_grad_()
    model(image)[:, target].sum().backward()
    return image.grad.abs().sum(dim=1)


@wrong("vanilla_gradient", "mean over the images")
def vanilla_of_the_mean(model, x, target):
    image = x.clone().requires_grad_()
    model(image)[:, target].mean().backward()
    return image.grad.abs().amax(dim=1)


@wrong("vanilla_gradient", "times the input")
def vanilla_times_input(model, x, target):
    image = x.clone().requires_grad_()
    model(image)[:, target].sum().backward()
    return (image.grad * x).abs().amax(dim=1)


@wrong("vanilla_gradient", "channels kept")
def vanilla_with_channels(model, x, target):
    image = x.clone().requires_grad_()
    model(image)[:, target].sum().backward()
    return image.grad.abs()


@variant("vanilla_gradient")
def vanilla_by_backward(model, x, target):
    image = x.detach().clone().requires_grad_(True)
    scores = model(image)
    scores[:, target].sum().backward()
    picture, _ = image.grad.abs().max(dim=1)
    return picture


@variant("vanilla_gradient")
def vanilla_one_by_one(model, x, target):
    pictures = []
    for single in x:
        image = single[None].clone().requires_grad_()
        (slope,) = torch.autograd.grad(model(image)[0, target], image)
        pictures.append(slope[0].abs().amax(dim=0))
    return torch.stack(pictures)


@variant("vanilla_gradient")
def vanilla_by_torch_func(model, x, target):
    slopes = torch.func.grad(lambda image: model(image)[:, target].sum())(x)
    return torch.linalg.vector_norm(slopes, ord=float("inf"), dim=1)


@variant("vanilla_gradient")
def vanilla_with_upstream(model, x, target):
    image = x.clone().requires_grad_()
    scores = model(image)
    upstream = torch.zeros_like(scores)
    upstream[:, target] = 1
    scores.backward(upstream)
    return torch.max(image.grad.max(dim=1).values, (-image.grad).max(dim=1).values)


# ------------------------------------------------------------------ relu_backward


@wrong("relu_backward", "deconvnet and guided swapped")
def relu_swaps_two_rules(grad, x, rule):
    if rule == "plain":
        return grad * (x > 0)
    if rule == "guided":
        return grad.clip(min=0)
    if rule == "deconvnet":
        return grad.clip(min=0) * (x > 0)
    raise ValueError(rule)


@wrong("relu_backward", "plain and deconvnet swapped")
def relu_confuses_plain(grad, x, rule):
    if rule == "deconvnet":
        return grad * (x > 0)
    if rule == "plain":
        return grad.clip(min=0)
    if rule == "guided":
        return grad.clip(min=0) * (x > 0)
    raise ValueError(rule)


@wrong("relu_backward", "deconvnet looks at x")
def relu_deconvnet_masks_twice(grad, x, rule):
    if rule not in ("plain", "deconvnet", "guided"):
        raise ValueError(rule)
    out = grad * (x > 0)
    return out if rule == "plain" else out * (grad > 0)


@wrong("relu_backward", "guided forgets the gradient's sign")
def relu_guided_is_plain(grad, x, rule):
    if rule in ("plain", "guided"):
        return grad * (x > 0)
    if rule == "deconvnet":
        return F.relu(grad)
    raise ValueError(rule)


@wrong("relu_backward", "plain lets everything pass")
def relu_plain_passes(grad, x, rule):
    if rule == "plain":
        return grad.clone()
    if rule == "deconvnet":
        return F.relu(grad)
    if rule == "guided":
        return F.relu(grad) * (x > 0)
    raise ValueError(rule)


@wrong("relu_backward", "either instead of both")
def relu_guided_or(grad, x, rule):
    if rule == "plain":
        return grad * (x > 0)
    if rule == "deconvnet":
        return F.relu(grad)
    if rule == "guided":
        return grad * ((x > 0) | (grad > 0))
    raise ValueError(rule)


@wrong("relu_backward", "times x")
def relu_multiplies_x(grad, x, rule):
    if rule == "plain":
        return grad * F.relu(x)
    if rule == "deconvnet":
        return F.relu(grad)
    if rule == "guided":
        return F.relu(grad) * F.relu(x)
    raise ValueError(rule)


@variant("relu_backward")
def relu_by_cases(grad, x, rule):
    nothing = torch.zeros_like(grad)
    if rule == "plain":
        return torch.where(x > 0, grad, nothing)
    if rule == "deconvnet":
        return torch.where(grad > 0, grad, nothing)
    if rule == "guided":
        return torch.where((grad > 0) & (x > 0), grad, nothing)
    raise ValueError(f"unknown rule {rule!r}")


@variant("relu_backward")
def relu_by_a_table(grad, x, rule):
    gates = {
        "plain": x > 0,
        "deconvnet": grad > 0,
        "guided": torch.logical_and(x > 0, grad > 0),
    }
    if rule not in gates:
        raise ValueError(f"rule must be one of {list(gates)}")
    return grad.masked_fill(~gates[rule], 0)


@variant("relu_backward")
def relu_in_place_on_a_copy(grad, x, rule):
    if rule not in {"plain", "deconvnet", "guided"}:
        raise ValueError("no such rule")
    out = grad.clone()
    if rule != "deconvnet":
        out[x <= 0] = 0
    if rule != "plain":
        out[out < 0] = 0
    return out


# ------------------------------------------------------------------ smoothgrad


@wrong("smoothgrad", "absolute value first")
def smooth_absolute_first(gradient, x, n, sigma, generator):
    maps = [abs(gradient(x + sigma * generator.normal(size=x.shape))) for _ in range(n)]
    return np.mean(maps, axis=0)


@wrong("smoothgrad", "sum for mean")
def smooth_summed(gradient, x, n, sigma, generator):
    return abs(sum(gradient(x + sigma * generator.normal(size=x.shape)) for _ in range(n)))


@wrong("smoothgrad", "one noise for all samples")
def smooth_same_noise(gradient, x, n, sigma, generator):
    noisy = x + sigma * generator.normal(size=x.shape)
    return abs(np.mean([gradient(noisy) for _ in range(n)], axis=0))


@wrong("smoothgrad", "no noise")
def smooth_without_noise(gradient, x, n, sigma, generator):
    return abs(np.mean([gradient(x) for _ in range(n)], axis=0))


@wrong("smoothgrad", "σ for a variance")
def smooth_with_variance(gradient, x, n, sigma, generator):
    noise = generator.normal(0, np.sqrt(sigma), (n, *x.shape))
    return abs(np.mean([gradient(x + one) for one in noise], axis=0))


@wrong("smoothgrad", "one number for all pixels")
def smooth_moves_together(gradient, x, n, sigma, generator):
    return abs(np.mean([gradient(x + generator.normal(0, sigma)) for _ in range(n)], axis=0))


@wrong("smoothgrad", "sign kept")
def smooth_signed(gradient, x, n, sigma, generator):
    return np.mean([gradient(x + generator.normal(0, sigma, x.shape)) for _ in range(n)], axis=0)


@variant("smoothgrad")
def smooth_running_sum(gradient, x, n, sigma, generator):
    total = np.zeros(x.shape)
    for _ in range(n):
        noisy = x + generator.normal(0.0, sigma, x.shape)
        total += gradient(noisy)
    return np.abs(total / n)


@variant("smoothgrad")
def smooth_all_noise_at_once(gradient, x, n, sigma, generator):
    noise = sigma * generator.standard_normal((n, *x.shape))
    return np.abs(np.mean([gradient(x + noise[i]) for i in range(n)], axis=0))


@variant("smoothgrad")
def smooth_running_mean(gradient, x, n, sigma, generator):
    mean = np.zeros_like(x, dtype=float)
    for k in range(1, n + 1):
        mean = mean + (gradient(x + sigma * generator.standard_normal(x.shape)) - mean) / k
    return np.sqrt(mean**2)


# ------------------------------------------------------------------ class_activation_map


@wrong("class_activation_map", "negative evidence cut off")
def cam_with_relu(features, weights, target):
    return F.relu(torch.einsum("c,nchw->nhw", weights[target], features))


@wrong("class_activation_map", "weights forgotten")
def cam_unweighted(features, weights, target):
    return features.sum(dim=1)


@wrong("class_activation_map", "column for row")
def cam_of_a_column(features, weights, target):
    return torch.einsum("c,nchw->nhw", weights[:, target], features)


@wrong("class_activation_map", "weighted mean")
def cam_mean(features, weights, target):
    return (weights[target][:, None, None] * features).mean(dim=1)


@wrong("class_activation_map", "rescaled")
def cam_rescaled(features, weights, target):
    maps = torch.einsum("c,nchw->nhw", weights[target], features)
    low = maps.amin(dim=(1, 2), keepdim=True)
    return (maps - low) / (maps.amax(dim=(1, 2), keepdim=True) - low)


@wrong("class_activation_map", "scores for all classes")
def cam_of_every_class(features, weights, target):
    return torch.einsum("kc,nchw->nkhw", weights, features)


@variant("class_activation_map")
def cam_by_broadcast(features, weights, target):
    return (features * weights[target].view(1, -1, 1, 1)).sum(dim=1)


@variant("class_activation_map")
def cam_by_matmul(features, weights, target):
    n, c, height, width = features.shape
    return (weights[target] @ features.reshape(n, c, height * width)).reshape(n, height, width)


@variant("class_activation_map")
def cam_by_loop(features, weights, target):
    out = torch.zeros_like(features[:, 0])
    for channel in range(features.shape[1]):
        out = out + weights[target, channel] * features[:, channel]
    return out


# ------------------------------------------------------------------ grad_cam


@wrong("grad_cam", "ReLU forgotten")
def gradcam_signed(activations, gradients):
    weights = gradients.mean(dim=(2, 3), keepdim=True)
    return (weights * activations).sum(dim=1)


@wrong("grad_cam", "absolute value for ReLU")
def gradcam_absolute(activations, gradients):
    weights = gradients.mean(dim=(2, 3), keepdim=True)
    return (weights * activations).sum(dim=1).abs()


@wrong("grad_cam", "gradients not averaged")
def gradcam_pixelwise(activations, gradients):
    return F.relu((gradients * activations).sum(dim=1))


@wrong("grad_cam", "sum for mean")
def gradcam_summed_gradients(activations, gradients):
    weights = gradients.sum(dim=(2, 3), keepdim=True)
    return F.relu((weights * activations).sum(dim=1))


@wrong("grad_cam", "positive gradients only")
def gradcam_positive_gradients(activations, gradients):
    weights = F.relu(gradients).mean(dim=(2, 3), keepdim=True)
    return F.relu((weights * activations).sum(dim=1))


@wrong("grad_cam", "images mixed")
def gradcam_mixes_images(activations, gradients):
    weights = gradients.mean(dim=(0, 2, 3))
    return F.relu(torch.einsum("c,nchw->nhw", weights, activations))


@wrong("grad_cam", "mean over the channels")
def gradcam_mean(activations, gradients):
    weights = gradients.mean(dim=(2, 3), keepdim=True)
    return F.relu((weights * activations).mean(dim=1))


@wrong("grad_cam", "rescaled")
def gradcam_rescaled(activations, gradients):
    weights = gradients.mean(dim=(2, 3), keepdim=True)
    maps = F.relu((weights * activations).sum(dim=1))
    return maps / maps.amax(dim=(1, 2), keepdim=True)


@variant("grad_cam")
def gradcam_by_einsum(activations, gradients):
    alpha = gradients.mean(dim=(2, 3))
    return torch.einsum("nc,nchw->nhw", alpha, activations).clamp(min=0)


@variant("grad_cam")
def gradcam_by_loop(activations, gradients):
    maps = []
    for maps_of_one, slopes in zip(activations, gradients):  # noqa: B905
        alpha = slopes.flatten(1).mean(dim=1)
        maps.append(torch.tensordot(alpha, maps_of_one, dims=1))
    return torch.relu(torch.stack(maps))


@variant("grad_cam")
def gradcam_with_modules(activations, gradients):
    alpha = nn.AdaptiveAvgPool2d(1)(gradients)
    summed = torch.sum(alpha * activations, dim=1)
    return torch.where(summed > 0, summed, torch.zeros_like(summed))


# ------------------------------------------------------------------ occlusion_map


@wrong("occlusion_map", "sign turned")
def occlusion_turned(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            place = np.s_[row : row + window, column : column + window]
            hidden = x.copy()
            hidden[:, *place] = fill
            total[place] += predict(hidden[None])[0, target] - base
            count[place] += 1
    return total / np.maximum(count, 1)


@wrong("occlusion_map", "sum for average")
def occlusion_summed(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    total = np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            hidden = x.copy()
            hidden[:, row : row + window, column : column + window] = fill
            drop = base - predict(hidden[None])[0, target]
            total[row : row + window, column : column + window] += drop
    return total


@wrong("occlusion_map", "overlap overwritten")
def occlusion_overwrites(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    out = np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            hidden = x.copy()
            hidden[:, row : row + window, column : column + window] = fill
            drop = base - predict(hidden[None])[0, target]
            out[row : row + window, column : column + window] = drop
    return out


@wrong("occlusion_map", "largest drop")
def occlusion_takes_the_worst(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    out = np.full(x.shape[1:], -np.inf)
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            place = np.s_[row : row + window, column : column + window]
            hidden = x.copy()
            hidden[:, *place] = fill
            out[place] = np.maximum(out[place], base - predict(hidden[None])[0, target])
    return np.where(np.isfinite(out), out, 0.0)


@wrong("occlusion_map", "fill ignored")
def occlusion_always_zero(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            place = np.s_[row : row + window, column : column + window]
            hidden = x.copy()
            hidden[:, *place] = 0
            total[place] += base - predict(hidden[None])[0, target]
            count[place] += 1
    return total / np.maximum(count, 1)


@wrong("occlusion_map", "another class")
def occlusion_of_the_winner(predict, x, target, window, stride, fill=0.0):
    scores = predict(x[None])[0]
    winner = scores.argmax()
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            place = np.s_[row : row + window, column : column + window]
            hidden = x.copy()
            hidden[:, *place] = fill
            total[place] += scores[winner] - predict(hidden[None])[0, winner]
            count[place] += 1
    return total / np.maximum(count, 1)


@wrong("occlusion_map", "stride ignored")
def occlusion_every_pixel(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(x.shape[1] - window + 1):
        for column in range(x.shape[2] - window + 1):
            place = np.s_[row : row + window, column : column + window]
            hidden = x.copy()
            hidden[:, *place] = fill
            total[place] += base - predict(hidden[None])[0, target]
            count[place] += 1
    return total / count


@wrong("occlusion_map", "first channel only")
def occlusion_hides_one_channel(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    total, count = np.zeros(x.shape[1:]), np.zeros(x.shape[1:])
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            place = np.s_[row : row + window, column : column + window]
            hidden = x.copy()
            hidden[0][place] = fill
            total[place] += base - predict(hidden[None])[0, target]
            count[place] += 1
    return total / np.maximum(count, 1)


@wrong("occlusion_map", "a map of windows")
def occlusion_on_the_grid(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    rows = range(0, x.shape[1] - window + 1, stride)
    columns = range(0, x.shape[2] - window + 1, stride)
    out = np.zeros((len(rows), len(columns)))
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            hidden = x.copy()
            hidden[:, row : row + window, column : column + window] = fill
            out[i, j] = base - predict(hidden[None])[0, target]
    return out


@variant("occlusion_map")
def occlusion_in_one_batch(predict, x, target, window, stride, fill=0.0):
    rows = np.arange(0, x.shape[1] - window + 1, stride)
    columns = np.arange(0, x.shape[2] - window + 1, stride)
    places = [(row, column) for row in rows for column in columns]
    batch = np.repeat(x[None], len(places) + 1, axis=0)
    covered = np.zeros((len(places), *x.shape[1:]), dtype=bool)
    for k, (row, column) in enumerate(places):
        covered[k, row : row + window, column : column + window] = True
        batch[k + 1][:, covered[k]] = fill
    scores = predict(batch)[:, target]
    drops = scores[0] - scores[1:]
    return np.tensordot(drops, covered, axes=1) / np.maximum(covered.sum(axis=0), 1)


@variant("occlusion_map")
def occlusion_pixel_by_pixel(predict, x, target, window, stride, fill=0.0):
    base = predict(x[None])[0, target]
    drops = {}
    for row in range(0, x.shape[1] - window + 1, stride):
        for column in range(0, x.shape[2] - window + 1, stride):
            hidden = np.array(x)
            hidden[:, row : row + window, column : column + window] = fill
            drops[row, column] = float(base - predict(hidden[None])[0, target])
    out = np.zeros(x.shape[1:])
    for i in range(x.shape[1]):
        for j in range(x.shape[2]):
            over = [
                drop
                for (row, column), drop in drops.items()
                if row <= i < row + window and column <= j < column + window
            ]
            if over:
                out[i, j] = sum(over) / len(over)
    return out


@variant("occlusion_map")
def occlusion_with_masks(predict, x, target, window, stride, fill=0.0):
    height, width = x.shape[1:]
    total, count = np.zeros((height, width)), np.zeros((height, width))
    base = predict(x[np.newaxis])[0][target]
    for top in range(0, height, stride):
        for left in range(0, width, stride):
            if top + window > height or left + window > width:
                continue
            mask = np.zeros((height, width))
            mask[top : top + window, left : left + window] = 1
            hidden = np.where(mask == 1, fill, x)
            total += mask * (base - predict(hidden[np.newaxis])[0][target])
            count += mask
    return np.divide(total, count, out=np.zeros_like(total), where=count > 0)


# ------------------------------------------------------------------ lime_explain


@wrong("lime_explain", "on and off swapped")
def lime_swapped(predict, image, segments, n_samples, kernel_width, rng):
    count = segments.max() + 1
    off = rng.integers(0, 2, (n_samples, count))
    shown = np.where(off[:, segments][:, None] == 0, image, 0.0)
    root = np.sqrt(np.exp(-(off.mean(axis=1) ** 2) / kernel_width**2))
    table = np.column_stack([off, np.ones(n_samples)])
    fit = np.linalg.lstsq(table * root[:, None], predict(shown) * root, rcond=None)[0]
    return fit[:count]


@wrong("lime_explain", "all samples alike")
def lime_unweighted(predict, image, segments, n_samples, kernel_width, rng):
    count = segments.max() + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    table = np.column_stack([on, np.ones(n_samples)])
    return np.linalg.lstsq(table, predict(shown), rcond=None)[0][:count]


@wrong("lime_explain", "far samples count more")
def lime_far(predict, image, segments, n_samples, kernel_width, rng):
    count = segments.max() + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    weights = 1 - np.exp(-((1 - on.mean(axis=1)) ** 2) / kernel_width**2)
    root = np.sqrt(weights)
    table = np.column_stack([on, np.ones(n_samples)])
    fit = np.linalg.lstsq(table * root[:, None], predict(shown) * root, rcond=None)[0]
    return fit[:count]


@wrong("lime_explain", "no intercept")
def lime_without_intercept(predict, image, segments, n_samples, kernel_width, rng):
    count = segments.max() + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    root = np.sqrt(np.exp(-((1 - on.mean(axis=1)) ** 2) / kernel_width**2))
    return np.linalg.lstsq(on * root[:, None], predict(shown) * root, rcond=None)[0]


@wrong("lime_explain", "intercept returned")
def lime_with_intercept(predict, image, segments, n_samples, kernel_width, rng):
    count = segments.max() + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, 0.0)
    root = np.sqrt(np.exp(-((1 - on.mean(axis=1)) ** 2) / kernel_width**2))
    table = np.column_stack([np.ones(n_samples), on])
    return np.linalg.lstsq(table * root[:, None], predict(shown) * root, rcond=None)[0]


@wrong("lime_explain", "mean for 0")
def lime_mean_fill(predict, image, segments, n_samples, kernel_width, rng):
    count = segments.max() + 1
    on = rng.integers(0, 2, (n_samples, count))
    shown = np.where(on[:, segments][:, None] == 1, image, image.mean())
    root = np.sqrt(np.exp(-((1 - on.mean(axis=1)) ** 2) / kernel_width**2))
    table = np.column_stack([on, np.ones(n_samples)])
    fit = np.linalg.lstsq(table * root[:, None], predict(shown) * root, rcond=None)[0]
    return fit[:count]


@wrong("lime_explain", "one at a time")
def lime_as_occlusion(predict, image, segments, n_samples, kernel_width, rng):
    base = predict(image[None])[0]
    count = segments.max() + 1
    return np.array([base - predict(np.where(segments == s, 0, image)[None])[0]
                     for s in range(count)])  # fmt: skip


@variant("lime_explain")
def lime_by_normal_equations(predict, image, segments, n_samples, kernel_width, rng):
    count = int(segments.max()) + 1
    on = rng.random((n_samples, count)) < 0.5
    on[0] = True
    shown = image * on[:, segments][:, None]
    weights = np.exp(-((~on).mean(axis=1) ** 2) / kernel_width**2)
    table = np.hstack([np.ones((n_samples, 1)), on])
    left = table.T @ (weights[:, None] * table)
    return np.linalg.solve(left, table.T @ (weights * predict(shown)))[1:]


@variant("lime_explain")
def lime_one_image_at_a_time(predict, image, segments, n_samples, kernel_width, rng):
    count = int(segments.max()) + 1
    table, outputs, roots = [], [], []
    for _ in range(n_samples):
        on = rng.integers(0, 2, size=count)
        hidden = np.array(image)
        for s in range(count):
            if not on[s]:
                hidden[:, segments == s] = 0
        table.append([*on, 1])
        outputs.append(predict(hidden[None])[0])
        roots.append(np.exp(-(np.mean(on == 0) ** 2) / kernel_width**2 / 2))
    a, b, r = np.array(table, dtype=float), np.array(outputs), np.array(roots)
    return np.linalg.lstsq(a * r[:, None], b * r, rcond=None)[0][:-1]


@variant("lime_explain")
def lime_by_centring(predict, image, segments, n_samples, kernel_width, rng):
    count = int(segments.max()) + 1
    on = rng.choice([0.0, 1.0], size=(n_samples, count))
    shown = np.where(on[:, segments][:, None] > 0.5, image[None], 0)
    weights = np.exp(-(((1 - on).sum(axis=1) / count / kernel_width) ** 2))
    outputs = predict(shown)
    table = on - np.average(on, axis=0, weights=weights)
    outputs = outputs - np.average(outputs, weights=weights)
    root = np.sqrt(weights)
    return np.linalg.pinv(table * root[:, None]) @ (outputs * root)


# ------------------------------------------------------------------ shapley_values


@wrong("shapley_values", "last to come")
def shapley_leaving(value, n_players):
    team = frozenset(range(n_players))
    return np.array([value(team) - value(team - {i}) for i in range(n_players)])


@wrong("shapley_values", "alone")
def shapley_alone(value, n_players):
    return np.array([value(frozenset([i])) - value(frozenset()) for i in range(n_players)])


@wrong("shapley_values", "all coalitions alike")
def shapley_banzhaf(value, n_players):
    from itertools import combinations

    shares = np.zeros(n_players)
    for i in range(n_players):
        others = [p for p in range(n_players) if p != i]
        gains = [
            value(frozenset(s) | {i}) - value(frozenset(s))
            for size in range(n_players)
            for s in combinations(others, size)
        ]
        shares[i] = np.mean(gains)
    return shares


@wrong("shapley_values", "one order")
def shapley_one_order(value, n_players):
    return np.array(
        [value(frozenset(range(i + 1))) - value(frozenset(range(i))) for i in range(n_players)]
    )


@wrong("shapley_values", "nobody is worth 0")
def shapley_from_zero(value, n_players):
    from itertools import combinations
    from math import comb

    shares = np.zeros(n_players)
    for i in range(n_players):
        others = [p for p in range(n_players) if p != i]
        for size in range(n_players):
            for s in combinations(others, size):
                before = value(frozenset(s)) if s else 0.0
                gain = value(frozenset(s) | {i}) - before
                shares[i] += gain / (n_players * comb(n_players - 1, size))
    return shares


@wrong("shapley_values", "shares of one")
def shapley_normalized(value, n_players):
    from itertools import combinations
    from math import comb

    shares = np.zeros(n_players)
    for i in range(n_players):
        others = [p for p in range(n_players) if p != i]
        for size in range(n_players):
            for s in combinations(others, size):
                gain = value(frozenset(s) | {i}) - value(frozenset(s))
                shares[i] += gain / (n_players * comb(n_players - 1, size))
    return shares / shares.sum()


@variant("shapley_values")
def shapley_by_sizes(value, n_players):
    from itertools import combinations

    shares = np.zeros(n_players)
    for i in range(n_players):
        others = set(range(n_players)) - {i}
        means = []
        for size in range(n_players):
            gains = [
                value(frozenset({i, *s})) - value(frozenset(s)) for s in combinations(others, size)
            ]
            means.append(np.mean(gains))
        shares[i] = np.mean(means)
    return shares


@variant("shapley_values")
def shapley_by_bits(value, n_players):
    table = [
        value(frozenset(p for p in range(n_players) if bits >> p & 1))
        for bits in range(2**n_players)
    ]
    faculty = [1.0]
    for k in range(1, n_players + 1):
        faculty.append(faculty[-1] * k)
    shares = np.zeros(n_players)
    for bits, worth in enumerate(table):
        size = bits.bit_count()
        for p in range(n_players):
            if bits >> p & 1:
                weight = faculty[size - 1] * faculty[n_players - size] / faculty[n_players]
                shares[p] += weight * (worth - table[bits ^ (1 << p)])
    return shares


@variant("shapley_values")
def shapley_by_orders_with_a_memory(value, n_players):
    from functools import cache

    @cache
    def share(player, coalition):
        """The player's mean gain in the game of this coalition alone."""
        gain = (worth(coalition) - worth(coalition - {player})) / len(coalition)
        rest = [share(player, coalition - {other}) for other in coalition if other != player]
        return gain + sum(rest) / len(coalition)

    @cache
    def worth(coalition):
        return value(coalition)

    everybody = frozenset(range(n_players))
    return np.array([share(i, everybody) for i in range(n_players)])


# ------------------------------------------------------------------ pointing_game


@wrong("pointing_game", "constant map hits")
def pointing_lets_constants_win(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    return bool(mask[np.unravel_index(saliency.argmax(), saliency.shape)])


@wrong("pointing_game", "largest magnitude")
def pointing_absolute(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    if saliency.min() == saliency.max():
        return False
    return bool(mask.flat[np.abs(saliency).argmax()])


@wrong("pointing_game", "smallest value")
def pointing_smallest(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    if saliency.min() == saliency.max():
        return False
    return bool(mask.flat[saliency.argmin()])


@wrong("pointing_game", "means compared")
def pointing_means(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    if mask.all():
        return False
    return bool(saliency[mask].mean() > saliency[~mask].mean())


@wrong("pointing_game", "hit and miss swapped")
def pointing_swapped(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    if saliency.min() == saliency.max():
        return True
    return not mask.flat[saliency.argmax()]


@wrong("pointing_game", "rows and columns swapped")
def pointing_transposed(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN")
    if saliency.min() == saliency.max():
        return False
    return bool(mask.ravel(order="F")[saliency.argmax()])


@variant("pointing_game")
def pointing_by_place(saliency, mask):
    if not np.isfinite(saliency).all():
        raise ValueError("the map holds NaN")
    if np.ptp(saliency) == 0:
        return False
    row, column = np.unravel_index(np.argmax(saliency), saliency.shape)
    return bool(mask[row, column])


@variant("pointing_game")
def pointing_by_all_maxima(saliency, mask):
    if np.isnan(saliency).any():
        raise ValueError("NaN has no place in a map")
    top = saliency == saliency.max()
    return bool((top & mask).any()) and not top.all()


@variant("pointing_game")
def pointing_by_loop(saliency, mask):
    best, hit, values = None, False, set()
    for row, inside in zip(saliency.tolist(), mask.tolist()):  # noqa: B905
        for value, in_mask in zip(row, inside):  # noqa: B905
            if value != value:
                raise ValueError("NaN")
            values.add(value)
            if best is None or value > best:
                best, hit = value, in_mask
    return hit and len(values) > 1


# ------------------------------------------------------------------ map_similarity


@wrong("map_similarity", "values for ranks")
def similarity_pearson(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])


@wrong("map_similarity", "argsort for ranks")
def similarity_argsort_once(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    first, second = a.ravel().argsort(kind="stable"), b.ravel().argsort(kind="stable")
    return float(np.corrcoef(first, second)[0, 1])


@wrong("map_similarity", "ties in reading order")
def similarity_without_ties(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    first = a.ravel().argsort(kind="stable").argsort()
    second = b.ravel().argsort(kind="stable").argsort()
    return float(np.corrcoef(first, second)[0, 1])


@wrong("map_similarity", "ties with the smallest rank")
def similarity_smallest_rank(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    first = np.searchsorted(np.sort(a, axis=None), a.ravel())
    second = np.searchsorted(np.sort(b, axis=None), b.ravel())
    return float(np.corrcoef(first, second)[0, 1])


@wrong("map_similarity", "sign lost")
def similarity_absolute(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    ranks = []
    for values in (a.ravel(), b.ravel()):
        ordered = np.sort(values)
        low, high = np.searchsorted(ordered, values), np.searchsorted(ordered, values, "right")
        ranks.append((low + high) / 2)
    return float(abs(np.corrcoef(*ranks)[0, 1]))


@wrong("map_similarity", "squared")
def similarity_squared(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    ranks = []
    for values in (a.ravel(), b.ravel()):
        ordered = np.sort(values)
        low, high = np.searchsorted(ordered, values), np.searchsorted(ordered, values, "right")
        ranks.append((low + high) / 2)
    return float(np.corrcoef(*ranks)[0, 1] ** 2)


@variant("map_similarity")
def similarity_by_searching(a, b):
    ranks = []
    for values in (a.ravel(), b.ravel()):
        ordered = np.sort(values)
        low, high = np.searchsorted(ordered, values), np.searchsorted(ordered, values, "right")
        ranks.append((low + high - 1) / 2 - (len(values) - 1) / 2)
    first, second = ranks
    length = np.sqrt((first @ first) * (second @ second))
    return float(first @ second / length) if length else 0.0


@variant("map_similarity")
def similarity_by_counting(a, b):
    def ranks(values):
        flat = values.ravel()
        below = (flat[None, :] < flat[:, None]).sum(axis=1)
        equal = (flat[None, :] == flat[:, None]).sum(axis=1)
        return below + (equal + 1) / 2

    if len(set(a.ravel().tolist())) == 1 or len(set(b.ravel().tolist())) == 1:
        return 0.0
    return np.corrcoef(ranks(a), ranks(b))[0][1]


@variant("map_similarity")
def similarity_by_unique(a, b):
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        return 0.0
    ranks = []
    for values in (a, b):
        _, inverse, counts = np.unique(values.ravel(), return_inverse=True, return_counts=True)
        last = counts.cumsum()
        ranks.append((last - (counts - 1) / 2)[inverse.ravel()])
    first, second = (r - r.mean() for r in ranks)
    return float((first * second).mean() / (first.std() * second.std()))


# ------------------------------------------------------------------ marker_effect


@wrong("marker_effect", "as they came, without the marker")
def effect_of_removing(predict, images, set_marker):
    return float(predict(images).mean() - predict(set_marker(images, False)).mean())


@wrong("marker_effect", "as they came, with the marker")
def effect_of_adding(predict, images, set_marker):
    return float(predict(set_marker(images, True)).mean() - predict(images).mean())


@wrong("marker_effect", "sign turned")
def effect_turned(predict, images, set_marker):
    present, absent = set_marker(images, True), set_marker(images, False)
    return float(predict(absent).mean() - predict(present).mean())


@wrong("marker_effect", "decisions for probabilities")
def effect_of_decisions(predict, images, set_marker):
    present, absent = predict(set_marker(images, True)), predict(set_marker(images, False))
    return float((present > 0.5).mean() - (absent > 0.5).mean())


@wrong("marker_effect", "signs lost")
def effect_absolute(predict, images, set_marker):
    present, absent = predict(set_marker(images, True)), predict(set_marker(images, False))
    return float(abs(present - absent).mean())


@wrong("marker_effect", "sum for mean")
def effect_summed(predict, images, set_marker):
    present, absent = predict(set_marker(images, True)), predict(set_marker(images, False))
    return float((present - absent).sum())


@wrong("marker_effect", "a ratio")
def effect_ratio(predict, images, set_marker):
    present, absent = predict(set_marker(images, True)), predict(set_marker(images, False))
    return float(present.mean() / absent.mean())


@variant("marker_effect")
def effect_mean_of_differences(predict, images, set_marker):
    return np.mean(predict(set_marker(images, True)) - predict(set_marker(images, False)))


@variant("marker_effect")
def effect_image_by_image(predict, images, set_marker):
    total = 0.0
    for k in range(len(images)):
        one = images[k : k + 1]
        total += predict(set_marker(one, True))[0] - predict(set_marker(one, False))[0]
    return total / len(images)


@variant("marker_effect")
def effect_in_one_batch(predict, images, set_marker):
    both = np.concatenate([set_marker(images, True), set_marker(images, False)])
    halves = predict(both).reshape(2, -1).mean(axis=1)
    return float(halves[0] - halves[1])
