"""Layers: frozen records that bind an operation to named parameters; they hold no arrays."""

from byhand.layers.affine import Conv1D, Conv2D, Dense, LocallyConnected1D
from byhand.layers.layer import Layer, Parameter
from byhand.layers.pooling import AveragePooling1D, AveragePooling2D, Flatten, MaxPooling1D, MaxPooling2D
from byhand.shapes import is_count

LAYERS = {
    kind.__name__: kind
    for kind in (
        Dense,
        Conv1D,
        Conv2D,
        LocallyConnected1D,
        MaxPooling1D,
        MaxPooling2D,
        AveragePooling1D,
        AveragePooling2D,
        Flatten,
    )
}

__all__ = ["LAYERS", "Layer", "Parameter", "is_count", *LAYERS]
