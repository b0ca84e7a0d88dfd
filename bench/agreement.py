# SPDX-License-Identifier: Apache-2.0
"""Answers side by side before anything is timed: a fast wrong number wins nothing."""

import csv
import io
import json

SUMS = ["impressions", "engagements", "clicks", "spend", "active_posts", "visits", "visitors", "leads", "cart_adds", "web_revenue",
        "orders", "order_value"]
RATIOS = ["engagement_rate", "ctr", "cpc", "cpe", "cpm", "engagements_per_post", "lead_rate", "pages_per_visit", "cost_per_visit",
          "cost_per_lead", "roas", "aov", "cost_per_order"]
CHANGES = ["impressions_mom", "leads_mom", "web_revenue_mom"]
METRICS = SUMS + RATIOS + CHANGES

Answer = dict[tuple[str, str], dict[str, float | None]]


def from_csv(text: str) -> Answer:
    """(month, channel) -> metric -> value, from the CSV of a peer."""
    answer: Answer = {}
    for row in csv.DictReader(io.StringIO(text)):
        month = row.get("month") or row.get("metric_time__month") or ""
        values = {metric: float(row[metric]) if row.get(metric) else None for metric in METRICS}
        if any(value is not None for value in values.values()):
            answer[month[:10], row["channel"]] = values
    return answer


def from_backcast(text: str) -> Answer:
    """The same from `score --json`; the total and the rows of a single dimension are left aside."""
    answer: Answer = {}
    for metric in json.loads(text)["data"]["metrics"]:
        group = metric.get("group") or {}
        if "month" not in group or "channel" not in group:
            continue
        value = metric["value"]
        known = value.get("state") in ("value", "zero", "not_final")
        answer.setdefault((group["month"][:7] + "-01", group["channel"]), {})[metric["metric"].removeprefix("b_")] = (
            value.get("value") if known else None)
    return answer


def disagreements(reference: Answer, other: Answer, metrics: list[str]) -> list[str]:
    """What differs: sums exactly (money to the cent), ratios by more than 1e-9 of the value. Empty = they agree.
    A sum that one side leaves out and the other calls 0 is the same; so is a ratio over it."""
    faults = []
    for key in sorted(set(reference) | set(other)):
        for metric in metrics:
            left, right = reference.get(key, {}).get(metric), other.get(key, {}).get(metric)
            if (left or 0) == (right or 0):
                continue
            exact = metric in SUMS
            close = left is not None and right is not None and abs(left - right) <= (1e-6 if exact else 1e-9 * max(1, abs(left)))
            if not close:
                faults.append(f"{metric} at {key[0]}, {key[1]}: {left} and {right}")
    return faults
