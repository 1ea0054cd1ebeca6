"""Sample answers to `marker_effect`."""

import numpy as np

from course_utils.authoring.answers import neutral, variant, wrong


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


@wrong("marker_effect", "seeing for doing")
def effect_seen(predict, images, set_marker):
    marked = (set_marker(images, True) == images).all(axis=(1, 2))
    probabilities = predict(images)
    return float(probabilities[marked].mean() - probabilities[~marked].mean())


@wrong("marker_effect", "seeing for doing")
def effect_of_two_groups(predict, images, set_marker):
    marked = [np.array_equal(set_marker(one[None], True)[0], one) for one in images]
    came_with = predict(images[np.array(marked)])
    came_without = predict(images[~np.array(marked)])
    return float(np.mean(came_with) - np.mean(came_without))


@wrong("marker_effect", "sign turned")
def effect_of_taking_it_away(predict, images, set_marker):
    return float(np.mean(predict(set_marker(images, False)) - predict(set_marker(images, True))))


@variant("marker_effect")
def effect_by_names(predict, images, set_marker):
    means = {}
    for present in (True, False):
        means[present] = np.mean(predict(set_marker(images=images, present=present)))
    return means[True] - means[False]


@neutral("marker_effect", "changes the images")
def effect_in_place(predict, images, set_marker):
    images[:] = set_marker(images, True)
    present = predict(images).mean()
    images[:] = set_marker(images, False)
    return float(present - predict(images).mean())


@neutral("marker_effect", "both means")
def effect_as_pair(predict, images, set_marker):
    return predict(set_marker(images, True)).mean(), predict(set_marker(images, False)).mean()


@neutral("marker_effect", "one number for each image")
def effect_of_each_image(predict, images, set_marker):
    return predict(set_marker(images, True)) - predict(set_marker(images, False))


@neutral("marker_effect", "the last image missing")
def effect_off_by_one(predict, images, set_marker):
    total = 0.0
    for k in range(len(images) - 1):
        one = images[k : k + 1]
        total += predict(set_marker(one, True))[0] - predict(set_marker(one, False))[0]
    return total / len(images)


@neutral("marker_effect", "a text")
def effect_as_text(predict, images, set_marker):
    effect = predict(set_marker(images, True)).mean() - predict(set_marker(images, False)).mean()
    return f"{effect:.2f}"


@neutral("marker_effect", "rounded")
def effect_rounded(predict, images, set_marker):
    effect = predict(set_marker(images, True)).mean() - predict(set_marker(images, False)).mean()
    return round(float(effect), 2)


@neutral("marker_effect", "the median for the mean")
def effect_of_medians(predict, images, set_marker):
    present, absent = predict(set_marker(images, True)), predict(set_marker(images, False))
    return float(np.median(present) - np.median(absent))
