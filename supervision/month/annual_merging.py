"""Plans become joint tasks in months (归并年度计划): proposals, a workbook for the departments, their yes or no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from supervision.annual import problems
from supervision.annual.calendar_year import Year, without_office, work_of
from supervision.annual.doors import alone, together, weights
from supervision.annual.months import Choice, choose
from supervision.annual.proposals import RULE, Proposal, Terms, common_months, proposal_of, propose
from supervision.canonical import digest
from supervision.directory.plan_rows import plans
from supervision.domain.items import Item, Task
from supervision.domain.plans import DepartmentPlan, months_text
from supervision.errors import SupervisionError, UsageError
from supervision.law.rules import Law
from supervision.messages import Message, say
from supervision.month.annual_inputs import YearlyInputs, items_of_year, listed_items, yearly_inputs
from supervision.month.annual_plan import MERGED, Merged, plans_digest, read_merged, save
from supervision.month.city import City
from supervision.month.page_heading import name_of_city
from supervision.month.plan_coverage import uncovered
from supervision.month.plan_limits import cap_problems, limit_problems
from supervision.month.report import Report
from supervision.month.result_files import workbook_sheets
from supervision.notice.formats import plan_workbook
from supervision.notice.formats.plan_workbook import Decision
from supervision.notice.plan_table import population_words
from supervision.sampling.frame.regime_check import regime_problems

SHOWN = 40
EFFORT = 8.0  # deterministic seconds of each aim, about twice as many by the clock
Group = tuple[int, ...]


def merge(city: City, year: int, out: Path, *, first: int | None = None, scores: str = "") -> Report:
    """Propose joint tasks and months for a year's plans (提出联合任务建议) and write the workbook for the departments.

    Plans that overlap, contradict or cannot be reached are named, exit code 4, and nothing is proposed.
    """
    inputs, report = yearly_inputs(city, year, first=first, scores=scores), Report()
    if wrong := plan_problems(inputs):
        return _refused(report, wrong)
    terms = Terms.of(inputs.law.value(RULE))
    found = propose(inputs.demand, inputs.items, terms, inputs.allowed())
    groups = _groups(inputs, [one.plans for one in found])
    choice = _choice(inputs, groups, terms)
    proposals = {f"L{number:02}": _led(inputs, one) for number, one in enumerate(found, 1)}
    merged = Merged(
        year=year,
        on=inputs.today.isoformat(),
        first=inputs.months[0],
        scores=inputs.scored.key,
        plans=plans_digest(inputs.plans),
        proposals=proposals,
        saved={f"L{number:02}": f"{one.saved:.1f}" for number, one in enumerate(found, 1)},
        groups=list(proposals.values()),
        months=_months(inputs, choice),
        figures=_figures(inputs, groups, choice),
    )
    return _kept(inputs, merged, choice, out, report)


def decide(city: City, year: int, path: Path, out: Path) -> Report:
    """Read the departments' yes or no back (读回意见) and choose the months again; what is undecided is named."""
    before = read_merged(city, year)
    inputs = yearly_inputs(city, year, first=before.first, scores=before.scores)
    if plans_digest(inputs.plans) != before.plans:
        raise UsageError("month.plan_changed", year=year)
    if not path.is_file():
        raise UsageError("month.file_missing", file=path)
    content = path.read_bytes()
    try:
        sheets = workbook_sheets(path.name, content)
    except SupervisionError as error:
        raise SupervisionError("notice.plan_workbook", file=path.name, sheet=plan_workbook.PROPOSED) from error
    said = plan_workbook.read(path.name, sheets)
    _check_lines(before, said, path.name)
    plan_workbook.refuse_edited(path.name, sheets, *_rows(inputs, before))
    decisions = {one.plan: "yes" if one.accepted else f"no: {one.reason}" for one in said if one.accepted is not None}
    groups = []
    for own in before.proposals.values():
        left = [plan for plan in own if decisions.get(plan, "yes") == "yes"]
        groups += [left] if len(left) > 1 else []
    place = {plan.plan_id: g for g, plan in enumerate(inputs.plans)}
    joined = _groups(inputs, [tuple(sorted(place[plan] for plan in own)) for own in groups])
    choice = _choice(inputs, joined, Terms.of(inputs.law.value(RULE)))
    merged = Merged(
        **asdict(before)
        | {
            "groups": groups,
            "decisions": decisions,
            "months": _months(inputs, choice),
            "figures": _figures(inputs, joined, choice),
        }
    )
    report = Report()
    refused = sorted(plan for plan, word in decisions.items() if word != "yes")
    report.say("month.plan_decided", lines=len(said), yes=len(decisions) - len(refused), no=len(refused))
    for plan in refused:
        report.say("month.plan_refused", plan=plan, reason=decisions[plan].removeprefix("no: "))
    digests = {"decisions": digest("sha256", content).hex()}
    return _kept(inputs, merged, choice, out, report, digests)


def early_problems(city: City) -> Report:
    """Tell what is wrong with the plans on record, as far as it shows without the units (导入后初步核对).

    Of the years that are not over; exit code 4 where something is.
    """
    report, today = Report(), city.now().date()
    register = city.register("plans", on=today)
    wrong: list[Message] = []
    for year in sorted(int(one) for one in register["year"].unique() if one >= today.year):
        own = plans(register, year=year)
        wrong += problems.plan_problems(own, listed_items(city, year), items_of_year(city, year))
        law = city.rules.on(date(year, 1, 1))
        wrong += problems.special_problems(own, law.value(problems.SPECIAL_RULE))
        wrong += unlawful(own, items_of_year(city, year), law)
    return _refused(report, wrong) if wrong else report


def unlawful(own: Sequence[DepartmentPlan], items: Mapping[str, Item], law: Law) -> list[Message]:
    """Return where plans are not as the regimes of their items ask (计划不合监管方式之处), as a commitment would."""
    found = []
    for plan in own:
        day = date(plan.year, 1, 1)
        task = Task(
            task_id=plan.plan_id, name=plan.name, round=str(plan.year), items=plan.items, lead=plan.department,
            start=day, end=day, population=plan.population, regime=plan.regime, ratio=plan.ratio, access=plan.access,
            disclosure=plan.disclosure, level=plan.level,
        )  # fmt: skip
        found += regime_problems(task, [items[one] for one in plan.items if one in items], law)
    return found


def plan_problems(inputs: YearlyInputs) -> list[Message]:
    """Return everything that is wrong with a year's plans (年度计划的全部问题), in the order of the plans' ids."""
    found = problems.plan_problems(inputs.plans, inputs.listed, inputs.items)
    found += problems.special_problems(inputs.plans, inputs.law.value(problems.SPECIAL_RULE))
    found += unlawful(inputs.plans, inputs.items, inputs.law)
    for plan, months in zip(inputs.plans, inputs.allowed(), strict=True):
        if len(months) < plan.batches <= len(plan.months):
            named = {"plan": plan.plan_id, "first": inputs.months[0], "months": len(months)}
            found.append(Message.of("month.plan_months_gone", **named, batches=plan.batches))
    if any(message.code == "annual.item_unlisted" for message in found):
        return found
    found += problems.empty_problems(inputs.demand) + problems.pair_problems(inputs.demand)
    found += limit_problems(inputs) + cap_problems(inputs)
    offices = [(one.department, one.region) for one in inputs.offices.values()]
    for g, region in without_office(inputs.demand, offices):
        plan = inputs.plans[g]
        named = {"plan": plan.plan_id, "department": plan.department, "region": region}
        found.append(Message.of("month.plan_no_office", **named))
    return found


def _refused(report: Report, wrong: Sequence[Message]) -> Report:
    report.facts["problems"] = [{"code": one.code, **one.params} for one in wrong]
    report.say("month.plan_problems", problems=len(wrong))
    report.lines += wrong
    report.exit_code = 4
    return report


def _groups(inputs: YearlyInputs, joint: Sequence[Group]) -> list[Group]:
    """Joint tasks, and every other plan by itself."""
    taken = {g for group in joint for g in group}
    return [*joint, *((g,) for g in range(len(inputs.plans)) if g not in taken)]


def _choice(inputs: YearlyInputs, groups: Sequence[Group], terms: Terms) -> Choice:
    inputs.city.progress("month.plan_months", 0, 0)
    demand, allowed = inputs.demand, inputs.allowed()
    common = [frozenset(allowed[g]) for g in range(len(inputs.plans))]
    for group in groups:
        for g in group:
            common[g] = frozenset(common_months(allowed, group))
    offices = sorted({(one.department, one.region) for one in inputs.offices.values()})
    year = Year(
        months=inputs.months,
        allowed=tuple(common),
        batches=tuple(plan.batches for plan in inputs.plans),
        groups=tuple(groups),
        weights=weights(demand),
        offices=tuple(offices),
        work=work_of(demand, inputs.items, offices, least=int(inputs.law.value("shared/minimum_inspectors"))),
        room=inputs.room(offices),
        peak=terms.peak,
    )
    return choose(year, effort=EFFORT)


def _led(inputs: YearlyInputs, one: Proposal) -> list[str]:
    """The ids of a proposal's plans, the lead's first."""
    return [inputs.plans[g].plan_id for g in (one.lead, *(g for g in one.plans if g != one.lead))]


def _months(inputs: YearlyInputs, choice: Choice) -> dict[str, list[int]]:
    return {plan.plan_id: list(own) for plan, own in zip(inputs.plans, choice.months, strict=True)}


def _figures(inputs: YearlyInputs, groups: Sequence[Group], choice: Choice) -> dict[str, str]:
    demand = inputs.demand
    return {
        "alone": f"{alone(demand):.1f}",
        "joint": f"{sum(together(demand, group) for group in groups):.1f}",
        "months": f"{choice.doors:.1f}",
        "bound": f"{choice.bound:.1f}",
        "peak": f"{float(choice.peak):.1%}",
        "excess": f"{choice.excess:.1f}",
    }


def _kept(
    inputs: YearlyInputs,
    merged: Merged,
    choice: Choice,
    out: Path,
    report: Report,
    digests: Mapping[str, str] | None = None,
) -> Report:
    """Save the plan, write its workbook, and say what it comes to."""
    save(inputs.city, merged.year, "annual-merge", MERGED, asdict(merged), {"plans": merged.plans, **(digests or {})})
    figures = merged.figures
    said = Message.of(
        "month.plan_figures",
        alone=figures["alone"],
        joint=figures["joint"],
        months=figures["months"],
        bound=figures["bound"],
    )
    loads = Message.of("month.plan_loads", peak=figures["peak"])
    scores = Message.of("month.plan_scores", round=merged.scores, on=inputs.scored.evidence_day)
    missed = uncovered(inputs, choice.months)
    name = name_of_city(inputs.law)
    title = say("month.plan_workbook_title", city=name, year=merged.year)
    out.write_bytes(
        plan_workbook.write(
            title, merged.year, *_rows(inputs, merged), [one.text() for one in (scores, said, loads, *missed)]
        )
    )
    report.facts |= asdict(merged)
    report.say("month.plan_merged", year=merged.year, plans=len(inputs.plans), proposals=len(merged.groups))
    for own in merged.groups[:SHOWN]:
        number = next(name for name, plans in merged.proposals.items() if own[0] in plans)
        told = {"proposal": number, "lead": own[0], "others": "、".join(own[1:])}
        report.say("month.plan_proposal", **told, months=months_text(merged.months[own[0]]), saved=_saved(inputs, own))
    report.lines += [scores, said, loads]
    report.lines += [*missed, *cap_problems(inputs, choice.months)]
    if choice.excess:
        report.say("month.plan_excess", excess=figures["excess"])
    report.exit_code = 4 if choice.excess or missed else 0
    report.facts["uncovered"] = [{name: one.params[name] for name in ("duty", "units")} for one in missed]
    report.say("month.plan_workbook", file=out, undecided=len(merged.undecided))
    return report


def _saved(inputs: YearlyInputs, own: Sequence[str]) -> str:
    """The doors that a joint task saves."""
    place = {plan.plan_id: g for g, plan in enumerate(inputs.plans)}
    return f"{proposal_of(inputs.demand, tuple(sorted(place[plan] for plan in own))).saved:.1f}"


def _rows(inputs: YearlyInputs, merged: Merged) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The rows of the workbook: a line a plan and proposal, and a line a plan."""
    every = {plan.plan_id: _row(inputs, g, merged) for g, plan in enumerate(inputs.plans)}
    proposed = []
    for number, own in merged.proposals.items():
        for plan in own:
            word = merged.decisions.get(plan, "")
            decision = {"": "", "yes": plan_workbook.YES}.get(word, plan_workbook.NO)
            role = say("month.plan_lead" if plan == own[0] else "month.plan_partner")
            beside = {"role": role, "saved": merged.saved[number], "decision": decision}
            proposed.append(
                every[plan]
                | beside
                | {"proposal": number, "reason": word.removeprefix("no: ") if word[:2] == "no" else ""}
            )
    return proposed, list(every.values())


def _row(inputs: YearlyInputs, g: int, merged: Merged) -> dict[str, str]:
    plan, lists = inputs.plans[g], inputs.city.code_lists
    proposal = next((number for number, own in merged.proposals.items() if plan.plan_id in own), "—")
    return {
        "proposal": proposal,
        "plan": plan.plan_id,
        "department": lists.label("department", plan.department),
        "name": plan.name,
        "population": population_words(plan.population, lists),
        "ratio": plan.ratio,
        "units": str(inputs.demand.population(g)),
        "batches": str(plan.batches),
        "allowed": months_text(inputs.allowed()[g]),
        "months": months_text(merged.months[plan.plan_id]),
        "alone": say("month.plan_off_site") if g in inputs.off_site else f"{alone(inputs.demand, (g,)):.1f}",
    }


def _check_lines(merged: Merged, said: Sequence[Decision], file: str) -> None:
    """Refuse a workbook of another merge: a line too many, or one that is missing."""
    asked = {(number, plan) for number, own in merged.proposals.items() for plan in own}
    for one in said:
        if (one.proposal, one.plan) not in asked:
            raise UsageError("month.plan_line_unknown", file=file, line=one.line, proposal=one.proposal, plan=one.plan)
    if missing := sorted(asked - {(one.proposal, one.plan) for one in said}):
        raise UsageError("month.plan_line_missing", file=file, proposal=missing[0][0], plan=missing[0][1])
