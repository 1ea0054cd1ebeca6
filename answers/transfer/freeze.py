"""Sample answers to `freeze`."""

from course_utils.authoring.answers import variant, wrong


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


@wrong("freeze", "nothing frozen")
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
        else:
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
