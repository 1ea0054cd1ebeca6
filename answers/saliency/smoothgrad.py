"""Sample answers to `smoothgrad`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong

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
