#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How severities of the doctor's findings reach every format and the exit code, and how long absurd plans take."""
import json
import sys
import time

import harness

ORDERS = "order_id,date,channel,channel_group,total,net,currency\n" + "".join(
    f"n{day},2026-03-{day:02},google,organic_search,50,40,EUR\n" for day in range(1, 32))
# Of orders more is better, and this target asks for less: P55, which is a future_error.
WRONG_WAY = """backcast: 1
brand: {name: Way, currency: EUR}
objectives: [{id: b, statement: Sell., owner: mia}]
team: [{id: mia, function: marketing, influences: [budget]}]
outcomes: [{id: o, objective: b, metric: orders, owner: mia, baseline: 900, target: 20}]
"""


class Severities(harness.Case):
    def setUp(self):
        super().setUp()
        self.brand = self.workspace()
        (self.brand / "plan.yaml").write_text(WRONG_WAY)
        (self.brand / "exports/orders.csv").write_text(ORDERS)
        self.run_program("ingest", "-w", self.brand, self.brand / "exports")

    def found(self):
        findings = self.json("check", "-w", self.brand, "--fail-on", "never")["findings"]
        return next(finding for finding in findings if finding["rule"] == "P55")

    def test_a_future_error_announces_itself_everywhere(self):
        self.assertEqual(self.found()["severity"], "future_error")
        text = self.text("check", "-w", self.brand, "--fail-on", "never")
        self.assertRegex(text, r"plan\.yaml:5:\d+: warning \(error from the next release\) P55: The target of o")
        sarif = json.loads(self.text("check", "-w", self.brand, "--format", "sarif", "--fail-on", "never"))
        result = next(r for r in sarif["runs"][0]["results"] if r["ruleId"] == "P55")
        self.assertEqual((result["level"], result["properties"]["severity"]), ("warning", "future_error"))
        self.assertIn("(error from the next release)", result["message"]["text"])
        self.run_program("report", "-w", self.brand, "-o", "r.html", "-o", "r.md", "-o", "r.txt", "-o", "r.json")
        for name in ("r.html", "r.md", "r.txt"):
            page = " ".join((self.folder / name).read_text().split())
            self.assertIn("error from the next release", page, name)
        card = json.loads((self.folder / "r.json").read_text())
        self.assertIn("future_error", [finding["severity"] for finding in card["findings"]])

    def test_a_future_error_counts_as_a_warning(self):
        findings = self.json("check", "-w", self.brand, "--fail-on", "never")["findings"]
        text = self.text("check", "-w", self.brand, "--fail-on", "never")
        self.assertIn(f"{sum(f['severity'] in ('warning', 'future_error') for f in findings)} warning", text)

    def test_fail_on(self):
        # A healthy plan with the one future_error and nothing worse: only --fail-on warning stops.
        folder = self.folder / "healthy"
        folder.mkdir()
        plan = (harness.ROOT / "src/plan/cases/healthy.yaml").read_text()
        (folder / "plan.yaml").write_text(plan.replace("baseline: 0.05, target: 0.06", "baseline: 0.06, target: 0.05"))
        spring = {"SOURCE_DATE_EPOCH": "1781524800"}  # 2026-06-15
        findings = self.json("check", "-w", folder, env=spring)["findings"]
        self.assertEqual([f["rule"] for f in findings], ["P55"])
        self.run_program("check", "-w", folder, "--fail-on", "error", env=spring)
        self.run_program("check", "-w", folder, "--fail-on", "never", env=spring)
        self.run_program("check", "-w", folder, "--fail-on", "warning", code=1, env=spring)

    def test_a_future_error_leaves_the_verdict(self):
        line = next(m for m in self.json("score", "-w", self.brand)["data"]["metrics"] if m["id"] == "o")
        self.assertEqual(line["value"]["state"], "value")
        self.assertNotEqual(line["verdict"], "")


class Absurd(harness.Case):
    """Findings with lines in about a second, whatever the plan; the limit here leaves room for slow machines and debug builds."""
    SECONDS = 30

    def findings(self, plan, code=None):
        folder = self.workspace()
        (folder / "plan.yaml").write_text(plan)
        begun = time.monotonic()
        done = self.run_program("check", "-w", folder, "--json", "--fail-on", "never", code=0 if code is None else code)
        self.assertLess(time.monotonic() - begun, self.SECONDS)
        answer = json.loads(done.stdout)
        if code == 3:
            self.assertTrue(answer["error"]["where"].startswith("plan.yaml:"), answer)
            return []
        for finding in answer["findings"]:
            self.assertGreaterEqual(min(finding["line"], finding["column"]), 1)
            self.assertLess(len(finding["message"]), 1000)
        return answer["findings"]

    def test_ten_thousand_nodes(self):
        kpis = "".join(f"- {{id: k{i}, outcome: o{i % 100}, metric: orders, guard: orders, baseline: {{value: 2, period: 2026-Q1}}, target: {{value: 1, by: 2026-01-01}}, path: [views, orders], owner: p{i}}}\n" for i in range(5000))
        outcomes = "".join(f"- {{id: o{i}, metric: orders, lag_weeks: 520}}\n" for i in range(100))
        team = "".join(f"- {{id: p{i}, bonus: [{{metric: orders}}]}}\n" for i in range(5000))
        findings = self.findings(f"plan: {{valid_from: 2026-01-01}}\nteam:\n{team}outcomes:\n{outcomes}kpis:\n{kpis}")
        rules = {finding["rule"] for finding in findings}
        self.assertLessEqual({"P55", "P56", "P57", "P58", "P60"}, rules)

    def test_strings_of_a_megabyte(self):
        self.assertTrue(self.findings("outcomes: [{id: %s, metric: %s, owner: %s}]\n" % (("x" * (1 << 20),) * 3)))

    def test_bombs_and_depth(self):
        self.findings("a: &a [x]\nb: [*a, *a]\n", code=3)
        self.findings("[" * 5000, code=3)
        self.findings("kpis: " + "{path: [" * 5000, code=3)

    def test_circles_and_contradictions(self):
        findings = self.findings("plan: {version: 1, changelog: [{version: 2}, {version: 1}, {version: 9e99}]}\n"
                                 "team: [{id: a, bonus: [{metric: a, share: 9}, {metric: a, share: -1}, {share: 1}, 7]}]\n"
                                 "kpis: [{id: a, outcome: a, metric: a, guard: a, cost_pair: a, baseline: 1, target: 1}]\n"
                                 "outcomes: [{id: a, objective: a, metric: a, lag_weeks: -7, target: {value: 1, by: 0000-00-00}}]\n")
        self.assertIn("P61", {finding["rule"] for finding in findings})


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
