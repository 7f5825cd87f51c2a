"""SHA-256, SM3, numbers and JSON of the page, beside those of Python and the vectors of the protocol."""

import hashlib
import json
from fractions import Fraction
from pathlib import Path

import pytest

from supervision.sampling.protocol import verifier

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "protocol2.json").read_bytes())
SIZES = [*range(130), 1000, 2**16 + 1]


@pytest.mark.parametrize(
    ("name", "due"), [("SHA256", lambda data: hashlib.sha256(data).digest()), ("SM3", verifier.sm3)]
)
def test_digests(scripts, name, due):
    """Messages of every length around one and two blocks, at once, in pieces, and after a beginning of 64 bytes."""
    code = f"""
    {json.dumps(SIZES)}.map((size) => {{
      const bytes = Uint8Array.from({{length: size}}, (_, k) => (k * 7 + size) & 255);
      const pieces = new Digest({name});
      for (let at = 0; at < size; at += 37) pieces.update(bytes, at, Math.min(at + 37, size));
      const head = Uint8Array.from({{length: 64}}, (_, k) => k);
      const tail = new Tail({name}, head);
      tail.room(size);
      tail.buffer.set(bytes);
      const out = new Uint8Array(40);
      tail.digest(size, out, 8);
      return [hex(hashed({name}, bytes)), pieces.hex(), hex(out.subarray(8))];
    }})"""
    head = bytes(range(64))
    for size, found in zip(SIZES, scripts.value(code), strict=True):
        data = bytes((k * 7 + size) & 255 for k in range(size))
        assert found == [due(data).hex(), due(data).hex(), due(head + data).hex()]


def test_published_values(scripts):
    """The examples of the two standards: "abc" in FIPS 180-4 and in GB/T 32905-2016."""
    found = scripts.value('[SHA256, SM3].map((one) => hex(hashed(one, utf8("abc"))))')
    assert found == [
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    ]


@pytest.mark.parametrize("number", range(len(VECTORS["order_cases"])))
def test_order_of_numbers(scripts, number):
    """Units of the order_cases stand in the exact order of (Q, D), also where floats cannot tell them apart."""
    case = VECTORS["order_cases"][number]
    told = [
        {"unit": one["unit_id"], "low": one["L"], "half": str(int(one["D"][:16], 16) >> 11), "d": one["D"]}
        for one in case["items"]
    ]
    code = f"""
    (() => {{
      const best = new Best({len(told)});
      for (const {{unit, low, half, d}} of {json.dumps(told)}) {{
        const rest = Number(ONE - BigInt(low));
        const q = (Number(half) + 0.5) * rest / (Number(low) * (2 ** 53 - Number(half) - 0.5));
        best.found.push({{unit, q, low: BigInt(low), u: 2n * BigInt(half) + 1n, d: unhex(d)}});
      }}
      return best.order().map((one) => one.unit);
    }})()"""
    assert scripts.value(code) == case["order"]


@pytest.mark.parametrize(
    ("top", "bottom"), [(5, 2), (7, 2), (9, 4), (11, 4), (2**53 * 7, 9), (10**30 + 1, 2 * 10**13), (0, 3)]
)
def test_half_even(scripts, top, bottom):
    """L is rounded as the protocol says, halves to even."""
    assert scripts.value(f"String(halfEven({top}n, {bottom}n))") == str(round(Fraction(top, bottom)))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('{"a":1,"b":[null,"\\"\\\\"]}', None),
        ('{"b":1,"a":2}', "json.canonical"),
        ('{"a":1,"a":2}', "json.canonical"),
        ('{"a": 1}', "json.canonical"),
        ('"\\u0041"', "json.canonical"),
        ("1.0", "json.number"),
        ("1e3", "json.number"),
        ("NaN", "json.number"),
        ("9007199254740992", "json.integer"),
        ("-0", "json.canonical"),
        ("true", "json.bool"),
        ('"\\n"', "json.control"),
        ('"\\ud800"', "json.parse"),
        ('{"a":1}\n', "json.canonical"),
        ('{"a":1', "json.parse"),
        ("[1,]", "json.parse"),
        ("01", "json.parse"),
        ('{"__proto__":1}', None),
        ('{"\U0001f600":1,"\uffff":2}', "json.canonical"),
        ('{"\uffff":2,"\U0001f600":1}', None),
    ],
)
def test_canonical_json(scripts, text, rule):
    """What is not the one way to write a value is refused, by the same condition as in verify.py."""
    code = f"""
    (() => {{
      try {{ parseJson(utf8({json.dumps(text)}), "x"); return null; }}
      catch (error) {{ return error.rule || String(error); }}
    }})()"""
    assert scripts.value(code) == rule
    try:
        verifier.parse_json(text.encode(), "x")
    except verifier.Difference as difference:
        assert difference.name == rule
    else:
        assert rule is None
