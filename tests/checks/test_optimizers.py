"""Sample answers to the exercises of 06-optimizers; `test_answers.py` judges them."""

import numpy as np

from course_utils.authoring.answers import variant, wrong

NEAR = "a shift by a rate or two is right: everything within a factor of 10 is"
CUT = "the rates behind the last window are cut away two lines below"
EVEN = "the rates of a range test grow by the same factor, so all steps are equally wide"
EDGE = "no curve lies so exactly on the edge of 1 %, nor do neighbours differ by that much"
WINDOWS = "windows = np.lib.stride_tricks.sliding_window_view(losses[:end], 9)"
CENTERS = "smooth, centers = windows.mean(axis=1), lrs[4 : end - 4]"
FLAT = "if smooth[0] - smooth[lowest] < 0.01 * smooth[0]:"
FALLS = "falls = -np.diff(smooth[: lowest + 1]) / np.diff(np.log10(centers[: lowest + 1]))"
SURVIVORS = {
    f"suggest_lr: {WINDOWS} -> {WINDOWS.replace('9', '10')}": NEAR,
    f"suggest_lr: {CENTERS} -> {CENTERS.replace('[4', '[ 3')}": NEAR,
    f"suggest_lr: {CENTERS} -> {CENTERS.replace('- 4', '- 3')}": CUT,
    **{
        f"suggest_lr: {CENTERS} -> {CENTERS.replace('- 4', f'{sign} 4')}": CUT
        for sign in ("+", "|", "^", "<<", "*", "**")
    },
    f"suggest_lr: {FLAT} -> {FLAT.replace('smooth[0] -', 'smooth[ 1] -')}": EDGE,
    f"suggest_lr: {FLAT} -> {FLAT.replace('* smooth[0]', '* smooth[ 1]')}": EDGE,
    f"suggest_lr: {FLAT} -> {FLAT.replace('] - ', '] % ')}": EDGE,
    f"suggest_lr: {FLAT} -> {FLAT.replace('<', '<=')}": EDGE,
    **{
        f"suggest_lr: {FALLS} -> {FALLS.replace(') / ', f') {sign} ')}": EVEN
        for sign in ("+", "*", "-")
    },
}

# ------------------------------------------------------------------ gradient_descent


@wrong("gradient_descent", "uphill")
def climbs(grad, w0, lr, steps):
    path = [w0]
    for _ in range(steps):
        path.append(path[-1] + lr * grad(path[-1]))
    return np.array(path)


@wrong("gradient_descent", "learning rate ignored")
def jumps(grad, w0, lr, steps):
    path = [w0]
    for _ in range(steps):
        path.append(path[-1] - grad(path[-1]))
    return np.array(path)


@wrong("gradient_descent", "the start is missing")
def forgets_the_start(grad, w0, lr, steps):
    w, path = w0, np.zeros((steps, len(w0)))
    for step in range(steps):
        w = w - lr * grad(w)
        path[step] = w
    return path


@wrong("gradient_descent", "the last place is missing")
def forgets_the_end(grad, w0, lr, steps):
    w, path = w0, []
    for _ in range(steps):
        path.append(w)
        w = w - lr * grad(w)
    return np.array(path).reshape(steps, len(w0))


@wrong("gradient_descent", "only the last place")
def returns_the_end(grad, w0, lr, steps):
    w = w0.copy()
    for _ in range(steps):
        w -= lr * grad(w)
    return w


@wrong("gradient_descent", "one gradient for all steps")
def asks_once(grad, w0, lr, steps):
    slope = grad(w0)
    return np.array([w0 - lr * step * slope for step in range(steps + 1)])


@wrong("gradient_descent", "the same array in every row")
def keeps_one_array(grad, w0, lr, steps):
    w = w0.copy()
    path = [w]
    for _ in range(steps):
        w -= lr * grad(w)
        path.append(w)
    return np.array(path)


@variant("gradient_descent")
def fills_a_table(grad, w0, lr, steps):
    path = np.empty((steps + 1, w0.size))
    path[0] = w0
    for step in range(steps):
        path[step + 1] = path[step] - lr * grad(path[step])
    return path


@variant("gradient_descent")
def with_copies(grad, w0, lr, steps):
    w, path = np.array(w0, dtype=float), []
    for _ in range(steps):
        path.append(w.copy())
        w -= lr * np.asarray(grad(w))
    return np.stack([*path, w])


@variant("gradient_descent")
def places_before_it(grad, w0, lr, steps):
    path = w0[np.newaxis].copy()
    while len(path) <= steps:
        step = np.multiply(-lr, grad(path[-1]))
        path = np.concatenate([path, [path[-1] + step]])
    return path


# ------------------------------------------------------------------ sgd_step


@wrong("sgd_step", "uphill")
def adds_gradient(w, g, lr):
    return w + lr * g


@wrong("sgd_step", "learning rate ignored")
def forgets_rate(w, g, lr):
    return w - g


@wrong("sgd_step", "only the change")
def returns_change(w, g, lr):
    return -lr * g


@wrong("sgd_step", "changed in place")
def subtracts_in_place(w, g, lr):
    w -= lr * g
    return w


@wrong("sgd_step", "sign of the gradient")
def takes_the_sign(w, g, lr):
    return w - lr * np.sign(g)


@wrong("sgd_step", "gradient scaled to length 1")
def takes_the_direction(w, g, lr):
    return w - lr * g / np.sqrt((g**2).sum())


@variant("sgd_step")
def with_a_copy(w, g, lr):
    new = w.copy()
    new -= lr * g
    return new


@variant("sgd_step")
def element_by_element(w, g, lr):
    new = np.zeros(w.shape)
    for place in np.ndindex(*w.shape):
        new[place] = w[place] - g[place] * lr
    return new


@variant("sgd_step")
def with_numpy_functions(w, g, lr):
    return np.subtract(w, np.multiply(lr, g))


# ------------------------------------------------------------------ momentum_step


@wrong("momentum_step", "gradient averaged in")
def averages(w, g, v, lr, mu=0.9):
    v = mu * v + (1 - mu) * g
    return w - lr * v, v


@wrong("momentum_step", "learning rate in the velocity")
def rate_inside(w, g, v, lr, mu=0.9):
    v = mu * v + lr * g
    return w - v, v


@wrong("momentum_step", "old velocity used")
def moves_first(w, g, v, lr, mu=0.9):
    return w - lr * v, mu * v + g


@wrong("momentum_step", "velocity not used")
def moves_by_gradient(w, g, v, lr, mu=0.9):
    return w - lr * g, mu * v + g


@wrong("momentum_step", "no friction")
def never_slows(w, g, v, lr, mu=0.9):
    v = v + g
    return w - lr * v, v


@wrong("momentum_step", "mu fixed at 0.9")
def fixes_mu(w, g, v, lr, mu=0.9):
    v = 0.9 * v + g
    return w - lr * v, v


@wrong("momentum_step", "Nesterov's look ahead")
def looks_ahead(w, g, v, lr, mu=0.9):
    v = mu * v + g
    return w - lr * (g + mu * v), v


@wrong("momentum_step", "changed in place")
def velocity_in_place(w, g, v, lr, mu=0.9):
    v *= mu
    v += g
    return w - lr * v, v


@variant("momentum_step")
def in_one_line(w, g, v, lr, mu=0.9):
    return w - lr * (mu * v + g), mu * v + g


@variant("momentum_step")
def with_copies_of_both(w, g, v, lr, mu=0.9):
    w, v = w.copy(), v.copy()
    v *= mu
    v += g
    w -= lr * v
    return [w, v]


@variant("momentum_step")
def element_by_element_with_speed(w, g, v, lr, mu=0.9):
    new_w, new_v = np.zeros(w.shape), np.zeros(w.shape)
    for place in np.ndindex(*w.shape):
        new_v[place] = mu * v[place] + g[place]
        new_w[place] = w[place] - lr * new_v[place]
    return new_w, new_v


# ------------------------------------------------------------------ adagrad_step


@wrong("adagrad_step", "no square root")
def divides_by_the_sum(w, g, s, lr, eps=1e-10):
    s = s + g**2
    return w - lr * g / (s + eps), s


@wrong("adagrad_step", "old sum used")
def divides_first(w, g, s, lr, eps=1e-10):
    return w - lr * g / (np.sqrt(s) + eps), s + g**2


@wrong("adagrad_step", "only the last square")
def forgets_the_past(w, g, s, lr, eps=1e-10):
    s = g**2
    return w - lr * g / (np.sqrt(s) + eps), s


@wrong("adagrad_step", "one sum for all weights")
def adds_over_all(w, g, s, lr, eps=1e-10):
    s = s + np.sum(g**2)
    return w - lr * g / (np.sqrt(s) + eps), s


@wrong("adagrad_step", "no squares")
def adds_sizes(w, g, s, lr, eps=1e-10):
    s = s + np.abs(g)
    return w - lr * g / (np.sqrt(s) + eps), s


@wrong("adagrad_step", "eps forgotten")
def divides_by_nothing(w, g, s, lr, eps=1e-10):
    s = s + g**2
    return w - lr * g / np.sqrt(s), s


@wrong("adagrad_step", "eps fixed at its default")
def fixes_eps(w, g, s, lr, eps=1e-10):
    s = s + g**2
    return w - lr * g / (np.sqrt(s) + 1e-10), s


@wrong("adagrad_step", "uphill")
def climbs_adapted(w, g, s, lr, eps=1e-10):
    s = s + g**2
    return w + lr * g / (np.sqrt(s) + eps), s


@wrong("adagrad_step", "changed in place")
def sum_in_place(w, g, s, lr, eps=1e-10):
    s += g**2
    return w - lr * g / (np.sqrt(s) + eps), s


@variant("adagrad_step")
def eps_under_the_root(w, g, s, lr, eps=1e-10):
    s = s + g * g
    return w - lr * g / np.sqrt(s + eps), s


@variant("adagrad_step")
def rate_of_each_weight(w, g, s, lr, eps=1e-10):
    total = np.add(s, np.square(g))
    rates = lr / (total**0.5 + eps)
    return w - rates * g, total


@variant("adagrad_step")
def weight_by_weight(w, g, s, lr, eps=1e-10):
    new_w, new_s = np.array(w, dtype=float), np.array(s, dtype=float)
    for place in np.ndindex(*w.shape):
        new_s[place] += float(g[place]) ** 2
        new_w[place] -= lr * g[place] / (new_s[place] ** 0.5 + eps)
    return new_w, new_s


# ------------------------------------------------------------------ adam_step


@wrong("adam_step", "no bias correction")
def never_corrects(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return w - lr * m / (np.sqrt(v) + eps), m, v


@wrong("adam_step", "bias correction with t − 1")
def corrects_late(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / np.float64(1 - beta1 ** (t - 1))
    v_hat = v / np.float64(1 - beta2 ** (t - 1))
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), m, v


@wrong("adam_step", "bias correction with t + 1")
def corrects_early(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = t + 1
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), m, v


@wrong("adam_step", "correction without the power")
def forgets_the_power(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1), v / (1 - beta2)
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), m, v


@wrong("adam_step", "second moment not corrected")
def corrects_one(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return w - lr * m / (1 - beta1**t) / (np.sqrt(v) + eps), m, v


@wrong("adam_step", "corrected moments returned")
def returns_corrected(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m = m / (1 - beta1**t)
    v = v / (1 - beta2**t)
    return w - lr * m / (np.sqrt(v) + eps), m, v


@wrong("adam_step", "gradient for first moment")
def forgets_momentum(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return w - lr * g / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


@wrong("adam_step", "no square root")
def forgets_the_root(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return w - lr * (m / (1 - beta1**t)) / (v / (1 - beta2**t) + eps), m, v


@wrong("adam_step", "betas exchanged")
def exchanges_betas(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta2 * m + (1 - beta2) * g
    v = beta1 * v + (1 - beta1) * g**2
    m_hat, v_hat = m / (1 - beta2**t), v / (1 - beta1**t)
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), m, v


@wrong("adam_step", "eps fixed at its default")
def fixes_small_eps(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


@wrong("adam_step", "eps forgotten")
def has_no_eps(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return w - lr * (m / (1 - beta1**t)) / np.sqrt(v / (1 - beta2**t)), m, v


@wrong("adam_step", "changed in place")
def moments_in_place(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m *= beta1
    m += (1 - beta1) * g
    v *= beta2
    v += (1 - beta2) * g**2
    return w - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


@variant("adam_step")
def small_number_under_the_root(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = m + (1 - beta1) * (g - m)
    v = v + (1 - beta2) * (g * g - v)
    unbiased = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - lr * unbiased[0] / np.sqrt(unbiased[1] + eps), m, v


@variant("adam_step")
def correction_in_the_rate(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    first = beta1 * m + (1 - beta1) * g
    second = beta2 * v + (1 - beta2) * np.square(g)
    shrink = np.sqrt(1 - beta2**t)
    rate = lr * shrink / (1 - beta1**t)
    return w - rate * first / (np.sqrt(second) + eps * shrink), first, second


@variant("adam_step")
def weight_by_weight_adam(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    w, m, v = (np.array(a, dtype=float) for a in (w, m, v))
    for i in np.ndindex(*w.shape):
        m[i] = beta1 * m[i] + (1 - beta1) * g[i]
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] ** 2
        w[i] -= lr * (m[i] / (1 - beta1**t)) / ((v[i] / (1 - beta2**t)) ** 0.5 + eps)
    return w, m, v


# ------------------------------------------------------------------ minibatches


@wrong("minibatches", "not shuffled")
def in_archive_order(n, batch_size, rng):
    for start in range(0, n, batch_size):
        yield np.arange(start, min(start + batch_size, n))


@wrong("minibatches", "neighbours stay together")
def shuffles_blocks(n, batch_size, rng):
    full = [np.arange(s, min(s + batch_size, n)) for s in range(0, n, batch_size)]
    order = [*rng.permutation(n // batch_size), *range(n // batch_size, len(full))]
    for block in order:
        yield rng.permutation(full[block])


@wrong("minibatches", "drawn with replacement")
def draws_anew(n, batch_size, rng):
    for start in range(0, n, batch_size):
        yield rng.integers(0, n, min(batch_size, n - start))


@wrong("minibatches", "last batch dropped")
def drops_the_rest(n, batch_size, rng):
    order = rng.permutation(n)
    for batch in range(n // batch_size):
        yield order[batch * batch_size : (batch + 1) * batch_size]


@wrong("minibatches", "last batch filled up")
def fills_up(n, batch_size, rng):
    order = rng.permutation(n)
    for start in range(0, n, batch_size):
        yield order[np.arange(start, start + batch_size) % n]


@wrong("minibatches", "another source of chance")
def uses_global_state(n, batch_size, rng):
    order = np.random.permutation(n)  # noqa: NPY002
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]


@wrong("minibatches", "the same order in every epoch")
def starts_anew(n, batch_size, rng):
    order = np.random.default_rng(0).permutation(n)
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]


@wrong("minibatches", "counted from 1")
def counts_from_one(n, batch_size, rng):
    order = rng.permutation(np.arange(1, n + 1))
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]


@variant("minibatches")
def splits(n, batch_size, rng):
    order = rng.permutation(n)
    return np.split(order, range(batch_size, n, batch_size)) if n else []


@variant("minibatches")
def shuffles_in_place(n, batch_size, rng):
    left = np.arange(n)
    rng.shuffle(left)
    while len(left):
        yield np.sort(left[:batch_size])
        left = left[batch_size:]


@variant("minibatches")
def draws_without_replacement(n, batch_size, rng):
    order = rng.choice(n, n, replace=False) if n else np.arange(0)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]


@variant("minibatches")
def sorts_random_numbers(n, batch_size, rng):
    order = np.argsort(rng.random(n))
    batch = []
    for index in order:
        batch.append(index)
        if len(batch) == batch_size:
            yield np.array(batch)
            batch = []
    if batch:
        yield np.array(batch)


# ------------------------------------------------------------------ accumulate_gradients


@wrong("accumulate_gradients", "mean of the means")
def averages_means(grad_fn, batches):
    return np.mean([grad_fn(batch) for batch in batches], axis=0)


@wrong("accumulate_gradients", "sum of the means")
def adds_means(grad_fn, batches):
    return sum(grad_fn(batch) for batch in batches)


@wrong("accumulate_gradients", "not divided at the end")
def adds_sums(grad_fn, batches):
    return sum(len(batch) * grad_fn(batch) for batch in batches)


@wrong("accumulate_gradients", "divided by the number of batches")
def divides_by_batches(grad_fn, batches):
    return sum(len(batch) * grad_fn(batch) for batch in batches) / len(batches)


@wrong("accumulate_gradients", "only the last batch")
def overwrites(grad_fn, batches):
    for batch in batches:
        total = grad_fn(batch)
    return total


@wrong("accumulate_gradients", "all at once")
def asks_for_all(grad_fn, batches):
    return grad_fn(np.concatenate(batches))


@variant("accumulate_gradients")
def with_numpy_average(grad_fn, batches):
    each = np.stack([grad_fn(batch) for batch in batches])
    return np.average(each, axis=0, weights=[len(batch) for batch in batches])


@variant("accumulate_gradients")
def running_mean(grad_fn, batches):
    mean, seen = 0.0, 0
    for batch in batches:
        seen += len(batch)
        mean = mean + (grad_fn(batch) - mean) * len(batch) / seen
    return mean


@variant("accumulate_gradients")
def shares(grad_fn, batches):
    n = sum(batch.size for batch in batches)
    return sum((batch.size / n) * grad_fn(batch) for batch in batches)


@variant("accumulate_gradients")
def one_by_one(grad_fn, batches):
    each = [grad_fn(np.array([index])) for batch in batches for index in batch]
    return np.mean(each, axis=0)


# ------------------------------------------------------------------ step_decay


@wrong("step_decay", "no stairs")
def falls_smoothly(lr, epoch, gamma, every):
    return lr * gamma ** (epoch / every)


@wrong("step_decay", "falls in every epoch")
def falls_always(lr, epoch, gamma, every):
    return lr * gamma**epoch


@wrong("step_decay", "only one stair")
def falls_once(lr, epoch, gamma, every):
    return lr * gamma if epoch >= every else lr


@wrong("step_decay", "one epoch late")
def falls_late(lr, epoch, gamma, every):
    return lr * gamma ** (max(epoch - 1, 0) // every)


@wrong("step_decay", "one epoch early")
def falls_early(lr, epoch, gamma, every):
    return lr * gamma ** ((epoch + 1) // every)


@wrong("step_decay", "gamma subtracted")
def subtracts_gamma(lr, epoch, gamma, every):
    return lr - lr * (1 - gamma) * (epoch // every)


@wrong("step_decay", "divided by gamma")
def divides_by_gamma(lr, epoch, gamma, every):
    return lr / gamma ** (epoch // every)


@variant("step_decay")
def in_a_loop(lr, epoch, gamma, every):
    for passed in range(1, epoch + 1):
        if passed % every == 0:
            lr = lr * gamma
    return lr


@variant("step_decay")
def with_floor(lr, epoch, gamma, every):
    return lr * np.power(gamma, np.floor(epoch / every))


@variant("step_decay")
def period_after_period(lr, epoch, gamma, every):
    while epoch >= every:
        lr, epoch = lr * gamma, epoch - every
    return lr


# ------------------------------------------------------------------ cosine_decay


@wrong("cosine_decay", "a straight line")
def falls_straight(lr, step, total):
    return lr * (1 - step / total)


@wrong("cosine_decay", "negative rates")
def whole_cosine(lr, step, total):
    return lr * np.cos(np.pi * step / total)


@wrong("cosine_decay", "a quarter of the wave")
def quarter_wave(lr, step, total):
    return lr * np.cos(np.pi * step / (2 * total))


@wrong("cosine_decay", "a whole wave")
def comes_back(lr, step, total):
    return lr * (1 + np.cos(2 * np.pi * step / total)) / 2


@wrong("cosine_decay", "not halved")
def starts_double(lr, step, total):
    return lr * (1 + np.cos(np.pi * step / total))


@wrong("cosine_decay", "upwards")
def grows(lr, step, total):
    return lr * (1 - np.cos(np.pi * step / total)) / 2


@wrong("cosine_decay", "total less one")
def ends_early(lr, step, total):
    return lr * (1 + np.cos(np.pi * step / np.float64(total - 1))) / 2


@variant("cosine_decay")
def squared_cosine(lr, step, total):
    return lr * np.cos(np.pi * step / total / 2) ** 2


@variant("cosine_decay")
def with_a_sine(lr, step, total):
    return float(lr * (1 - np.sin(np.pi / 2 * step / total) ** 2))


@variant("cosine_decay")
def half_and_half(lr, step, total):
    share = step / total
    return 0.5 * lr + 0.5 * lr * np.cos(share * np.pi)


# ------------------------------------------------------------------ cyclic_lr


@wrong("cyclic_lr", "a sawtooth")
def falls_back(step, low, high, half_cycle):
    return low + (high - low) * (step % half_cycle) / half_cycle


@wrong("cyclic_lr", "the whole cycle in half the time")
def twice_as_fast(step, low, high, half_cycle):
    place = (step % half_cycle) / half_cycle
    return low + (high - low) * (1 - abs(2 * place - 1))


@wrong("cyclic_lr", "starts at the top")
def starts_high(step, low, high, half_cycle):
    place = step % (2 * half_cycle)
    return low + (high - low) * abs(place - half_cycle) / half_cycle


@wrong("cyclic_lr", "only one cycle")
def cycles_once(step, low, high, half_cycle):
    return low + (high - low) * max(0, 1 - abs(step / half_cycle - 1))


@wrong("cyclic_lr", "stays at the top")
def stays_high(step, low, high, half_cycle):
    return low + (high - low) * min(step / half_cycle, 1)


@wrong("cyclic_lr", "a wave")
def waves(step, low, high, half_cycle):
    return low + (high - low) * (1 - np.cos(np.pi * step / half_cycle)) / 2


@wrong("cyclic_lr", "low forgotten")
def starts_at_zero(step, low, high, half_cycle):
    place = step % (2 * half_cycle)
    return (high - low) * (1 - abs(place / half_cycle - 1))


@wrong("cyclic_lr", "high added to low")
def adds_high(step, low, high, half_cycle):
    place = step % (2 * half_cycle)
    return low + high * (1 - abs(place / half_cycle - 1))


@variant("cyclic_lr")
def with_two_branches(step, low, high, half_cycle):
    place = step % (2 * half_cycle)
    if place > half_cycle:
        place = 2 * half_cycle - place
    return low + place * (high - low) / half_cycle


@variant("cyclic_lr")
def as_smith_wrote_it(step, low, high, half_cycle):
    cycle = np.floor(1 + step / (2 * half_cycle))
    x = abs(step / half_cycle - 2 * cycle + 1)
    return low + (high - low) * max(0, 1 - x)


@variant("cyclic_lr")
def walks_step_by_step(step, low, high, half_cycle):
    rate, up = low, True
    for now in range(step):
        if now and now % half_cycle == 0:
            up = not up
        rate += (1 if up else -1) * (high - low) / half_cycle
    return rate


@variant("cyclic_lr")
def interpolates(step, low, high, half_cycle):
    return float(np.interp(step % (2 * half_cycle), [0, half_cycle, 2 * half_cycle],
                           [low, high, low]))  # fmt: skip


# ------------------------------------------------------------------ suggest_lr


@wrong("suggest_lr", "the smallest loss")
def takes_the_minimum(lrs, losses):
    keep = np.isfinite(losses)
    smooth = np.convolve(np.pad(losses[keep], 4, mode="edge"), np.ones(9) / 9, mode="valid")
    if smooth.min() > 0.99 * smooth[0]:
        raise ValueError("the loss never falls")
    return lrs[keep][smooth.argmin()]


@wrong("suggest_lr", "misled by the tail")
def looks_everywhere(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    lrs, losses = lrs[:end], losses[:end]
    smooth = np.convolve(np.pad(losses, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    if smooth.min() > 0.99 * smooth[0]:
        raise ValueError("the loss never falls")
    return lrs[np.gradient(smooth, np.log10(lrs)).argmin()]


@wrong("suggest_lr", "slope against the learning rate")
def takes_plain_slopes(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    lrs, losses = lrs[:end], losses[:end]
    smooth = np.convolve(np.pad(losses, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    if smooth.min() > 0.99 * smooth[0]:
        raise ValueError("the loss never falls")
    stop = smooth.argmin() + 1
    return lrs[np.gradient(smooth, lrs)[:stop].argmin()]


@wrong("suggest_lr", "not smoothed")
def trusts_every_point(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    lrs, losses = lrs[:end], losses[:end]
    if losses.min() > 0.99 * losses[0]:
        raise ValueError("the loss never falls")
    stop = losses.argmin()
    return lrs[np.diff(losses)[:stop].argmin()]


@wrong("suggest_lr", "not a rate")
def returns_the_position(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    lrs, losses = lrs[:end], losses[:end]
    smooth = np.convolve(np.pad(losses, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    if smooth.min() > 0.99 * smooth[0]:
        raise ValueError("the loss never falls")
    stop = smooth.argmin() + 1
    return int(np.gradient(smooth, np.log10(lrs))[:stop].argmin())


@wrong("suggest_lr", "no refusal")
def always_answers(lrs, losses):
    bad = ~np.isfinite(losses)
    end = int(bad.argmax()) if bad.any() else len(losses)
    lrs, losses = lrs[:end], losses[:end]
    smooth = np.convolve(np.pad(losses, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    slopes = np.diff(np.round(smooth, 6)) / np.diff(np.log10(lrs))
    stop = max(int(smooth.argmin()), 1)
    return lrs[slopes[:stop].argmin()]


@variant("suggest_lr")
def with_a_running_average(lrs, losses):
    smooth, average = [], losses[0]
    for loss in losses:
        if not np.isfinite(loss) or loss > 10 * losses[0]:
            break
        average = 0.8 * average + 0.2 * loss
        smooth.append(average)
    lowest = int(np.argmin(smooth))
    if smooth[lowest] > 0.99 * losses[0] or lowest < 2:
        raise ValueError("the loss never falls")
    places = np.log10(lrs[: lowest + 1])
    return lrs[np.gradient(smooth[: lowest + 1], places).argmin()]


@variant("suggest_lr")
def with_the_median(lrs, losses):
    kept = []
    for loss in losses:
        if not np.isfinite(loss):
            break
        kept.append(float(loss))
    smooth = np.array([np.median(kept[max(0, i - 3) : i + 4]) for i in range(len(kept))])
    smooth = np.array([np.mean(smooth[max(0, i - 3) : i + 4]) for i in range(len(kept))])
    lowest = int(np.argmin(smooth))
    if smooth[lowest] > 0.99 * smooth[0]:
        raise ValueError("the loss never falls")
    falls = (smooth[1 : lowest + 1] - smooth[:lowest]) / np.diff(np.log10(lrs[: lowest + 1]))
    return float(lrs[falls.argmin()])


@variant("suggest_lr")
def over_a_wide_step(lrs, losses):
    finite = np.isfinite(losses)
    end = len(losses) if finite.all() else int(np.argmin(finite))
    smooth = np.convolve(np.pad(losses[:end], 4, mode="edge"), np.ones(9) / 9, mode="valid")
    lowest = int(np.argmin(smooth))
    best, place = 0.0, None
    for i in range(lowest - 7):
        fall = (smooth[i] - smooth[i + 8]) / np.log10(lrs[i + 8] / lrs[i])
        if fall > best:
            best, place = fall, i + 4
    if place is None or smooth[0] - smooth[lowest] < 0.01 * smooth[0]:
        raise ValueError("the loss never falls")
    return lrs[place]
