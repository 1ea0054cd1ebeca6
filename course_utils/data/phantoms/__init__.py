"""Synthetic medical images with their truth: the course's embedded data. No patient is in them.

Drawn by rules that we chose, so what holds here must be shown again on real images.
"""

from course_utils.data.phantoms.cohort import MODALITIES, Phantoms, chest, modalities
from course_utils.data.phantoms.nodules import nodules

__all__ = ["MODALITIES", "Phantoms", "chest", "modalities", "nodules"]
