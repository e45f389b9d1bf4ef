"""What the practice lab looks at in a Keras model and in what `fit` returns: a few entries, in plain words.

Keras itself is not imported: whoever hands over a model has done that.
"""

# Layers that only bend what the one before gives: Dense(25) and then ReLU() is Dense(25, activation="relu").
BENDING = {"Activation": None, "ReLU": "relu", "Softmax": "softmax"}


def is_model(answer):
    """Whether an answer looks like a Keras model."""
    return hasattr(answer, "layers") and hasattr(answer, "compiled")


def built(answer):
    """The model that a function without arguments builds; any other answer as it is."""
    return answer() if callable(answer) and not is_model(answer) else answer


def layers(answer):
    """Inputs, units and activations of a model, and what else it has; any other answer as it is."""
    model = built(answer)
    if not is_model(model):
        return model
    dense, others = _dense_and_others(model.layers)
    activations = [activation for _, activation in dense] or ["none"]
    return {
        "input": tuple(model.input_shape[1:]) if model.built else "unknown",
        "units": tuple(units for units, _ in dense),
        "hidden": " and ".join(dict.fromkeys(activations[:-1])) or "none",
        "last": activations[-1],
        "others": " and ".join(others) or "none",
    }


def _dense_and_others(all_layers):
    """[(units, activation) of each dense layer], [names of all other layers]."""
    dense, others = [], []
    for layer in all_layers:
        kind, settings = type(layer).__name__, layer.get_config()
        if kind == "Dense":
            dense.append((settings["units"], str(settings["activation"])))
        elif kind in BENDING and dense and dense[-1][1] == "linear":
            dense[-1] = dense[-1][0], BENDING[kind] or str(settings["activation"])
        else:
            others.append(kind)
    return dense, others


def compiled(answer):
    """What the last layer gives and the loss expects, the loss, the optimizer and its rate, of a model."""
    model = built(answer)
    if not is_model(model):
        return model
    if not model.compiled:
        return {"output": "not compiled", "loss": "none", "optimizer": "none", "learning_rate": 0.0}
    loss, source = _loss(model.loss)
    _, activation = (_dense_and_others(model.layers)[0] or [(0, "none")])[-1]
    return {
        "output": f"{activation}, loss from {source}",
        "loss": loss,
        "optimizer": type(model.optimizer).__name__,
        "learning_rate": round(float(model.optimizer.learning_rate), 7),  # Keras keeps it in float32
    }


def _loss(loss):
    """The name of a loss in Keras's spelling for classes, and what it takes the outputs for."""
    if hasattr(loss, "get_config"):
        name, settings = type(loss).__name__, loss.get_config()
    else:  # a string, or one of Keras's functions
        words = str(getattr(loss, "__name__", loss)).split("_")
        name, settings = "".join(word[:1].upper() + word[1:] for word in words), {}
    if "crossentropy" not in name.lower():
        return name, "numbers"
    return name, "logits" if settings.get("from_logits") else "probabilities"


def training(history):
    """Epochs, steps an epoch, all steps of the model's life, and whether held-out costs were noted."""
    if isinstance(history, dict) and "loss" in history:
        return "the dict of costs"
    if not hasattr(history, "epoch") or not hasattr(history, "history"):
        return history
    return {
        "epochs": len(history.epoch),
        "steps": history.params["steps"],
        "steps of this model so far": int(history.model.optimizer.iterations),
        "validation": "val_loss" if "val_loss" in history.history else "none",
    }
