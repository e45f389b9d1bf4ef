"""One of several processes that train a Keras model together: python -m byhand.worker FOLDER RANK.

`byhand.launcher` starts them, each with TF_CONFIG in its environment: where all workers are, and which one
this is.
"""

import sys
from pathlib import Path

import numpy as np

from byhand.training import minibatches


def work(folder, rank):
    """Train the model that lies in a folder together with the other workers, and leave its weights there.

    Args:
        folder: a Path with model.keras and job.npz, as the launcher wrote them.
        rank: which worker this is, from 0.
    """
    import keras
    import tensorflow as tf

    strategy = tf.distribute.MultiWorkerMirroredStrategy()  # reads TF_CONFIG, waits until all are there
    with strategy.scope():
        model = keras.saving.load_model(folder / "model.keras")
    with np.load(folder / "job.npz") as job:
        x, y, rate, size, epochs, workers = (job[name] for name in job.files)
    step = training_step(strategy, model, rate)
    for batch in minibatches(len(x), int(size)) * int(epochs):
        own = np.array_split(batch, int(workers))[rank]
        step(tf.constant(x[own]), tf.constant(y[own]), tf.constant(len(batch), x.dtype))
    np.savez(folder / f"{rank}.part.npz", *model.get_weights())
    (folder / f"{rank}.part.npz").rename(folder / f"{rank}.npz")  # whole, or not there


def training_step(strategy, model, learning_rate):
    """A step of gradient descent that all workers make together.

    Args:
        strategy: tf.distribute.MultiWorkerMirroredStrategy.
        model: a Keras model that ends in logits, the same for all.
        learning_rate: α.

    Returns:
        step(x, y, size): own examples and labels, size of the whole batch.
    """
    import tensorflow as tf
    from keras.losses import sparse_categorical_crossentropy as loss

    def own_step(x, y, size):
        with tf.GradientTape() as tape:
            cost = tf.reduce_sum(loss(y, model(x), from_logits=True)) / size
        slopes = tape.gradient(cost, model.trainable_weights)
        slopes = tf.distribute.get_replica_context().all_reduce("SUM", slopes)
        for weight, slope in zip(model.trainable_weights, slopes, strict=True):
            weight.assign_sub(learning_rate * slope)

    return tf.function(lambda *own: strategy.run(own_step, own))


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]))
    sys.stdin.read()  # until the launcher lets go: one that ends early counts as a failure for the others
