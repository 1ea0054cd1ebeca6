"""Checks of unit 05-cnn: networks with our numbers in them, an epoch worked out, and counts."""

from course_utils.checks.cnn.dense import make_logistic_regression, make_mlp
from course_utils.checks.cnn.evaluation import evaluate
from course_utils.checks.cnn.features import vgg_features
from course_utils.checks.cnn.inception import InceptionBlock
from course_utils.checks.cnn.metrics import (
    confusion_matrix,
    predictive_values,
    sensitivity_specificity,
)
from course_utils.checks.cnn.models import SimpleCNN
from course_utils.checks.cnn.residual import ResidualBlock
from course_utils.checks.cnn.roc import roc_auc
from course_utils.checks.cnn.splitting import split_by_patient
from course_utils.checks.cnn.training import num_batches, train_one_epoch

__all__ = [
    "InceptionBlock",
    "ResidualBlock",
    "SimpleCNN",
    "confusion_matrix",
    "evaluate",
    "make_logistic_regression",
    "make_mlp",
    "num_batches",
    "predictive_values",
    "roc_auc",
    "sensitivity_specificity",
    "split_by_patient",
    "train_one_epoch",
    "vgg_features",
]
