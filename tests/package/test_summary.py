import re

import pytest

from byhand.keras_models import to_keras
from byhand.layers import AveragePooling2D, Conv1D, Conv2D, Dense, Flatten, LocallyConnected1D, MaxPooling2D
from byhand.losses import squared_error
from byhand.network import Network

PICTURE = [Conv2D(8, 3, padding="same"), MaxPooling2D(2), Conv2D(16, 3), AveragePooling2D(3, 1)]
NETWORKS = {
    "dense": Network(400, [Dense(25, "relu"), Dense(15, "relu"), Dense(10)], squared_error),
    "picture": Network((20, 20, 1), [*PICTURE, Flatten(), Dense(10)], squared_error),
    "signal": Network((100, 1), [Conv1D(9, 20, 10), Flatten(), Dense(1)], squared_error),
}


def test_the_table_of_the_ten_digits():
    assert NETWORKS["dense"].summary() == "\n".join(
        [
            "Layer (type)     Output Shape  Param #",
            "──────────────────────────────────────",
            "dense (Dense)    (None, 25)     10,025",
            "dense_1 (Dense)  (None, 15)        390",
            "dense_2 (Dense)  (None, 10)        160",
            "──────────────────────────────────────",
            "Total params: 10,575",
        ]
    )


@pytest.mark.parametrize("name", list(NETWORKS))
def test_layers_shapes_and_counts_are_those_of_keras(name, keras, rng, monkeypatch):
    network = NETWORKS[name]
    monkeypatch.setenv("COLUMNS", "100")  # or Keras cuts the table to the terminal
    keras.backend.clear_session()
    model, lines = to_keras(network, network.initialize(rng)), []
    model.summary(print_fn=lines.append, line_length=90)
    _, _, *rows, _, total = network.summary().splitlines()
    assert len(rows) == len(model.layers)
    for row, layer in zip(rows, model.layers, strict=True):
        cells = re.split(r"\s{2,}", row)
        assert cells[0] == f"{layer.name} ({type(layer).__name__})"
        assert cells[1:] == [str((None, *layer.output.shape[1:])), f"{layer.count_params():,}"]
        assert all(cell in "".join(lines) for cell in cells)
    assert total == f"Total params: {model.count_params():,}"
    assert total in "".join(lines)


def test_columns_line_up():
    first, rule, *rows, _, _ = NETWORKS["picture"].summary().splitlines()
    assert {len(row) for row in rows} == {len(first)} == {len(rule)}


def test_a_layer_that_keras_no_longer_has_is_listed_all_the_same():
    network = Network((13, 3), [LocallyConnected1D(5, 4, 3), Flatten(), Dense(2)], squared_error)
    assert "locally_connected1d (LocallyConnected1D)  (None, 4, 5)      260" in network.summary()
