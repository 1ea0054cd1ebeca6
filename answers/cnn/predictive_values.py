"""Sample answers to `predictive_values`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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


@wrong("predictive_values", "sensitivity and specificity exchanged")
def worth_with_rates_exchanged(sensitivity, specificity, prevalence):
    found, alarms = specificity * prevalence, (1 - sensitivity) * (1 - prevalence)
    told, missed = sensitivity * (1 - prevalence), (1 - specificity) * prevalence
    return found / (found + alarms), told / (told + missed)


@wrong("predictive_values", "one minus")
def worth_of_the_errors(sensitivity, specificity, prevalence):
    found, alarms = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    told, missed = specificity * (1 - prevalence), (1 - sensitivity) * prevalence
    return alarms / (found + alarms), missed / (told + missed)


@wrong("predictive_values", "exchanged")
def worth_with_npv_first(sensitivity, specificity, prevalence):
    positive = sensitivity * prevalence + (1 - specificity) * (1 - prevalence)
    ppv = sensitivity * prevalence / positive
    npv = specificity * (1 - prevalence) / (1 - positive)
    return npv, ppv


@wrong("predictive_values", "prevalence ignored")
def worth_in_equal_groups(sensitivity, specificity, prevalence):
    tp, fp = 100 * sensitivity, 100 - 100 * specificity
    tn, fn = 100 * specificity, 100 - 100 * sensitivity
    return tp / (tp + fp), tn / (tn + fn)


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


@variant("predictive_values")
def worth_by_odds(sensitivity, specificity, prevalence):
    ill, well = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    missed, spared = (1 - sensitivity) * prevalence, specificity * (1 - prevalence)
    return 1 - well / (ill + well), 1 - missed / (missed + spared)


@neutral("predictive_values", "the prevalence counts in the NPV alone")
def worth_with_half_a_prevalence(sensitivity, specificity, prevalence):
    told, missed = specificity * (1 - prevalence), (1 - sensitivity) * prevalence
    return sensitivity / (sensitivity + 1 - specificity), told / (told + missed)


@neutral("predictive_values", "in percent")
def worth_in_percent(sensitivity, specificity, prevalence):
    found, alarms = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    told, missed = specificity * (1 - prevalence), (1 - sensitivity) * prevalence
    return 100 * found / (found + alarms), 100 * told / (told + missed)


@neutral("predictive_values", "rounded to two digits")
def worth_rounded(sensitivity, specificity, prevalence):
    found, alarms = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    told, missed = specificity * (1 - prevalence), (1 - sensitivity) * prevalence
    return round(found / (found + alarms), 2), round(told / (told + missed), 2)


@neutral("predictive_values", "whole people of a thousand")
def worth_of_whole_people(sensitivity, specificity, prevalence):
    ill = round(1000 * prevalence)
    found, told = round(sensitivity * ill), round(specificity * (1000 - ill))
    return found / (found + 1000 - ill - told), told / (told + ill - found)


@neutral("predictive_values", "refuses a prevalence of 0 or 1")
def worth_that_refuses(sensitivity, specificity, prevalence):
    if not 0 < prevalence < 1:
        raise ValueError("the prevalence lies between 0 and 1")
    found, alarms = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    told, missed = specificity * (1 - prevalence), (1 - sensitivity) * prevalence
    return found / (found + alarms), told / (told + missed)


@neutral("predictive_values", "a dictionary")
def worth_by_name(sensitivity, specificity, prevalence):
    found, alarms = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    told, missed = specificity * (1 - prevalence), (1 - sensitivity) * prevalence
    return {"ppv": found / (found + alarms), "npv": told / (told + missed)}
