"""Quiz

Write the letter of the right answer to each question into the dict `answers`, for example
`"images": "a"`. Each answer counts on its own.

**images**: Why do networks for images use convolutions rather than dense layers?

- a: Dense layers cannot compute what a convolution computes.
- b: A convolution needs no nonlinearity after it.
- c: A convolution looks at neighbouring pixels and uses the same few weights at each position.
- d: Each output of a convolution sees the whole image.

**equivariance**: An image is shifted by three pixels. What happens to the maps of a
convolution with stride 1, away from the border?

- a: They stay exactly as they are.
- b: They are shifted by three pixels.
- c: They are shifted by three pixels times the kernel size.
- d: They change in a way that depends on the weights.

**invariance**: Which of these gives the same result wherever a small object lies in a black
image, away from the border?

- a: a convolution with stride 1, followed by global average pooling
- b: a convolution with stride 1 and same padding
- c: a convolution with stride 1, followed by flatten and a dense layer
- d: a convolution with stride 1, followed by a ReLU

**pooling**: What does a 2 × 2 pooling with stride 2 do to maps (N, 16, 28, 28)?

- a: It leaves half of the values.
- b: It turns the 16 maps into one.
- c: Average pooling learns 4 weights for each channel.
- d: It leaves a quarter of the values. Max pooling takes the largest of each window.

**global_pooling**: Global average pooling gets maps (N, 128, 7, 7). What does it return?

- a: N rows with 6272 features
- b: N rows with 49 features
- c: N rows with 128 features, and as many for maps of any other size
- d: N single numbers

**stacking**: Two 3 × 3 convolutions in a row replace one 5 × 5 convolution. All have stride 1,
as many channels everywhere, and no biases. What is true?

- a: Both see 5 × 5 pixels, and the two need fewer weights.
- b: Both see 5 × 5 pixels, and both have as many weights.
- c: The two see 6 × 6 pixels.
- d: The two see 9 × 9 pixels.

**channel_axis**: `images` holds 64 grey images, in the shape (64, 28, 28). What does
`nn.Conv2d(1, 16, 3)` need?

- a: `images` as it is
- b: `images.unsqueeze(1)`, of shape (64, 1, 28, 28)
- c: `images.unsqueeze(-1)`, of shape (64, 28, 28, 1)
- d: `images.unsqueeze(0)`, of shape (1, 64, 28, 28)

**channels_last**: `photos` has the shape (64, 32, 48, 3): 64 photos with 32 rows, 48 columns
and 3 colours. What does `nn.Conv2d(3, 16, 3)` need?

- a: `photos` as it is
- b: `photos.permute(0, 3, 1, 2)`
- c: `photos.reshape(64, 3, 32, 48)`
- d: `photos.transpose(1, 3)`

**field**: A network is to recognise objects of 100 pixels, but its receptive field has 15
pixels. What makes the receptive field larger?

- a: more channels in each layer
- b: more padding in each layer
- c: a larger image
- d: more layers, strides or poolings between them, or dilation

**corners**: How many windows of a 3 × 3 convolution with stride 1 and padding 1 contain the
pixel in a corner of the image?

- a: 9, as many as contain any other pixel
- b: 6
- c: 4
- d: 1
"""

### BEGIN SOLUTION
answers = {
    "images": "c",
    "equivariance": "b",
    "invariance": "a",
    "pooling": "d",
    "global_pooling": "c",
    "stacking": "a",
    "channel_axis": "b",
    "channels_last": "b",
    "field": "d",
    "corners": "c",
}
### END SOLUTION
