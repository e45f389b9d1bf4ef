"""A network as a table: what a Keras user knows as `model.summary()`."""

from math import prod

HEAD = ("Layer (type)", "Output Shape", "Param #")


def table(network):
    """Lines of text: every layer, the shape of its output, its number of parameters, and the total."""
    counts = [sum(prod(p.shape) for p in layer.values()) for layer in network.parameters]
    rows = [
        (name, str((None, *shape)), f"{count:,}")
        for name, shape, count in zip(_names(network.layers), network.output_shapes[1:], counts, strict=True)
    ]
    first, second, last = (max(map(len, column)) for column in zip(HEAD, *rows, strict=True))
    lines = [f"{name:{first}}  {shape:{second}}  {count:>{last}}" for name, shape, count in (HEAD, *rows)]
    rule = "─" * len(lines[0])
    return "\n".join([lines[0], rule, *lines[1:], rule, f"Total params: {sum(counts):,}"])


def _names(layers):
    """dense (Dense), dense_1 (Dense) …: numbered kind by kind, as Keras does."""
    seen: dict[str, int] = {}
    for layer in layers:
        kind = type(layer).__name__
        number = seen[kind] = seen.get(kind, -1) + 1
        yield f"{_snake(kind)}{f'_{number}' if number else ''} ({kind})"


def _snake(kind):
    """conv1d, max_pooling1d: underscores before capitals, but not before the dimension."""
    parts = "".join(f"_{c.lower()}" if c.isupper() else c for c in kind).strip("_")
    return parts[:-3] + parts[-3:].replace("_d", "d")
