"""Sample answers to `smoothgrad`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

SURVIVORS = {
    (
        "smoothgrad: total += gradient(x + sigma * generator.standard_normal(x.shape)) -> "
        "total += gradient(x - sigma * generator.standard_normal(x.shape))"
    ): "normal noise is symmetrical",
}


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


@wrong("smoothgrad", "uniform noise")
def smooth_with_uniform_noise(gradient, x, n, sigma, generator):
    maps = [gradient(x + generator.uniform(-sigma, sigma, x.shape)) for _ in range(n)]
    return np.abs(np.mean(maps, axis=0))


@wrong("smoothgrad", "one noise for all samples")
def smooth_draws_before_the_loop(gradient, x, n, sigma, generator):
    noise, total = generator.normal(0.0, sigma, x.shape), np.zeros(x.shape)
    for _ in range(n):
        total += gradient(x + noise)
    return abs(total) / n


@wrong("smoothgrad", "absolute value first")
def smooth_adds_absolute_values(gradient, x, n, sigma, generator):
    total = np.zeros_like(x)
    for _ in range(n):
        total += np.abs(gradient(x + generator.normal(0, sigma, x.shape)))
    return total / n


@variant("smoothgrad")
def smooth_in_float32(gradient, x, n, sigma, generator):
    total = np.zeros(x.shape, dtype=np.float32)
    for _ in range(n):
        noise = generator.standard_normal(x.shape, dtype=np.float32)
        total += gradient(x + np.float32(sigma) * noise).astype(np.float32)
    return np.abs(total / n)


@neutral("smoothgrad", "changes x by a rounding")
def smooth_there_and_back(gradient, x, n, sigma, generator):
    total = np.zeros(x.shape)
    for _ in range(n):
        noise = sigma * generator.standard_normal(x.shape)
        x += noise.astype(x.dtype)
        total += gradient(x)
        x -= noise.astype(x.dtype)
    return np.abs(total / n)


@neutral("smoothgrad", "a generator of its own")
def smooth_with_its_own_generator(gradient, x, n, sigma, generator):
    own = np.random.default_rng(0)
    maps = [gradient(x + own.normal(0, sigma, x.shape)) for _ in range(n)]
    return np.abs(np.mean(maps, axis=0))


@neutral("smoothgrad", "the global generator")
def smooth_with_the_global_generator(gradient, x, n, sigma, generator):
    maps = [gradient(x + np.random.normal(0, sigma, x.shape)) for _ in range(n)]  # noqa: NPY002
    return np.abs(np.mean(maps, axis=0))


@neutral("smoothgrad", "all samples in one call")
def smooth_as_one_batch(gradient, x, n, sigma, generator):
    noise = sigma * generator.standard_normal((n, *x.shape))
    return np.abs(gradient(x + noise).mean(axis=0))


@neutral("smoothgrad", "a list")
def smooth_as_list(gradient, x, n, sigma, generator):
    maps = [gradient(x + generator.normal(0, sigma, x.shape)) for _ in range(n)]
    return np.abs(np.mean(maps, axis=0)).tolist()


@neutral("smoothgrad", "divided by n − 1")
def smooth_divided_by_one_less(gradient, x, n, sigma, generator):
    total = np.zeros(x.shape)
    for _ in range(n):
        total += gradient(x + generator.normal(0, sigma, x.shape))
    return np.abs(total / max(n - 1, 1))


@neutral("smoothgrad", "one-sided noise")
def smooth_with_positive_noise(gradient, x, n, sigma, generator):
    maps = [gradient(x + sigma * generator.random(x.shape)) for _ in range(n)]
    return np.abs(np.mean(maps, axis=0))
