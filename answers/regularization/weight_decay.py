"""Sample answers to `weight_decay`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


@wrong("weight_decay", "λ for 2λ", bundle=True)
def forgets_the_two():

    def l2_gradient(w, grad, lam):
        return grad + lam * w

    def decoupled_decay_step(w, g, lr, lam):
        return (1 - lr * lam) * w - lr * g

    return l2_gradient, decoupled_decay_step


@wrong("weight_decay", "penalty with the wrong sign", bundle=True)
def subtracts_the_penalty():

    def l2_gradient(w, grad, lam):
        return grad - 2 * lam * w

    def decoupled_decay_step(w, g, lr, lam):
        return (1 - lr * lam) * w - lr * g

    return l2_gradient, decoupled_decay_step


@wrong("weight_decay", "the penalty's value", bundle=True)
def adds_the_penalty():

    def l2_gradient(w, grad, lam):
        return grad + lam * (w**2).sum()

    def decoupled_decay_step(w, g, lr, lam):
        return (1 - lr * lam) * w - lr * g

    return l2_gradient, decoupled_decay_step


@wrong("weight_decay", "penalty alone", bundle=True)
def forgets_the_loss():

    def l2_gradient(w, grad, lam):
        return 2 * lam * w

    def decoupled_decay_step(w, g, lr, lam):
        return (1 - lr * lam) * w - lr * g

    return l2_gradient, decoupled_decay_step


@wrong("weight_decay", "sign of the weights", bundle=True)
def takes_l1():

    def l2_gradient(w, grad, lam):
        return grad + lam * np.sign(w)

    def decoupled_decay_step(w, g, lr, lam):
        return (1 - lr * lam) * w - lr * g

    return l2_gradient, decoupled_decay_step


@wrong("weight_decay", "decay without the learning rate", bundle=True)
def forgets_the_rate():

    def l2_gradient(w, grad, lam):
        return 2 * lam * w + grad

    def decoupled_decay_step(w, g, lr, lam):
        return w - lr * g - lam * w

    return l2_gradient, decoupled_decay_step


@wrong("weight_decay", "a 2 in the decoupled decay", bundle=True)
def doubles_the_decay():

    def l2_gradient(w, grad, lam):
        return 2 * lam * w + grad

    def decoupled_decay_step(w, g, lr, lam):
        return w - lr * (g + 2 * lam * w)

    return l2_gradient, decoupled_decay_step


@wrong("weight_decay", "weights that grow", bundle=True)
def adds_the_decay():

    def l2_gradient(w, grad, lam):
        return 2 * lam * w + grad

    def decoupled_decay_step(w, g, lr, lam):
        return w - lr * (g - lam * w)

    return l2_gradient, decoupled_decay_step


@wrong("weight_decay", "decay after the step", bundle=True)
def decays_after_the_step():

    def l2_gradient(w, grad, lam):
        return 2 * lam * w + grad

    def decoupled_decay_step(w, g, lr, lam):
        new = w - lr * g
        return new - lr * lam * new

    return l2_gradient, decoupled_decay_step


@wrong("weight_decay", "no decay", bundle=True)
def forgets_the_decay():

    def l2_gradient(w, grad, lam):
        return 2 * lam * w + grad

    def decoupled_decay_step(w, g, lr, lam):
        return w - lr * g

    return l2_gradient, decoupled_decay_step


@wrong("weight_decay", "uphill", bundle=True)
def goes_uphill():

    def l2_gradient(w, grad, lam):
        return 2 * lam * w + grad

    def decoupled_decay_step(w, g, lr, lam):
        return w + lr * g - lr * lam * w

    return l2_gradient, decoupled_decay_step


@variant("weight_decay", bundle=True)
def with_one_bracket():

    def l2_gradient(w, grad, lam):
        return 2 * lam * w + grad

    def decoupled_decay_step(w, g, lr, lam):
        return w - lr * (g + lam * w)

    return l2_gradient, decoupled_decay_step


@variant("weight_decay", bundle=True)
def with_ufuncs():

    def l2_gradient(w, grad, lam):
        return np.add(grad, np.multiply(2 * lam, w))

    def decoupled_decay_step(w, g, lr, lam):
        return np.subtract(np.multiply(w, 1 - lr * lam), np.multiply(lr, g))

    return l2_gradient, decoupled_decay_step


@variant("weight_decay", bundle=True)
def on_copies():

    def l2_gradient(w, grad, lam):
        found = grad.copy()
        found += 2 * lam * w
        return found

    def decoupled_decay_step(w, g, lr, lam):
        new = w.copy()
        new -= lr * g
        new -= lr * lam * w
        return new

    return l2_gradient, decoupled_decay_step


@variant("weight_decay", bundle=True)
def added_twice():

    def l2_gradient(w, grad, lam):
        pull = lam * w
        return grad + pull + pull

    def decoupled_decay_step(w, g, lr, lam):
        decay = lr * lam * w
        step = lr * g
        return w - step - decay

    return l2_gradient, decoupled_decay_step


@neutral("weight_decay", "changes the gradient", bundle=True)
def adds_in_place():

    def l2_gradient(w, grad, lam):
        grad += 2 * lam * w
        return grad

    def decoupled_decay_step(w, g, lr, lam):
        return (1 - lr * lam) * w - lr * g

    return l2_gradient, decoupled_decay_step


@neutral("weight_decay", "changes the weights", bundle=True)
def steps_in_place():

    def l2_gradient(w, grad, lam):
        return 2 * lam * w + grad

    def decoupled_decay_step(w, g, lr, lam):
        w -= lr * (g + lam * w)
        return w

    return l2_gradient, decoupled_decay_step


@neutral("weight_decay", "the old array where there is no penalty", bundle=True)
def gives_the_gradient_back():

    def l2_gradient(w, grad, lam):
        if lam == 0:
            return grad
        return grad + 2 * lam * w

    def decoupled_decay_step(w, g, lr, lam):
        return (1 - lr * lam) * w - lr * g

    return l2_gradient, decoupled_decay_step


@neutral("weight_decay", "a list", bundle=True)
def gives_a_list():

    def l2_gradient(w, grad, lam):
        return 2 * lam * w + grad

    def decoupled_decay_step(w, g, lr, lam):
        return (w - lr * (g + lam * w)).tolist()

    return l2_gradient, decoupled_decay_step


@neutral("weight_decay", "a mean of the weights", bundle=True)
def decays_by_the_mean():

    def l2_gradient(w, grad, lam):
        return 2 * lam * w + grad

    def decoupled_decay_step(w, g, lr, lam):
        return w - lr * g - lr * lam * w.mean()

    return l2_gradient, decoupled_decay_step
