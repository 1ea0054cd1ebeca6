"""Sample answers to `EncoderDecoder`."""

import torch
from torch import nn
from torch.nn import functional as F

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("EncoderDecoder", "no ReLU on the way down")
class LinearEncoder(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = self.stage1(x)
        coarse = self.stage2(F.max_pool2d(fine, 2))
        latent = self.middle(F.max_pool2d(coarse, 2))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return self.head(x)


@wrong("EncoderDecoder", "no ReLU on the way up")
class LinearDecoder(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up1(latent)
        x = self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x)
        x = self.up2(x)
        x = self.merge2(torch.cat((fine, x), dim=1) if self.skip else x)
        return self.head(x)


@wrong("EncoderDecoder", "ReLU after the transposed convolutions")
class ClippedUps(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = F.relu(self.up1(latent))
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = F.relu(self.up2(x))
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return self.head(x)


@wrong("EncoderDecoder", "ReLU on the logits")
class ClippedLogits(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return F.relu(self.head(x))


@wrong("EncoderDecoder", "softmax at the end")
class WithSoftmax(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return torch.softmax(self.head(x), dim=1)


@wrong("EncoderDecoder", "sigmoid at the end")
class WithSigmoid(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return torch.sigmoid(self.head(x))


@wrong("EncoderDecoder", "mean pooling")
class MeanPooling(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.avg_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.avg_pool2d(coarse, 2)))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return self.head(x)


@wrong("EncoderDecoder", "skips joined the other way round")
class JoinedTheOtherWay(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((x, coarse), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((x, fine), dim=1) if self.skip else x))
        return self.head(x)


@wrong("EncoderDecoder", "skips from behind the pooling")
class LateSkips(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        fine_small = F.max_pool2d(fine, 2)
        fine = F.interpolate(fine_small, scale_factor=2)
        coarse = F.relu(self.stage2(fine_small))
        coarse_small = F.max_pool2d(coarse, 2)
        coarse = F.interpolate(coarse_small, scale_factor=2)
        latent = F.relu(self.middle(coarse_small))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return self.head(x)


@wrong("EncoderDecoder", "always with skips")
class AlwaysSkips(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = True
        w, t = width, 2
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return self.head(x)


@wrong("EncoderDecoder", "never with skips")
class NeverSkips(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = False
        w, t = width, 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return self.head(x)


@wrong("EncoderDecoder", "no biases")
class WithoutBiases(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1, bias=False)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1, bias=False)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1, bias=False)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2, bias=False)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1, bias=False)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2, bias=False)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1, bias=False)
        self.head = nn.Conv2d(w, classes, 1, bias=False)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return self.head(x)


@wrong("EncoderDecoder", "batch norm")
class WithBatchNorm(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)
        self.norms = nn.ModuleList(nn.BatchNorm2d(n) for n in (w, 2 * w, 4 * w, 2 * w, w))

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.norms[0](self.stage1(x)))
        coarse = F.relu(self.norms[1](self.stage2(F.max_pool2d(fine, 2))))
        latent = F.relu(self.norms[2](self.middle(F.max_pool2d(coarse, 2))))
        x = self.up1(latent)
        x = F.relu(self.norms[3](self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x)))
        x = self.up2(x)
        x = F.relu(self.norms[4](self.merge2(torch.cat((fine, x), dim=1) if self.skip else x)))
        return self.head(x)


@wrong("EncoderDecoder", "one width")
class OneWidth(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, w, 3, padding=1)
        self.middle = nn.Conv2d(w, w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(w, w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * w, w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return self.head(x)


@wrong("EncoderDecoder", "transposed kernel of 3")
class KernelOfThree(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 3, stride=2, padding=1, output_padding=1)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 3, stride=2, padding=1, output_padding=1)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return self.head(x)


@wrong("EncoderDecoder", "enlarged without weights")
class Upsampled(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up = nn.Upsample(scale_factor=2)
        self.merge1 = nn.Conv2d((t + 1) * 2 * w, 2 * w, 3, padding=1)
        self.merge2 = nn.Conv2d((t + 1) * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return self.head(x)


@wrong("EncoderDecoder", "any size taken")
class TakesAnySize(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return self.head(x)


@variant("EncoderDecoder")
class WithLists(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = bool(skip)
        widths = [in_channels, width, 2 * width, 4 * width]
        self.down = nn.ModuleList(nn.Conv2d(widths[i], widths[i + 1], 3, 1, 1) for i in range(3))
        self.up, self.merge = nn.ModuleList(), nn.ModuleList()
        for wide, narrow in ((4 * width, 2 * width), (2 * width, width)):
            self.up.append(nn.ConvTranspose2d(wide, narrow, 2, 2))
            self.merge.append(nn.Conv2d(2 * narrow if skip else narrow, narrow, 3, 1, 1))
        self.pool = nn.MaxPool2d(2)
        self.last = nn.Conv2d(width, classes, kernel_size=1)

    def forward(self, x):
        height, width = x.shape[-2:]
        if height % 4 != 0 or width % 4 != 0:
            raise ValueError(f"the size must be a multiple of 4, got {height} by {width}")
        kept = []
        for stage, conv in enumerate(self.down):
            x = conv(x).clamp(min=0)
            if stage < 2:
                kept.append(x)
                x = self.pool(x)
        for up, merge in zip(self.up, self.merge):  # noqa: B905
            x = up(x)
            stage = kept.pop()
            if self.skip:
                x = torch.cat([stage, x], 1)
            x = torch.relu(merge(x))
        return self.last(x)


@variant("EncoderDecoder")
class WithSequentials(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()

        def conv(i, o):
            return nn.Sequential(nn.Conv2d(i, o, 3, padding="same"), nn.ReLU())

        self.first, self.second = conv(in_channels, width), conv(width, 2 * width)
        self.pool1, self.pool2 = nn.MaxPool2d(2), nn.MaxPool2d(2)
        self.latent = nn.Sequential(
            conv(2 * width, 4 * width), nn.ConvTranspose2d(4 * width, 2 * width, 2, 2)
        )
        factor = 1 + int(skip)
        self.third = nn.Sequential(
            conv(factor * 2 * width, 2 * width), nn.ConvTranspose2d(2 * width, width, 2, 2)
        )
        self.fourth = nn.Sequential(conv(factor * width, width), nn.Conv2d(width, classes, 1))
        self.join = (lambda a, b: torch.cat((a, b), 1)) if skip else (lambda a, b: b)

    def forward(self, x):
        if any(side % 4 for side in x.shape[2:]):
            raise ValueError("the size must be a multiple of 4")
        one = self.first(x)
        two = self.second(self.pool1(one))
        below = self.third(self.join(two, self.latent(self.pool2(two))))
        return self.fourth(self.join(one, below))


@variant("EncoderDecoder")
class WithTensorMethods(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.use = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if not (x.size(2) % 4 == 0 and x.size(3) % 4 == 0):
            raise ValueError("4 must divide the size")
        one = self.stage1(x).relu()
        n, c, h, v = one.shape
        small = one.reshape(n, c, h // 2, 2, v // 2, 2).amax(dim=(3, 5))
        two = self.stage2(small).relu()
        y = self.up1(self.middle(F.max_pool2d(two, kernel_size=2, stride=2)).relu())
        if self.use:
            y = torch.hstack((two, y))
        y = self.up2(self.merge1(y).relu())
        if self.use:
            y = torch.hstack((one, y))
        return self.head(self.merge2(y).relu())


@variant("EncoderDecoder")
class WithTwoPaths(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        w = width
        layers = {
            "a": nn.Conv2d(in_channels, w, (3, 3), padding=(1, 1)),
            "b": nn.Conv2d(w, 2 * w, 3, padding=1),
            "c": nn.Conv2d(2 * w, 4 * w, 3, padding=1),
            "d": nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2),
            "f": nn.ConvTranspose2d(2 * w, w, (2, 2), (2, 2)),
            "h": nn.Conv2d(w, classes, 1),
        }
        if skip:
            layers |= {
                "e": nn.Conv2d(4 * w, 2 * w, 3, padding=1),
                "g": nn.Conv2d(2 * w, w, 3, padding=1),
            }
        else:
            layers |= {
                "e": nn.Conv2d(2 * w, 2 * w, 3, padding=1),
                "g": nn.Conv2d(w, w, 3, padding=1),
            }
        self.layers = nn.ModuleDict(layers)
        self.with_skip = skip

    def forward(self, x):
        if x.shape[-1] % 4 or x.shape[-2] % 4:
            raise ValueError("4 must divide the size")
        of = self.layers
        one = F.relu(of["a"](x))
        two = F.relu(of["b"](F.max_pool2d(one, 2)))
        x = of["d"](F.relu(of["c"](F.max_pool2d(two, 2))))
        if not self.with_skip:
            return of["h"](F.relu(of["g"](of["f"](F.relu(of["e"](x))))))
        x = of["f"](F.relu(of["e"](torch.cat((two, x), dim=1))))
        return of["h"](F.relu(of["g"](torch.cat((one, x), dim=1))))


@neutral("EncoderDecoder", "dropout at the latent space")
class WithDropout(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up1(F.dropout(latent, training=self.training))
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return self.head(x)


@neutral("EncoderDecoder", "one skip alone")
class OneSkip(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(x))
        return self.head(x)


@wrong("EncoderDecoder", "never with skips")
class AddsSkips(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up1(latent)
        x = F.relu(self.merge1(coarse + x if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(fine + x if self.skip else x))
        return self.head(x)


@neutral("EncoderDecoder", "only odd sizes refused")
class RefusesOddSizes(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 2 or x.shape[3] % 2:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return self.head(x)


@neutral("EncoderDecoder", "changes its input")
class ChangesItsInput(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        x -= 1
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return self.head(x)


@neutral("EncoderDecoder", "mask and logits")
class GivesBoth(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = F.relu(self.middle(F.max_pool2d(coarse, 2)))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        x = self.head(x)
        return x.argmax(dim=1), x


@neutral("EncoderDecoder", "no ReLU in the middle")
class LinearMiddle(nn.Module):
    def __init__(self, in_channels, classes, width, skip):
        super().__init__()
        self.skip = skip
        w, t = width, 2 if skip else 1
        self.stage1 = nn.Conv2d(in_channels, w, 3, padding=1)
        self.stage2 = nn.Conv2d(w, 2 * w, 3, padding=1)
        self.middle = nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.up1 = nn.ConvTranspose2d(4 * w, 2 * w, 2, stride=2)
        self.merge1 = nn.Conv2d(t * 2 * w, 2 * w, 3, padding=1)
        self.up2 = nn.ConvTranspose2d(2 * w, w, 2, stride=2)
        self.merge2 = nn.Conv2d(t * w, w, 3, padding=1)
        self.head = nn.Conv2d(w, classes, 1)

    def forward(self, x):
        if x.shape[2] % 4 or x.shape[3] % 4:
            raise ValueError("4 must divide height and width")
        fine = F.relu(self.stage1(x))
        coarse = F.relu(self.stage2(F.max_pool2d(fine, 2)))
        latent = self.middle(F.max_pool2d(coarse, 2))
        x = self.up1(latent)
        x = F.relu(self.merge1(torch.cat((coarse, x), dim=1) if self.skip else x))
        x = self.up2(x)
        x = F.relu(self.merge2(torch.cat((fine, x), dim=1) if self.skip else x))
        return self.head(x)
