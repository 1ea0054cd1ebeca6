"""Sample answers to `ridge_fit`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong

SURVIVORS = {
    (
        "ridge_fit: targets = np.concatenate([y - height, np.zeros(weights)]) -> "
        "targets = np.concatenate([y + height, np.zeros(weights)])"
    ): "the columns have the mean 0, so a constant in y changes no weight",
}


@wrong("ridge_fit", "bias penalised")
def penalises_the_bias(X, y, lam):
    A = np.column_stack([X, np.ones(len(X))])
    w = np.linalg.pinv(A.T @ A + lam * np.eye(A.shape[1]), rcond=1e-10) @ A.T @ y
    return w[:-1], w[-1]


@wrong("ridge_fit", "bias penalised")
def adds_rows_for_the_bias_too(X, y, lam):
    A = np.column_stack([np.ones(len(X)), X])
    rows = np.vstack([A, np.sqrt(lam) * np.eye(A.shape[1])])
    w = np.linalg.lstsq(rows, np.concatenate([y, np.zeros(A.shape[1])]), rcond=None)[0]
    return w[1:], w[0]


@wrong("ridge_fit", "through the origin")
def forgets_the_bias(X, y, lam):
    w = np.linalg.pinv(X.T @ X + lam * np.eye(X.shape[1]), rcond=1e-10) @ X.T @ y
    return w, 0.0


@wrong("ridge_fit", "bias is the mean of y")
def returns_the_mean(X, y, lam):
    A, t = X - X.mean(axis=0), y - y.mean()
    w = np.linalg.pinv(A.T @ A + lam * np.eye(X.shape[1]), rcond=1e-10) @ A.T @ t
    return w, y.mean()


@wrong("ridge_fit", "mean for sum")
def takes_the_mean_loss(X, y, lam):
    A, t = X - X.mean(axis=0), y - y.mean()
    n, d = X.shape
    w = np.linalg.pinv(A.T @ A / n + lam * np.eye(d), rcond=1e-10) @ A.T @ t / n
    return w, y.mean() - X.mean(axis=0) @ w


@wrong("ridge_fit", "penalty divided by N")
def divides_the_penalty(X, y, lam):
    A, t = X - X.mean(axis=0), y - y.mean()
    n, d = X.shape
    w = np.linalg.pinv(A.T @ A + lam / n * np.eye(d), rcond=1e-10) @ A.T @ t
    return w, y.mean() - X.mean(axis=0) @ w


@wrong("ridge_fit", "λ twice")
def doubles_the_penalty(X, y, lam):
    A, t = X - X.mean(axis=0), y - y.mean()
    w = np.linalg.pinv(A.T @ A + 2 * lam * np.eye(X.shape[1]), rcond=1e-10) @ A.T @ t
    return w, y.mean() - X.mean(axis=0) @ w


@wrong("ridge_fit", "λ squared")
def forgets_the_root(X, y, lam):
    A, t, d = X - X.mean(axis=0), y - y.mean(), X.shape[1]
    rows = np.vstack([A, lam * np.eye(d)])
    w = np.linalg.lstsq(rows, np.concatenate([t, np.zeros(d)]), rcond=None)[0]
    return w, y.mean() - X.mean(axis=0) @ w


@wrong("ridge_fit", "no penalty")
def ignores_lam(X, y, lam):
    middle = X.mean(axis=0)
    w = np.linalg.lstsq(X - middle, y - y.mean(), rcond=None)[0]
    return w, y.mean() - middle @ w


@wrong("ridge_fit", "a reward for large weights")
def subtracts_the_penalty(X, y, lam):
    A, t = X - X.mean(axis=0), y - y.mean()
    w = np.linalg.pinv(A.T @ A - lam * np.eye(X.shape[1]), rcond=1e-10) @ A.T @ t
    return w, y.mean() - X.mean(axis=0) @ w


@wrong("ridge_fit", "standardised first")
def standardises(X, y, lam):
    middle, spread = X.mean(axis=0), X.std(axis=0)
    A, t = (X - middle) / spread, y - y.mean()
    w = np.linalg.pinv(A.T @ A + lam * np.eye(X.shape[1]), rcond=1e-10) @ A.T @ t / spread
    return w, y.mean() - middle @ w


@variant("ridge_fit")
def with_a_pseudo_inverse(X, y, lam):
    A, t = X - X.mean(axis=0), y - y.mean()
    w = np.linalg.pinv(A.T @ A + lam * np.eye(X.shape[1]), rcond=1e-10) @ (A.T @ t)
    return w, y.mean() - X.mean(axis=0) @ w


@variant("ridge_fit")
def with_singular_values(X, y, lam):
    middle = X.mean(axis=0)
    U, s, V = np.linalg.svd(X - middle, full_matrices=False)
    s = np.where(s > 1e-10 * s[0], s, 0)
    safe = np.where(s > 0, s**2 + lam, 1)
    w = V.T @ (s / safe * (U.T @ (y - y.mean())))
    return w, float(y.mean() - middle @ w)


@variant("ridge_fit")
def with_eigenvalues(X, y, lam):
    A = X - np.mean(X, axis=0, keepdims=True)
    values, Q = np.linalg.eigh(A.T @ A)
    keep = values > 1e-10 * values.max()
    Q, values = Q[:, keep], values[keep]
    w = Q @ ((Q.T @ (A.T @ y)) / (values + lam))
    return w, np.mean(y - X @ w)


@variant("ridge_fit")
def with_two_ways(X, y, lam):
    A, t = X - X.mean(axis=0), y - y.mean()
    if lam > 0:
        w = np.linalg.solve(A.T @ A + lam * np.eye(X.shape[1]), A.T @ t)
    else:
        w = np.linalg.lstsq(A, t, rcond=None)[0]
    return w, y.mean() - X.mean(axis=0) @ w


@variant("ridge_fit")
def with_a_free_column(X, y, lam):
    n, d = X.shape
    if lam == 0:
        w = np.linalg.pinv(X - X.mean(axis=0)) @ (y - y.mean())
        return w, y.mean() - X.mean(axis=0) @ w
    A = np.column_stack([X, np.ones(n)])
    penalty = lam * np.eye(d + 1)
    penalty[d, d] = 0
    both = np.linalg.solve(A.T @ A + penalty, A.T @ y)
    return both[:d], both[d]


@neutral("ridge_fit", "copies of columns stop it")
def inverts(X, y, lam):
    A, t = X - X.mean(axis=0), y - y.mean()
    G = A.T @ A + lam * np.eye(X.shape[1])
    if np.linalg.matrix_rank(G) < len(G):
        raise np.linalg.LinAlgError("Singular matrix")
    w = np.linalg.inv(G) @ A.T @ t
    return w, y.mean() - X.mean(axis=0) @ w


@neutral("ridge_fit", "a small penalty where there should be none")
def adds_a_little(X, y, lam):
    A, t = X - X.mean(axis=0), y - y.mean()
    w = np.linalg.solve(A.T @ A + (lam + 0.001) * np.eye(X.shape[1]), A.T @ t)
    return w, y.mean() - X.mean(axis=0) @ w


@neutral("ridge_fit", "bias first")
def gives_the_bias_first(X, y, lam):
    A, t = X - X.mean(axis=0), y - y.mean()
    w = np.linalg.pinv(A.T @ A + lam * np.eye(X.shape[1]), rcond=1e-10) @ (A.T @ t)
    return y.mean() - X.mean(axis=0) @ w, w


@neutral("ridge_fit", "changes X and y")
def centres_in_place(X, y, lam):
    middle, height = X.mean(axis=0), y.mean()
    X -= middle
    y -= height
    w = np.linalg.pinv(X.T @ X + lam * np.eye(X.shape[1]), rcond=1e-10) @ (X.T @ y)
    return w, height - middle @ w


@neutral("ridge_fit", "one array")
def gives_one_array(X, y, lam):
    A, t = X - X.mean(axis=0), y - y.mean()
    w = np.linalg.pinv(A.T @ A + lam * np.eye(X.shape[1]), rcond=1e-10) @ (A.T @ t)
    return np.append(w, y.mean() - X.mean(axis=0) @ w)
