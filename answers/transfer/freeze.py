"""Sample answers to `freeze`."""

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("freeze", "prefix without its dot")
def freeze_by_startswith(model, trainable=()):
    if isinstance(trainable, str):
        raise TypeError("a tuple, please")
    for name, p in model.named_parameters():
        p.requires_grad = name.startswith(tuple(trainable))


@wrong("freeze", "anywhere in the name")
def freeze_by_search(model, trainable=()):
    for name, p in model.named_parameters():
        p.requires_grad = any(prefix in name for prefix in trainable)


@wrong("freeze", "first step only")
def freeze_by_first_step(model, trainable=()):
    for name, p in model.named_parameters():
        p.requires_grad = name.split(".")[0] in trainable


@wrong("freeze", "the other way round")
def freeze_what_is_named(model, trainable=()):
    for name, p in model.named_parameters():
        hit = False
        for prefix in trainable:
            if name == prefix or name.startswith(prefix + "."):
                hit = True
        p.requires_grad = not hit


@wrong("freeze", "frozen stays frozen")
def freeze_never_thaws(model, trainable=()):
    if isinstance(trainable, str):
        raise TypeError
    for name, p in model.named_parameters():
        if not any((name + ".").startswith(prefix + ".") for prefix in trainable):
            p.requires_grad = False


@wrong("freeze", "evaluation mode for freezing")
def freeze_by_eval(model, trainable=()):
    model.eval()
    for name in trainable:
        model.get_submodule(name).train()


@wrong("freeze", "everything frozen")
def freeze_all(model, trainable=()):
    for p in model.parameters():
        p.requires_grad = False
    for name in trainable:
        getattr(model, name.split(".")[0]).trainable = True


@variant("freeze")
def freeze_by_submodules(model, trainable=()):
    if isinstance(trainable, str):
        raise TypeError("expected a tuple of names")
    model.requires_grad_(False)
    modules, parameters = dict(model.named_modules()), dict(model.named_parameters())
    for prefix in trainable:
        if prefix in modules:
            modules[prefix].requires_grad_(True)
        elif prefix in parameters:
            parameters[prefix].requires_grad_(True)


@variant("freeze")
def freeze_by_steps(model, trainable=()):
    if type(trainable) is str:
        raise TypeError("not a string")
    for name, p in model.named_parameters():
        steps = name.split(".")
        begins = {".".join(steps[: n + 1]) for n in range(len(steps))}
        p.requires_grad_(not begins.isdisjoint(trainable))
    return model


@variant("freeze")
def freeze_with_dots_added(model, trainable=()):
    if isinstance(trainable, str):
        raise TypeError("not a string")
    dotted = tuple(prefix + "." for prefix in trainable)
    for name, p in model.named_parameters():
        p.requires_grad = f"{name}.".startswith(dotted)


@variant("freeze")
def freeze_then_thaw(model, trainable=()):
    if isinstance(trainable, str):
        raise TypeError(f"{trainable!r} is no tuple")
    for p in model.parameters():
        p.requires_grad = False
    for prefix in trainable:
        for name, p in model.named_parameters():
            rest = name.removeprefix(prefix)
            if name.startswith(prefix) and rest[:1] in ("", "."):
                p.requires_grad = True


@wrong("freeze", "nothing frozen")
def freeze_with_a_typo(model, trainable=()):
    if isinstance(trainable, str):
        raise TypeError("a tuple, please")
    for name, p in model.named_parameters():
        p.require_grad = any(name == t or name.startswith(t + ".") for t in trainable)


@wrong("freeze", "nothing frozen")
def freeze_the_modules(model, trainable=()):
    if isinstance(trainable, str):
        raise TypeError("a tuple, please")
    for name, m in model.named_modules():
        m.requires_grad = name in trainable


@wrong("freeze", "whole names only")
def freeze_by_equality(model, trainable=()):
    if isinstance(trainable, str):
        raise TypeError("a tuple, please")
    for name, p in model.named_parameters():
        p.requires_grad = name in trainable


@wrong("freeze", "only ever thaws")
def freeze_nothing_else(model, trainable=()):
    if isinstance(trainable, str):
        raise TypeError("a tuple, please")
    for name, p in model.named_parameters():
        if any(name == t or name.startswith(t + ".") for t in trainable):
            p.requires_grad = True


@neutral("freeze", "without refusals")
def freeze_letter_by_letter(model, trainable=()):
    for name, p in model.named_parameters():
        p.requires_grad = any(name == t or name.startswith(t + ".") for t in trainable)


@neutral("freeze", "another error")
def freeze_with_a_value_error(model, trainable=()):
    if isinstance(trainable, str):
        raise ValueError("a tuple, please")
    for name, p in model.named_parameters():
        p.requires_grad = any(name == t or name.startswith(t + ".") for t in trainable)


@neutral("freeze", "evaluation mode, too")
def freeze_and_eval(model, trainable=()):
    if isinstance(trainable, str):
        raise TypeError("a tuple, please")
    model.eval()
    for name, p in model.named_parameters():
        p.requires_grad = any(name == t or name.startswith(t + ".") for t in trainable)


@neutral("freeze", "weights changed")
def freeze_at_zero(model, trainable=()):
    if isinstance(trainable, str):
        raise TypeError("a tuple, please")
    for name, p in model.named_parameters():
        p.requires_grad = any(name == t or name.startswith(t + ".") for t in trainable)
        if not p.requires_grad:
            p.zero_()


@neutral("freeze", "the first prefix only")
def freeze_all_but_the_first(model, trainable=()):
    if isinstance(trainable, str):
        raise TypeError("a tuple, please")
    for name, p in model.named_parameters():
        p.requires_grad = False
        for t in trainable:
            p.requires_grad = name == t or name.startswith(t + ".")
            break


@neutral("freeze", "remembers prefixes")
def freeze_with_a_memory(model, trainable=(), kept=set()):  # noqa: B006
    if isinstance(trainable, str):
        raise TypeError("a tuple, please")
    kept.update(trainable)
    for name, p in model.named_parameters():
        p.requires_grad = any(name == t or name.startswith(t + ".") for t in kept)


@neutral("freeze", "a slip: only weights")
def freeze_weights_only(model, trainable=()):
    if isinstance(trainable, str):
        raise TypeError("a tuple, please")
    for name, p in model.named_parameters():
        if name.endswith("weight"):
            p.requires_grad = any(name == t or name.startswith(t + ".") for t in trainable)
