#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests by region: the effect that was put in comes out, becomes evidence of the link, and too little is refused."""
import csv
import datetime
import math
import random

import harness

PLAN = """backcast: 1
brand: {name: Shop, market: b2c, currency: EUR, tz: Europe/Berlin}
team: [{id: ana, role: Social media manager, influences: [content, audience, advertising]}]
outcomes:
- {id: o_sales, metric: orders, ceo: Orders of our own shop., owner: ana, baseline: 400, target: 500}
kpis:
- {id: k_ads, outcome: o_sales, metric: ad_spend, owner: ana, baseline: 10, target: 12}
experiments:
- id: e_ads   # decided by lot on 2026-02-20
  link: {from: k_ads, to: o_sales}
  kind: geo
  from: 2026-03-02
  to: 2026-04-05
  regions: [%s]
  measure: orders
"""
START = datetime.date(2026, 3, 2)


def regions(count):
    return [f"Region {i + 1}" for i in range(count)]


def write_regions(folder, count, effect, weeks=5, weeks_before=10, seed=4):
    """Daily orders of regions that differ in size; the even ones get `effect` from START on."""
    rng = random.Random(seed)
    path = folder / "exports" / "regions.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["region", "date", "measure", "value"])
        for i, name in enumerate(regions(count)):
            size = 60 * math.exp(rng.gauss(0, 0.6))
            for day in range(-7 * weeks_before, 7 * weeks):
                factor = 1 + effect if day >= 0 and i % 2 == 0 else 1
                value = size * factor * (1 + 0.2 * math.sin(day / 9)) * math.exp(rng.gauss(0, 0.08))
                out.writerow([name, START + datetime.timedelta(days=day), "orders", f"{value:.2f}"])


class HoldOut(harness.Case):
    def shop(self, count=12, effect=0.2, named=None, plan=PLAN, **world):
        folder = self.folder / f"shop{len(list(self.folder.iterdir()))}"
        write_regions(folder, count, effect, **world)
        (folder / "plan.yaml").write_text(plan % ", ".join(named or regions(count)[::2]))
        self.run_program("ingest", "-w", folder, folder / "exports")
        return folder

    def test_the_effect_that_was_put_in_comes_out(self):
        test = self.json("holdout", "e_ads", "-w", self.shop())["data"]["tests"][0]
        self.assertEqual(test["verdict"], "caused")
        self.assertLess(test["effect"]["low"], 0.2)
        self.assertGreater(test["effect"]["high"], 0.2)
        self.assertLess(abs(test["effect"]["value"] - 0.2), 0.06)
        self.assertEqual(test["assignments"], 924)
        self.assertTrue(test["all_assignments"])
        self.assertEqual(test["weeks"], 5)
        self.assertEqual((len(test["regions_with"]), len(test["regions_without"])), (6, 6))
        self.assertGreater(test["extra"]["low"], 0)
        self.assertIn("caused", test["claims"][0]["text"])

    def test_left_out_regions_turn_the_effect_round(self):
        named = regions(12)[1::2]
        plan = PLAN.replace("  measure: orders\n", "  measure: orders\n  left_out: yes\n")
        test = self.json("holdout", "e_ads", "-w", self.shop(named=named, plan=plan))["data"]["tests"][0]
        self.assertLess(abs(test["effect"]["value"] - 0.2), 0.06)

    def test_no_effect_is_not_called_one(self):
        test = self.json("holdout", "e_ads", "-w", self.shop(effect=0))["data"]["tests"][0]
        self.assertEqual(test["verdict"], "no_effect_shown")
        self.assertNotIn(" caused ", test["claims"][0]["text"])

    def test_the_result_becomes_evidence_of_the_link(self):
        folder = self.shop()
        before = (folder / "plan.yaml").read_text()
        test = self.json("holdout", "e_ads", "--record", "-w", folder)["data"]["tests"][0]
        after = (folder / "plan.yaml").read_text()
        self.assertIn("# decided by lot", after)
        kept = [line.replace("- ", "  ", 1) for line in before.splitlines()]
        added = [line for line in after.splitlines() if line.replace("- ", "  ", 1) not in kept]
        self.assertEqual(len(added), 4, added)
        self.assertIn(f"effect: {round(test['effect']['value'], 4)}", after)
        links = self.json("chain", "-w", folder)["data"]["links"]
        link = next(x for x in links if x["from"] == "k_ads" and x["to"] == "o_sales")
        self.assertEqual(link["evidence"], "experimental")
        self.json("holdout", "e_ads", "--record", "-w", folder)
        self.assertEqual((folder / "plan.yaml").read_text(), after)

    MONEY = PLAN.replace("metric: orders", "metric: revenue_net").replace(
        "  measure: orders\n", "  measure: orders\n  currency: EUR\n  spend: ad spend\n")

    def write_spend(self, folder, names, amount=30):
        with (folder / "exports" / "regions.csv").open("a", newline="") as file:
            for name in names:
                for day in range(35):
                    csv.writer(file).writerow([name, START + datetime.timedelta(days=day), "ad spend", amount])
        self.run_program("ingest", "-w", folder, folder / "exports")

    def test_a_recorded_result_gives_the_return_of_the_ads(self):
        folder = self.shop(plan=self.MONEY)
        self.write_spend(folder, regions(12)[::2])
        before = self.json("holdout", "e_ads", "-w", folder)["data"]["tests"][0]["return"]
        self.assertIsNone(before["incremental_roas"]["value"])
        self.assertIn("--record", before["incremental_roas"]["reason"])
        test = self.json("holdout", "e_ads", "--record", "-w", folder)["data"]["tests"][0]
        self.assertEqual(test["extra"]["unit"], "EUR")
        found = self.json("holdout", "e_ads", "-w", folder)["data"]["tests"][0]["return"]
        self.assertEqual(found["spend"]["value"], 6 * 35 * 30)
        roas = found["incremental_roas"]
        self.assertAlmostEqual(roas["value"], test["extra"]["value"] / 6300, delta=0.001)
        self.assertAlmostEqual(roas["low"], test["extra"]["low"] / 6300, delta=0.001)
        self.assertAlmostEqual(roas["high"], test["extra"]["high"] / 6300, delta=0.001)
        self.assertEqual(roas["n"], 12)
        self.assertIn("each EUR brought", self.text("holdout", "-w", folder))
        self.assertEqual(self.json("ads", "-w", folder)["data"]["tests"], [found])
        plan = (folder / "plan.yaml").read_text().replace("spend: ad spend", "spend: 12600")
        (folder / "plan.yaml").write_text(plan)
        half = self.json("holdout", "e_ads", "-w", folder)["data"]["tests"][0]["return"]
        self.assertAlmostEqual(half["incremental_roas"]["value"], roas["value"] / 2, delta=1e-9)

    def test_no_return_where_the_others_spent_too_or_nothing_is_known(self):
        folder = self.shop(plan=self.MONEY)
        self.json("holdout", "e_ads", "--record", "-w", folder)
        none = self.json("holdout", "e_ads", "-w", folder)["data"]["tests"][0]["return"]
        self.assertIsNone(none["incremental_roas"]["value"])
        self.assertIn("0 of 6", none["incremental_roas"]["reason"])
        self.write_spend(folder, regions(12))
        both = self.json("holdout", "e_ads", "-w", folder)["data"]["tests"][0]["return"]
        self.assertIsNone(both["incremental_roas"]["value"])
        self.assertIn("spent too", both["incremental_roas"]["reason"])
        self.assertIsNone(self.json("holdout", "e_ads", "-w", self.shop())["data"]["tests"][0]["return"])

    def test_too_little_says_what_is_needed(self):
        few = self.run_program("holdout", "e_ads", "-w", self.shop(count=6), code=6)
        self.assertIn(b"at least 8", few.stderr)
        short = self.run_program("holdout", "e_ads", "-w", self.shop(weeks=2), code=6)
        self.assertIn(b"8 whole weeks before the test and 2 in it", short.stderr)

    def test_names_that_nobody_counts_are_told(self):
        folder = self.shop(named=regions(12)[::2] + ["Atlantis"])
        self.assertIn("Atlantis", self.text("holdout", "-w", folder))
        self.run_program("holdout", "e_adds", "-w", folder, code=2)
        wrong = PLAN.replace("measure: orders", "measure: moons")
        (folder / "plan.yaml").write_text(wrong % "Region 1, Region 3")
        done = self.run_program("holdout", "e_ads", "-w", folder, code=3)
        self.assertIn(b"moons", done.stderr)

    def test_a_metric_by_country_does_without_a_file_of_regions(self):
        rng = random.Random(2)
        folder = self.folder / "shop"
        (folder / "exports").mkdir(parents=True)
        countries = ["DE", "AT", "CH", "FR", "IT", "ES", "NL", "BE", "PL", "DK"]
        with (folder / "exports" / "orders.csv").open("w", newline="") as file:
            out = csv.writer(file)
            out.writerow(["order_id", "date", "country", "net", "currency", "cancelled", "test"])
            number = 0
            for i, country in enumerate(countries):
                for day in range(-60, 35):
                    for _ in range(round((20 + 5 * i) * (1.3 if i % 2 == 0 and day >= 0 else 1) * math.exp(rng.gauss(0, 0.1)))):
                        number += 1
                        out.writerow([f"o{number}", START + datetime.timedelta(days=day), country, 50, "EUR", "false", "false"])
        (folder / "plan.yaml").write_text((PLAN % "de, CH, it, NL, PL").replace("  measure: orders\n", ""))
        self.run_program("ingest", "-w", folder, folder / "exports")
        test = self.json("holdout", "e_ads", "-w", folder)["data"]["tests"][0]
        self.assertEqual(sorted(test["regions_with"]), ["CH", "DE", "IT", "NL", "PL"])
        self.assertEqual(test["verdict"], "caused")
        self.assertLess(abs(test["effect"]["value"] - 0.3), 0.06)


if __name__ == "__main__":
    harness.main(__name__)
