"""What must hold for whatever students send: properties of intake and protocol, with their inputs.

`pytest` tries each for a moment, `benchmarks/fuzz.py` for as long as one likes.
"""

import contextlib
import copy
import io
import json
import pickle
import signal
import struct
import tracemalloc
import warnings

import nbformat
import numpy as np
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from tiny_unit import tiny_source

from course_utils.demo.sample_class import to_bytes
from course_utils.judging.intake import (
    NotGradableError,
    Refusal,
    is_untouched,
    parse,
    parse_submission,
)
from course_utils.judging.outputs import clean_outputs
from course_utils.judging.overlay import grade_ids, graded_notebook, overlaid, read
from course_utils.judging.tasks import Task
from course_utils.protocol.channel import Channel
from course_utils.protocol.codec import CodecError, Decoder, Encoder, packed, unpacked
from course_utils.protocol.loss import LossReason, Lost
from course_utils.protocol.requests import LENGTH

SECONDS = 20
"""For one input: who takes longer hangs."""

ROOM, PER_BYTE = 16 * 2**20, 400
"""Bytes of memory that one input may take, for itself and for each of its bytes."""

MEASURED = 8
"""Of inputs the memory is measured, which takes time, where their size is a multiple of this."""

LIMIT = 2**22


@contextlib.contextmanager
def bounded(size: int):
    """Fail where something hangs, or takes memory out of proportion to the bytes that it is of."""

    def ring(number, frame):
        raise AssertionError(f"it takes more than {SECONDS} s")

    has_alarm = hasattr(signal, "setitimer")
    if has_alarm:
        before = signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
    if size % MEASURED == 0:
        tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
        assert peak <= ROOM + PER_BYTE * size, f"{peak} bytes for {size}"
    finally:
        tracemalloc.stop()
        if has_alarm:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


# Notebooks -----------------------------------------------------------------------------------

KEYS = st.sampled_from(
    [
        *("cells", "worksheets", "nbformat", "nbformat_minor", "metadata", "cell_type", "source"),
        *("input", "id", "nbgrader", "grade_id", "points", "checksum", "solution", "grade"),
        *("locked", "task", "schema_version", "outputs", "tags", "\ud800", "", "__class__"),
    ]
)
ODD_CHARACTERS = "ab\0\x1b\u202e\ud800\udfff\U0001f642"
ANY_TEXT = st.text(ODD_CHARACTERS, max_size=20) | st.text(max_size=20)
HUGE = "a number of 5000 digits"
SHORT = st.text(ODD_CHARACTERS, max_size=3).filter(lambda text: text[-1:] != "\0")
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.sampled_from(["code", "markdown", "raw", "total", "total-test", "largest", "x = 1"]),
    ANY_TEXT,
    st.just(HUGE),
)
ANY_JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | ANY_TEXT, inner, max_size=4),
    max_leaves=12,
)
BASE = tiny_source()
HONEST = json.loads(to_bytes(BASE))
IDS = grade_ids(BASE)


@st.composite
def damaged_notebooks(draw):
    """An honest notebook in which some parts are replaced, gone, or there twice."""
    notebook = copy.deepcopy(HONEST)
    if draw(st.booleans()):
        notebook = {"nbformat": 3, "worksheets": [{"cells": notebook["cells"]}]}
    for _ in range(draw(st.integers(1, 4))):
        holder, key = _a_place(draw, notebook)
        if holder is None:
            return draw(ANY_JSON)
        what = draw(st.sampled_from(["replace", "remove", "twice"]))
        if what == "replace":
            holder[key] = draw(ANY_JSON)
        elif what == "remove":
            del holder[key]
        elif isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
        else:
            holder[draw(KEYS)] = copy.deepcopy(holder[key])
    return notebook


def _a_place(draw, value):
    """Some holder in a nested value, and a key in it."""
    holder = key = None
    while isinstance(value, dict | list) and value:
        holder = value
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        key = draw(st.sampled_from(keys))
        value = holder[key]
        if draw(st.integers(0, 3)) == 0:
            break
    return holder, key


def _json(value) -> bytes:
    return json.dumps(value).replace(f'"{HUGE}"', "1" * 5000).encode("ascii")


@st.composite
def files(draw):
    """Bytes of a file that is handed in."""
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return draw(st.binary(max_size=200))
    content = _json(draw(ANY_JSON if kind < 3 else damaged_notebooks()))
    if kind == 9 and content:
        content = bytearray(content)
        for place in draw(st.lists(st.integers(0, len(content) - 1), max_size=5)):
            content[place] = draw(st.integers(0, 255))
        content = bytes(content)
    return content


@given(files())
def intake_takes_a_file_or_says_why_not(content):
    with bounded(len(content)):
        try:
            notebook = parse(content)
        except NotGradableError as error:
            str(error).encode("utf-8")
            return
        is_untouched(notebook)
        can_be_written(notebook)
        for cell in notebook.cells:
            assert type(cell.source) is str
            assert type(cell.cell_type) is str


@given(files())
def what_intake_takes_can_be_graded_and_written(content):
    with bounded(len(content) + len(to_bytes(BASE))):
        try:
            submission = parse_submission(content, IDS)
        except NotGradableError as error:
            submission = error.refusal
        graded = graded_notebook(BASE, submission)
        task = Task("ida", "01-sums", "", submission)
        assert pickle.loads(pickle.dumps(task)).fingerprint == task.fingerprint  # noqa: S301
        can_be_written(graded)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nbformat's on cells' ids
            text = nbformat.writes(graded)
        assert [cell.source for cell in read(text).cells] == [c.source for c in graded.cells]
        if not isinstance(submission, Refusal):
            assert [c.source for c in overlaid(BASE, submission).cells] == [
                c.source for c in graded.cells
            ]


def can_be_written(value):
    """Whether a file in UTF-8, with JSON as the standard has it, can hold a value."""
    json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8")


# The codec -----------------------------------------------------------------------------------

TEXTS = st.text(max_size=30)
NUMBERS = st.integers(-(2**7998), 2**7998) | st.floats() | st.complex_numbers()
DTYPES = st.one_of(
    arrays.boolean_dtypes(),
    arrays.integer_dtypes(endianness="?"),
    arrays.unsigned_integer_dtypes(endianness="?"),
    arrays.floating_dtypes(endianness="?"),
    arrays.complex_number_dtypes(endianness="?"),
    arrays.byte_string_dtypes(max_len=8),
    arrays.unicode_string_dtypes(max_len=8),
)
SHAPES = arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
ARRAYS = arrays.arrays(DTYPES, SHAPES)
TENSOR_DTYPES = st.sampled_from(
    [
        *(torch.bool, torch.uint8, torch.int8, torch.int64, torch.float16, torch.bfloat16),
        *(torch.float32, torch.float64, torch.complex64),
    ]
)


@st.composite
def tensors(draw):
    numbers = draw(arrays.arrays(np.float32, SHAPES, elements=st.floats(-100, 100, width=32)))
    tensor = torch.from_numpy(numbers).to(draw(TENSOR_DTYPES))
    return tensor.requires_grad_(draw(st.booleans()) and tensor.is_floating_point())


SCALARS = (
    ARRAYS.filter(lambda array: array.size)
    .map(lambda array: array.ravel()[0])
    .filter(lambda scalar: scalar.dtype.itemsize)  # an empty text of NumPy's stays there
)
PLAIN = st.none() | st.booleans() | NUMBERS | TEXTS
HASHABLE = st.recursive(PLAIN, lambda inner: st.tuples(inner, inner) | st.frozensets(inner))
VALUES = st.recursive(
    PLAIN | ARRAYS | tensors() | SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.sets(HASHABLE, max_size=4),
        st.dictionaries(HASHABLE, inner, max_size=4),
        st.lists(inner, max_size=3).map(lambda items: _array_of(items)),
    ),
    max_leaves=10,
)


def _array_of(items):
    array = np.empty(len(items), dtype=object)
    array[:] = [None] * len(items)
    for index, item in enumerate(items):
        array[index] = item
    return array


def same(one, other) -> bool:
    """Whether two values are of one type and hold the same, NaN and signs included."""
    if type(one) is not type(other):
        return False
    if isinstance(one, float):
        return struct.pack("d", one) == struct.pack("d", other) or (one != one and other != other)
    if isinstance(one, complex):
        return same(one.real, other.real) and same(one.imag, other.imag)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return same(list(one), list(other)) and same(list(one.values()), list(other.values()))
    if isinstance(one, set | frozenset):
        return _ordered(one) == _ordered(other)
    if isinstance(one, np.ndarray | np.generic):
        if one.dtype != other.dtype or one.shape != other.shape:
            return False
        if one.dtype == object:
            return all(map(same, one.ravel().tolist(), other.ravel().tolist()))
        return one.tobytes() == other.tobytes()
    if isinstance(one, torch.Tensor):
        alike = (one.dtype, one.shape, one.requires_grad) == (
            *(other.dtype, other.shape, other.requires_grad),
        )
        return alike and torch.equal(_bits(one), _bits(other))
    return one == other


def _ordered(value) -> str:
    """A value that can be hashed, as a text in which sets have an order."""
    if isinstance(value, set | frozenset):
        return f"{type(value).__name__}({sorted(map(_ordered, value))})"
    if isinstance(value, tuple):
        return f"({', '.join(map(_ordered, value))})"
    return repr(value)


def _bits(tensor):
    return tensor.detach().contiguous().reshape(-1).view(torch.uint8) if tensor.numel() else tensor


def across(value):
    """A value that has crossed from the student's process."""
    encoder = Encoder(lambda thing: 0, LIMIT)
    form = encoder.encode(value)
    frame = io.BytesIO(packed({"value": form}, encoder.buffers))
    header, buffers, *_ = unpacked(lambda size: _exactly(frame, size), LIMIT)
    return Decoder(buffers, dict).decode(header["value"])


def _exactly(file, size) -> bytearray:
    content = bytearray(file.read(size))
    if len(content) != size:
        raise Lost(LossReason.DIED)
    return content


@given(VALUES)
def what_is_encoded_is_decoded(value):
    assert same(across(value), value)


@given(ANY_TEXT | st.lists(ANY_TEXT, max_size=3) | arrays.arrays("U3", 2, elements=SHORT))
def half_characters_do_not_cross(value):
    with contextlib.suppress(CodecError):
        all_texts_can_be_written(across(value))


def all_texts_can_be_written(value, depth=0) -> None:
    """Whether every text in a value can be put into a file."""
    if isinstance(value, str):
        value.encode("utf-8")
    elif isinstance(value, np.ndarray) and value.dtype.kind in "UO":
        for item in value.ravel().tolist():
            all_texts_can_be_written(item, depth + 1)
    elif isinstance(value, dict):
        for pair in value.items():
            all_texts_can_be_written(pair, depth + 1)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            all_texts_can_be_written(item, depth + 1)


FORM_KEYS = st.sampled_from(
    ["t", "v", "k", "dtype", "shape", "b", "grad", "h", "type", "name", "is", "x"]
)
SMALL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 5),
    st.integers(),
    st.floats(),
    st.sampled_from(["nan", "inf", "1e400", "float32", "bfloat16", "complex64", "<U0", "<U1"]),
    st.sampled_from(
        ["<f8", ">f4", "|b1", "|S3", "<U2", "<f16", "<i99999", "|O8", "<M8[ns]", "1_0"]
    ),
    ANY_TEXT,
)
KINDS = st.sampled_from(sorted(Decoder._BUILDERS))


def _forms(inner):
    lists = st.lists(inner, max_size=4)
    return st.one_of(
        lists,
        st.fixed_dictionaries({"t": KINDS, "v": lists | inner}),
        st.fixed_dictionaries({"t": st.just("dict"), "k": lists, "v": lists}),
        st.fixed_dictionaries(
            {
                "t": st.sampled_from(["array", "scalar", "tensor", "objects"]),
                "dtype": SMALL,
                "shape": st.lists(st.integers(-1, 2**41) | st.integers(0, 4), max_size=40) | inner,
                "b": st.integers(-1, 4),
                "v": lists,
            },
            optional={"grad": SMALL},
        ),
        st.dictionaries(FORM_KEYS, inner, max_size=5),
    )


FORMS = st.recursive(SMALL, _forms, max_leaves=15)
BUFFERS = st.lists(st.binary(max_size=64), max_size=4)


def _frame(header, buffers) -> bytes:
    """A frame with any header, as a hostile process writes it."""
    text = json.dumps({**header, "sizes": [len(b) for b in buffers]}).encode("ascii")
    return struct.pack("<QQ", len(text), sum(map(len, buffers))) + text + b"".join(buffers)


def _decoded(frame: bytes):
    """The value in a frame, or None where it is refused as it may be."""
    file = io.BytesIO(frame)
    try:
        header, buffers, *_ = unpacked(lambda size: _exactly(file, size), LIMIT)
        return Decoder(buffers, dict).decode(header.get("value"))
    except (CodecError, Lost):
        return None


@given(FORMS, BUFFERS)
def no_form_does_more_than_be_refused(form, buffers):
    frame = _frame({"value": form}, buffers)
    with bounded(len(frame)):
        value = _decoded(frame)
        all_texts_can_be_written(value)
        repr(value).encode("utf-8")


@given(VALUES, st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), max_size=6))
def no_damaged_frame_does_more_than_be_refused(value, changes):
    encoder = Encoder(lambda thing: 0, LIMIT)
    frame = bytearray(packed({"value": encoder.encode(value)}, encoder.buffers))
    for place, byte in changes:
        frame[place % len(frame)] = byte
    with bounded(len(frame)):
        all_texts_can_be_written(_decoded(bytes(frame)))


# The channel ---------------------------------------------------------------------------------


class HostileProcess:
    """A student's process that answers each request with a header of its choice."""

    def __init__(self, headers: list[dict], buffers: list[bytes]) -> None:
        self.connection = self
        self.cpu = 0.0
        self._headers, self._buffers = list(headers), buffers
        self._asked, self._said = b"", b""

    def setblocking(self, flag: bool) -> None:
        """As a socket has it."""

    def send(self, view) -> int:
        self._asked += bytes(view)
        return len(view)

    def recv_into(self, view) -> int:
        if not self._said and self._headers:
            nonce = self._nonce()
            header = self._headers.pop(0)
            self._said = _frame({"nonce": nonce, **header}, self._buffers)
        part, self._said = self._said[: len(view)], self._said[len(view) :]
        view[: len(part)] = part
        return len(part)

    def _nonce(self) -> str:
        size = LENGTH.size
        message = pickle.loads(self._asked[size:])  # noqa: S301  (our own request)
        self._asked = b""
        return message.get("nonce", "")

    def waited(self) -> float:
        return 0.0

    def end(self) -> LossReason:
        return LossReason.DIED


HEADER_KEYS = st.sampled_from(
    [
        *("value", "values", "found", "changed", "printed", "warned", "error", "outputs", "lost"),
        *("call back", "args", "names", "nonce", "sizes"),
    ]
)
ERRORS = st.fixed_dictionaries(
    {
        "said": SMALL,
        "line": SMALL,
        "type": st.sampled_from(["ValueError", "SystemExit", "Group", "", "a b", "\ud800"]) | SMALL,
        "bases": st.lists(
            st.sampled_from(
                [
                    *("ValueError", "KeyboardInterrupt", "ExceptionGroup", "UnicodeDecodeError"),
                    *("OSError", "print", "StopIteration", "KeyError"),
                ]
            )
            | SMALL,
            max_size=3,
        )
        | SMALL,
        "unusable": SMALL,
    }
)
REPLIES = st.one_of(
    st.dictionaries(HEADER_KEYS, FORMS, max_size=5),
    st.fixed_dictionaries(
        {"changed": st.just([]) | FORMS, "printed": TEXTS | SMALL, "warned": st.just([]) | FORMS},
        optional={"value": FORMS, "error": ERRORS | SMALL},
    ),
    st.fixed_dictionaries({"found": st.lists(SMALL, max_size=2), "values": FORMS}),
    st.fixed_dictionaries({"outputs": FORMS}),
)


@given(st.lists(REPLIES, min_size=1, max_size=3), BUFFERS, st.sampled_from(["run", "look", "call"]))
def a_process_can_lose_its_own_points_only(replies, buffers, way):
    process = HostileProcess(replies, buffers)
    channel = Channel(process, LIMIT, lambda name: None)
    channel.allow(SECONDS)
    size = sum(len(json.dumps(reply)) for reply in replies) + sum(map(len, buffers))
    told = io.StringIO()
    with bounded(size), contextlib.redirect_stdout(told):
        error = _what_comes_of(channel, way)
    told.getvalue().encode("utf-8")
    if isinstance(error, Lost):
        assert channel.lost is error
    elif error is not None:
        assert way == "call"
        assert any("error" in reply for reply in replies)
        assert not isinstance(error, CodecError)
        assert type(error).__name__.isprintable()
    str(error).encode("utf-8")


def _what_comes_of(channel, way) -> BaseException | None:
    """Ask a process in some way; what it raised, if it did."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if way == "run":
                outputs, *_ = clean_outputs(channel.run("x = 1"), 4096)
                can_be_written(outputs)
            elif way == "look":
                channel.look(["f", "g"])
            else:
                value = channel.perform("call", 1, [2, 3], np.zeros(3), {"a": 1})
                all_texts_can_be_written(value)
    except (Exception, Lost) as error:
        return error
    return None


QUICK = settings(max_examples=60, suppress_health_check=list(HealthCheck))
"""For a short run; the rest is as the tests' profile has it (`tests/conftest.py`)."""

PROPERTIES = {
    "intake": [intake_takes_a_file_or_says_why_not, what_intake_takes_can_be_graded_and_written],
    "protocol": [
        *(what_is_encoded_is_decoded, half_characters_do_not_cross),
        *(no_form_does_more_than_be_refused, no_damaged_frame_does_more_than_be_refused),
        a_process_can_lose_its_own_points_only,
    ],
}
"""Functions of Hypothesis, by what they try."""
