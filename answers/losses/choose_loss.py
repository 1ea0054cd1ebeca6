"""Sample answers to `choose_loss`."""

from course_utils.authoring.answers import variant, wrong


@wrong("choose_loss", "a competition between findings")
def lets_findings_compete(task):
    return {
        "bone age": "mse",
        "ejection fraction": "mse",
        "pneumonia": "bce_with_logits",
        "rare tumour": "bce_with_logits",
        "melanoma": "binary_cross_entropy",
        "tissue type": "cross_entropy",
        "organ": "cross_entropy",
        "chest findings": "cross_entropy",
    }[task]


@wrong("choose_loss", "a sigmoid too many")
def always_wants_logits(task):
    if task in ("pneumonia", "melanoma", "rare tumour", "chest findings"):
        return "bce_with_logits"
    if task in ("tissue type", "organ"):
        return "cross_entropy"
    if task in ("bone age", "ejection fraction"):
        return "mse"
    raise ValueError(task)


@wrong("choose_loss", "a sigmoid too few")
def always_wants_probabilities(task):
    if task in ("pneumonia", "melanoma", "rare tumour", "chest findings"):
        return "binary_cross_entropy"
    if task in ("tissue type", "organ"):
        return "cross_entropy"
    if task in ("bone age", "ejection fraction"):
        return "mse"
    raise ValueError(task)


@wrong("choose_loss", "logits for log-probabilities")
def takes_nll_for_logits(task):
    if task in ("tissue type", "organ"):
        return "nll_loss"
    if task == "melanoma":
        return "binary_cross_entropy"
    if task in ("pneumonia", "rare tumour", "chest findings"):
        return "bce_with_logits"
    if task in ("bone age", "ejection fraction"):
        return "mse"
    raise ValueError(task)


@wrong("choose_loss", "squared errors for classes")
def squares_everything(task):
    return "mse"


@wrong("choose_loss", "classes for a number")
def classifies_numbers(task):
    if task in ("bone age", "ejection fraction", "tissue type", "organ"):
        return "cross_entropy"
    if task == "melanoma":
        return "binary_cross_entropy"
    if task in ("pneumonia", "rare tumour", "chest findings"):
        return "bce_with_logits"
    raise ValueError(task)


@variant("choose_loss")
def with_a_table(task):
    table = {
        "bone age": "mse",
        "ejection fraction": "mse",
        "pneumonia": "bce_with_logits",
        "rare tumour": "bce_with_logits",
        "melanoma": "binary_cross_entropy",
        "tissue type": "cross_entropy",
        "organ": "nll_loss",
        "chest findings": "multilabel_margin_loss",
    }
    if task not in table:
        raise ValueError(f"unknown task {task!r}")
    return table[task]


@variant("choose_loss")
def with_branches_for_tasks(task):
    if task in ("bone age", "ejection fraction"):
        return "mse"
    if task in ("pneumonia", "rare tumour", "chest findings"):
        return "bce_with_logits"
    if task in ("tissue type", "organ"):
        return "cross_entropy"
    if task == "melanoma":
        return "binary_cross_entropy"
    raise ValueError(f"unknown task {task!r}")


@variant("choose_loss")
def with_match(task):
    match task:
        case "bone age" | "ejection fraction":
            return "mse"
        case "melanoma":
            return "binary_cross_entropy"
        case "organ":
            return "nll_loss"
        case "tissue type":
            return "cross_entropy"
        case "pneumonia" | "rare tumour" | "chest findings":
            return "bce_with_logits"
    raise ValueError(f"unknown task {task!r}")
