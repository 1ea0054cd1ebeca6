"""Sample answers to `marker_effect`."""

import numpy as np

from course_utils.authoring.answers import variant, wrong


@wrong("marker_effect", "as they came, without the marker")
def effect_of_removing(predict, images, set_marker):
    return float(predict(images).mean() - predict(set_marker(images, False)).mean())


@wrong("marker_effect", "as they came, with the marker")
def effect_of_adding(predict, images, set_marker):
    return float(predict(set_marker(images, True)).mean() - predict(images).mean())


@wrong("marker_effect", "sign turned")
def effect_turned(predict, images, set_marker):
    present, absent = set_marker(images, True), set_marker(images, False)
    return float(predict(absent).mean() - predict(present).mean())


@wrong("marker_effect", "decisions for probabilities")
def effect_of_decisions(predict, images, set_marker):
    present, absent = predict(set_marker(images, True)), predict(set_marker(images, False))
    return float((present > 0.5).mean() - (absent > 0.5).mean())


@wrong("marker_effect", "signs lost")
def effect_absolute(predict, images, set_marker):
    present, absent = predict(set_marker(images, True)), predict(set_marker(images, False))
    return float(abs(present - absent).mean())


@wrong("marker_effect", "sum for mean")
def effect_summed(predict, images, set_marker):
    present, absent = predict(set_marker(images, True)), predict(set_marker(images, False))
    return float((present - absent).sum())


@wrong("marker_effect", "a ratio")
def effect_ratio(predict, images, set_marker):
    present, absent = predict(set_marker(images, True)), predict(set_marker(images, False))
    return float(present.mean() / absent.mean())


@variant("marker_effect")
def effect_mean_of_differences(predict, images, set_marker):
    return np.mean(predict(set_marker(images, True)) - predict(set_marker(images, False)))


@variant("marker_effect")
def effect_image_by_image(predict, images, set_marker):
    total = 0.0
    for k in range(len(images)):
        one = images[k : k + 1]
        total += predict(set_marker(one, True))[0] - predict(set_marker(one, False))[0]
    return total / len(images)


@variant("marker_effect")
def effect_in_one_batch(predict, images, set_marker):
    both = np.concatenate([set_marker(images, True), set_marker(images, False)])
    halves = predict(both).reshape(2, -1).mean(axis=1)
    return float(halves[0] - halves[1])
