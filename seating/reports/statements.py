"""The two statements made of a report: its figures by key, and the cases behind one of them."""

from seating.db import Connection
from seating.reports.shape import Column, Report

CUSTOM_PLANS = "set local plan_cache_mode = force_custom_plan"


async def plan_for_these(conn: Connection) -> None:
    """Have the statements of this transaction planned for the dates they are asked about.

    A plan for any dates guesses at a handful of services and goes through all pairs of ninety.
    """
    await conn.execute(CUSTOM_PLANS)


def figures_statement(report: Report) -> str:
    """Return the statement of all figures of a report, by key and of all together.

    Of a column: `v`, `d` and `n` with its number (see `_figure`).
    """
    figures = ", ".join(_figure(at, column) for at, column in enumerate(report.columns))
    return f"""
        select case when grouping(c.key) = 0 then coalesce(c.key, '') end as key,
               grouping(c.key) = 1 as whole, min(c.place) as place, max(c.name) as name,
               count(*)::int as cases, {figures}
        from (select f.*, ({report.by})::text as key, ({report.order})::float8 as place
              from ({report.cases}) f where {report.only}) c
        group by grouping sets ((c.key), ())"""


def behind_statement(report: Report, column: Column) -> str:
    """Return the statement of the cases behind a column, the latest first.

    $9: a key or null, $10: how many. Whatever a figure counts is here, by the same conditions.
    """
    return f"""
        select c.id, c.what, c.service_date, c.at, c.party_size, c.name, c.state, c.note,
               c.figure, count(*) over ()::int as cases
        from (select f.*, coalesce(({report.by})::text, '') as key
              from ({report.cases}) f where {report.only}) c
        where ($9::text is null or c.key = $9) and {_condition(column)}
        order by c.at desc, c.id limit $10"""


def _condition(column: Column) -> str:
    """Return which cases a column counts: of a share those of its first number."""
    conditions = [f"c.{flag}" for flag in (column.within, column.where) if flag]
    if column.measure:
        conditions.append(f"{_number(column.measure)} is not null")
    return " and ".join(conditions) or "true"


def _number(measure: str) -> str:
    return measure if measure.isdigit() else f"c.{measure}"


def _figure(at: int, column: Column) -> str:
    """Return `v`, `d` and `n` of a column: value, deviation or first number, cases."""
    only, number = f"filter (where {_condition(column)})", _number(column.measure)
    value, deviation, of = f"count(*) {only}", "null", f"count(*) {only}"
    match column.how:
        case "cases":
            pass
        case "share":
            value, deviation = "null", f"count(*) {only}"
            of = f"count(*) filter (where {f'c.{column.within}' if column.within else 'true'})"
        case "sum" | "nightly":
            value = f"coalesce(sum({number}) {only}, 0)"
        case "mean":
            value, deviation = f"avg({number}) {only}", f"stddev_samp({number}) {only}"
        case "median":
            value = f"percentile_cont(0.5) within group (order by {number}) {only}"
        case "most":
            value = f"percentile_disc(0.8) within group (order by {number}) {only}"
        case "ratio":
            value = f"sum({number}) {only} / nullif(sum(c.{column.per}) {only}, 0)"
    return f"({value})::float8 as v{at}, ({deviation})::float8 as d{at}, ({of})::int as n{at}"
