"""Values and reasons in words (指标值与理由的文字): the words travel inside the scorecard."""

from __future__ import annotations

from dataclasses import dataclass

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The words of one feature (指标用语), each a pair of Chinese and English.

    `label` names it; `reason` is a sentence with `{value}`; `unknown` the sentence where nothing is known.
    `form` says how a value is written: "number" with `unit`, "log2" (bucket k ≥ 1 holds 2^(k−1) ≤ amount < 2^k, 0
    less than one) with `unit`, "months" as years and months, "code" by `codes`, value 0 first.
    """

    label: Pair
    reason: Pair
    unknown: Pair
    form: str = "number"
    unit: Pair = ("", "")
    codes: tuple[Pair, ...] = ()

    def value(self, value: int, lang: str) -> str:
        """Return a value in words (指标值文字); `lang` is "zh" or "en"."""
        side = 1 if lang == "en" else 0
        if self.form == "code":
            return self.codes[value][side] if 0 <= value < len(self.codes) else str(value)
        if self.form == "months":
            return _months(value, side)
        if self.form == "log2":
            low, high = (0 if value == 0 else 2 ** (value - 1)), 2**value
            return f"{low:,}–{high:,}{self.unit[side]}"
        return f"{value}{self.unit[side]}"

    def sentence(self, value: int, lang: str) -> str:
        """Return the reason sentence for a value (理由文字); a value below 0 is unknown."""
        side = 1 if lang == "en" else 0
        return self.unknown[side] if value < 0 else self.reason[side].format(value=self.value(value, lang))

    def record(self) -> dict[str, object]:
        """Return the words as canonical JSON takes them (写入评分卡的文字)."""
        return {
            "label": list(self.label), "reason": list(self.reason), "unknown": list(self.unknown), "form": self.form,
            "unit": list(self.unit), "codes": [list(code) for code in self.codes],
        }  # fmt: skip


def _months(value: int, side: int) -> str:
    years, months = divmod(value, 12)
    if side:
        return f"{years} years {months} months" if years else f"{months} months"
    return f"{years}年{months}个月" if years else f"{months}个月"
