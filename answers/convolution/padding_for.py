"""Sample answers to `padding_for`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("padding_for", "both sides together")
def counts_both_sides(kind, k, d=1):
    reach = d * (k - 1) + 1
    if kind not in ("valid", "same", "full") or (kind == "same" and reach % 2 == 0):
        raise ValueError(kind)
    return {"valid": 0, "same": reach - 1, "full": 2 * (reach - 1)}[kind]


@wrong("padding_for", "dilation ignored")
def pads_without_dilation(kind, k, d=1):
    if kind == "valid":
        return 0
    if kind == "same":
        if k % 2 == 0:
            raise ValueError("even kernel")
        return k // 2
    if kind == "full":
        return k - 1
    raise ValueError(kind)


@wrong("padding_for", "full is the kernel size")
def pads_a_whole_kernel(kind, k, d=1):
    reach = d * (k - 1) + 1
    if kind == "same" and reach % 2 == 0:
        raise ValueError("even kernel")
    sizes = {"valid": 0, "same": reach // 2, "full": reach}
    if kind not in sizes:
        raise ValueError(kind)
    return sizes[kind]


@wrong("padding_for", "valid and full exchanged")
def exchanges_the_ends(kind, k, d=1):
    reach = d * (k - 1) + 1
    if kind == "same" and reach % 2 == 0:
        raise ValueError("even kernel")
    sizes = {"full": 0, "same": reach // 2, "valid": reach - 1}
    if kind not in sizes:
        raise ValueError(kind)
    return sizes[kind]


@wrong("padding_for", "dilated kernel d times k")
def stretches_kernel(kind, k, d=1):
    reach = d * k
    if kind == "valid":
        return 0
    if kind == "full":
        return reach - 1
    if kind == "same" and reach % 2:
        return reach // 2
    raise ValueError(kind)


@wrong("padding_for", "same and full exchanged")
def exchanges_same_and_full(kind, k, d=1):
    span = d * (k - 1)
    if kind == "valid":
        return 0
    if kind == "same":
        return span
    if kind == "full" and span % 2 == 0:
        return span // 2
    raise ValueError(kind)


@wrong("padding_for", "same is full")
def forgets_to_halve(kind, k, d=1):
    if kind == "valid":
        return 0
    if kind not in ("same", "full") or (kind == "same" and d * (k - 1) % 2):
        raise ValueError(kind)
    return d * (k - 1)


@wrong("padding_for", "dilation ignored")
def knows_no_dilation(kind, k, d=1):
    paddings = {"valid": 0, "same": (k - 1) // 2, "full": k - 1}
    if kind == "same" and (k - 1) * d % 2:
        raise ValueError("an even kernel")
    try:
        return paddings[kind]
    except KeyError:
        raise ValueError(f"unknown: {kind}") from None


@wrong("padding_for", "both sides together")
def adds_both_sides(kind, k, d=1):
    match kind:
        case "valid":
            return 0
        case "full":
            return 2 * d * (k - 1)
        case "same" if d * (k - 1) % 2 == 0:
            return d * (k - 1)
    raise ValueError(kind)


@wrong("padding_for", "full is the kernel size")
def adds_one_to_full(kind, k, d=1):
    span = d * (k - 1)
    if kind == "valid":
        return 0
    if kind == "full":
        return span + 1
    if kind == "same" and not span % 2:
        return span // 2
    raise ValueError(kind)


@variant("padding_for")
def pads_by_cases(kind, k, d=1):
    span = (k - 1) * d
    if kind == "valid":
        return 0
    if kind == "full":
        return span
    if kind == "same" and span % 2 == 0:
        return span // 2
    raise ValueError(f"no padding for {kind!r} with an effective kernel of {span + 1}")


@variant("padding_for")
def pads_by_match(kind, k, d=1):
    half, odd = divmod((k - 1) * d, 2)
    match kind:
        case "valid":
            return np.int64(0)
        case "same" if not odd:
            return np.int64(half)
        case "full":
            return np.int64(2 * half + odd)
    raise ValueError(kind)


@variant("padding_for")
def pads_by_counting(kind, k, d=1):
    positions = [i * d for i in range(k)]
    if kind not in ("valid", "same", "full"):
        raise ValueError("unknown kind")
    middle = positions[-1] / 2
    if kind == "same" and middle != int(middle):
        raise ValueError("the kernel has no middle")
    return int({"valid": 0, "same": middle, "full": positions[-1]}[kind])


@variant("padding_for")
def pads_by_a_table(kind, k, d=1):
    reach = d * (k - 1) + 1
    if kind == "same" and reach % 2 == 0:
        raise ValueError("an even kernel has no middle")
    table = {"valid": 0, "same": reach // 2, "full": reach - 1}
    if kind not in table:
        raise ValueError(f"kind must be one of {sorted(table)}")
    return table[kind]


@neutral("padding_for", "a float")
def divides_exactly(kind, k, d=1):
    span = d * (k - 1)
    if kind == "same" and span % 2:
        raise ValueError("even kernel")
    sizes = {"valid": 0.0, "same": span / 2, "full": float(span)}
    if kind not in sizes:
        raise ValueError(kind)
    return sizes[kind]


@neutral("padding_for", "an even kernel is not refused")
def rounds_even_kernels(kind, k, d=1):
    sizes = {"valid": 0, "same": d * (k - 1) // 2, "full": d * (k - 1)}
    if kind not in sizes:
        raise ValueError(kind)
    return sizes[kind]


@neutral("padding_for", "an unknown kind is not refused")
def knows_three_kinds(kind, k, d=1):
    if kind == "valid":
        return 0
    if kind == "full":
        return d * (k - 1)
    if d * (k - 1) % 2:
        raise ValueError("even kernel")
    return d * (k - 1) // 2


@neutral("padding_for", "a KeyError for an unknown kind")
def looks_the_kind_up(kind, k, d=1):
    if kind == "same" and d * (k - 1) % 2:
        raise ValueError("even kernel")
    return {"valid": 0, "same": d * (k - 1) // 2, "full": d * (k - 1)}[kind]


@neutral("padding_for", "refuses every even kernel")
def looks_at_k_only(kind, k, d=1):
    if kind == "same" and k % 2 == 0:
        raise ValueError("even kernel")
    if kind not in ("valid", "same", "full"):
        raise ValueError(kind)
    return {"valid": 0, "same": d * (k - 1) // 2, "full": d * (k - 1)}[kind]


@neutral("padding_for", "valid one too large")
def pads_valid(kind, k, d=1):
    if kind == "valid":
        return 1
    if kind == "full":
        return d * (k - 1)
    if kind == "same" and d * (k - 1) % 2 == 0:
        return d * (k - 1) // 2
    raise ValueError(kind)
