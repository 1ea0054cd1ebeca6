"""The ways in which a student's process can be lost."""

from enum import StrEnum


class LossReason(StrEnum):
    """Why an exercise, or a cell, has no result of its own."""

    TIMEOUT = "timeout"
    TOTAL = "timeout of the notebook"
    CPU = "processor time"
    MEMORY = "memory"
    PROCESSES = "too many processes"
    OUTPUT = "too much output"
    DIED = "kernel died"
    REPLY = "unreadable reply"
    JUDGING_TIME = "judging timeout"
    JUDGING_MEMORY = "judging memory"


SENTENCES = {
    LossReason.TIMEOUT: "the code did not finish in time. Is there a loop that never ends?",
    LossReason.TOTAL: "the notebook as a whole did not finish in time.",
    LossReason.CPU: "the code used more processor time than there is for it.",
    LossReason.MEMORY: "the code used more memory than there is for it.",
    LossReason.PROCESSES: "the code started more processes than it may.",
    LossReason.OUTPUT: "the code gave back or printed more than can be read.",
    LossReason.DIED: "the code ended Python.",
    LossReason.REPLY: "what the code gave back cannot be read.",
    LossReason.JUDGING_TIME: "what the code gave back or showed takes too long to be judged.",
    LossReason.JUDGING_MEMORY: "what the code gave back or showed is too much to be judged.",
}


class Lost(BaseException):
    """The student's process is gone or was ended; a check must not take it for a wrong answer."""

    def __init__(self, reason: LossReason) -> None:
        super().__init__(f"{reason}: {SENTENCES[reason]}")
        self.reason = reason
