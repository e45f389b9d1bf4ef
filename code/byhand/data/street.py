"""What a street scene is drawn of. Every function paints one thing from its own chances in [0, 1).

Places are in pixels of a picture 48 wide and 32 high, x to the right and y downwards.
"""

from byhand.data.drawing import box, disc, slab

PAINTS = ((205, 30, 35), (30, 75, 175), (240, 240, 240), (230, 165, 20), (40, 125, 70), (95, 100, 110))
LIVERIES = ((215, 40, 40), (250, 185, 25), (40, 145, 90), (60, 105, 200))
COATS = ((205, 45, 60), (245, 205, 45), (60, 90, 205), (150, 60, 160), (30, 145, 115), (240, 125, 40))
SKINS = ((245, 205, 170), (200, 145, 105), (120, 80, 55))
WALLS = ((190, 150, 120), (170, 165, 160), (205, 190, 160), (150, 110, 100))
GLASS, TYRE, HUB, DARK = (190, 222, 238), (25, 25, 28), (170, 170, 175), (45, 45, 55)
WHITE, HEADLIGHT, TAILLIGHT = (245, 245, 245), (255, 240, 170), (235, 60, 40)
ASPHALT, PAVEMENT, KERB = (88, 90, 96), (178, 172, 162), (160, 160, 158)
LEAF, TRUNK = (70, 125, 60), (95, 70, 50)


PAINT = None  # stands for the colour that chance picks


def block(top, bottom, back, front, colour):
    """An upright part of a thing, as a row of the tables below."""
    return top, back, front, bottom, back, front, colour


# Parts of things that head to the right, in painting order, in pixels above the ground and from the back:
# height of the top, its back and front, height of the bottom, its back and front, colour.
CAR_LENGTH, CAR_WHEELS, CAR_RADIUS = 14, (3.2, 10.8), 1.6
CAR = (
    (6.6, 4.2, 9.2, 4.0, 2.4, 11.6, PAINT),
    (6.1, 4.6, 6.5, 4.0, 3.4, 6.5, GLASS),
    (6.1, 7.1, 8.9, 4.0, 7.1, 10.8, GLASS),
    (4.1, 0.3, 13.2, 1.2, 0.0, 14.0, PAINT),
    block(3.3, 2.4, 13, 14, HEADLIGHT),
    block(3.3, 2.4, 0.1, 0.9, TAILLIGHT),
)
BUS_LENGTH, BUS_WHEELS, BUS_RADIUS = 25, (5, 16), 1.9
BUS = (
    block(10.6, 1.3, 0, 25, PAINT),
    block(11, 10.3, 0.6, 24.4, WHITE),
    *(block(9.3, 5.7, back, back + 2.7, GLASS) for back in (1, 4.4, 7.8, 11.2, 14.6)),
    block(4.6, 3.7, 0, 18, WHITE),
    block(9.3, 1.6, 18.6, 21, GLASS),
    block(9.3, 1.6, 19.65, 19.95, DARK),
    block(9.3, 5, 22, 25, GLASS),
    block(3.4, 2.4, 24, 25, HEADLIGHT),
)


def background(canvas, *chances):
    """Houses, two trees, pavements and a road with its line of dashes: what every scene has."""
    for place, (top, wall) in enumerate(zip(chances[:4], chances[4:8], strict=True)):
        _house(canvas, 12.5 * place - 4 * chances[8], 1 + 6 * top, choice(WALLS, wall))
    box(canvas, 0, 14, 48, 16, PAVEMENT)
    for x, size in ((22 * chances[9], chances[10]), (26 + 22 * chances[11], chances[12])):
        _tree(canvas, x, 3 + 1.5 * size)
    box(canvas, 0, 16, 48, 28, ASPHALT)
    box(canvas, 0, 16, 48, 16.6, KERB)
    for place in range(7):
        left = 8 * place - 8 * chances[13]
        box(canvas, left, 21.9, left + 4, 22.5, WHITE)
    box(canvas, 0, 28, 48, 32, PAVEMENT)
    box(canvas, 0, 28, 48, 28.7, KERB)


def _house(canvas, left, top, wall):
    box(canvas, left, top, left + 12, 14, wall)
    box(canvas, left, top, left + 12, top + 0.8, tuple(level * 2 // 3 for level in wall))
    for row in range(int((13 - top) / 4)):
        for column in range(3):
            x, y = left + 1.5 + 3.6 * column, top + 2 + 4 * row
            box(canvas, x, y, x + 1.8, y + 2.2, DARK)


def _tree(canvas, x, size):
    box(canvas, x - 0.5, 9, x + 0.5, 15.5, TRUNK)
    disc(canvas, x, 8, size, size, LEAF)


def car(canvas, place, lane, size, heading, paint):
    """A car in the near lane: low, two boxes, two wheels."""
    s, ground = 0.9 + 0.25 * size, 26.5 + lane
    at = _facing(place * (48 - CAR_LENGTH * s), CAR_LENGTH, s, heading)
    _shadow(canvas, at(0, CAR_LENGTH), ground)
    _build(canvas, CAR, at, ground, s, choice(PAINTS, paint))
    _wheels(canvas, CAR_WHEELS, at, ground, CAR_RADIUS * s)


def bus(canvas, place, lane, size, heading, paint):
    """A bus in the far lane: long and high, a row of windows, a door, a white stripe."""
    s, ground = 0.9 + 0.15 * size, 20.5 + lane
    at = _facing(place * (48 - BUS_LENGTH * s), BUS_LENGTH, s, heading)
    _shadow(canvas, at(0, BUS_LENGTH), ground)
    _build(canvas, BUS, at, ground, s, choice(LIVERIES, paint))
    _wheels(canvas, BUS_WHEELS, at, ground, BUS_RADIUS * s)


def pedestrian(canvas, place, size, stride, coat, skin, heading):
    """Somebody walking on the near pavement: head, hat, coat, two legs, two arms."""
    s, ground = 0.95 + 0.2 * size, 31.3
    at = _facing(1 + place * (46 - 5 * s), 5, s, heading)
    step = 0.9 + 0.9 * stride
    parts = (*_limbs(-step), *_limbs(step), (9.6, 1.4, 3.6, 4.2, 1, 4, PAINT))
    _build(canvas, parts, at, ground, s, choice(COATS, coat))
    disc(canvas, at(2.5, 2.5)[0], ground - 11.1 * s, 1.4 * s, 1.6 * s, choice(SKINS, skin))
    _build(canvas, [block(12.7, 11.8, 1.2, 3.4, TYRE)], at, ground, s, TYRE)


def _limbs(step):
    """A leg, its shoe, and the arm that swings the other way."""
    foot, hand = 2.5 + step, 2.5 - 1.3 * step
    return (
        (5, 1.8, 3.2, 0, foot - 0.6, foot + 0.6, DARK),
        block(0.7, 0, foot - 0.6, foot + 1.1, TYRE),
        (9.6, 2, 3, 4, hand - 0.4, hand + 0.4, PAINT),
    )


def choice(colours, chance):
    """The colour that a chance in [0, 1) picks."""
    return colours[int(chance * len(colours))]


def _facing(left, length, s, heading):
    """From places along a thing, back and front, to left and right in the picture."""
    if heading < 0.5:
        return lambda back, front: (left + s * back, left + s * front)
    return lambda back, front: (left + s * (length - front), left + s * (length - back))


def _build(canvas, parts, at, ground, s, paint):
    for top, back, front, bottom, lower_back, lower_front, colour in parts:
        upper, lower = at(back, front), at(lower_back, lower_front)
        slab(canvas, ground - top * s, upper, ground - bottom * s, lower, colour or paint)


def _shadow(canvas, sides, ground):
    left, right = sides
    disc(canvas, (left + right) / 2, ground, (right - left) / 2, 0.7, DARK)


def _wheels(canvas, places, at, ground, radius):
    for x in (at(place, place)[0] for place in places):
        disc(canvas, x, ground - radius, radius, radius, TYRE)
        disc(canvas, x, ground - radius, 0.45 * radius, 0.45 * radius, HUB)
