#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""chain, backout, why, improvements, explain and the doctor's rules about chains over small worlds whose causes are known, written
as canonical facts."""
import csv
import datetime
import html
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

    def test_a_driver_tree_of_the_plan(self):
        """Its factors are those that are backed out, that explain a change, and that the doctor looks at."""
        own = PLAN.replace("tree: ecommerce_sales", "tree: by_order") + (
            "driver_trees:\n- id: by_order\n  outcome: revenue_net\n  identity:\n"
            "  - {metric: orders, usually: [social], social_control: 0.6, cap: 0.8}\n"
            "  - {metric: aov, usually: [product], social_control: 0.1, cap: 0.1}\n")
        folder = self.shop(plan=own, visits=0.6)
        answer = self.json("backout", "o_sales", "-w", folder, "--target", 12000)["data"]
        factors = {node["metric"]: node for node in answer["nodes"] if node["role"] == "factor"}
        self.assertEqual(set(factors), {"orders", "aov"})
        product = math.prod(node["needed"]["value"] / node["current"]["value"] for node in factors.values())
        self.assertAlmostEqual(product, 12000 / answer["outcome"]["current"]["value"], places=9)
        why = self.why(folder)
        self.closes(why)
        self.assertEqual({part["metric"] for part in why["parts"] if part["metric"] in ("orders", "aov", "targeted_sessions")},
                         {"orders", "aov"})
        (folder / "plan.yaml").write_text(own.replace("{metric: orders,", "{metric: ordres,"))
        findings = self.json("check", "-w", folder, "--layer", "chain", code=1)["findings"]
        wrong = [finding for finding in findings if finding["rule"] == "P25"]
        line = next(number for number, text in enumerate(own.splitlines(), 1) if "metric: orders, usually" in text)
        self.assertEqual([(finding["line"], finding["column"]) for finding in wrong], [(line, 14)])
        self.assertIn("orders", wrong[0]["fix"])

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

    # ------------------------------------------------------------ improvements

    def improvements(self, folder):
        return {change["id"]: change for change in self.json("improvements", "-w", folder, "--period", "2026-08")["data"]["changes"]}

    def test_improvements(self):
        """One that worked, one that did nothing, one too young, two at once, one without an expectation."""
        scope = "scope: {channel_group: [organic_social, paid_social]}"
        plan = PLAN + f"""improvements:
- {{id: v_cart, objective: A size guide., owner: sam, due: 2026-08-01, expect: {{metric: add_to_cart_rate, direction: higher, {scope}}}}}
- {{id: v_visit, objective: Better texts., owner: ana, due: 2026-05-01, expect: {{metric: targeted_sessions, direction: higher, {scope}}}}}
- {{id: v_young, objective: New prices., owner: pat, due: 2026-08-20, expect: {{metric: aov, direction: higher}}}}
- {{id: v_vague, objective: Be better., owner: ana, due: 2026-05-01}}
- {{id: v_one, objective: Faster pay., owner: sam, due: 2026-06-01, expect: {{metric: cart_to_purchase_rate, direction: higher}}}}
"""
        folder = self.shop(plan=plan, carts=1.5)
        (folder / "calendar.yaml").write_text("interventions:\n- {id: c_two, title: Free delivery, date: 2026-06-08, expect: {metric: cart_to_purchase_rate, direction: higher}}\n")
        found = self.improvements(folder)
        self.assertEqual(found["v_cart"]["expected"]["verdict"], "changed")
        effect = found["v_cart"]["expected"]["effect"]
        self.assertGreater(effect["low"], 0)
        self.assertGreater(effect["high"], 0.5)
        self.assertLess(effect["low"], effect["value"])
        self.assertTrue(found["v_cart"]["improvement"])
        self.assertEqual(found["v_visit"]["expected"]["verdict"], "no_change_shown")
        for change, words in (("v_young", "12 after"), ("v_vague", "nothing was expected"), ("v_one", "c_two"), ("c_two", "v_one")):
            expected = found[change]["expected"]
            self.assertEqual((expected["verdict"], expected["effect"]), ("cannot_tell", None), change)
            self.assertIn(words, expected["because"])
            self.assertEqual(found[change]["claims"], [], "what cannot be told is no claim")
        self.assertFalse(found["c_two"]["improvement"])
        text = self.text("improvements", "-w", folder, "--period", "2026-08")
        self.assertIn("After 'A size guide'", text)
        self.assertIn("cannot tell: nothing was expected", text)

    def test_a_broken_calendar_is_said_and_the_plan_is_still_answered(self):
        folder = self.shop(plan=PLAN + "improvements: [{id: v, objective: Better texts., owner: ana, due: 2026-05-01}]\n")
        for calendar, words in (("interventions: [", "calendar.yaml"), ("interventions: [{id: c, date: soon}]\n", "without a date")):
            (folder / "calendar.yaml").write_text(calendar)
            done = self.run_program("improvements", "-w", folder, "--json")
            self.assertEqual([change["id"] for change in json.loads(done.stdout)["data"]["changes"]], ["v"])
            self.assertIn(words, done.stderr.decode())

    # ------------------------------------------------------------ explain

    def test_explain(self):
        folder = self.shop()
        answer = self.json("explain", "k_visit", "-w", folder, "--period", "2026-08")
        data = answer["data"]
        self.assertEqual((data["id"], data["node"], data["owner"]), ("targeted_sessions", "k_visit", "ana"))
        scored = self.json("score", "-w", folder, "--period", "2026-08")["data"]["metrics"]
        self.assertEqual(data["value"]["value"], next(m["value"]["value"] if isinstance(m["value"], dict) else m["value"] for m in scored if m["id"] == "k_visit"))
        self.assertLessEqual(len(data["rows"]), 5)
        self.assertTrue(data["rows"] and data["sql"])
        self.assertIn(("k_visit", "o_sales", "component"), {(link["from"], link["to"], link["evidence"]) for link in data["links"]})
        self.assertEqual(answer["period"], {"from": "2026-08-01", "to": "2026-08-31"})
        text = self.text("explain", "k_visit", "-w", folder, "--period", "2026-08")
        self.assertIn("targeted_sessions", text)
        metric = self.json("explain", "aov", "-w", folder, "--period", "2026-08")["data"]
        self.assertEqual((metric["id"], metric["node"], metric["links"]), ("aov", None, []))
        self.assertIn("aov", self.text("explain", "aov", "-w", folder))
        self.assertIn("k_visit", self.run_program("explain", "k_vist", "-w", folder, code=2).stderr.decode())

    # ------------------------------------------------------------ the doctor about a shop

    def findings(self, folder):
        when = {"SOURCE_DATE_EPOCH": str(int(datetime.datetime(2026, 9, 2, 12, tzinfo=datetime.timezone.utc).timestamp()))}
        return [f for f in self.json("check", "-w", folder, "--layer", "data", "--fail-on", "never", env=when)["findings"]]

    def test_the_broken_step_of_another_and_an_improvement_that_chance_explains(self):
        improvements = """improvements: [{{id: v, issue: i, objective: Better texts., owner: ana, due: 2026-05-01, expect: {{metric: targeted_sessions, direction: {}}}}}]
"""
        plan = PLAN.replace("path: [views, targeted_sessions, orders]", "path: [targeted_sessions, cart_to_purchase_rate, orders]")
        folder = self.shop(plan=plan + improvements.format("higher"), checkout=0.5)
        expected = self.json("improvements", "-w", folder)["data"]["changes"][0]["expected"]
        self.assertEqual(expected["verdict"], "no_change_shown")
        up = expected["effect"]["value"] > 0
        for direction, said in (("higher", up), ("lower", not up)):
            (folder / "plan.yaml").write_text(plan + improvements.format(direction))
            found = self.findings(folder)
            self.assertEqual([f["rule"] for f in found if f["rule"] == "D16"], ["D16"] if said else [], direction)
        broken = {f["node"]: f["message"] for f in found if f["rule"] == "D18"}
        self.assertEqual(list(broken), ["k_visit"], "sam's own KPI is not another's")
        self.assertIn("sam", broken["k_visit"])

    # ------------------------------------------------------------ texts of the plan in the answers

    def test_hostile_texts_of_the_plan_do_no_harm(self):
        """Control characters, marks that turn the writing round, and places of a wording stay text on one line."""
        hostile = "\\e[31m{now}\\u202egnp.exe{change.range}\\a\\nsecond\\u2028line" + "x" * 300
        plan = (PLAN.replace("role: Shop owner", f'role: "{hostile}"').replace("name: Tours", f'name: "{hostile}"')
                + f'improvements: [{{id: v, objective: "{hostile}", owner: "{hostile}", due: 2026-08-01, expect: {{metric: "{hostile}", direction: higher}}}}]\n'
                + f'experiments: [{{id: e, link: {{from: k_visit, to: o_sales}}, source: "{hostile}", effect: 0.1, low: 0.05, high: 0.2}}]\n')
        plan = plan.replace("tree: ecommerce_sales", "tree: ecommerce_sales\n- {" + f'id: "o_{hostile[:60]}", metric: "{hostile}", tree: "{hostile}", scope: {{"{hostile}": [a]}}, owner: ana' + "}")
        folder = self.shop(plan=plan, checkout=0.5)
        for arguments in (["why", "o_sales", "--period", "2026-08"], ["chain"], ["backout", "o_sales"], ["improvements"], ["explain", "k_visit"],
                          ["chain", "--up", "\x1b[31mk\u202e"]):
            for json_too in ([], ["--json"]):
                done = self.run_program(*arguments, *json_too, "-w", folder, code=2 if "--up" in arguments else 0)
                for stream in (done.stdout.decode(), done.stderr.decode()):
                    marks = "" if json_too else "\u202e\u2028\u2029\u2066\u2067"  # in JSON a name is the data that it is
                    bad = {hex(ord(c)) for c in stream if (c < " " and c != "\n") or c in "\x7f" + marks}
                    self.assertEqual(bad, set(), f"{arguments} {json_too}")
        why = json.loads(self.run_program("why", "o_sales", "--period", "2026-08", "-w", folder, "--json").stdout)["data"]
        for claim in why["claims"]:
            self.assertNotRegex(claim["text"], "[\\x00-\\x1f\\u202e\\u2028]")
            self.assertLess(len(claim["text"]), 400)
        self.assertIn("{now}", next(claim["text"] for claim in why["claims"] if claim["key"] == "why.not_social"), "a place in a role is not filled")


class Rules(harness.Case):
    """check --layer data: 140 weeks of days in which one thing is wrong."""

    WEEKS = 140
    LAST = datetime.date(2026, 8, 30)
    PLAN = """backcast: 1
brand: {{name: Rules, currency: EUR}}
team: [{{id: ana, role: Social media manager, function: social, influences: [content]{bonus}}}, {{id: sam, role: Shop owner, function: site, influences: [site]{bonus}}}]
objectives: [{{id: b, statement: Sell., owner: ana}}]
outcomes: [{{id: o, objective: b, metric: orders, ceo: Orders in our shop., owner: ana, unit: orders per month, baseline: {{value: 500, period: 2025-01-01..2025-12-31}}, target: {{value: {target}, by: 2027-12-31}}}}]
kpis:
- {{id: k_game, outcome: o, metric: profile_visits, owner: ana, guard: followers_gained, path: [profile_visits, orders]}}
- {{id: k_idle, outcome: o, metric: followers_lost, owner: ana, target: {{value: 100000, by: 2027-12-31}}, path: [followers_lost, orders]}}
"""

    def world(self, name, bonus="", target=9000, pushed=0, guard_falls=False, rest=1.0, against=False):
        chance = random.Random(11)
        folder = self.folder / name
        (folder / "exports").mkdir(parents=True)
        logs = [0.3 * chance.gauss(0, 1) + (0.05 * max(0, week - self.WEEKS + 30) if against else 0) for week in range(self.WEEKS + 2)]
        first = self.LAST - datetime.timedelta(days=7 * self.WEEKS - 1)
        accounts, sites, orders = [], [], []
        poisson = lambda mean: max(0, round(chance.gauss(mean, math.sqrt(mean))))
        for week in range(self.WEEKS):
            own, lead = logs[week + 2], logs[week]
            outcome = math.exp((-0.8 if against else 0.8) * lead + 0.1 * chance.gauss(0, 1))
            for weekday in range(7):
                day = first + datetime.timedelta(days=7 * week + weekday)
                visits = poisson(400 * math.exp(own) * (2 if week >= self.WEEKS - pushed else 1))
                gained = poisson(80 * (0.5 if guard_falls and week >= self.WEEKS - 8 else 1))
                accounts.append(["instagram", "shop", day, visits, gained, poisson(30)])
                bought = poisson(20 * outcome)
                sessions, carts = bought * 40, bought * 2
                sites.append(["shop", day, "x", "organic_social", "s", "m", "c", "/", "mobile", "DE", sessions, carts,
                              max(1, round(bought * (rest if day >= datetime.date(2026, 7, 1) else 1))), "true"])
                orders += [[f"{day}-{i}", day, "x", "organic_social", 50, 40, "EUR"] for i in range(bought)]
        for file, header, rows in (("account_day", "platform,account,date,profile_visits,followers_gained,followers_lost", accounts),
                                   ("site_day", "property,date,channel,channel_group,source_name,medium,campaign,landing_page,device,country,sessions,add_to_carts,purchases,in_target", sites),
                                   ("order", "order_id,date,channel,channel_group,total,net,currency", orders)):
            with (folder / f"exports/backcast_{file}.csv").open("w", newline="") as out:
                out.write(header + "\n")
                csv.writer(out).writerows(rows)
        (folder / "plan.yaml").write_text(self.PLAN.format(bonus=bonus, target=target))
        self.run_program("ingest", "-q", "-w", folder, folder / "exports")
        return folder

    def rules(self, folder, today="2026-09-01"):
        when = {"SOURCE_DATE_EPOCH": str(int(datetime.datetime.fromisoformat(today + "T12:00:00+00:00").timestamp()))}
        found = {}
        for finding in self.json("check", "-w", folder, "--layer", "data", "--fail-on", "never", env=when)["findings"]:
            found.setdefault(finding["rule"], []).append(finding)
        return found

    def test_a_sound_world_has_no_alarm(self):
        found = self.rules(self.world("sound"))
        self.assertEqual([rule for rule in found if rule in ("D06", "G01", "G02", "G03", "G04", "D16", "D18")], [], found)

    def test_a_link_that_is_none_and_a_target_that_is_always_met(self):
        found = self.rules(self.world("idle"))
        self.assertEqual([f["node"] for f in found["D07"]], ["k_idle"])
        self.assertIn("k_idle", found["D15"][0]["message"])

    def test_a_gamed_kpi(self):
        found = self.rules(self.world("gamed", pushed=26))
        self.assertEqual([f["node"] for f in found["G01"]], ["k_game"])
        self.assertIn("did not follow", found["G01"][0]["message"])
        self.assertEqual(found["G01"][0]["line"], 7)
        self.assertNotIn("G02", found, "its guard stood still")

    def test_a_guard_that_falls_while_its_kpi_rises(self):
        found = self.rules(self.world("guard", pushed=8, guard_falls=True))
        self.assertEqual([f["node"] for f in found["G02"]], ["k_game"])
        self.assertNotIn("G02", self.rules(self.world("only guard", guard_falls=True)))

    def test_factors_that_do_not_explain_the_outcome(self):
        found = self.rules(self.world("rest", rest=0.5))
        self.assertEqual([f["node"] for f in found["D06"]], ["o"])

    def test_everything_on_one_metric(self):
        found = self.rules(self.world("bonus", bonus=", bonus: [{metric: followers_lost}]"))
        self.assertIn("followers_lost", found["G03"][0]["message"])

    def test_a_target_that_was_moved_after_its_days_had_begun(self):
        folder = self.world("moved")
        self.assertNotIn("G04", self.rules(folder))
        (folder / "plan.yaml").write_text(self.PLAN.format(bonus="", target=400))
        found = self.rules(folder, "2026-09-02")
        self.assertEqual([f["node"] for f in found["G04"]], ["o"])
        self.assertIn("2026-09-02", found["G04"][0]["message"])

    def test_a_segment_whose_rule_changed_while_the_period_ran(self):
        folder = self.world("segments")
        plan = (folder / "plan.yaml").read_text()
        of_version = lambda version, day: f"plan: {{revised_on: {day}}}\nsegments: [{{id: g, version: {version}, is_target: true, rule: country in (DE)}}]\n"
        for day, version, mixed in (("2026-04-01", 1, False), ("2026-06-01", 2, False), ("2026-07-15", 3, True)):
            (folder / "plan.yaml").write_text(plan + of_version(version, day))
            found = self.rules(folder, "2026-09-02")
            self.assertEqual("D13" in found, mixed, found.get("D13"))
        self.assertIn("version 2 and 3 of g", found["D13"][0]["message"])

    # ------------------------------------------------------------ on the card and on the page

    DAY = {"SOURCE_DATE_EPOCH": str(int(datetime.datetime(2026, 9, 1, 12, tzinfo=datetime.timezone.utc).timestamp()))}

    def on_card(self, folder, *more):
        when = self.DAY
        checked = self.json("check", "-w", folder, "--fail-on", "never", env=when)["findings"]
        card = self.json("score", "-w", folder, *more, env=when)
        key = lambda finding: (finding["rule"], finding["node"] or "", finding["message"])
        self.assertEqual(sorted(map(key, card["findings"])), sorted(map(key, checked)), "score says what check says")
        self.run_program("report", "-w", folder, "-o", folder / "page.json", "-o", folder / "page.html", "-o", folder / "page.txt", env=when)
        page = json.loads((folder / "page.json").read_text())
        self.assertEqual(page["findings"], card["findings"])
        self.assertEqual({m["id"]: m["verdict"] for m in page["data"]["metrics"]}, {m["id"]: m["verdict"] for m in card["data"]["metrics"]})
        return card

    def test_the_card_and_the_page_say_what_the_data_say(self):
        folder = self.world("gamed on the page", pushed=26)
        card = self.on_card(folder)
        alarm = next(f for f in card["findings"] if f["rule"] == "G01")
        self.assertIsNone(alarm["accepted"])
        self.assertIn("G01", (folder / "page.txt").read_text())
        self.assertIn(html.escape(alarm["message"], quote=False), html.unescape((folder / "page.html").read_text()).replace("&", "&amp;"))
        self.run_program("check", "-w", folder, "--accept", "G01", "--because", "The visits were a test.", "--by", "ana", env=self.DAY)
        accepted = [f for f in self.on_card(folder)["findings"] if f["accepted"]]
        self.assertEqual([(f["rule"], f["accepted"]["by"]) for f in accepted], [("G01", "ana")])
        for page in ("page.txt", "page.html"):
            self.assertIn("The visits were a test.", (folder / page).read_text(), page)

    def test_an_error_of_the_data_takes_the_verdict_of_its_node_and_of_nothing_else(self):
        folder = self.world("against", against=True)
        plan = (folder / "plan.yaml").read_text()
        (folder / "plan.yaml").write_text(plan.replace("guard: followers_gained,", "guard: followers_gained, target: {value: 99, by: 2026-12-31},"))
        card = self.on_card(folder)
        errors = {f["node"] for f in card["findings"] if f["rule"] == "D08"}
        self.assertEqual(errors, {"k_game"})
        lines = {m["id"]: m for m in card["data"]["metrics"]}
        self.assertIsNone(lines["k_game"]["verdict"])
        self.assertIsNotNone(lines["k_game"]["value"]["value"])
        self.assertIsNotNone(lines["k_idle"]["verdict"])
        self.run_program("check", "-w", folder, "--accept", "D08", "--because", "It is known.", "--by", "ana", env=self.DAY)
        self.assertIsNotNone({m["id"]: m for m in self.on_card(folder)["data"]["metrics"]}["k_game"]["verdict"])

    def test_notes_that_cannot_be_read_are_told_once(self):
        folder = self.world("no notes")
        self.on_card(folder)
        for file in (folder / ".backcast").glob("state*"):
            file.write_bytes(b"no data base" * 400)
        done = self.json("score", "-w", folder)
        self.assertEqual([f["rule"] for f in done["findings"]].count("T12"), 1)


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
