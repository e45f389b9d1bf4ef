"""Ten digits, two letters and a scribble as a pen draws them, on a field of 60 by 60.

A drawing is strokes parted by semicolons, a stroke its places x y one after the other, y downwards.
"""

FIELD = 60
SAMPLES = {
    "0": "30 8 22 10 16 17 13 27 13 37 17 47 24 52 32 52 40 48 45 40 47 30 45 20 40 12 34 8 30 8",
    "1": "22 18 32 8 32 52",
    "2": "15 18 19 11 27 8 36 9 42 15 42 22 37 30 28 38 19 45 14 52 30 51 46 52",
    "3": "15 12 24 8 34 8 42 13 43 20 38 26 27 29 37 31 44 37 44 45 37 51 26 53 15 49",
    "4": "26 8 20 20 14 34 30 34 46 33; 38 20 36 36 35 53",
    "5": "43 9 19 9 17 28 27 25 37 27 43 34 42 44 35 51 24 53 14 49",
    "6": "37 8 27 14 19 24 15 35 16 45 23 52 33 52 41 46 42 37 36 31 26 31 18 37",
    "7": "13 10 30 9 46 9 40 20 33 33 28 53; 20 32 42 30",
    "8": "41 14 34 9 25 9 19 14 20 21 28 27 37 33 42 41 39 49 30 53 21 50 17 42 21 34 30 27 38 21 41 14",
    "9": "42 18 36 10 26 9 18 15 17 24 23 30 32 30 40 24 42 16 42 30 39 42 34 53",
    "A": "12 53 30 8 48 53; 19 37 41 37",
    "X": "14 8 46 52; 46 8 14 52",
    "scribble": "10 40 20 12 24 46 34 14 36 48 46 10 50 44",
}


def strokes(text):
    """The strokes [[(x, y), …], …] that a text stands for."""
    numbers = [[int(number) for number in stroke.split()] for stroke in text.split(";")]
    return [list(zip(stroke[::2], stroke[1::2], strict=True)) for stroke in numbers]
