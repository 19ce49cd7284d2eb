"""Draws the pictures of how-it-works.md: `python docs/pictures/make_pictures.py`.

Each is 400 wide, so that a phone shows it nearly in full size. Its colours follow light and dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

FOLDER = Path(__file__).parent
WIDTH = 400
LINE = 19  # from one line of text to the next
STYLE = """
.paper { fill: #ffffff } text { fill: #1b1f24 } .arrow { stroke: #3b434d } .head { fill: #3b434d }
.judge { fill: #dcebfb; stroke: #1f5fa8 } .sandbox { fill: #fdeeda; stroke: #9a5b00 }
.plain { fill: #f1f3f5; stroke: #6b7480 } .good { fill: #dff3e3; stroke: #1f7a3d } .wall { stroke: #b3261e }
text.wall { fill: #b3261e; stroke: none }
@media (prefers-color-scheme: dark) {
.paper { fill: #15181c } text { fill: #eef1f4 } .arrow { stroke: #b9c2cc } .head { fill: #b9c2cc }
.judge { fill: #16304d; stroke: #7db4f0 } .sandbox { fill: #43300f; stroke: #e8b04f }
.plain { fill: #262b31; stroke: #98a2ad } .good { fill: #173a22; stroke: #74c68a } .wall { stroke: #ff8a80 }
text.wall { fill: #ff8a80; stroke: none }
}
text { font: 14px system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif } .strong { font-weight: bold }
.middle { text-anchor: middle } rect { stroke-width: 1.5 } .arrow { stroke-width: 2; fill: none }
line.wall { stroke-width: 4; stroke-dasharray: 10 5 }
"""


def box(kind: str, x: int, y: int, width: int, title: str, *lines: str) -> str:
    """A box with a bold title; it is as high as its lines need."""
    texts = [text(x + width // 2, y + 22, title, "middle strong")] if title else []
    texts += [text(x + width // 2, y + 22 + LINE * row, one, "middle") for row, one in enumerate(lines, bool(title))]
    rect = f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height(len(texts))}" rx="8"/>'
    return "\n".join([rect, *texts])


def height(lines: int) -> int:
    """The height of a box with so many lines, its title included."""
    return 14 + LINE * lines


def text(x: int, y: int, words: str, style: str = "") -> str:
    return f'<text x="{x}" y="{y}" class="{style}">{escape(words)}</text>'


def arrow(x: int, y: int, to_x: int, to_y: int) -> str:
    """A line with a head at its end; it runs up, down, or aslant downwards."""
    up = to_y < y
    base = to_y + 9 if up else to_y - 9
    head = f"M{to_x} {to_y} L{to_x - 6} {base} L{to_x + 6} {base} Z"
    return f'<path class="arrow" d="M{x} {y} L{to_x} {base}"/><path class="head" d="{head}"/>'


def picture(name: str, title: str, description: str, size: int, parts: Sequence[str]) -> None:
    """Write the picture with its text alternative."""
    content = "\n".join(parts)
    (FOLDER / f"{name}.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {size}" width="{WIDTH}" height="{size}" '
        f'role="img" aria-labelledby="title description">\n'
        f'<title id="title">{escape(title)}</title>\n<desc id="description">{escape(description)}</desc>\n'
        f"<style>{STYLE}</style>\n"
        f'<rect class="paper" width="{WIDTH}" height="{size}" rx="10"/>\n{content}\n</svg>\n',
        encoding="utf-8",
    )


def wall() -> None:
    picture(
        "wall",
        "The wall between the judge and student code",
        "Questions go from the judge into the sandbox. Plain data come back. Expected answers stay with the judge.",
        418,
        [
            box(
                "judge",
                20,
                16,
                360,
                "The judge",
                "expected answers, labels of test images,",
                "thresholds, points, hints",
            ),
            arrow(110, 87, 110, 242),
            text(124, 118, "questions:"),
            text(124, 118 + LINE, "arguments,"),
            text(124, 118 + 2 * LINE, "what to do"),
            arrow(250, 242, 250, 87),
            text(264, 118, "answers:"),
            text(264, 118 + LINE, "plain data"),
            '<line class="wall" x1="0" y1="190" x2="400" y2="190"/>',
            text(264, 212, "the wall", "wall strong"),
            box(
                "sandbox",
                20,
                244,
                360,
                "The sandbox: a process of its own",
                "student code",
                "probes, which ask it the questions",
                "a folder of its own, which is removed",
            ),
            text(200, 358, "In the tiers full and landlock the kernel denies", "middle"),
            text(200, 358 + LINE, "other files, the network, signals", "middle"),
            text(200, 358 + 2 * LINE, "and new processes.", "middle"),
        ],
    )


def way() -> None:
    picture(
        "way",
        "The way of a grade from file to verdict",
        "Files are read as text, the sandbox answers the questions of the exam, and the judge compares.",
        652,
        [
            box("plain", 20, 16, 360, "1. Files", "folder, .py, notebook or archive,", "read as text; nothing runs"),
            arrow(200, 87, 200, 112),
            box("judge", 20, 112, 360, "2. Questions", "from the exam, which the reference", "has answered before"),
            arrow(200, 183, 200, 208),
            box("sandbox", 20, 208, 360, "3. Answers", "the code runs in the sandbox;", "no training yet"),
            arrow(200, 279, 200, 304),
            box(
                "judge",
                20,
                304,
                360,
                "4. Verdicts",
                "kind, dtype if asked, shape, finite,",
                "then every value within a tolerance",
            ),
            arrow(200, 375, 200, 400),
            box("sandbox", 20, 400, 360, "5. Trainings", "only of networks that passed", "all their other checks"),
            arrow(200, 471, 200, 496),
            box(
                "judge", 20, 496, 360, "6. Why it is wrong", "hint, or the place of the mistake;", "no verdict changes"
            ),
            arrow(200, 567, 200, 586),
            box("good", 20, 586, 360, "7. Report", "terminal, page, notebook, gradebook, JSON"),
        ],
    )


def mistake() -> None:
    picture(
        "mistake",
        "How a mistake is found and proved",
        "First a known misconception, then a small change that repairs the code, then the first step that differs.",
        720,
        [
            box("plain", 70, 16, 260, "An exercise is wrong"),
            arrow(200, 49, 200, 76),
            box(
                "judge",
                20,
                76,
                360,
                "Does a known misconception",
                "give exactly the same answers",
                "to these questions?",
            ),
            arrow(110, 147, 110, 176),
            text(122, 166, "yes"),
            arrow(300, 147, 300, 244),
            text(312, 166, "no"),
            box("good", 20, 176, 180, "A hint", "of the authors"),
            box(
                "sandbox",
                20,
                246,
                360,
                "Does a small change of the code",
                "make all checks without training pass?",
                "Proved in a fresh process.",
            ),
            arrow(110, 317, 110, 346),
            text(122, 336, "yes"),
            arrow(300, 317, 300, 414),
            text(312, 336, "no"),
            box("good", 20, 346, 180, "The place", "a line, underlined"),
            box(
                "sandbox",
                20,
                416,
                360,
                "Is it a network?",
                "Its steps are compared with those",
                "of the right network.",
            ),
            arrow(110, 487, 110, 516),
            text(122, 506, "yes, and one step differs"),
            arrow(340, 487, 340, 618),
            text(312, 600, "no"),
            box("good", 20, 516, 240, "The first wrong step", "a line, and its layer if known"),
            box("plain", 20, 620, 360, "No guess", "The report shows the call, what was", "expected, and what came."),
        ],
    )


def outlets() -> None:
    ends = [
        ("In the terminal", "grade exercise3", "in the sandbox"),
        ("In a notebook", 'check("UNet")', "in the student's own kernel; no grade that counts"),
        ("For a class", "grade batch exercise3 submissions", "in the sandbox, also on a cluster; secret seed"),
        ("In nbgrader", "nbgrader autograde exercise3", "in the sandbox; secret seed"),
    ]
    tops = [294 + 92 * row for row in range(len(ends))]
    picture(
        "outlets",
        "Four outlets from one definition",
        "Reference and solution make the exam, the stubs and the notebook. Four commands grade with that exam.",
        660,
        [
            box("judge", 20, 16, 175, "reference/", "right answer, checks,", "misconceptions"),
            box("judge", 205, 16, 175, "solutions/", "what a perfect", "student hands in"),
            arrow(107, 87, 107, 124),
            arrow(292, 87, 292, 124),
            box("judge", 20, 124, 175, "the exam", "questions and", "expected answers"),
            box("plain", 205, 124, 175, "exercises/", "stubs and notebook", "for students"),
            arrow(200, 228, 200, 286),
            '<path class="arrow" d="M107 195 L107 228 L292 228 L292 195"/>',
            *(box("good", 20, top, 360, *words) for top, words in zip(tops, ends, strict=True)),
        ],
    )


if __name__ == "__main__":
    for draw in (wall, way, mistake, outlets):
        draw()
