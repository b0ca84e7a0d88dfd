#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The same answer in every format that a command offers."""
import csv
import io
import json
import re
import sys

import harness

COSTS = """date,channel,kind,amount,currency,note
2026-01-05,linkedin,tools,120.50,EUR,"=1+1"
2026-01-20,linkedin,tools,30,EUR,a | b
2026-01-32,linkedin,tools,1,EUR,no such day
2026-01-21,linkedin,tools,many,EUR,no number
"""
PLAN = """backcast: 1
brand: {name: My shop, currency: EUR}
team:
- {id: ana, role: Social media manager, influences: [content]}
outcomes:
- id: sales
  metric: revenue_net
  ceo: Money from shop orders after discounts and returns.
  owner: ana
  target: {value: 72000, by: 2027-06-30}
kpis:
- id: visits
  outcome: sales
  metric: sessons
  owner: ana
"""


class Formats(harness.Case):
    def costs(self, plan=None):
        folder = self.workspace()
        (folder / "exports" / "costs.csv").write_text(COSTS)
        if plan:
            (folder / "plan.yaml").write_text(plan)
        return folder

    def table(self, *arguments, **options):
        return list(csv.DictReader(io.StringIO(self.text(*arguments, "--format", "csv", **options), newline="")))

    def markdown(self, *arguments, **options):
        lines = self.text(*arguments, "--format", "md", **options).splitlines()
        return [[cell.strip() for cell in line.replace("\\|", "\0").strip("|").split("|")] for line in lines if line.startswith("|")]

    def test_rows(self):
        folder = self.costs()
        self.run_program("ingest", "-w", folder, folder / "exports")
        ask = ("score", "-w", folder, "--rows", "other_cost", "--period", "2026-01")
        rows = self.json(*ask)["data"]["rows"]
        self.assertEqual([row["amount"] for row in rows], [30, 120.5])
        table = self.table(*ask)
        self.assertEqual([float(row["amount"]) for row in table], [30, 120.5])
        self.assertEqual([row["note"] for row in table], ["a | b", "'=1+1"])  # a spreadsheet must not calculate
        markdown = self.markdown(*ask)
        self.assertEqual(len(markdown), 2 + len(rows))
        self.assertEqual({len(line) for line in markdown}, {len(rows[0])})
        # of several facts behind a number the first that has rows
        self.assertEqual(self.json("score", "-w", folder, "--rows", "full_cost", "--period", "2026-01")["data"]["rows"], rows)
        text = self.text(*ask).splitlines()
        self.assertEqual(len(text), 1 + len(rows))
        self.assertIn("a | b", text[1])

    def test_refused_rows_and_dry_run(self):
        folder = self.costs()
        dry = self.json("ingest", "-w", folder, folder / "exports", "--dry-run")["data"]["files"][0]
        self.assertEqual((dry["rows_read"], dry["rows_refused"]), (4, 2))
        self.run_program("score", "-w", folder, code=3)  # nothing was written
        rejects = self.folder / "rejects.csv"
        text = self.text("ingest", "-w", folder, folder / "exports", "--rejects", rejects, "--strict", code=1)
        self.assertIn("costs.csv:4: ", text)
        refused = list(csv.DictReader(rejects.open(newline="")))
        self.assertEqual([row["line"] for row in refused], ["4", "5"])
        self.assertEqual([row["value"] for row in refused], ["2026-01-32", "many"])

    def test_standard_input(self):
        folder = self.workspace()
        receipt = self.json("ingest", "-w", folder, "-", input=COSTS.encode())["data"]["files"][0]
        self.assertEqual((receipt["source"], receipt["rows_kept"]), ("costs", 2))

    def test_status(self):
        folder = self.costs(PLAN)
        self.assertIn("next: backcast ingest", self.text("status", "-w", folder))
        self.run_program("ingest", "-w", folder, folder / "exports")
        text = self.text("status", "-w", folder)
        for part in ("2 rows, 2026-01-05 to 2026-01-20", "1 file loaded", "next: backcast score"):
            self.assertIn(part, text)
        data = self.json("status", "-w", folder)["data"]
        self.assertEqual([(fact["fact"], fact["rows"]) for fact in data["facts"]], [("cost", 2)])
        self.assertEqual(data["loads"][0]["rows_refused"], 2)

    def test_check(self):
        folder = self.costs(PLAN)
        findings = self.json("check", "-w", folder, code=1)["findings"]
        misspelt = [finding for finding in findings if "sessons" in finding["message"]]
        self.assertEqual(len(misspelt), 1, findings)
        self.assertIn("Did you mean 'sessions'?", misspelt[0]["fix"])
        sarif = json.loads(self.text("check", "-w", folder, "--format", "sarif", code=1))
        results = sarif["runs"][0]["results"]
        self.assertEqual([result["ruleId"] for result in results], [finding["rule"] for finding in findings])
        rules = sarif["runs"][0]["tool"]["driver"]["rules"]
        for result in results:
            self.assertEqual(rules[result["ruleIndex"]]["id"], result["ruleId"])
            self.assertGreaterEqual(result["locations"][0]["physicalLocation"]["region"]["startLine"], 1)
        text = self.text("check", "-w", folder, code=1)
        for finding in findings:
            self.assertIn(finding["message"], text)
        self.run_program("check", "-w", folder, "--fail-on", "never")
        self.run_program("check", "-w", folder, "--layer", "none", code=2)
        layers = [self.json("check", "-w", folder, "--layer", layer, "--fail-on", "never")["findings"] for layer in ("text", "chain")]
        self.assertEqual(len(layers[0]) + len(layers[1]), len(findings))

    def test_metrics(self):
        every = self.json("metrics", "list")["data"]["metrics"]
        table = self.table("metrics", "list")
        self.assertEqual([row["id"] for row in table], [metric["id"] for metric in every])
        few = self.table("metrics", "list", "--element", "advertising")
        self.assertEqual({row["element"] for row in few}, {"advertising"})
        self.assertEqual(len(self.markdown("metrics", "list")), 2 + len(every))
        for metric in every[:5]:
            text = self.text("metrics", "show", metric["id"])
            for part in (metric["title"], metric["definition"], metric["unit"], metric["gaming"]):
                self.assertIn(part, text)
        self.assertEqual(self.json("metrics", "show", "sessions")["data"]["metrics"][0]["formula"], "sum(site_day.sessions)")
        self.assertIn(b"sessions", self.run_program("metrics", "show", "sesions", code=2).stderr)

    def test_sources(self):
        every = [source["id"] for source in self.json("sources", "list")["data"]["sources"]]
        self.assertEqual([row["id"] for row in self.table("sources", "list")], every)
        for source in ("costs", "ga4_report"):
            shown = self.json("sources", "show", source)["data"]
            text = self.text("sources", "show", source)
            for column in shown["columns"]:
                mark = "*" if column["required"] else " "
                self.assertIn(f"  {mark} {column['id']}: {' | '.join(column['names'])}", text)
        self.assertIn(b"costs", self.run_program("sources", "show", "cost", code=2).stderr)
        folder = self.costs()
        detected = self.json("sources", "detect", folder / "exports" / "costs.csv")["data"]
        self.assertEqual((detected["source"], detected["fact"]), ("costs", "cost"))
        self.assertIn("costs (confidence", self.text("sources", "detect", folder / "exports" / "costs.csv"))

    def test_schemas(self):
        listed = self.json("schema", "list")["data"]
        self.assertEqual(self.text("schema", "list").split(), listed["schemas"] + listed["facts"])
        for each in listed["schemas"]:
            self.assertIn("$schema", json.loads(self.text("schema", "describe", each)))
        self.assertIn(b"did you mean 'call'", self.run_program("schema", "describe", "cal", code=2).stderr)
        self.assertIn(b"schema list", self.run_program("schema", "describe", "nothing_near", code=2).stderr)

    def test_columns_of_every_fact(self):
        listed = self.json("schema", "list")["data"]["facts"]
        self.assertEqual(listed, [s["fact"] for s in self.json("sources", "list")["data"]["sources"] if s["id"].startswith("backcast_")])
        for fact in listed:
            described = self.json("schema", "describe", fact)["data"]
            shown = self.json("sources", "show", "backcast_" + fact)["data"]["columns"]
            columns = {c["name"]: c for c in described["columns"]}
            self.assertEqual([c["id"] for c in shown], list(columns), fact)
            required = {name for name, c in columns.items() if c["required"]}
            self.assertEqual(required, {c["id"] for c in shown if c["required"]} | {described["day"]} - {None}, fact)
            self.assertLessEqual({c["type"] for c in columns.values()}, set(described["types"]))
            self.assertTrue(any(c["key"] for c in columns.values()), fact)
            text = self.text("schema", "describe", fact)
            self.assertLessEqual(max(map(len, text.splitlines())), 100, fact)
            for name, column in columns.items():
                self.assertIn(f"* {name} " if column["required"] else f"  {name} ", text)
        text = self.text("schema", "describe", "call")
        for words in ("wait_seconds", "seconds until somebody answered", "* call_id", "count: whole number", "key: call_id"):
            self.assertIn(words, text)
        self.assertIn("* call_id (label): call_id", self.text("sources", "show", "backcast_call"))

    def test_pages_name_facts_that_can_be_described(self):
        for page in (harness.ROOT / "docs").glob("*.md"):
            for name in re.findall(r"`(?:backcast )?schema describe ([a-z_]+)`", page.read_text()):
                self.run_program("schema", "describe", name)


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
