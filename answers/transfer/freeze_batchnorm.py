"""Sample answers to `freeze_batchnorm`."""

from torch import nn

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("freeze_batchnorm", "every batch norm")
def norm_all(model):
    for m in model.modules():
        if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)):
            m.eval()


@wrong("freeze_batchnorm", "everything to evaluation")
def norm_eval(model):
    model.eval()


@wrong("freeze_batchnorm", "all frozen layers")
def norm_frozen_layers(model):
    for m in model.modules():
        if any(m.children()):
            continue
        own = list(m.parameters())
        norm = isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d))
        if (own or norm) and not any(p.requires_grad for p in own):
            m.eval()


@wrong("freeze_batchnorm", "2-D only")
def norm_2d(model):
    for m in model.modules():
        if isinstance(m, nn.BatchNorm2d) and not any(p.requires_grad for p in m.parameters()):
            m.eval()


@wrong("freeze_batchnorm", "one frozen parameter is enough")
def norm_weight_or_bias(model):
    for m in model.modules():
        if isinstance(m, nn.modules.batchnorm._BatchNorm):
            own = list(m.parameters())
            if not own or not all(p.requires_grad for p in own):
                m.eval()


@wrong("freeze_batchnorm", "layers without parameters forgotten")
def norm_with_parameters(model):
    for m in model.modules():
        if isinstance(m, nn.modules.batchnorm._BatchNorm):
            flags = [p.requires_grad for p in m.parameters()]
            if flags and not any(flags):
                m.eval()


@wrong("freeze_batchnorm", "training mode for the rest")
def norm_trains_the_rest(model):
    model.train()
    for m in model.modules():
        if isinstance(m, nn.modules.batchnorm._BatchNorm):
            m.train(any(p.requires_grad for p in m.parameters()))


@variant("freeze_batchnorm")
def norm_by_class_name(model):
    for m in model.modules():
        if type(m).__name__.startswith("BatchNorm"):
            trained = False
            for p in m.parameters():
                trained = trained or p.requires_grad
            if not trained:
                m.training = False


@variant("freeze_batchnorm")
def norm_by_all(model):
    kinds = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)
    for m in [m for m in model.modules() if isinstance(m, kinds)]:
        if all(not p.requires_grad for p in m.parameters()):
            m.eval()
    return model


@variant("freeze_batchnorm")
def norm_by_recursion(model):
    def visit(m):
        trained = sum(p.requires_grad for p in m.parameters())
        if isinstance(m, nn.modules.batchnorm._BatchNorm) and trained == 0:
            m.train(False)
        for child in m.children():
            visit(child)

    visit(model)


@variant("freeze_batchnorm")
def norm_by_counting(model):
    norms = (m for m in model.modules() if isinstance(m, nn.modules.batchnorm._BatchNorm))
    for m in norms:
        frozen = [p for p in (m.weight, m.bias) if p is not None and p.requires_grad]
        if len(frozen) == 0:
            m.eval()


@wrong("freeze_batchnorm", "children only")
def norm_of_children(model):
    for m in model.children():
        trained = any(p.requires_grad for p in m.parameters())
        if isinstance(m, nn.modules.batchnorm._BatchNorm) and not trained:
            m.eval()


@wrong("freeze_batchnorm", "nothing stopped")
def norm_by_the_parameters(model):
    for m in model.modules():
        if isinstance(m, nn.modules.batchnorm._BatchNorm):
            for p in m.parameters():
                if not p.requires_grad:
                    p.training = False


@wrong("freeze_batchnorm", "nothing stopped")
def norm_without_the_call(model):
    for m in model.modules():
        trained = any(p.requires_grad for p in m.parameters())
        if isinstance(m, nn.modules.batchnorm._BatchNorm) and not trained:
            m.eval  # noqa: B018


@wrong("freeze_batchnorm", "other norms, too")
def norm_by_the_base(model):
    for m in model.modules():
        trained = any(p.requires_grad for p in m.parameters())
        if isinstance(m, nn.modules.batchnorm._NormBase) and not trained:
            m.eval()


@wrong("freeze_batchnorm", "parameters frozen, too")
def norm_freezes_everything(model):
    for m in model.modules():
        trained = any(p.requires_grad for p in m.parameters())
        if isinstance(m, nn.modules.batchnorm._BatchNorm) and not trained:
            m.eval()
    for p in model.parameters():
        p.requires_grad = False


@wrong("freeze_batchnorm", "2-D only")
def norm_by_type(model):
    for m in model.modules():
        if type(m) is nn.BatchNorm2d and not sum(p.requires_grad for p in m.parameters()):
            m.train(False)


@neutral("freeze_batchnorm", "the weight decides")
def norm_by_its_weight(model):
    for m in model.modules():
        norm = isinstance(m, nn.modules.batchnorm._BatchNorm)
        if norm and (m.weight is None or not m.weight.requires_grad):
            m.eval()


@neutral("freeze_batchnorm", "stops with affine=False")
def norm_needs_a_weight(model):
    for m in model.modules():
        norm = isinstance(m, nn.modules.batchnorm._BatchNorm)
        if norm and not (m.weight.requires_grad or m.bias.requires_grad):
            m.eval()


@neutral("freeze_batchnorm", "statistics forgotten")
def norm_resets(model):
    for m in model.modules():
        trained = any(p.requires_grad for p in m.parameters())
        if isinstance(m, nn.modules.batchnorm._BatchNorm) and not trained:
            m.reset_running_stats()
            m.eval()


@neutral("freeze_batchnorm", "the first one only")
def norm_stops_at_the_first(model):
    for m in model.modules():
        trained = any(p.requires_grad for p in m.parameters())
        if isinstance(m, nn.modules.batchnorm._BatchNorm) and not trained:
            m.eval()
            break


@neutral("freeze_batchnorm", "dropout off, too")
def norm_and_dropout(model):
    for m in model.modules():
        norm = isinstance(m, nn.modules.batchnorm._BatchNorm)
        if norm and not any(p.requires_grad for p in m.parameters()):
            m.eval()
        if "Dropout" in type(m).__name__:
            m.eval()
