"""Sample answers to `freeze_batchnorm`."""

from torch import nn

from course_utils.authoring.answers import variant, wrong


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
        if isinstance(m, nn.modules.batchnorm._NormBase) and trained == 0:
            m.train(False)
        for child in m.children():
            visit(child)

    visit(model)
