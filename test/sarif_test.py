#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What check --format sarif writes holds to SARIF 2.1.0 (OASIS, 2020): the rules of the standard that matter here, written out
by hand, over healthy, broken and hostile plans."""
import json
import re
import sys
import urllib.parse

import harness

# Section of the standard: every property we may use -> (needed, check of the value).
TEXT = {"text": (True, lambda v: isinstance(v, str) and v)}
SHAPES = {
    "log": {"$schema": (False, lambda v: v.startswith("https://")), "version": (True, lambda v: v == "2.1.0"), "runs": (True, ["run"])},
    "run": {"tool": (True, "tool"), "results": (True, ["result"]), "columnKind": (False, lambda v: v in ("utf16CodeUnits", "unicodeCodePoints"))},
    "tool": {"driver": (True, "driver")},
    "driver": {"name": (True, lambda v: isinstance(v, str) and v), "rules": (False, ["rule"])},
    "rule": {"id": (True, lambda v: re.fullmatch(r"[A-Z]\d\d", v)), "shortDescription": (False, "text"), "fullDescription": (False, "text"),
             "help": (False, "text"), "defaultConfiguration": (False, "configuration"), "properties": (False, lambda v: isinstance(v, dict))},
    "configuration": {"level": (False, lambda v: v in ("none", "note", "warning", "error"))},
    "text": TEXT,
    "result": {"ruleId": (True, lambda v: isinstance(v, str)), "ruleIndex": (True, lambda v: type(v) is int and v >= 0),
               "level": (True, lambda v: v in ("none", "note", "warning", "error")), "message": (True, "text"), "locations": (True, ["location"]),
               "partialFingerprints": (False, lambda v: v and all(isinstance(x, str) and x for x in v.values())),
               "suppressions": (False, ["suppression"]), "properties": (False, lambda v: isinstance(v, dict))},
    "location": {"physicalLocation": (True, "place")},
    "place": {"artifactLocation": (True, "artifact"), "region": (True, "region")},
    "artifact": {"uri": (True, lambda v: re.fullmatch(r"(?:[A-Za-z0-9\-._~/]|%[0-9A-F]{2})+", v) and not v.startswith("/") and not urllib.parse.urlsplit(v).scheme)},
    "region": {"startLine": (True, lambda v: type(v) is int and v >= 1), "startColumn": (True, lambda v: type(v) is int and v >= 1)},
    "suppression": {"kind": (True, lambda v: v in ("inSource", "external")), "status": (False, lambda v: v in ("accepted", "underReview", "rejected")),
                    "justification": (False, lambda v: isinstance(v, str) and v)},
}
HEALTHY = harness.ROOT / "src/plan/cases/healthy.yaml"
HOSTILE = {
    "control characters": 'brand: "\\x1b[31mred\\x07\\0"\noutcomes: "\\u2028\\u202e"\nkpis: [{id: "a\\nb", metric: "<script>alert(1)</script>"}]\n',
    "a megabyte in one line": "outcomes: [{id: %s, metric: %s, ceo: \"%s\"}]\n" % ("x" * (1 << 20), "y" * (1 << 20), "engage " * 150000),
    "ten thousand nodes": "outcomes: [{id: o, metric: orders}]\nkpis:\n" + "".join(f"- {{id: k{i}, outcome: oo, metric: viewss}}\n" for i in range(10000)),
    "two findings in one place": "kpis: [{id: k, metric: m, metrc: m}, {id: k, metric: m, metrc: m}]\n",
    "blocks of another kind": "team: 1\noutcomes: {a: {b: []}}\nkpis: [[[]]]\ntactics: ~\nplan: [1, x, ~]\n",
    "circles": "kpis: [{id: a, outcome: a, metric: a, guard: a}]\noutcomes: [{id: a, objective: a, metric: a}]\nimprovements: [{id: a, issue: a, tell: a}]\n",
    "other alphabets": "brand: Ünïcødé\noutcomes: [{id: 目標, metric: 注文, 誤字: 1, ceo: ''}]\n",
    "nothing": "{}\n",
}


class Sarif(harness.Case):
    def follow(self, shape, value, at):
        self.assertIsInstance(value, dict, at)
        self.assertEqual(set(value) - set(SHAPES[shape]), set(), f"{at} has properties that the standard or this program does not know")
        for name, (needed, check) in SHAPES[shape].items():
            if name not in value:
                self.assertFalse(needed, f"{at} has no {name}")
            elif isinstance(check, list):
                self.assertIsInstance(value[name], list, f"{at}.{name}")
                for i, item in enumerate(value[name]):
                    self.follow(check[0], item, f"{at}.{name}[{i}]")
            elif isinstance(check, str):
                self.follow(check, value[name], f"{at}.{name}")
            else:
                self.assertTrue(check(value[name]), f"{at}.{name}: {value[name]!r:.200}")

    def examine(self, plan, name="plan"):
        folder = self.workspace()
        (folder / "plan.yaml").write_text(plan, encoding="utf-8")
        out = self.run_program("check", "-w", folder, "--format", "sarif", "--fail-on", "never").stdout
        log = json.loads(out.decode("utf-8"))
        self.follow("log", log, name)
        run, = log["runs"]
        rules, results = run["tool"]["driver"]["rules"], run["results"]
        self.assertEqual(len({rule["id"] for rule in rules}), len(rules), "a rule is named once")
        self.assertEqual({rule["id"] for rule in rules}, {result["ruleId"] for result in results}, "rules without results, or the other way round")
        lines = plan.split("\n")
        for result in results:
            self.assertEqual(rules[result["ruleIndex"]]["id"], result["ruleId"])
            region = result["locations"][0]["physicalLocation"]["region"]
            self.assertLessEqual(region["startLine"], len(lines))
            # One past the last character is still a place; columns count characters.
            self.assertLessEqual(region["startColumn"], len(lines[region["startLine"] - 1]) + 1)
        self.assertIn(sum("suppressions" in result for result in results), (0, len(results)), "3.27.23: in all results or in none")
        prints = [json.dumps(result["partialFingerprints"], sort_keys=True) for result in results]
        self.assertEqual(len(set(prints)), len(prints), "fingerprints tell findings apart")
        findings = self.json("check", "-w", folder, "--fail-on", "never")["findings"]
        self.assertEqual([(f["rule"], f["line"], f["column"]) for f in findings],
                         [(r["ruleId"], *r["locations"][0]["physicalLocation"]["region"].values()) for r in results])
        return results

    def test_a_healthy_plan(self):
        self.examine(HEALTHY.read_text())

    def test_the_plan_of_the_page(self):
        page = (harness.ROOT / "docs/formats/plan.md").read_text()
        self.assertTrue(self.examine(re.search(r"```yaml\n(.*?)```", page, re.S).group(1)))

    def test_the_plan_of_the_demo(self):
        self.run_program("demo", self.folder / "demo", "--days", "60")
        self.examine((self.folder / "demo/plan.yaml").read_text())

    def test_the_example_plans(self):
        for name in ("plan_b2c.yaml", "plan_b2b.yaml", "checks/plan_bad.yaml"):
            results = self.examine(harness.shared("..", "metrics", name).read_text(), name)
            if "bad" in name:
                self.assertGreater(len({result["ruleId"] for result in results}), 50)

    def test_hostile_plans(self):
        for name, plan in HOSTILE.items():
            with self.subTest(name):
                self.assertTrue(self.examine(plan, name))

    def test_no_yaml_no_file(self):
        for plan in ("outcomes: [", "a: &a [x]\nb: *a\n", "[" * 5000):
            folder = self.workspace()
            (folder / "plan.yaml").write_text(plan)
            done = self.run_program("check", "-w", folder, "--format", "sarif", code=3)
            self.assertEqual(done.stdout, b"")
            self.assertIn("plan.yaml:", done.stderr.decode())


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
