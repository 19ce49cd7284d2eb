"""Quiz"""

from autograder.author import case, check, value, variable, wrong_value

from .judging import right_option

RIGHT = {
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
HINTS = """
Draw a small example for each question, and count.

Each wrong answer gets a sentence of its own. The sections before this one compute most of what is asked: layers_needed,
stacked_params, kept_by_pooling, padding_name and is_equivariant.

In the chapter: convolutions and dense layers, padding, pooling, receptive fields. In the documentation:
torch.nn.Conv2d, Shape, and torch.Tensor.permute.
"""
answers = variable("answers", RIGHT, points=5, hints=HINTS)


def instead(question, letter, hint):
    """The answers with another option for one question."""
    return wrong_value(answers, {**RIGHT, question: letter}, hint)


@check(answers, points=0.5, ask=value(key="images"), compare=right_option)
def why_convolutions(draw):
    """The answer "images" says why networks use convolutions"""
    yield case()


@check(answers, points=0.5, ask=value(key="equivariance"), compare=right_option)
def shifted_image(draw):
    """The answer "equivariance" describes the maps of a shifted image"""
    yield case()


@check(answers, points=0.5, ask=value(key="invariance"), compare=right_option)
def shifted_object(draw):
    """The answer "invariance" names what gives the same result everywhere"""
    yield case()


@check(answers, points=0.5, ask=value(key="pooling"), compare=right_option)
def pooled_maps(draw):
    """The answer "pooling" says what a 2 × 2 pooling does"""
    yield case()


@check(answers, points=0.5, ask=value(key="global_pooling"), compare=right_option)
def averaged_maps(draw):
    """The answer "global_pooling" describes its result"""
    yield case()


@check(answers, points=0.5, ask=value(key="stacking"), compare=right_option)
def two_for_one(draw):
    """The answer "stacking" compares two convolutions with one"""
    yield case()


@check(answers, points=0.5, ask=value(key="channel_axis"), compare=right_option)
def grey_images(draw):
    """The answer "channel_axis" fits a batch of grey images"""
    yield case()


@check(answers, points=0.5, ask=value(key="channels_last"), compare=right_option)
def photos(draw):
    """The answer "channels_last" brings photos into torch's order"""
    yield case()


@check(answers, points=0.5, ask=value(key="field"), compare=right_option)
def small_field(draw):
    """The answer "field" makes the receptive field larger"""
    yield case()


@check(answers, points=0.5, ask=value(key="corners"), compare=right_option)
def corner_pixel(draw):
    """The answer "corners" counts the windows of a corner"""
    yield case()


dense_cannot = instead(
    "images",
    "a",
    "A dense layer can compute everything that a convolution computes. It needs far more weights for that, and "
    "far more images to learn them.",
)
no_nonlinearity_needed = instead(
    "images",
    "b",
    "Convolutions in a row without a nonlinearity are again one convolution: each needs one, as dense layers do.",
)
whole_image_seen = instead(
    "images",
    "d",
    "One output of a convolution sees only its window. It is an output of a dense layer that sees the whole image.",
)

invariant_maps = instead(
    "equivariance",
    "a",
    "Maps that stay as they are would be invariant. A convolution uses the same weights everywhere, so what it "
    "finds moves along with the image.",
)
shift_times_kernel = instead(
    "equivariance",
    "c",
    "The kernel size says how much a window sees. Windows lie one pixel apart with stride 1, whatever their size.",
)
weights_decide = instead(
    "equivariance",
    "d",
    "The weights decide what is found. Where it is found depends on the image, since the same weights are used "
    "at each position.",
)

equivariant_only = instead(
    "invariance",
    "b",
    "This map moves along with the object, so it changes. That is equivariance; something has to forget the place.",
)
flattened = instead(
    "invariance",
    "c",
    "After flatten each place has weights of its own in the dense layer, so the result depends on where the "
    "object lies.",
)
relu_forgets_no_place = instead(
    "invariance",
    "d",
    "A ReLU works on each value on its own, so its map still moves along with the object.",
)

half_of_the_pixels = instead(
    "pooling",
    "a",
    "Both sides are halved, so less than a half of the values is left. The lecture notes say that the number "
    "of pixels is halved.",
)
pools_channels = instead(
    "pooling",
    "b",
    "Pooling works in each channel on its own, so 16 maps stay 16 maps. A 1 × 1 convolution can merge maps.",
)
pooling_learns = instead(
    "pooling",
    "c",
    "No pooling has weights: an average weighs each value of the window alike. A convolution with stride 2 "
    "would learn its weights.",
)

flattened_maps = instead(
    "global_pooling",
    "a",
    "6272 is 128 · 7 · 7: that is what flatten makes. Global average pooling takes a mean over each map.",
)
channels_vanish = instead(
    "global_pooling",
    "b",
    "The mean is taken over height and width. The channels stay, since each of them may have found something else.",
)
all_vanish = instead(
    "global_pooling",
    "d",
    "The mean is taken over height and width only, so the channels stay an axis of their own.",
)

weights_alike = instead(
    "stacking",
    "b",
    "Count for one pair of channels: a kernel has as many weights as it has pixels, and the two kernels are added up.",
)
fields_side_by_side = instead(
    "stacking",
    "c",
    "The windows of neighbouring values overlap: the second convolution adds 2 to the 3 pixels that one value "
    "already sees.",
)
fields_multiplied = instead(
    "stacking",
    "d",
    "Receptive fields add up: the second convolution adds 2 to the 3 pixels that one value already sees.",
)

axis_missing = instead(
    "channel_axis",
    "a",
    "Without a channel axis, (64, 28, 28) is read as one image with 64 channels. The lecture notes say that "
    "nn.Conv2d takes only 4-D tensors, but it also takes such a single image.",
)
axis_at_the_end = instead(
    "channel_axis",
    "c",
    "This puts the channel behind the width. torch expects the channels before height and width, so it would "
    "see 28 channels.",
)
axis_of_the_batch = instead(
    "channel_axis",
    "d",
    "This makes a batch of one image with 64 channels. The 64 images are the batch, and each of them has one channel.",
)

colours_at_the_end = instead(
    "channels_last",
    "a",
    "torch expects the channels before height and width. Here it would see 32 channels.",
)
reshaped_colours = instead(
    "channels_last",
    "c",
    "A reshape only counts the values anew: it gives the right shape but mixes rows, columns and colours. The "
    "axes have to change places.",
)
sides_exchanged = instead(
    "channels_last",
    "d",
    "This brings the channels to the front, but it exchanges height and width: the photos would lie on their side.",
)

channels_widen = instead(
    "field",
    "a",
    "More channels find more kinds of patterns in the same window. Each of them sees as few pixels as before.",
)
padding_sees_more = instead(
    "field",
    "b",
    "Padding adds zeros at the border. It changes the size of the maps, but a value sees as many pixels as before.",
)
image_sees_more = instead(
    "field",
    "c",
    "The receptive field belongs to the layers. In a larger image, it is an even smaller part.",
)

corner_like_inner = instead(
    "corners",
    "a",
    "Pixels inside of the image lie in 9 windows. The lecture notes say that same padding treats the corner "
    "alike, but a window needs its middle on a pixel of the image, and a corner has fewer neighbours.",
)
corner_like_edge = instead(
    "corners",
    "b",
    "This is the number for a pixel on an edge. A corner has fewer neighbours, and each window has its middle "
    "on one of them or on the corner itself.",
)
corner_once = instead(
    "corners",
    "d",
    "With padding, windows around the neighbours of the corner contain it as well. Without padding this would "
    "be right.",
)
