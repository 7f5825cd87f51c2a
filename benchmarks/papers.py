"""The papers of 1,000 visits as Word and PDF, beside docxtpl as it comes, which opens its template for every paper.

    python benchmarks/papers.py [--visits 1000]

Prints seconds, files and bytes of either; the visits are made up, two items each, with partners and a rare character.
"""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from docxtpl import DocxTemplate

from supervision.month.paper_making import THREADS
from supervision.notice.papers import pdf
from supervision.notice.papers.field_texts import WORD
from supervision.notice.papers.fields import sample_values
from supervision.notice.papers.form import shipped_forms
from supervision.notice.papers.word_form import word_form
from supervision.notice.papers.word_template import WordTemplate

FORMS = [form for form in shipped_forms() if form.kind == "visit"]


def visit(number: int) -> dict[str, object]:
    """Return the values of one made-up visit."""
    values = {**sample_values("visit"), "轮次": "2026-12", "演练": ""}
    names = {"企业名称": f"苏州{number:05}㛃𠮷金属制品有限公司", "统一社会信用代码": f"91320505YY{number:08}"}
    item = {"序号": "1", "名称": "食品销售和餐饮服务监督检查", "类别": "一般检查事项", "方式": "实地检查、书面检查"}
    item |= {"要点": "许可证与公示；进货查验记录；食品保质期和贮存温度", "依据": "《食品安全法》"}
    return {**values, **names, "检查编号": f"{number}~1", "事项": [item, {**item, "序号": "2"}]}


def ours(visits: list[dict[str, object]]) -> list[bytes]:
    """Make all papers as the command `papers` does: Word in one thread, PDF in others."""
    templates = {form.name: WordTemplate(form.name, word_form(form), kind=form.kind) for form in FORMS}
    with ThreadPoolExecutor(THREADS) as pool:
        waiting = [pool.submit(pdf.write, form, values) for values in visits for form in FORMS]
        made = [templates[form.name].fill(values) for values in visits for form in FORMS]
        return made + [one.result() for one in waiting]


def word(visits: list[dict[str, object]]) -> list[bytes]:
    """Make the Word papers alone."""
    templates = {form.name: WordTemplate(form.name, word_form(form), kind=form.kind) for form in FORMS}
    return [templates[form.name].fill(values) for values in visits for form in FORMS]


def peer(visits: list[dict[str, object]]) -> list[bytes]:
    """Make the Word papers with docxtpl's own way of rendering and saving."""
    made = []
    templates = [DocxTemplate(BytesIO(word_form(form))) for form in FORMS]
    for values in visits:
        for template in templates:
            template.render(values, WORD)
            target = BytesIO()
            template.save(target)
            made.append(target.getvalue())
    return made


def main() -> None:
    """Run and print (运行并打印)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=1000)
    visits = [visit(number) for number in range(parser.parse_args().visits)]
    for name, make in (("Word and PDF", ours), ("Word alone", word), ("Word by docxtpl alone", peer)):
        began, busy = time.perf_counter(), time.process_time()
        made = make(visits)
        took, used = time.perf_counter() - began, time.process_time() - busy
        size = sum(map(len, made)) / 2**20
        print(
            f"{name}: {len(visits):,} visits, {len(made):,} files, {size:.1f} MiB, {took:.1f} s, processor {used:.1f} s"
        )


if __name__ == "__main__":
    main()
