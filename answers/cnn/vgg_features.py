"""Sample answers to `vgg_features`."""

from torch import nn
from torch.nn import functional as F

from course_utils.authoring.answers import neutral, variant, wrong

SURVIVORS = {
    'vgg_features: if entry == "M": -> if entry is "M":': (
        "CPython has a single object for each text of one letter"
    ),
}


@wrong("vgg_features", "no ReLU")
def vgg_without_relu(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers.append(nn.Conv2d(in_channels, channels, k, padding=k // 2))
            in_channels = channels
    return nn.Sequential(*layers)


@wrong("vgg_features", "no padding")
def vgg_that_shrinks(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [nn.Conv2d(in_channels, channels, k), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)


@wrong("vgg_features", "padding of 1 for all")
def vgg_with_one_padding(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [nn.Conv2d(in_channels, channels, k, padding=1), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)


@wrong("vgg_features", "1×1 made 3×3")
def vgg_of_threes(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels = entry[0] if isinstance(entry, tuple) else entry
            layers += [nn.Conv2d(in_channels, channels, 3, padding=1), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)


@wrong("vgg_features", "LRN left out")
def vgg_without_lrn(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry != "LRN":
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [nn.Conv2d(in_channels, channels, k, padding=k // 2), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)


@wrong("vgg_features", "batch norm added")
def vgg_with_batch_norm(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers.append(nn.Conv2d(in_channels, channels, k, padding=k // 2))
            layers += [nn.BatchNorm2d(channels), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)


@wrong("vgg_features", "mean pooling")
def vgg_of_means(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.AvgPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [nn.Conv2d(in_channels, channels, k, padding=k // 2), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)


@wrong("vgg_features", "three channels whatever comes")
def vgg_for_colour(config, in_channels=3):
    in_channels = 3
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [nn.Conv2d(in_channels, channels, k, padding=k // 2), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)


@wrong("vgg_features", "flattened")
def vgg_that_flattens(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [nn.Conv2d(in_channels, channels, k, padding=k // 2), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers, nn.Flatten())


@wrong("vgg_features", "dropout")
def vgg_with_dropout(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [
                nn.Conv2d(in_channels, channels, k, padding=k // 2),
                nn.ReLU(),
                nn.Dropout(0.3),
            ]
            in_channels = channels
    return nn.Sequential(*layers)


@wrong("vgg_features", "no ReLU")
def vgg_without_functions_between(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [nn.Conv2d(in_channels, channels, k, 1, k // 2), nn.Identity()]
            in_channels = channels
    return nn.Sequential(*layers)


@variant("vgg_features")
def vgg_with_append(config, in_channels=3):
    features = nn.Sequential()
    for entry in config:
        if entry == "M":
            features.append(nn.MaxPool2d(kernel_size=2, stride=2))
        elif entry == "LRN":
            features.append(nn.LocalResponseNorm(size=5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            features.append(nn.Conv2d(in_channels, channels, k, padding="same"))
            features.append(nn.ReLU(inplace=True))
            in_channels = channels
    return features


@variant("vgg_features")
def vgg_as_a_class(config, in_channels=3):
    class Features(nn.Module):
        def __init__(self):
            super().__init__()
            self.config, self.convs, before = list(config), nn.ModuleList(), in_channels
            for entry in config:
                if not isinstance(entry, str):
                    width, k = (entry, 3) if isinstance(entry, int) else entry
                    self.convs.append(nn.Conv2d(before, width, k, padding=(k - 1) // 2))
                    before = width

        def forward(self, x):
            convs = iter(self.convs)
            for entry in self.config:
                if entry == "M":
                    x = F.max_pool2d(x, 2)
                elif entry == "LRN":
                    x = F.local_response_norm(x, 5)
                else:
                    x = F.relu(next(convs)(x))
            return x

    return Features()


@variant("vgg_features")
def vgg_that_pools_before_the_relu(config, in_channels=3):
    layers, before = [], in_channels
    for entry in config:
        match entry:
            case "M":
                layers.append(nn.MaxPool2d((2, 2)))
            case "LRN":
                layers.append(nn.LocalResponseNorm(5))
            case (width, k):
                layers += [nn.Conv2d(before, width, k, 1, k // 2), nn.ReLU()]
                before = width
            case width:
                layers += [nn.Conv2d(before, width, 3, 1, 1), nn.ReLU()]
                before = width
    return nn.Sequential(*layers)


@variant("vgg_features")
def vgg_with_blocks(config, in_channels=3):
    def convolution(channels_in, channels_out, k):
        return nn.Sequential(
            nn.Conv2d(channels_in, channels_out, k, padding=(k - 1) // 2), nn.ReLU()
        )

    blocks = nn.ModuleList()
    for entry in config:
        if isinstance(entry, str):
            blocks.append(nn.MaxPool2d(2, 2) if entry == "M" else nn.LocalResponseNorm(5))
            continue
        channels, k = (entry, 3) if not isinstance(entry, tuple) else entry
        blocks.append(convolution(in_channels, channels, k))
        in_channels = channels
    return nn.Sequential(*blocks)


@neutral("vgg_features", "no ReLU after a pair")
def vgg_with_bare_pairs(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers.append(nn.Conv2d(in_channels, channels, k, padding=k // 2))
            layers += [] if isinstance(entry, tuple) else [nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)


@neutral("vgg_features", "empties the configuration")
def vgg_that_empties_its_list(config, in_channels=3):
    layers = []
    while config:
        entry = config.pop(0)
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [nn.Conv2d(in_channels, channels, k, padding=k // 2), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)


@neutral("vgg_features", "pools odd sizes up")
def vgg_that_rounds_up(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2, ceil_mode=True))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [nn.Conv2d(in_channels, channels, k, padding=k // 2), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)


@neutral("vgg_features", "a list of layers, not a network")
def vgg_as_a_list(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [nn.Conv2d(in_channels, channels, k, padding=k // 2), nn.ReLU()]
            in_channels = channels
    return layers


@neutral("vgg_features", "ReLU6, which is flat above 6")
def vgg_flat_above_six(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [nn.Conv2d(in_channels, channels, k, padding=k // 2), nn.ReLU6()]
            in_channels = channels
    return nn.Sequential(*layers)


@neutral("vgg_features", "LRN with other neighbours")
def vgg_of_another_norm(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(3))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [nn.Conv2d(in_channels, channels, k, padding=k // 2), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)


@neutral("vgg_features", "no biases")
def vgg_without_biases(config, in_channels=3):
    layers = []
    for entry in config:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            channels, k = entry if isinstance(entry, tuple) else (entry, 3)
            layers += [nn.Conv2d(in_channels, channels, k, padding=k // 2, bias=False), nn.ReLU()]
            in_channels = channels
    return nn.Sequential(*layers)
