"""Sample answers to `choose_loss`."""

from course_utils.authoring.answers import neutral, variant, wrong


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


@wrong("choose_loss", "squared errors for classes")
def squares_unless_many(task):
    if task == "chest findings":
        return "multilabel_margin_loss"
    if task in (
        *("bone age", "ejection fraction", "pneumonia"),
        *("rare tumour", "melanoma", "tissue type", "organ"),
    ):
        return "mse"
    raise ValueError(task)


@wrong("choose_loss", "a softmax of one number")
def lets_one_number_compete(task):
    if task in ("pneumonia", "rare tumour", "melanoma", "tissue type", "organ"):
        return "cross_entropy"
    if task == "chest findings":
        return "bce_with_logits"
    if task in ("bone age", "ejection fraction"):
        return "mse"
    raise ValueError(task)


@wrong("choose_loss", "a softmax of one number")
def competes_by_table(task):
    table = dict.fromkeys(("pneumonia", "rare tumour", "tissue type", "organ"), "cross_entropy")
    table |= {"melanoma": "binary_cross_entropy", "chest findings": "multilabel_margin_loss"}
    table |= {"bone age": "mse", "ejection fraction": "mse"}
    if task not in table:
        raise ValueError(task)
    return table[task]


@wrong("choose_loss", "a sigmoid too few")
def wants_probabilities_of_tumours(task):
    match task:
        case "bone age" | "ejection fraction":
            return "mse"
        case "melanoma" | "rare tumour":
            return "binary_cross_entropy"
        case "pneumonia" | "chest findings":
            return "bce_with_logits"
        case "organ" | "tissue type":
            return "cross_entropy"
    raise ValueError(task)


@variant("choose_loss")
def with_sets(task):
    fitting = {
        "mse": {"bone age", "ejection fraction"},
        "binary_cross_entropy": {"melanoma"},
        "cross_entropy": {"tissue type", "organ"},
        "bce_with_logits": {"pneumonia", "rare tumour", "chest findings"},
    }
    for loss, tasks in fitting.items():
        if task in tasks:
            return loss
    raise ValueError(f"unknown task {task!r}")


@neutral("choose_loss", "without refusals")
def answers_none_for_others(task):
    return {
        "bone age": "mse",
        "ejection fraction": "mse",
        "pneumonia": "bce_with_logits",
        "rare tumour": "bce_with_logits",
        "melanoma": "binary_cross_entropy",
        "tissue type": "cross_entropy",
        "organ": "nll_loss",
        "chest findings": "bce_with_logits",
    }.get(task)


@neutral("choose_loss", "a KeyError for others")
def stops_with_a_key_error(task):
    return {
        "bone age": "mse",
        "ejection fraction": "mse",
        "pneumonia": "bce_with_logits",
        "rare tumour": "bce_with_logits",
        "melanoma": "binary_cross_entropy",
        "tissue type": "cross_entropy",
        "organ": "nll_loss",
        "chest findings": "multilabel_margin_loss",
    }[task]


@neutral("choose_loss", "PyTorch's names")
def answers_with_classes_of_pytorch(task):
    table = {"bone age": "MSELoss", "ejection fraction": "MSELoss", "melanoma": "BCELoss"}
    table |= {"tissue type": "CrossEntropyLoss", "organ": "NLLLoss"}
    table |= dict.fromkeys(("pneumonia", "rare tumour", "chest findings"), "BCEWithLogitsLoss")
    if task not in table:
        raise ValueError(task)
    return table[task]


@neutral("choose_loss", "a list")
def answers_with_all_that_fit(task):
    table = {"bone age": ["mse"], "ejection fraction": ["mse"]}
    table |= {"melanoma": ["binary_cross_entropy"], "tissue type": ["cross_entropy"]}
    table |= {"pneumonia": ["bce_with_logits"], "rare tumour": ["bce_with_logits"]}
    table |= {"organ": ["nll_loss", "cross_entropy"]}
    table |= {"chest findings": ["bce_with_logits", "multilabel_margin_loss"]}
    if task not in table:
        raise ValueError(task)
    return table[task]


@neutral("choose_loss", "other spellings count")
def forgives_capitals(task):
    table = {"bone age": "mse", "ejection fraction": "mse", "melanoma": "binary_cross_entropy"}
    table |= {"tissue type": "cross_entropy", "organ": "nll_loss"}
    table |= dict.fromkeys(("pneumonia", "rare tumour", "chest findings"), "bce_with_logits")
    if task.lower() not in table:
        raise ValueError(task)
    return table[task.lower()]


@neutral("choose_loss", "a slip: a name misspelt")
def misspells_a_loss(task):
    table = {"bone age": "mse", "ejection fraction": "mse", "melanoma": "binary_crossentropy"}
    table |= {"tissue type": "cross_entropy", "organ": "nll_loss"}
    table |= dict.fromkeys(("pneumonia", "rare tumour", "chest findings"), "bce_with_logits")
    if task not in table:
        raise ValueError(task)
    return table[task]
