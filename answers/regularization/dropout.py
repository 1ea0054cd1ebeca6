"""Sample answers to `dropout`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

SURVIVORS = {
    "dropout: kept = rng.random(x.shape) >= p -> kept = rng.random(x.shape) > p": (
        "a drawn number is never exactly p"
    ),
}


@wrong("dropout", "not scaled")
def forgets_to_scale(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    if not training:
        return x.copy()
    return x * (rng.random(x.shape) >= p)


@wrong("dropout", "scaled down")
def scales_down(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    if not training:
        return x.copy()
    return x * (rng.random(x.shape) >= p) * (1 - p)


@wrong("dropout", "divided by p")
def divides_by_p(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    if not training or p == 0:
        return x.copy()
    return x * (rng.random(x.shape) >= p) / p


@wrong("dropout", "p is kept")
def keeps_p(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    if not training or p == 0:
        return x.copy()
    return x * (rng.random(x.shape) < p) / p


@wrong("dropout", "dropped in evaluation, too")
def drops_always(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    return x * (rng.random(x.shape) >= p) / (1 - p)


@wrong("dropout", "modes exchanged")
def exchanges_the_modes(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    if training:
        return x.copy()
    return x * (rng.random(x.shape) >= p) / (1 - p)


@wrong("dropout", "scaled in evaluation")
def takes_the_old_form(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    if not training:
        return x * (1 - p)
    return x * (rng.random(x.shape) >= p)


@wrong("dropout", "nothing dropped")
def never_drops(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    return x.copy()


@wrong("dropout", "whole rows")
def drops_rows(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    if not training:
        return x.copy()
    shape = (len(x),) + (1,) * (x.ndim - 1)
    return x * (rng.random(shape) >= p) / (1 - p)


@wrong("dropout", "one mask for all rows")
def drops_columns(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    if not training:
        return x.copy()
    return x * (rng.random(x.shape[1:]) >= p) / (1 - p)


@wrong("dropout", "a fixed number")
def drops_a_number(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    if not training:
        return x.copy()
    mask = np.ones(x.size)
    mask[rng.permutation(x.size)[: round(p * x.size)]] = 0
    return x * mask.reshape(x.shape).astype(x.dtype) / (1 - p)


@wrong("dropout", "another source of chance")
def uses_a_new_generator(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    if not training:
        return x.copy()
    kept = np.random.default_rng().random(x.shape) >= p
    return x * kept / (1 - p)


@wrong("dropout", "the same elements every time")
def begins_anew(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    if not training:
        return x.copy()
    kept = np.random.default_rng(0).random(x.shape) >= p
    return x * kept / (1 - p)


@variant("dropout")
def with_where(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    if not training:
        return x.copy()
    return np.where(rng.random(x.shape) < p, 0, x / (1 - p))


@variant("dropout")
def with_binomial(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    if not training:
        return x
    return x * rng.binomial(1, 1 - p, x.shape).astype(x.dtype) / (1 - p)


@variant("dropout")
def with_uniform(x, p, rng, training):
    if p < 0 or p >= 1:
        raise ValueError("no probability")
    if training:
        kept = rng.uniform(0, 1, x.shape) > p
        x = x * kept / (1 - p)
    return x


@variant("dropout")
def on_a_copy(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    found = x.copy()
    if training:
        found[rng.random(x.shape) < p] = 0
        found /= 1 - p
    return found


@variant("dropout")
def with_choice(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    if not training:
        return x.copy()
    factors = rng.choice([0.0, 1 / (1 - p)], size=x.shape, p=[p, 1 - p])
    return (x * factors).astype(x.dtype)


@neutral("dropout", "no refusal")
def never_refuses(x, p, rng, training):
    if not training or p == 0:
        return x.copy()
    return np.where(rng.random(x.shape) < p, 0, x) / (1 - min(max(p, 0), 0.99))


@neutral("dropout", "refuses in training only")
def refuses_in_training(x, p, rng, training):
    if not training:
        return x.copy()
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    return x * (rng.random(x.shape) >= p) / (1 - p)


@neutral("dropout", "changes x")
def drops_in_place(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    if training:
        x *= (rng.random(x.shape) >= p) / (1 - p)
    return x


@neutral("dropout", "the mask, too")
def gives_the_mask_too(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    kept = rng.random(x.shape) >= p if training else np.ones(x.shape, bool)
    return x * kept / (1 - p if training else 1), kept


@neutral("dropout", "too few")
def drops_half_of_them(x, p, rng, training):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    if not training:
        return x.copy()
    return x * (rng.random(x.shape) >= p / 2) / (1 - p / 2)
