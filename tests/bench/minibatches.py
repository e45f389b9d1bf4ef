"""Mini-batch training and prediction, against Keras, scikit-learn and the bare products."""

import problem
from problem import BATCH, EPOCHS, NETWORK
from row import at_least, at_most
from timing import medians, times_faster


def against_keras():
    """Keras `fit` on the same core, same settings."""
    x, y = problem.digits()
    model = compiled(NETWORK, problem.start())
    return times_faster(
        lambda: problem.train(2), lambda: model.fit(x, y, batch_size=BATCH, epochs=2, verbose=0), runs=5
    )


def compiled(network, theta):
    """The network as a Keras model ready to train with Adam."""
    import keras

    from byhand.keras_models import to_keras

    model = to_keras(network, theta)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.Adam(0.001), loss=loss)
    return model


def against_scikit_learn():
    """MLPClassifier on the same data."""
    return times_faster(problem.train, lambda: scikit_learn(EPOCHS))


def scikit_learn(epochs):
    """Train MLPClassifier with the same layers, batches and Adam, without a penalty."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    settings = {"batch_size": BATCH, "alpha": 0, "max_iter": epochs, "n_iter_no_change": 1000}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        MLPClassifier((25, 15), random_state=0, **settings).fit(*problem.digits())


def against_products():
    """The whole of training over its matrix products."""
    ours, bare = medians(problem.train, problem.products)
    return ours / bare


def prediction():
    """5,000 rows, in batches of 1,024 both; Keras's own default of 32 would be slower still."""
    x, _ = problem.digits()
    theta = problem.start()
    model = compiled(NETWORK, theta)
    return times_faster(
        lambda: NETWORK.predict(theta, x), lambda: model.predict(x, batch_size=1024, verbose=0)
    )


ROWS = (
    at_least(14, "mini-batch training", "Keras `fit`", against_keras),
    at_least(3.5, "mini-batch training", "scikit-learn `MLPClassifier`, same settings", against_scikit_learn),
    at_most(2.5, "mini-batch training", "the bare matrix products of that run", against_products),
    at_least(20, "prediction of 5,000 rows", "Keras `predict`", prediction),
)
