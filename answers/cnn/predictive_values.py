"""Sample answers to `predictive_values`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


@wrong("predictive_values", "prevalence ignored")
def worth_without_prevalence(sensitivity, specificity, prevalence):
    ppv = sensitivity / (sensitivity + 1 - specificity)
    return ppv, specificity / (specificity + 1 - sensitivity)


@wrong("predictive_values", "conditional turned round")
def worth_turned_round(sensitivity, specificity, prevalence):
    return sensitivity, specificity


@wrong("predictive_values", "exchanged")
def worth_exchanged(sensitivity, specificity, prevalence):
    found, alarms = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    told, missed = specificity * (1 - prevalence), (1 - sensitivity) * prevalence
    return told / (told + missed), found / (found + alarms)


@wrong("predictive_values", "false alarms for healthy")
def worth_with_specificity_upside_down(sensitivity, specificity, prevalence):
    found, alarms = sensitivity * prevalence, specificity * (1 - prevalence)
    told, missed = (1 - specificity) * (1 - prevalence), (1 - sensitivity) * prevalence
    return found / (found + alarms), told / (told + missed)


@wrong("predictive_values", "prevalence of the healthy")
def worth_with_healthy_share(sensitivity, specificity, prevalence):
    found, alarms = sensitivity * (1 - prevalence), (1 - specificity) * prevalence
    told, missed = specificity * prevalence, (1 - sensitivity) * (1 - prevalence)
    return found / (found + alarms), told / (told + missed)


@wrong("predictive_values", "shares of all")
def worth_of_everybody(sensitivity, specificity, prevalence):
    return sensitivity * prevalence, specificity * (1 - prevalence)


@variant("predictive_values")
def worth_by_bayes(sensitivity, specificity, prevalence):
    positive = sensitivity * prevalence + (1 - specificity) * (1 - prevalence)
    ppv = sensitivity * prevalence / positive
    return ppv, specificity * (1 - prevalence) / (1 - positive)


@variant("predictive_values")
def worth_in_a_town(sensitivity, specificity, prevalence):
    ill, well = 1e5 * prevalence, 1e5 * (1 - prevalence)
    true_positive, true_negative = ill * sensitivity, well * specificity
    return (
        true_positive / (true_positive + well - true_negative),
        true_negative / (true_negative + ill - true_positive),
    )


@variant("predictive_values")
def worth_as_table(sensitivity, specificity, prevalence):
    table = np.array([[specificity, 1 - specificity], [1 - sensitivity, sensitivity]])
    joint = table * np.array([[1 - prevalence], [prevalence]])
    given = joint / joint.sum(axis=0)
    return [given[1, 1], given[0, 0]]
