"""Answers as learners write them, with loops and names of their own: the right pass, the wrong are told why.

What a mistake of an exercise computes is compared here with the same mistake made by other means.
"""

import math

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from byhand.exercises import adam_update, exercises
from byhand.exercises import digits_lab_softmax as lab
from byhand.exercises.adam_code import _otherwise_momentum
from byhand.exercises.convolution_code import _with_bias, _with_weights
from byhand.exercises.digits_lab_stop import _against_yesterday, _never_reset
from byhand.exercises.training_steps_code import _step
from byhand.exercises.why_nonlinear_code import _collapse

EXERCISES = exercises()


def squash(z):
    return 1 / (1 + np.exp(-z))


# Right


def momentum_in_steps(theta, v, g, alpha, mu):
    kept, pushed = v * mu, np.array([slope * -alpha for slope in g])
    return theta + kept + pushed, kept + pushed


def adam_number_by_number(theta, m, v, g, t, alpha, beta_1, beta_2, epsilon):
    found = []
    for p, mean, square, slope in zip(theta, m, v, g, strict=True):
        mean += (1 - beta_1) * (slope - mean)
        square += (1 - beta_2) * (slope * slope - square)
        root = math.sqrt(square / (1 - math.pow(beta_2, t)))
        found.append((p - alpha * mean / (1 - math.pow(beta_1, t)) / (root + epsilon), mean, square))
    return [np.array(part) for part in zip(*found, strict=True)]


def stop_by_looking_back(costs, patience):
    """After each epoch: how long ago was the first lowest of the costs so far?"""
    for epoch in range(1, len(costs) + 1):
        best = 1 + list(costs[:epoch]).index(min(costs[:epoch]))
        if epoch - best >= patience:
            break
    return best, epoch


def gallery_by_sorting(scores, labels):
    def loss(i):
        return math.log(sum(math.exp(z - scores[i, labels[i]]) for z in scores[i]))

    wrong = [i for i, row in enumerate(scores) if max(row) != row[labels[i]]]
    return sorted(wrong, key=loss, reverse=True)


def falls_pixel_by_pixel(score, picture, grey):
    out = picture.copy()
    for r, row in enumerate(picture):
        for c, _ in enumerate(row):
            covered = [
                [grey if (r, c) == (s, d) else p for d, p in enumerate(q)] for s, q in enumerate(picture)
            ]
            out[r, c] = score(picture) - score(np.array(covered))
    return out


def ring_by_the_clock(D, computing, P, bandwidth, latency):
    clock = computing / D
    for _ in range(2 * D - 2):
        clock += 4 * P / D / bandwidth + latency
    return clock


def cost_label_by_label(z, y):
    losses = [
        math.log1p(math.exp(-abs(s))) + max(s if t == 0 else -s, 0)
        for s, t in zip(z.flat, y.flat, strict=True)
    ]
    return sum(losses) / len(losses)


def cost_of_scores(z, labels):
    return np.mean([np.logaddexp.reduce(row - row[k]) for row, k in zip(z, labels, strict=True)])


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("momentum_step", momentum_in_steps),
        ("effective_rates", lambda v, alpha, e: [alpha / (each**0.5 + e) for each in v]),
        ("adam_step", adam_number_by_number),
        ("lab_stop", stop_by_looking_back),
        ("lab_gallery", gallery_by_sorting),
        ("saturated", lambda a, e: float(np.mean(np.minimum(a, 1 - a) < e))),
        ("silenced", lambda a, W, b, u: a @ W + b - np.outer(a[:, u] - np.mean(a[:, u]), W[u])),
        ("occlusion_map", falls_pixel_by_pixel),
        ("combine_slopes", lambda slopes, sizes: np.average(slopes, axis=0, weights=sizes)),
        ("my_all_reduce", lambda vectors: [sum(vectors) for _ in vectors]),
        ("step_seconds", ring_by_the_clock),
        ("multilabel_cost", cost_label_by_label),
        ("decide", lambda z, t: 1 * (z >= np.log(t / (1 - t)))),
        ("stable_sigmoid", lambda z: np.exp(-np.logaddexp(0, -z))),
        ("my_logsumexp", lambda z: np.logaddexp.reduce(z, axis=1)),
        ("cost_from_scores", cost_of_scores),
    ],
)
def test_a_right_answer_in_another_style_passes(anew, name, answer):
    assert anew(name).verdict(answer).startswith("Right.")


# Wrong


def after_every_example(w, b, x, y, alpha):
    for row, label in zip(x, y, strict=True):
        d = squash(row @ w + b) - label
        w, b = w - alpha * d * row, b - alpha * d
    return w, b


def one_then_the_other(w, b, x, y, alpha):
    w = w - alpha * np.mean((squash(x @ w + b) - y)[:, None] * x, axis=0)
    return w, b - alpha * np.mean(squash(x @ w + b) - y)


def no_factor_x(w, b, x, y, alpha):
    d = np.mean(squash(x @ w + b) - y)
    return w - alpha * d, b - alpha * d


def no_squashing(w, b, x, y, alpha):
    d = x @ w + b - y
    return w - alpha * np.mean(d[:, None] * x, axis=0), b - alpha * np.mean(d)


def wait_for_ever(costs, patience):
    """Epochs above the best so far are counted, and never forgotten."""
    worse = 0
    for epoch in range(1, len(costs) + 1):
        best = 1 + list(costs[:epoch]).index(min(costs[:epoch]))
        worse += costs[epoch - 1] > min(costs[:epoch])
        if worse == patience:
            break
    return best, epoch


def wait_for_a_fall(costs, patience):
    rises = 0
    for epoch in range(2, len(costs) + 1):
        rises = rises + 1 if costs[epoch - 1] >= costs[epoch - 2] else 0
        if rises == patience:
            break
    return 1 + list(costs[:epoch]).index(min(costs[:epoch])), epoch


def hanging_over(x, w, b, stride):
    return [sum(p * q for p, q in zip(x[s:], w, strict=False)) + b for s in range(0, len(x), stride)]


def every_block(x, size):
    rows, columns = (range(n - size + 1) for n in x.shape)
    return [[x[r : r + size, c : c + size].max() for c in columns] for r in rows]


def blocks_and_a_rest(x, size, fill):
    def largest(r, c):
        block = x[r : r + size, c : c + size]
        return max(block.max(), fill if block.size < size * size else -math.inf)

    return [[largest(r, c) for c in range(0, x.shape[1], size)] for r in range(0, len(x), size)]


def stays_covered(score, picture, grey):
    flat = picture.ravel().copy()
    out = []
    for i in range(flat.size):
        flat[i] = grey
        out.append(score(picture) - score(flat.reshape(picture.shape)))
    return np.reshape(out, picture.shape)


def everything_else(score, picture, grey):
    out = []
    for i in range(picture.size):
        alone = np.where(np.arange(picture.size) == i, picture.ravel(), grey)
        out.append(score(picture) - score(alone.reshape(picture.shape)))
    return np.reshape(out, picture.shape)


def first_half(vectors):
    """Worker d ends with piece d + 1 complete; of piece d − j it has the sum of what came that far."""
    D = len(vectors)
    out = [np.array(vector) for vector in vectors]
    for d in range(D):
        for piece in range(D):
            hops = (d - piece) % D
            out[d][piece] = sum(vectors[(d - j) % D][piece] for j in range(hops + 1))
    return out


def one_short(vectors):
    """All complete, but for the piece that would come last: there lies the sum on its way."""
    out, halfway = [sum(vectors) for _ in vectors], first_half(vectors)
    for d, own in enumerate(out):
        own[(d + 2) % len(vectors)] = halfway[d][(d + 2) % len(vectors)]
    return out


def adam_form(numerator, denominator):
    def wrong(theta, m, v, g, t, alpha, beta_1, beta_2, epsilon):
        _, m, v = adam_number_by_number(theta, m, v, g, t, alpha, beta_1, beta_2, epsilon)
        hats = m / (1 - beta_1**t), v / (1 - beta_2**t)
        return theta - alpha * numerator(m, hats[0]) / denominator(v, hats[1], epsilon), m, v

    return wrong


def keras_form(theta, m, v, g, t, alpha, beta_1, beta_2, epsilon):
    _, m, v = adam_number_by_number(theta, m, v, g, t, alpha, beta_1, beta_2, epsilon)
    step = m / (1 - beta_1**t) / (np.sqrt(v) + epsilon) * math.sqrt(1 - beta_2**t)
    return theta - alpha * step, m, v


def epsilon_at_the_end(theta, m, v, g, t, alpha, beta_1, beta_2, epsilon):
    theta, m, v = adam_form(lambda m, hat: hat, lambda v, hat, e: hat**0.5)(
        theta, m, v, g, t, alpha, beta_1, beta_2, epsilon
    )
    return theta + epsilon, m, v


def hats_for_memories(theta, m, v, g, t, alpha, beta_1, beta_2, epsilon):
    theta, m, v = adam_number_by_number(theta, m, v, g, t, alpha, beta_1, beta_2, epsilon)
    return theta, [each / (1 - beta_1**t) for each in m], [each / (1 - beta_2**t) for each in v]


def up_the_hill(theta, m, v, g, t, *settings):
    down, m, v = adam_number_by_number(theta, m, v, g, t, *settings)
    return theta + (theta - down), m, v


def nesterov(theta, v, g, alpha, mu):
    new = v * mu - g * alpha
    return theta + new * mu - g * alpha, new


def two_layers_unpacked(weights):
    V, c, W, b = weights
    return V @ W, np.array([b[k] + c @ W[:, k] for k in range(len(b))])


def one_winner(z, thresholds):
    return np.eye(z.shape[1])[z.argmax(axis=1)]


def biases_as_they_are(weights):
    W, b, *rest = weights
    while rest:
        V, c, *rest = rest
        W, b = W @ V, b + c
    return W, b


def exponentials(z, less=lambda row, z: max(row)):
    """Row by row, each less something."""
    return np.array([[np.exp(s - less(row, z)) for s in row] for row in z])


def columns_to_one(e):
    return np.stack([column / sum(column) for column in e.T], axis=1)


def logsumexp_by_rows(z, less):
    """Row by row, what is subtracted inside is added outside."""
    return [less(row, z) + np.log(sum(np.exp(row - less(row, z)))) for row in z]


def minus_logs(z, labels, patch=lambda a: a):
    shares = [np.exp(row[k] - np.logaddexp.reduce(row)) for row, k in zip(z, labels, strict=True)]
    return -sum(np.log(patch(share)) for share in shares) / len(z)


def one_hot(z, k):
    return [float(j == k) for j in range(z.shape[1])]


def slopes_of(answer, z, labels):
    """(answer − truth) / m, example by example."""
    rows = zip(answer, labels, strict=True)
    return [np.subtract(row, one_hot(z, k)) / len(z) for row, k in rows]


def winners_less_truth(z, labels):
    return slopes_of([one_hot(z, np.argmax(row)) for row in z], z, labels)


def by_columns_less_truth(z, labels):
    return slopes_of(columns_to_one(exponentials(z, lambda row, z: z.max())), z, labels)


def shares(z):
    return np.array([np.exp(row - np.logaddexp.reduce(row)) for row in z])


def squeezed(z, y, low):
    f = np.array([[min(max(1 / (1 + math.exp(-s)), low), 1 - low) for s in row] for row in z.clip(-700, 700)])
    return -np.mean(np.where(y == 1, np.log(f), np.log(1 - f)))


def each_on_its_own(z, y):
    return [
        [np.logaddexp(0, s) - t * s for s, t in zip(*pair, strict=True)] for pair in zip(z, y, strict=True)
    ]


def shares_compete(z, y):
    return -np.sum(y * np.log(shares(z) + 1e-300)) / len(z)


def only_those_seen(labels, guesses, K):
    seen = sorted({*labels.tolist(), *guesses.tolist()})
    return [[sum((labels == i) & (guesses == j)) for j in seen] for i in seen]


def pairs(labels, guesses, K):
    C = np.zeros((K, K))
    for i, j in zip(labels, guesses, strict=True):
        C[i, j] += 1
    return C


def pairs_once(labels, guesses, K):
    return [[int(any((labels == i) & (guesses == j))) for j in range(K)] for i in range(K)]


@pytest.mark.parametrize(
    ("name", "answer", "reason"),
    [
        ("collapse", biases_as_they_are, "A bias can't be added"),
        ("softmax", lambda z: exponentials(z), "The division is missing"),
        ("softmax", lambda z: exponentials(z) / exponentials(z).sum(),
         "All entries together sum to one; each"),
        ("softmax", lambda z: exponentials(z) / exponentials(z).mean(axis=1)[:, None], "Divided by the mean"),
        ("softmax", lambda z: (lambda e: e / sum(e.T)[:, None])(exponentials(z, lambda row, z: z.max())),
         "The largest of all scores"),
        ("softmax", lambda z: (lambda e: e / sum(e.T)[:, None])(exponentials(z, lambda row, z: 1000)),
         "A fixed 1000"),
        ("softmax", lambda z: (lambda e: e / sum(e.T)[:, None])(exponentials(z, lambda row, z: row.mean())),
         "The mean was subtracted"),
        ("softmax", lambda z: (lambda e: e / sum(e.T)[:, None])(exponentials(-z)), "The sign is turned"),
        ("softmax", lambda z: columns_to_one(exponentials(z, lambda row, z: 0)),
         "The columns sum to one, and"),
        ("softmax_gradient", lambda z, y: slopes_of(z, z, y), "The scores were taken"),
        ("softmax_gradient", lambda z, y: np.multiply(slopes_of(shares(z), z, y), len(z)),
         "The 1/m is missing"),
        ("softmax_gradient", lambda z, y: sum(slopes_of(shares(z), z, y)), "Added up over the examples"),
        ("softmax_gradient", winners_less_truth, "The decision stands"),
        ("softmax_gradient", by_columns_less_truth, "This softmax runs over the examples"),
        ("softmax_gradient", lambda z, y: [
            [(a - 1) / len(z) if j == k else 0 for j, a in enumerate(row)]
            for row, k in zip(shares(z), y, strict=True)
        ], "Only the true class"),
        ("softmax_gradient", lambda z, y: cost_of_scores(z, y), "That is the cost itself"),
        ("softmax_gradient", lambda z, y: slopes_of(
            exponentials(z, lambda r, z: 0) / exponentials(z, lambda r, z: 0).sum(axis=1)[:, None], z, y
        ), "A plain softmax"),
        ("my_logsumexp", lambda z: logsumexp_by_rows(z, lambda row, z: z.max()), "The largest of all scores"),
        ("my_logsumexp", lambda z: logsumexp_by_rows(z, lambda row, z: row.mean()), "The mean was taken out"),
        ("my_logsumexp", lambda z: logsumexp_by_rows(z, lambda row, z: 0), "For ordinary scores"),
        ("my_logsumexp", lambda z: np.log(exponentials(z).sum(axis=1)), "The largest score is missing"),
        ("my_logsumexp", lambda z: [max(r) + s for r, s in zip(z, exponentials(z).sum(axis=1), strict=True)],
         "The logarithm is missing"),
        ("my_logsumexp", lambda z: [
            max(r) + np.log(s / len(r)) for r, s in zip(z, exponentials(z).sum(axis=1), strict=True)
        ], "That is the mean of the exponentials"),
        ("my_logsumexp", lambda z: [
            max(r) * np.log(s) for r, s in zip(z, exponentials(z).sum(axis=1), strict=True)
        ], "e^(m + u) is a product"),
        ("cost_from_scores", minus_logs, "Through the probability"),
        ("cost_from_scores", lambda z, y: minus_logs(z, y, lambda a: a + 1e-12), "1e-12 inside"),
        ("cost_from_scores", lambda z, y: minus_logs(z, y, lambda a: min(max(a, 1e-7), 1 - 1e-7)),
         "Clipped at"),
        ("multilabel_cost", lambda z, y: squeezed(z, y, 1e-7), "Clipped at 1e-7"),
        ("multilabel_cost", shares_compete, "That is the softmax's loss"),
        ("multilabel_cost", lambda z, y: np.sum(each_on_its_own(z, y)), "That is the sum of all terms"),
        ("multilabel_cost", lambda z, y: np.sum(each_on_its_own(z, y)) / len(z), "Summed over the labels"),
        ("multilabel_cost", lambda z, y: np.mean((squash(z) - y) ** 2), "That is the squared error"),
        ("decide", lambda z, t: [[int(s >= 0) for s in row] for row in z], "z ≥ 0 is the threshold"),
        ("decide", lambda z, t: 1 * (shares(z) >= t), "A softmax makes shares"),
        ("lab_confusion", only_those_seen, "A class that does not occur"),
        ("lab_confusion", pairs_once, "C[labels, guesses] += 1 counts"),
        ("lab_confusion", lambda y, guess, K: pairs(guess, y, K), "Rows and columns are exchanged"),
        ("lab_confusion", lambda y, guess, K: pairs(y, guess, K) * (1 - np.eye(K)), "The diagonal is empty"),
        ("lab_confusion", lambda y, guess, K: [r / max(sum(r), 1) for r in pairs(y, guess, K)],
         "The rows are"),
        ("lab_gallery", lambda z, y: gallery_by_sorting(z, y)[::-1], "The cheapest error comes first"),
        ("lab_gallery", lambda z, y: [
            cost_of_scores(z[[i]], y[[i]]) for i in gallery_by_sorting(z, y)
        ], "Those are the losses"),
        ("lab_softmax", lambda z: np.exp(z - 1000) / np.sum(np.exp(z - 1000), -1)[..., None], "A fixed 1000"),
        ("lab_softmax", lambda z: np.exp(z) / np.sum(np.exp(z), -1)[..., None], "np.exp(1000) is inf, and"),
        ("lab_softmax", lambda z: (lambda e: e / np.sum(e, -1)[..., None])(np.exp(np.clip(z, -500, 500))),
         "Clipping makes unequal"),
        ("lab_softmax", lambda z: np.where(
            np.isnan(a := np.exp(z) / np.sum(np.exp(z), -1)[..., None]), 0, a
        ), "nan_to_num puts a 0"),
        ("lab_softmax", lambda z: (lambda e: e / np.sum(e, -1)[..., None])(np.exp(z - np.max(z))),
         "Right for one row. Of several rows, subtract"),
        ("lab_softmax", lambda z: (lambda e: e / np.sum(e))(np.exp(z - np.max(z))),
         "Right for one row. Of several rows each"),
        ("lab_softmax", lambda z: (lambda e: e / np.sum(e, -1)[..., None])(np.exp(z - z.min(-1)[..., None])),
         "The smallest was subtracted"),
        ("lab_softmax", lambda z: (lambda e: e / e.sum(1)[:, None])(np.exp(z - z.max(axis=1)[:, None])),
         "axis=1 needs a second axis"),
        ("gradient_step", after_every_example, "You step after every example"),
        ("gradient_step", one_then_the_other, "b used an f computed from the new w"),
        ("gradient_step", no_factor_x, "The slope along w_j is the mean"),
        ("gradient_step", no_squashing, "Your f is z here"),
        ("momentum_step", nesterov, "That is Nesterov's step"),
        ("adam_step", keras_form, "That is Keras's form"),
        ("adam_step", epsilon_at_the_end, "ε is added to the parameters"),
        ("adam_step", hats_for_memories, "The hats were returned"),
        ("adam_step", up_the_hill, "The step was added"),
        ("adam_step", adam_form(lambda m, hat: m, lambda v, hat, e: hat**0.5 + e), "The hat of m is missing"),
        ("adam_step", adam_form(lambda m, hat: hat, lambda v, hat, e: v**0.5 + e), "The hat of v is missing"),
        ("adam_step", adam_form(lambda m, hat: hat, lambda v, hat, e: (hat + e) ** 0.5), "ε stands under"),
        ("adam_step", adam_form(lambda m, hat: hat, lambda v, hat, e: hat + e), "The root is missing"),
        ("lab_stop", wait_for_ever, "The waiting is never set back"),
        ("lab_stop", wait_for_a_fall, "Compared with the epoch before"),
        ("convolve", hanging_over, "Windows that hang over the end"),
        ("max_pool", every_block, "The windows overlap"),
        ("max_pool", lambda x, size: blocks_and_a_rest(x, size, -math.inf), "The rest at the edge made"),
        ("max_pool", lambda x, size: blocks_and_a_rest(x, size, 0), "The rest at the edge was filled up"),
        ("occlusion_map", stays_covered, "The places stay covered"),
        ("occlusion_map", everything_else, "Everything but the pixel was covered"),
        ("my_all_reduce", first_half, "That is the first half"),
        ("my_all_reduce", one_short, "One round too few"),
        ("my_all_reduce", lambda v: [v[d - 1] + own for d, own in enumerate(v)], "That is the sum with one"),
        ("collapse", two_layers_unpacked, "Right for two layers"),
        ("collapse", lambda p: two_layers_unpacked(p[:4]) if p[2:] else p, "Only the first two layers"),
        ("softmax", lambda z: 1.0 * (z >= z.max(axis=1)[:, None]), "That is the decision"),
        ("softmax", lambda z: np.exp(z) / np.exp(z).sum(axis=1)[:, None], "Rows sum to 1, but shifting"),
        ("output_weights", lambda c, h: (h[1:] - h[:-1]) / (c[1:] - c[:-1]), "Those are the slopes"),
        ("multilabel_cost", lambda z, y: [
            [max(s, 0) - s * t + math.log1p(math.exp(-abs(s))) for s, t in zip(*row, strict=True)]
            for row in zip(z, y, strict=True)
        ], "Those are the single terms"),
        ("decide", one_winner, "The largest logit of each scene won"),
        ("lab_gallery", lambda z, y: [
            [i for i, row in enumerate(z) if row.argmax() != y[i]].index(i) for i in gallery_by_sorting(z, y)
        ], "These are places in the list of errors"),
        ("lab_gallery", lambda z, y: sorted(
            [i for i, row in enumerate(z) if row.argmax() != y[i]],
            key=lambda i: sum(np.exp(z[i] - z[i].max())),
        ), "Sorted by the winner's probability"),
    ],
)  # fmt: skip
def test_a_wrong_answer_in_another_style_draws_its_reason(anew, name, answer, reason):
    verdict = anew(name).verdict(answer)
    assert verdict.startswith("Not yet. ")
    assert verdict.splitlines()[-1].startswith(reason)


FAILING = {
    "hidden_delta": ["Forwards it is W"],
    "convolve": ["The stride was applied to the signal"],
    "max_pool": ["reshape needs full windows"],
    "kernel_slope": ["The stride is missing"],
    "lab_softmax": ["axis=1 needs a second axis"],
    "softmax": ["The largest and the sum of each row have the shape (m,)"],
    "collapse": ["Right for two layers", "A bias can't be added", "Weights and biases were multiplied"],
}


@pytest.mark.parametrize("name", [e.name for e in EXERCISES.values() if e.cases and not e.given])
def test_a_mistake_runs_through_unless_to_fail_is_the_mistake(anew, name):
    """Else any failure would draw the first reason of one that fails alike."""
    from byhand.exercises.exercise import outcome

    exercise = anew(name)
    failing = [
        m.reason for m in exercise.mistakes if any(outcome(m.wrong, c).failure for c in exercise.cases)
    ]
    assert len(failing) == len(FAILING.get(name, []))
    for reason, start in zip(failing, FAILING.get(name, []), strict=True):
        assert reason.startswith(start)


# On paper


@pytest.mark.parametrize(
    ("name", "answer", "start"),
    [
        ("multilabel_by_hand", (2.59, 0.5, -0.25, -0.8), "Right."),
        ("multilabel_by_hand", (3.1815, 0.2353, -0.2941, -0.9412), "That is a softmax"),
        ("votes_by_hand", (0.5, 4, -12, 8, -11.5, 8), "Right."),
        ("votes_by_hand", (0, 4, -12, 8, -12, 9), "Unit 1's bias"),
        ("votes_by_hand", (0.5, 4, -12, 8, -11.5, 7), "Outputs and votes are right"),
        ("votes_by_hand", (0.5, 4, -3, 2, -11.5, 8), "A vote is the weight times"),
        ("one_or_ten", (10_285, 100_510), "Right."),
        ("lab_matrix_by_hand", (7 / 30, 0.75, 0.9), "Right."),
        ("lab_matrix_by_hand", (7 / 30, 0.9, 0.75), "Recall and precision are exchanged"),
    ],
)
def test_numbers_worked_out_by_hand(anew, name, answer, start):
    assert anew(name).verdict(answer).splitlines()[-1].startswith(start)


def errors(part):
    return lambda guesses, truth: sum(a != b for a, b in zip(guesses[part], truth[part], strict=True))


def error_share(part):
    return lambda guesses, truth: errors(part)(guesses, truth) / len(truth[part])


@pytest.mark.parametrize(
    ("name", "answer", "start"),
    [
        ("lab_probabilities", shares, "Right."),
        ("lab_probabilities", squash, "The sigmoid of each score"),
        ("lab_probabilities", lambda z: [one_hot(z, np.argmax(row)) for row in z], "Those are decisions"),
        ("lab_labels", lambda z: [row.tolist().index(max(row)) for row in z], "Right."),
        ("lab_labels", lambda z: [one_hot(z, np.argmax(row)) for row in z], "Those are one-hot rows"),
        ("lab_error_share", error_share("test"), "Right."),
        ("lab_error_share", error_share("train"), "That is the share on the training pictures"),
        ("lab_error_share", error_share("validation"), "That is the validation part"),
        ("lab_error_share", errors("test"), "That is the number of errors; divide"),
    ],
)
def test_numbers_that_a_run_of_the_lab_should_give(anew, name, answer, start):
    exercise = anew(name)
    for case in exercise.cases:
        said = exercise.of(*case.values()).verdict(answer(*case.values()))
        assert said.splitlines()[-1].startswith(start)


def test_the_parts_of_the_lab_s_data_differ_in_size_and_in_errors(anew):
    for case in anew("lab_error_share").cases:
        truth, guesses = case["truth"], case["guesses"]
        assert list(truth) == list(guesses) == ["train", "validation", "test"]
        assert len({len(labels) for labels in truth.values()}) == 3
        found = [errors(part)(guesses, truth) for part in truth]
        assert found == sorted(found) or len(set(found)) > 1
        assert {labels.dtype.kind for labels in (*truth.values(), *guesses.values())} == {"i"}


def test_the_candidates_of_the_lab_s_test_of_a_softmax_are_what_they_are_called():
    small, large = np.array([1.0, 2.0, 4.0]), np.array([1000.0, 0.0, 998.0])
    right = [shares(z[None])[0] for z in (small, large)]
    careful, less_600, clipped, patched = lab._careful, lab._less_600, lab._clipped, lab._patched
    for found in (careful(small), less_600(small), clipped(small), patched(small), lab._plain(small)):
        np.testing.assert_allclose(found, right[0], rtol=1e-12)
    with np.errstate(over="ignore", invalid="ignore"):
        np.testing.assert_allclose(careful(large), right[1], rtol=1e-12)
        np.testing.assert_allclose(less_600(large), right[1], rtol=1e-12)
        assert np.isnan(less_600(large + 1000)).any()
        assert np.isnan(less_600(large - 2000)).all()
        assert patched(large)[0] == 0
    np.testing.assert_allclose(clipped(large), [0.5, 0, 0.5], atol=1e-200)
    np.testing.assert_allclose(clipped(-large), [0, 1, 0], atol=1e-200)
    np.testing.assert_allclose(clipped(np.array([-700.0, -600.0])), [0.5, 0.5])
    assert lab._one_winner(large).tolist() == [1, 0, 0]
    assert lab._equal_shares(large).tolist() == [1 / 3] * 3
    np.testing.assert_allclose(lab._undivided(large), [1, 0, np.exp(-2)])


def test_a_test_of_ordinary_scores_alone_is_told_what_it_misses(anew):
    z = np.array([1.0, 2.0, 3.0, 4.0])
    said = anew("lab_softmax_test").verdict(lambda softmax: bool(np.allclose(softmax(z), shares(z[None])[0])))
    assert said.splitlines()[-1].startswith("The usual test")


def test_close_to_8_digits_agrees_and_equal_means_equal():
    def off(by):
        return lambda z: lab.losses.softmax(z) + by

    assert lab._agrees(off(9e-9), [2000.0, 1000.0])
    assert not lab._agrees(off(3e-5), [2000.0, 1000.0])
    assert not lab._agrees(off(2e-8), [2000.0, 1000.0])
    assert lab._exactly(off(0.0), [1.0, 2.0], [3.0, 5.0])
    assert not lab._exactly(off(1e-15), [1.0, 2.0])


# What makes mistakes: it is called when the exercises are read, so here once more


def test_a_step_hands_its_slopes_to_the_rule():
    rng = np.random.default_rng(5)
    w, b, x, y = rng.normal(size=3), 0.4, rng.normal(size=(7, 3)), rng.integers(0, 2, 7)
    d = 2 * squash(x @ w + b) + y
    found = _step(lambda *given: given, lambda f, y: 2 * f + y)(w, b, x, y, 0.3)
    for part, expected in zip(found, (w, b, (d[:, None] * x).mean(axis=0), d.mean(), 0.3, 7), strict=True):
        np.testing.assert_allclose(part, expected, rtol=1e-12)


def test_one_half_of_a_kernel_s_slope_is_right_where_the_other_is_mistaken():
    dz, x = np.array([10.0, 100.0]), np.array([1.0, 2, 3, 5, 8])
    assert _with_weights(lambda *given: given)(dz, x, 2, 3) == ((dz, x, 2, 3), 110.0)
    weights, bias = _with_bias(lambda dz: dz[0])(dz, x, 2, 2)
    np.testing.assert_allclose(weights, dz @ sliding_window_view(x, 2)[::2])
    assert weights.tolist() == [310, 520]
    assert bias == 10


@pytest.mark.parametrize("patience", [1, 2, 3, 9])
@pytest.mark.parametrize("costs", [[3, 5, 7, 1], [4, 4, 3, 3, 5], [2, 1, 2, 1, 1, 0], [1, 2]])
def test_the_mistakes_of_waiting_are_the_same_for_any_costs(costs, patience):
    costs = np.array(costs, float)
    assert _against_yesterday(costs, patience) == wait_for_a_fall(costs, patience)
    assert _never_reset(costs, patience) == wait_for_ever(costs, patience)


def test_a_mistaken_velocity_and_its_use_are_told_apart():
    made = _otherwise_momentum(lambda *given: given, lambda *given: given)(1, 2, 3, 4, 5)
    assert made == ((1, (2, 3, 4, 5), 2), (2, 3, 4, 5))


def test_adam_with_nothing_mistaken_is_adam():
    given = ([1.0, -2.0], [0.3, 0.1], [0.5, 0.2], [0.7, -0.4])
    given = *map(np.array, given), 3, 0.1, 0.9, 0.8, 1e-3
    found = adam_update._otherwise(adam_update._right)(*given)
    np.testing.assert_allclose(found, adam_number_by_number(*given), rtol=1e-12)
    shifted = adam_update._at(lambda t: t + 4)(*given)
    np.testing.assert_allclose(shifted, adam_number_by_number(*given[:4], 7, *given[5:]), rtol=1e-12)


def test_adam_s_parts_are_handed_over_one_by_one():
    seen = []
    mean, square = (lambda m, g, b: m + g + b), (lambda v, g, b: v * g * b)
    for hats in (True, False):
        step = adam_update._otherwise(lambda *given: seen.append(given) or 10.0, mean, square, hats)
        assert step(100.0, 1.0, 2.0, 3.0, 2, 0.5, 0.25, 0.5, 1e-3) == (95.0, 4.25, 3.0)
    assert seen[0] == pytest.approx((4.25 / (1 - 0.25**2), 3 / (1 - 0.5**2), 1e-3, 4.25, 3.0, 2))
    assert seen[1] == (4.25, 3.0, 1e-3, 4.25, 3.0, 2)


def test_layers_collapse_with_a_rule_for_the_bias(rng):
    W1, b1, W2, b2, W3, b3 = (rng.normal(size=shape) for shape in ((3, 2), 2, (2, 4), 4, (4, 5), 5))
    W, b = _collapse()([W1, b1, W2, b2, W3, b3])
    np.testing.assert_allclose(W, np.linalg.multi_dot([W1, W2, W3]))
    np.testing.assert_allclose(b, b1 @ W2 @ W3 + b2 @ W3 + b3)
    _, b = _collapse(lambda b, V, c: (b, V, c))([W1, b1, W2, b2])
    assert b[0] is b1
    assert b[1] is W2
    assert b[2] is b2
