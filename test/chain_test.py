#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""chain, backout and why over small shops whose causes are known, written as canonical facts."""
import csv
import datetime
import json
import math
import random
import sys

import harness

PLAN = """backcast: 1
plan: {id: shop, version: 1, valid_from: 2026-01-01, revised_on: 2026-06-01, revised_by: ana, revised_because: First plan., next_review: 2030-01-01}
brand: {name: Shop, market: b2c, currency: EUR, tz: Europe/Berlin}
strategy: [{id: s, statement: Sell more from our own shop.}]
team:
- {id: ana, role: Social media manager, function: social, influences: [content, audience]}
- {id: sam, role: Shop owner, function: site, influences: [site, catalogue, commerce]}
- {id: pat, role: Product manager, function: product, influences: [prices, product]}
objectives: [{id: b, strategy: s, statement: Sell more., owner: ana}]
outcomes:
- id: o_sales
  objective: b
  metric: revenue_net
  scope: {channel_group: [organic_social, paid_social]}
  ceo: Money from shop orders that social media brought.
  owner: ana
  unit: EUR per month
  baseline: {value: 20000, period: 2026-01-01..2026-03-31}
  target: {value: 40000, by: 2027-06-30}
  lag_weeks: 1
  tree: ecommerce_sales
kpis:
- {id: k_visit, outcome: o_sales, metric: targeted_sessions, scope: {channel_group: [organic_social, paid_social]}, owner: ana, baseline: 10000, target: 15000, path: [views, targeted_sessions, orders]}
- {id: k_cart, outcome: o_sales, metric: add_to_cart_rate, scope: {channel_group: [organic_social, paid_social]}, owner: sam, baseline: 0.06, target: 0.065, path: [targeted_sessions, add_to_cart_rate, orders]}
- {id: k_buy, outcome: o_sales, metric: cart_to_purchase_rate, scope: {channel_group: [organic_social, paid_social]}, owner: sam, baseline: 0.5, target: 0.52, path: [targeted_sessions, cart_to_purchase_rate, orders]}
channels: [{id: c, platform: instagram, account: shop, owner: ana}]
tactics: [{id: t, name: Tours, element: content, channels: [c], moves: [k_visit, k_cart], owner: ana, budget: {people: 100}}]
"""
FIRST, LAST = datetime.date(2025, 9, 1), datetime.date(2026, 8, 31)
BROKEN_FROM = datetime.date(2026, 8, 1)


class Shop:
    """A year of days: visits, carts, purchases and orders of three channels, with at most one break in August."""

    def __init__(self, seed, **broken):
        self.random = random.Random(seed)
        self.broken = broken
        self.days = []
        self.orders = []
        day = FIRST
        while day <= LAST:
            for group, mean in (("organic_social", 240), ("paid_social", 160), ("direct", 500)):
                self.one(day, group, mean)
            day += datetime.timedelta(days=1)

    def factor(self, name, day):
        return self.broken.get(name, 1) if day >= BROKEN_FROM else 1

    def binomial(self, n, p):
        mean, sd = n * p, math.sqrt(n * p * (1 - p))
        return min(n, max(0, round(self.random.gauss(mean, sd))))

    def one(self, day, group, mean):
        social = group != "direct"
        weekday = 0.8 if day.weekday() >= 5 else 1.08
        mean *= weekday * self.factor("demand", day) * (self.factor("visits", day) if social else 1)
        visits = max(0, round(self.random.gauss(mean, math.sqrt(mean) * 1.6)))
        carts = self.binomial(visits, 0.06 * self.factor("carts", day) * self.random.lognormvariate(0, 0.05))
        bought = self.binomial(carts, 0.5 * self.factor("checkout", day))
        if not (self.broken.get("gap") and BROKEN_FROM + datetime.timedelta(days=9) <= day < BROKEN_FROM + datetime.timedelta(days=15)):
            self.days.append([day, group, visits, carts, bought, "true"])
        for _ in range(bought):
            net = 60 * self.factor("price", day) * self.random.lognormvariate(-0.045, 0.3)
            self.orders.append([len(self.orders) + 1, day, group, f"{net:.2f}", f"{net:.2f}", "EUR"])


class Chain(harness.Case):
    def shop(self, seed=1, plan=PLAN, **broken):
        folder = self.workspace()
        world = Shop(seed, **broken)
        with (folder / "exports/backcast_site_day.csv").open("w", newline="") as file:
            out = csv.writer(file)
            out.writerow(["property", "date", "channel", "source_name", "medium", "campaign", "landing_page", "device", "country",
                          "channel_group", "sessions", "add_to_carts", "purchases", "in_target"])
            for day, group, *rest in world.days:
                out.writerow(["shop", day, group, "s", "m", "c", "/", "mobile", "DE", group, *rest])
        with (folder / "exports/backcast_order.csv").open("w", newline="") as file:
            out = csv.writer(file)
            out.writerow(["order_id", "date", "channel_group", "gross", "net", "currency"])
            out.writerows(world.orders)
        (folder / "plan.yaml").write_text(plan)
        self.run_program("ingest", "-q", "-w", folder, folder / "exports")
        return folder

    def why(self, folder, *more):
        return self.json("why", "o_sales", "-w", folder, "--period", "2026-08", *more)["data"]

    def closes(self, why):
        self.assertAlmostEqual(sum(part["contribution"] for part in why["parts"]), why["change"], delta=1e-6 * max(1, abs(why["now"]["value"])))

    def test_a_broken_checkout_is_the_shops(self):
        why = self.why(self.shop(checkout=0.5))
        self.closes(why)
        self.assertEqual(why["state"], "answered")
        self.assertEqual((why["weakest"]["metric"], why["weakest"]["owner"]), ("cart_to_purchase_rate", "sam"))
        self.assertEqual(why["weakest"]["controllable"], "other_owner")
        text = self.text("why", "o_sales", "-w", self.folder / "workspace", "--period", "2026-08")
        self.assertTrue(text.splitlines()[2].startswith("It is not the social team"), text)

    def test_fewer_visits_are_the_social_teams(self):
        why = self.why(self.shop(visits=0.6))
        self.closes(why)
        self.assertEqual((why["weakest"]["node"], why["weakest"]["owner"], why["weakest"]["controllable"]), ("k_visit", "ana", "owner"))

    def test_less_demand_everywhere_is_nobodys_fault(self):
        why = self.why(self.shop(demand=0.6))
        self.closes(why)
        self.assertIsNone(why["weakest"])
        outside = [part for part in why["parts"] if part["controllable"] == "outside"]
        self.assertEqual([part["metric"] for part in outside], ["targeted_sessions"])

    def test_nothing_broken_names_nobody(self):
        for seed in (3, 4):
            why = self.why(self.shop(seed))
            self.closes(why)
            self.assertIsNone(why["weakest"], why["claims"])

    def test_an_export_gap_comes_before_any_cause(self):
        why = self.why(self.shop(gap=True))
        self.assertEqual(why["state"], "data_broken")
        self.assertIsNone(why["weakest"])
        self.assertIn("2026-08-10 to 2026-08-15", why["doubts"][0]["sentence"])

    def test_backing_out(self):
        folder = self.shop()
        answer = self.json("backout", "o_sales", "-w", folder, "--target", 32000, "--by", "2027-02-28")["data"]
        outcome, nodes = answer["outcome"], {node["metric"]: node for node in answer["nodes"]}
        self.assertTrue(outcome["reachable"])
        product = math.prod(node["needed"]["value"] for node in answer["nodes"] if node["role"] == "factor")
        now = math.prod(node["current"]["value"] for node in answer["nodes"] if node["role"] == "factor")
        self.assertAlmostEqual(product / now, 32000 / outcome["current"]["value"], places=9)
        self.assertLess(outcome["expected"]["low"], 32000)
        self.assertGreater(outcome["expected"]["high"], 32000)
        self.assertEqual(nodes["targeted_sessions"]["owner"], "ana")
        self.assertEqual(nodes["targeted_sessions"]["due"], "2027-02-21")
        for node in answer["nodes"]:
            self.assertIn(node["feasible"], ("yes", "stretch", "beyond_history", "unknown"))
        what_if = self.json("backout", "o_sales", "-w", folder, "--target", 32000, "--set", "k_visit=15000")["data"]
        visit = next(node for node in what_if["nodes"] if node["id"] == "k_visit")
        self.assertEqual((visit["needed"]["value"], visit["fixed"]), (15000, True))
        beyond = self.json("backout", "o_sales", "-w", folder, "--target", 900000)["data"]["outcome"]
        self.assertFalse(beyond["reachable"])
        self.assertGreater(beyond["missing_factor"], 1)

    def test_backing_out_says_what_is_missing(self):
        folder = self.shop(plan=PLAN.replace("  target: {value: 40000, by: 2027-06-30}\n", ""))
        for arguments, code, words in ((["o_sales"], 3, "has no target"), (["o_sale", "--target", 5], 2, "o_sales"),
                                       (["o_sales", "--target", "many"], 2, "--target"), (["o_sales", "--target", -5], 2, "above zero"),
                                       (["o_sales", "--target", 5, "--set", "k_nothing=1"], 2, "k_nothing"),
                                       (["o_sales", "--target", 5, "--by", "2020-01-01"], 2, "last day with data")):
            done = self.run_program("backout", "-w", folder, *arguments, code=code)
            self.assertIn(words, done.stderr.decode())
        young = self.folder / "young"
        (young / "exports").mkdir(parents=True)
        (young / "plan.yaml").write_text(PLAN)
        (young / "exports/backcast_order.csv").write_text("order_id,date,channel_group,gross,net,currency\n1,2026-01-01,organic_social,5,5,EUR\n")
        self.run_program("ingest", "-q", "-w", young, young / "exports/backcast_order.csv")
        error = json.loads(self.run_program("backout", "o_sales", "-w", young, "--json", code=6).stdout)["error"]
        self.assertEqual(error["code"], "too_little_data")

    def test_the_chain(self):
        folder = self.shop()
        data = self.json("chain", "-w", folder)["data"]
        nodes = {node["id"]: node for node in data["nodes"]}
        self.assertEqual(nodes["o_sales"]["role"], "outcome")
        self.assertEqual(nodes["k_visit"]["role"], "factor")
        links = {(link["from"], link["to"]): link for link in data["links"]}
        visit = links[("k_visit", "o_sales")]
        self.assertEqual((visit["kind"], visit["evidence"]), ("component", "component"))
        self.assertAlmostEqual(visit["closure"]["now"], 1, delta=0.02)
        self.assertEqual(links[("t", "k_visit")]["evidence"], "asserted")
        up = {node["id"] for node in self.json("chain", "-w", folder, "--up", "k_visit")["data"]["nodes"]}
        self.assertIn("t", up)
        self.assertNotIn("o_sales", up)
        down = {node["id"] for node in self.json("chain", "-w", folder, "--down", "t")["data"]["nodes"]}
        self.assertLessEqual({"t", "k_visit", "o_sales"}, down)
        self.assertIn("o_sales", self.text("chain", "-w", folder))
        self.assertEqual(self.text("chain", "-w", folder), self.text("chain", "-w", folder))
        self.run_program("chain", "-w", folder, "--up", "k_vist", code=2)


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
