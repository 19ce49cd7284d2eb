"""Quiz

One option of each question is right. Write its letter into the dict, under the name of the
question.

**joins**: Two maps with 64 channels each are joined. How many channels come out?

- a: 64 by concatenation along the channels, 64 by addition
- b: 128 by concatenation along the channels, 64 by addition
- c: 64 by concatenation along the channels, 128 by addition

**deeper**: A plain network of 56 layers has BatchNorm, and its gradients do not vanish. Yet
it ends with a larger *training* loss than one of 20 layers. What is this?

- a: overfitting
- b: vanishing gradients
- c: degradation

**projection**: When does the shortcut of a residual block need a 1×1 convolution?

- a: where stride or channels make the shape of the output another one
- b: always, since the identity cannot learn
- c: where the block has more than two convolutions

**norm_place**: Where does BatchNorm stand in the blocks of this assignment?

- a: before the convolution
- b: between convolution and ReLU
- c: after the ReLU

**norm_bias**: Why may a convolution right before BatchNorm do without a bias?

- a: in training, BatchNorm subtracts the mean, and the bias with it
- b: the ReLU that follows removes it
- c: the weights of the convolution can replace it

**norm_modes**: Which mean and variance normalise an image in eval mode?

- a: those of its own pixels
- b: those of the batch in which it comes
- c: the running ones, kept from training

**features**: Maps (N, 32, 7, 7) are flattened for nn.Linear. What is its in_features?

- a: 32
- b: 49
- c: 1568

**channels**: A convolution takes what nn.Conv2d(3, 16, kernel_size=5) puts out. What is its
in_channels?

- a: 3
- b: 16
- c: 5

**labels**: Which dtype do the class numbers for nn.CrossEntropyLoss have?

- a: int64
- b: float32, like the logits
- c: int32, which is large enough

**device**: The model is on the GPU. How do the images of a batch get there?

- a: torch moves them when the model is called
- b: model.to(device) has moved the data as well
- c: the loop moves each batch

**last_layer**: How does a network end that is trained with nn.CrossEntropyLoss?

- a: with a softmax, since the loss needs probabilities
- b: with a linear layer, whose logits the loss takes
- c: with a sigmoid, one for each class

**skips**: What do the skips of a U-Net bring to the decoder?

- a: the fine detail that is lost on the way through the bottleneck
- b: what the image means, which only the bottleneck knows
- c: the labels of the pixels
"""

# Write answers = {"joins": "a", "deeper": "a", ...} with your letters under the names joins,
# deeper, projection, norm_place, norm_bias, norm_modes, features, channels, labels, device,
# last_layer and skips.
# YOUR CODE HERE
answers = ...
