# %% from_blocks: ConvBNReLU for the stem and each stage, pairs of widths by zip.
class StagedCNN(nn.Module):
    def __init__(self, in_channels, widths, num_classes):
        super().__init__()
        self.stem = ConvBNReLU(in_channels, widths[0])
        self.stages = nn.ModuleList(ConvBNReLU(a, b, stride=2) for a, b in zip(widths, widths[1:]))
        self.pool = nn.AdaptiveAvgPool2d((1, 1))
        self.classifier = nn.Linear(widths[-1], num_classes)

    def forward(self, x):
        x = self.stem(x)
        for stage in self.stages:
            x = stage(x)
        return self.classifier(self.pool(x).flatten(1))

# %% two_lists: ModuleLists of convolutions and norms, functional ReLU, mean twice.
class StagedCNN(nn.Module):
    def __init__(self, in_channels, widths, num_classes):
        super().__init__()
        self.convs, self.norms = nn.ModuleList(), nn.ModuleList()
        channels = [in_channels] + list(widths)
        for i in range(len(widths)):
            self.convs.append(nn.Conv2d(channels[i], channels[i + 1], 3, stride=min(i + 1, 2), padding=1, bias=False))
            self.norms.append(nn.BatchNorm2d(channels[i + 1]))
        self.fc = nn.Linear(channels[-1], num_classes)

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = torch.relu(norm(conv(x)))
        x = x.mean(dim=3).mean(dim=2)
        return self.fc(x)
