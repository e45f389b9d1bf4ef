"""Contracts of chapter 2, activation functions."""

import numpy as np
from contract import contract

from byhand import activations as act
from byhand.layers import Dense
from byhand.losses import squared_error
from byhand.network import Network


@contract("eq-relu", by=act.relu)
def relu(z):
    return {"g": act.relu}


@contract("eq-sigmoid-slope", by=act.sigmoid_derivative)
def sigmoid_slope(z):
    return {"g_prime": lambda z: act.sigmoid_derivative(act.sigmoid(z)), "a": act.sigmoid(z)}


@contract("eq-quarter", by=act.sigmoid_derivative)
def quarter(z):
    return {"g_prime": lambda z: act.sigmoid_derivative(act.sigmoid(z)), "a": act.sigmoid(z)}


@contract("eq-squared-sigmoid", by=(squared_error, act.sigmoid_derivative))
def squared_sigmoid(f, y):
    _, df = squared_error([[f]], [[y]])
    return {"dL_dz": df[0, 0] * act.sigmoid_derivative(f)}


@contract("eq-relu-slope", by=act.relu_derivative)
def relu_slope(z):
    return {"g_prime": lambda z: act.relu_derivative(act.relu(z))}


@contract("eq-tanh", by=act.tanh)
def tanh(z):
    return {"g": act.tanh}


@contract("eq-tanh-slope", by=act.tanh_derivative)
def tanh_slope(z):
    return {"g_prime": lambda z: act.tanh_derivative(act.tanh(z)), "a": act.tanh(z)}


@contract("eq-leaky-relu", by=act.leaky_relu)
def leaky_relu(z, c):
    return {"g": lambda z: act.leaky_relu(z, c)}


@contract("eq-elu", by=act.elu)
def elu(z):
    return {"g": act.elu}


@contract("eq-softplus", by=act.softplus)
def softplus(z):
    return {"g": act.softplus}


@contract("eq-silu", by=act.silu)
def silu(z):
    return {"g": act.silu}


@contract("eq-gelu", by=act.gelu)
def gelu(z):
    return {"g": act.gelu}


@contract("eq-sigmoid-two-sides", by=act.sigmoid)
def sigmoid_two_sides(z):
    return {"g": act.sigmoid}


@contract("eq-chain", by=(Network.value_and_grad, act.sigmoid_derivative))
def chain(z_layers, w_layers):
    """One unit a layer, the last one linear; each bias is what makes its z the one that was drawn."""
    last = len(z_layers) - 1
    net = Network(1, [Dense(1, "linear" if i == last else "sigmoid") for i in range(last + 1)], squared_error)
    inputs = [0.0, *map(act.sigmoid, z_layers)]
    biases = [z - w * a for z, w, a in zip(z_layers, w_layers, inputs, strict=False)]
    theta = np.ravel(np.column_stack([w_layers, biases]))
    _, grad = net.value_and_grad(theta, [[0.0]], [[0.0]])
    slopes = {"dL_dz_layers": grad[1::2]}  # ∂L/∂b is ∂L/∂z
    return slopes | {"g_prime": lambda z: act.sigmoid_derivative(act.sigmoid(z))}
