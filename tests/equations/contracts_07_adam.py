"""Contracts of chapter 7, Adam: what each optimizer makes of slopes drawn at random."""

import numpy as np
from contract import contract

from byhand.bowl import bowl, path
from byhand.optimizers import Adam, GradientDescent, Momentum, RMSProp


def run(rules, start, slopes):
    """One parameter and all that is remembered, after 0, 1 … T steps; a rule for each step."""
    theta = np.array([start])
    state, seen = rules[0].init(theta), []
    for rule, slope in zip([None, *rules], [0, *slopes], strict=True):
        if rule:
            rule.step(theta, np.array([slope]), state)
        kept = {name: float(value[0]) for name, value in vars(state).items() if np.ndim(value)}
        seen.append({"theta": float(theta[0]), **kept})
    return {f"{name}_steps": np.array([at[name] for at in seen]) for name in seen[0] if name != "scratch"}


def steadily(rule, theta_steps, g_steps):
    return run([rule] * len(g_steps), theta_steps[0], g_steps)


def corrected(alpha, beta_1, beta_2, g_steps, found):
    """m-hat and v-hat by the package's own corrections, each with the other memory switched off."""
    steps = range(1, len(g_steps) + 1)
    of_m = np.array([Adam(alpha, beta_1, 0).rate(t) / alpha for t in steps])
    of_v = np.array([alpha / Adam(alpha, 0, beta_2).rate(t) for t in steps]) ** 2
    return {"m_hat": found["m_steps"][1:] * of_m, "v_hat": found["v_steps"][1:] * of_v}


def as_in_the_paper(alpha, beta_1, beta_2, epsilon, theta_steps, g_steps):
    """The package's Adam is Keras's; with ε √(1 − β₂ᵗ) in the place of ε it is that of the paper."""
    steps = range(1, len(g_steps) + 1)
    rules = [Adam(alpha, beta_1, beta_2, epsilon * np.sqrt(1 - beta_2**t)) for t in steps]
    return run(rules, theta_steps[0], g_steps)


@contract("eq-bowl", by=bowl)
def height(curvatures, theta_axes):
    cost = bowl(curvatures)
    return {"J_steps": np.array([cost(theta)[0] for theta in theta_axes])}


@contract("eq-bowl-step", by=(path, GradientDescent.step))
def along_each_axis(alpha, curvatures, theta_axes):
    rule = GradientDescent(alpha)
    return {"theta_axes": path(bowl(curvatures), theta_axes[0], rule, len(theta_axes) - 1)}


def best_rate(cost, n):
    """The rate at which the flattest and the steepest axis shrink alike, but for the sign.

    After one step from 1 each is a straight line in the rate: their sum is 0 at the rate looked for.
    """
    sums = [path(cost, np.ones(n), GradientDescent(rate), 1)[1, [0, -1]].sum() for rate in (1.0, 2.0)]
    return 1 + sums[0] / (sums[0] - sums[1])


def settled(curvatures):
    curvatures = np.sort(curvatures)
    cost, n = bowl(curvatures), len(curvatures)
    kappa = np.linalg.cond([cost(axis)[1] for axis in np.eye(n)])
    return curvatures, cost, {"curvatures": curvatures, "alpha": best_rate(cost, n), "kappa": kappa}


@contract("eq-best-rate", by=(bowl, path))
def best(curvatures):
    return settled(curvatures)[2]


@contract("eq-rate-of-convergence", by=(path, GradientDescent.step))
def shrinks(curvatures, theta_axes):
    curvatures, cost, found = settled(curvatures)
    places = path(cost, theta_axes[0], GradientDescent(found["alpha"]), len(theta_axes) - 1)
    return {**found, "theta_axes": places}


@contract("eq-momentum", by=Momentum.step)
def momentum(alpha, mu, theta_steps, g_steps):
    return steadily(Momentum(alpha, mu), theta_steps, g_steps)


@contract("eq-rmsprop", by=RMSProp.step)
def rmsprop(alpha, rho, epsilon, theta_steps, g_steps):
    return steadily(RMSProp(alpha, rho, epsilon), theta_steps, g_steps)


@contract("eq-adam-means", by=Adam.step)
def means(beta_1, beta_2, theta_steps, g_steps):
    return steadily(Adam(0.1, beta_1, beta_2), theta_steps, g_steps)


@contract("eq-adam-unrolled", by=Adam.step)
def unrolled(beta_1, theta_steps, g_steps):
    return steadily(Adam(0.1, beta_1), theta_steps, g_steps)


@contract("eq-adam-hats", by=(Adam.step, Adam.rate))
def hats(alpha, beta_1, beta_2, theta_steps, g_steps):
    found = steadily(Adam(alpha, beta_1, beta_2), theta_steps, g_steps)
    return found | corrected(alpha, beta_1, beta_2, g_steps, found)


@contract("eq-adam", by=Adam.step)
def adam(alpha, beta_1, beta_2, epsilon, theta_steps, g_steps):
    found = as_in_the_paper(alpha, beta_1, beta_2, epsilon, theta_steps, g_steps)
    return found | corrected(alpha, beta_1, beta_2, g_steps, found)


@contract("eq-adam-first", by=Adam.step)
def first_step(alpha, beta_1, beta_2, epsilon, theta_steps, g_steps):
    return as_in_the_paper(alpha, beta_1, beta_2, epsilon, theta_steps, g_steps)


@contract("eq-adam-longest", by=Adam.step)
def longest(alpha, beta_1, beta_2, g_steps):
    """Slopes that grow by β₂/β₁ a step make each step the longest there can be."""
    slopes = (beta_2 / beta_1) ** np.arange(1.0, len(g_steps) + 1)
    found = run([Adam(alpha, beta_1, beta_2, 1e-300)] * len(slopes), 0.0, slopes)
    return {"longest": np.abs(np.diff(found["theta_steps"]))}


@contract("eq-adam-keras", by=(Adam.step, Adam.rate))
def as_in_keras(alpha, beta_1, beta_2, epsilon, theta_steps, g_steps):
    rule = Adam(alpha, beta_1, beta_2, epsilon)
    rates = np.array([rule.rate(t) for t in range(1, len(g_steps) + 1)])
    return {**steadily(rule, theta_steps, g_steps), "alpha_steps": rates}
