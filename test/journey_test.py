#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""channels, journey and bots: where people come from, how far they come, and which of them are people. Small worlds whose truth is
known, and real data of others turned into canonical facts."""
import csv
import datetime
import json
import random
import statistics
import sys

import harness

PLAN = """backcast: 1
brand: {name: Shop, currency: EUR}
team: [{id: ana, role: Social media manager, influences: [content]}, {id: sam, role: Shop owner, influences: [site]}]
outcomes: [{id: o, metric: orders, ceo: Orders in our shop., owner: sam, baseline: 10, target: {value: 20, by: 2027-12-31}}]
"""


class Case(harness.Case):
    def narrow(self, text):
        for line in text.splitlines():
            self.assertLessEqual(len(line), 100, line)


class Channels(Case):
    SESSIONS = [  # id, date, source, medium, referrer, click id, campaign, channel, group; what it is
        ["s1", "2026-03-02", "LinkedIn", "social", "", "", "", "", "", "organic_social"],
        ["s2", "2026-03-02", "lnkd.in", "", "", "", "", "", "", "organic_social"],
        ["s3", "2026-03-03", "facebook", "cpc", "", "", "", "", "", "paid_social"],
        ["s4", "2026-03-03", "", "", "chatgpt.com", "", "", "", "", "ai_assistant"],
        ["s5", "2026-03-04", "", "", "www.google.de", "", "", "", "", "organic_search"],
        ["s6", "2026-03-04", "", "", "", "gclid", "", "", "", "paid_search"],
        ["s7", "2026-03-05", "", "", "", "", "", "", "", "direct"],
        ["s8", "2026-03-05", "mystery", "weird", "", "", "", "", "", ""],
        ["s9", "2026-03-06", "facebook", "cpc", "", "", "", "own name", "display", "display"],
    ]
    HEADER = "session_id,date,source_name,medium,referrer,click_id,campaign,channel,channel_group"

    def shop(self, own=None):
        folder = self.folder / "channels"
        folder.mkdir(exist_ok=True)
        if own:
            (folder / "channels.yaml").write_text(own)
        return self.facts(folder, session=(self.HEADER, [row[:9] for row in self.SESSIONS]))

    def groups(self, folder):
        answer = self.json("journey", "-w", folder, "--period", "2026-03", "--by", "channel_group")
        return {g["group"]["channel_group"] or "": g["value"]["value"] for g in answer["data"]["volumes"]["stages"][0]["groups"]}

    def test_rows_that_say_where_they_come_from_get_their_channel(self):
        folder = self.shop()
        expected = {}
        for row in self.SESSIONS:
            expected[row[9]] = expected.get(row[9], 0) + 1
        self.assertEqual(self.groups(folder), expected)
        rows = {r["session_id"]: r for r in self.json("score", "-w", folder, "--rows", "visitors")["data"]["rows"]}
        self.assertEqual(rows["s2"]["channel_rule"], "source_social@1")
        self.assertEqual(rows["s2"]["channel"], "linkedin")
        self.assertIsNone(rows["s8"]["channel_group"])
        self.assertEqual((rows["s9"]["channel_group"], rows["s9"]["channel"], rows["s9"]["channel_rule"]), ("display", "own name", None), "what the file says stays")

    def test_silence_is_direct_only_where_the_file_speaks_of_others(self):
        folder = self.facts(self.folder / "silent", session=("session_id,date", [["a", "2026-03-01"], ["b", "2026-03-02"]]))
        self.assertEqual(self.groups(folder), {"": 2})

    def test_a_workspace_overrides_and_prepends(self):
        folder = self.shop("version: 2\nrules:\n- {id: mystery, when: {source: [mystery]}, group: affiliate, channel: partner}\n"
                           "- {id: paid_source_social, when: {medium: [cpc], source: ['@social']}, group: video}\n- {id: click_ad_search, off: true}\n")
        groups = self.groups(folder)
        self.assertEqual((groups["affiliate"], groups["video"], groups.get("display"), groups[""]), (1, 2, None, 1))
        rows = {r["session_id"]: r for r in self.json("score", "-w", folder, "--rows", "visitors")["data"]["rows"]}
        self.assertEqual(rows["s8"]["channel_rule"], "own:mystery@2")
        self.assertEqual(rows["s9"]["channel_group"], "video", "a rule of the workspace also overrules the file")
        listed = self.json("channels", "-w", folder)["data"]
        self.assertEqual((listed["rules"][0]["id"], listed["rules"][0]["own"], listed["rules"][0]["file"], listed["rules"][0]["line"]), ("mystery", True, "channels.yaml", 3))
        self.assertEqual(listed["taken_away"], ["click_ad_search"])

    def test_the_rule_that_decides_says_why(self):
        folder = self.shop()
        data = self.json("channels", "test", "-w", folder, "--source", "LinkedIn", "--medium", "CPC")["data"]
        self.assertEqual((data["channel_group"], data["channel"], data["rule"]["id"]), ("paid_social", "linkedin", "paid_source_social"))
        self.assertIn("linkedin (social)", " ".join(data["because"]))
        text = self.text("channels", "test", "-w", folder, "--referrer", "claude.ai")
        self.assertIn("ai_assistant, channel claude", text)
        self.assertIn("no rule fits", self.text("channels", "test", "-w", folder, "--source", "mystery"))
        self.narrow(self.text("channels", "-w", folder))

    def test_what_nobody_recognises_is_listed_with_its_visits(self):
        pairs = self.json("channels", "unknown", "-w", self.shop(), "--period", "2026-03")["data"]["pairs"]
        self.assertEqual([(p["source"], p["medium"], p["visits"]["value"]) for p in pairs], [("mystery", "weird", 1)])
        self.assertIn("mystery", self.text("channels", "unknown", "-w", self.folder / "channels", "--period", "2026-03"))

    def test_a_wrong_list_stops_with_its_place(self):
        folder = self.shop()
        (folder / "channels.yaml").write_text("rules:\n- {id: a, when: {medium: [x]}, group: organic_socal}\n")
        for command in (["channels"], ["score"], ["journey"]):
            error = self.run_program(*command, "-w", folder, code=3).stderr.decode()
            self.assertIn("channels.yaml:2:3", error)
            self.assertIn("organic_social", error)

    def test_leads_and_orders_are_named_by_what_their_file_calls_the_channel(self):
        folder = self.facts(self.folder / "leads", lead=("lead_id,date,channel", [["1", "2026-03-01", "Paid Search"], ["2", "2026-03-01", "direct_traffic"], ["3", "2026-03-02", "fair"]]))
        answer = self.json("journey", "-w", folder, "--period", "2026-03", "--by", "channel_group")
        stage = next(s for s in answer["data"]["volumes"]["stages"] if s["id"] == "lead")
        self.assertEqual({g["group"]["channel_group"]: g["value"]["value"] for g in stage["groups"]}, {"paid_search": 1, "direct": 1, None: 1})

    def test_hostile_texts_do_no_harm(self):
        hostile = "\x1b[31m\u202egnp.exe" + "x" * 300
        folder = self.facts(self.folder / "hostile", session=("session_id,date,source_name,medium", [["a", "2026-03-01", hostile, "="]]))
        (folder / "channels.yaml").write_text(f'rules: [{{id: "\\e[31mr", when: {{source: ["{"y" * 400}"]}}, group: email, channel: "\\e[5m"}}]\n')
        for command in (["channels"], ["channels", "unknown"], ["channels", "test", "--source", "y" * 400], ["journey", "--by", "channel"]):
            for form in ("text", "md", "csv"):
                out = self.text(*command, "-w", folder, *(["--format", form]))
                self.assertFalse([c for c in out if (c < " " and c not in "\n\r") or c in "\x7f\u202e"], (command, form))


class Journey(Case):
    def days(self, first, count):
        return [first + datetime.timedelta(days=i) for i in range(count)]

    def shop(self, broken):
        chance = random.Random(4)
        sites, orders = [], []
        draw = lambda n, p: sum(chance.random() < p for _ in range(n))
        for day in self.days(datetime.date(2026, 1, 1), 90):
            for group, visits in (("organic_social", 300), ("direct", 200)):
                visits = round(visits * chance.uniform(0.8, 1.2))
                carts = draw(visits, 0.1)
                bought = draw(carts, 0.5 * (broken if day.month == 3 else 1))
                sites.append(["shop", day, group, "s", "m", "c", "/", "mobile", "DE", group, visits, carts, bought])
                orders += [[f"{day}{group}{i}", day, group, chance.randrange(3000), 50, 50, "EUR"] for i in range(bought)]
        folder = self.folder / f"shop{broken}"
        folder.mkdir()
        (folder / "plan.yaml").write_text(PLAN)
        return self.facts(folder, site_day=("property,date,channel,source_name,medium,campaign,landing_page,device,country,channel_group,sessions,add_to_carts,purchases", sites),
                          order=("order_id,date,channel_group,person,gross,net,currency", orders))

    def test_the_broken_step_is_the_weakest_and_the_sound_ones_are_not_named(self):
        answer = self.json("journey", "-w", self.shop(0.5), "--period", "2026-03", "--by", "channel_group")["data"]
        weakest = answer["volumes"]["weakest"]
        self.assertEqual((weakest["from"], weakest["to"], weakest["verdict"]), ("cart", "order", "worse"))
        self.assertLess(weakest["change"]["high"], 0)
        steps = {(s["from"], s["to"]): s for s in answer["volumes"]["steps"] if not s["group"]}
        self.assertEqual(steps["visit", "cart"]["verdict"], "no_difference_shown")
        step = steps["cart", "order"]
        self.assertAlmostEqual(step["because_others_came"]["value"] + step["because_each_did_more"]["value"], step["change"]["value"], places=9)
        sound = self.json("journey", "-w", self.shop(1), "--period", "2026-03")["data"]["volumes"]
        self.assertIsNone(sound["weakest"])
        self.narrow(self.text("journey", "-w", self.folder / "shop0.5", "--period", "2026-03", "--by", "channel_group"))

    def test_volumes_are_those_of_the_scorecard(self):
        folder = self.shop(1)
        stages = {s["metric"]: s["value"]["value"] for s in self.json("journey", "-w", folder, "--period", "2026-02")["data"]["volumes"]["stages"]}
        for metric in ("sessions", "cart_adds", "orders"):
            self.assertEqual(stages[metric], self.metrics(folder, "--metric", metric, "--period", "2026-02")[metric]["value"], metric)

    def test_stages_of_a_plan(self):
        folder = self.shop(1)
        journey = "journey: {stages: [{id: seen, title: Social visits, metric: social_sessions}, {id: bought, counts: 'count(order where net > 10)', scope: {channel_group: social}}]}\n"
        (folder / "plan.yaml").write_text(PLAN + journey)
        volumes = self.json("journey", "-w", folder, "--period", "2026-03")["data"]["volumes"]
        self.assertEqual([s["id"] for s in volumes["stages"]], ["seen", "bought"])
        self.assertEqual([(s["from"], s["to"]) for s in volumes["steps"]], [("seen", "bought")])
        found = self.json("check", "-w", folder, "--layer", "text", "--fail-on", "never")["findings"]
        self.assertEqual([f["message"] for f in found if "journey" in f["message"]], [])
        (folder / "plan.yaml").write_text(PLAN + journey.replace("metric: social", "metrc: social"))
        self.assertTrue([f for f in self.json("check", "-w", folder, "--layer", "text", "--fail-on", "never")["findings"] if "metrc" in f["message"]])
        self.run_program("journey", "-w", folder, code=3)

    def test_too_little_says_how_much_is_needed(self):
        folder = self.facts(self.folder / "few", lead=("lead_id,date,first_contact_at", [[i, f"2026-0{2 + i % 2}-0{1 + i % 9}", "2026-03-20" if i % 3 else ""] for i in range(12)]))
        step = self.json("journey", "-w", folder, "--period", "2026-03")["data"]["volumes"]["steps"][0]
        self.assertEqual((step["verdict"], step["change"]["state"]), ("too_little_data", "too_little_data"))
        self.assertRegex(step["change"]["reason"], "have 6, need about 20")
        self.run_program("journey", "-w", folder, "--period", "2020-01", code=6)
        self.run_program("journey", "-w", folder, "--by", "nonsense", code=2)

    def test_open_leads_are_not_forgotten(self):
        """Leads of a constant hazard, looked at in the middle: the curve finds the median that the finished ones hide."""
        chance = random.Random(8)
        rows, start, extract = [], datetime.datetime(2026, 3, 1), datetime.datetime(2026, 4, 1)
        for i in range(3000):
            created = start + datetime.timedelta(days=31 * chance.random())
            won = created + datetime.timedelta(days=chance.expovariate(1 / 20))
            rows.append([i, created.date(), created.isoformat(" ", "seconds"), won.isoformat(" ", "seconds") if won < extract else ""])
        folder = self.facts(self.folder / "hazard", lead=("lead_id,date,created_at,customer_at", rows))
        cohort = self.json("journey", "-w", folder, "--period", "2026-03")["data"]["persons"]["cohorts"][0]
        won = next(s for s in cohort["groups"][0]["steps"] if s["id"] == "won")
        self.assertAlmostEqual(won["median_days"]["value"], 13.9, delta=1.5)
        self.assertLess(won["median_days_of_reached"]["value"], 10)
        self.assertEqual(won["reached"]["value"] + won["open"]["value"], 3000)

    def test_who_buys_again(self):
        rows = []
        for person in range(100):
            rows.append([f"a{person}", f"2026-01-{1 + person % 28:02}", f"p{person}"])
            if person % 4 == 0:
                rows.append([f"b{person}", f"2026-02-{1 + person % 28:02}", f"p{person}"])
        rows += [[f"late{i}", "2026-01-20", f"q{i}"] for i in range(5)] + [["end", "2026-03-31", "z"]]
        folder = self.facts(self.folder / "again", order=("order_id,date,person,is_first_order", [row + ["false" if row[0].startswith("late") else ""] for row in rows]))
        cohorts = {c["id"]: c for c in self.json("journey", "-w", folder, "--period", "2026-01")["data"]["persons"]["cohorts"]}
        again = cohorts["first_orders"]["groups"][0]["steps"][0]
        self.assertEqual((again["reached"]["n"], again["reached"]["value"]), (100, 25), "who had ordered before the data begin is no first buyer")
        self.assertEqual(cohorts["first_orders"]["extract"][:10], "2026-03-31")

    def days_to_win(self, lead, won):
        return (datetime.datetime.fromisoformat(won) - datetime.datetime.fromisoformat(lead["first_contact_date"])).total_seconds() / 86400

    def test_olist(self):
        """8,000 leads of a real marketplace by origin: won, shares and days, as pandas has them."""
        leads = {r["mql_id"]: r for r in csv.DictReader(harness.shared("olist-marketing-funnel", "olist_marketing_qualified_leads_dataset.csv").open())}
        won = {r["mql_id"]: r["won_date"] for r in csv.DictReader(harness.shared("olist-marketing-funnel", "olist_closed_deals_dataset.csv").open())}
        rows = [[i, r["first_contact_date"], r["first_contact_date"], r["origin"], won.get(i, "")] for i, r in leads.items()]
        folder = self.facts(self.folder / "olist", lead=("lead_id,date,created_at,channel,customer_at", rows))
        answer = self.json("journey", "-w", folder, "--period", "2017-06-01..2018-05-31", "--by", "channel")["data"]
        cohort = answer["persons"]["cohorts"][0]
        known = {"organic_search": (2296, 271, 14.9094), "paid_search": (1586, 195, 15.6746), "social": (1350, 75, 30.5564), "unknown": (1099, 179, 11.8273),
                 "direct_traffic": (499, 56, 10.5762), "email": (493, 15, 21.1250), "referral": (284, 24, 19.3708), "other": (150, 4, 9.5574),
                 "display": (118, 6, 9.1690), "other_publicities": (65, 3, 35.7917), None: (60, 14, 8.0840)}
        found = {}
        for group in cohort["groups"]:
            step = next(s for s in group["steps"] if s["id"] == "won")
            if not group["group"]:
                self.assertEqual((step["reached"]["n"], step["reached"]["value"], step["before_start"]), (8000, 842, 1))
                self.assertEqual(step["median_days"]["state"], "not_offered", "nine of ten never come: there is no median of all")
                waits = sorted(self.days_to_win(leads[i], won[i]) for i in won)
                self.assertAlmostEqual(statistics.median(waits), 14.6507, places=4)
                self.assertAlmostEqual(step["median_days_of_reached"]["value"], statistics.median_low(waits), delta=0.001)
                continue
            found[group["group"]["channel"]] = step
        self.assertEqual(set(found), set(known))
        for origin, (began, reached, days) in known.items():
            step = found[origin]
            self.assertEqual((step["share"]["n"], step["reached"]["value"]), (began, reached), origin)
            low, high = harness.wilson(reached, began)
            self.assertAlmostEqual(step["share"]["low"], low, places=6)
            self.assertAlmostEqual(step["share"]["high"], high, places=6)
            waits = sorted(self.days_to_win(r, won[i]) for i, r in leads.items() if (r["origin"] or None) == origin and i in won)
            self.assertAlmostEqual(statistics.median(waits), days, places=3)
            self.assertAlmostEqual(step["median_days_of_reached"]["value"], statistics.median_low(waits), delta=0.001)
        social, search = found["social"]["share"], found["paid_search"]["share"]
        self.assertLess(social["high"], search["low"], "social brings leads that buy half as often, and that is no chance")
        groups = {g["group"]["channel_group"]: g["value"]["value"] for s in self.json("journey", "-w", folder, "--period", "2017-06-01..2018-05-31", "--by", "channel_group")["data"]["volumes"]["stages"] if s["id"] == "lead" for g in s["groups"]}
        self.assertEqual(groups, {"organic_search": 2296, "paid_search": 1586, "organic_social": 1350, "direct": 499, "email": 493, "referral": 284, "other": 150, "display": 118, None: 1099 + 65 + 60})

    def test_online_shoppers(self):
        """12,330 real visits: who buys, by kind of visitor and of traffic."""
        months = {m: i + 1 for i, m in enumerate(["Jan", "Feb", "Mar", "Apr", "May", "June", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"])}
        rows = []
        with harness.shared("uci-online-shoppers", "online_shoppers_intention.csv").open() as file:
            for i, r in enumerate(csv.DictReader(file, delimiter=";")):
                rows.append([i, f"2017-{months[r['Month']]:02}-{1 + i % 28:02}", r["VisitorType"], "traffic " + r["TrafficType"], r["Revenue"].lower()])
        folder = self.facts(self.folder / "shoppers", session=("session_id,date,segment,channel,purchased", rows))
        for by, known in (("segment", {"New_Visitor": (1694, 422), "Other": (85, 16), "Returning_Visitor": (10551, 1470)}),
                          ("channel", {"traffic 1": (2451, 262), "traffic 2": (3913, 847), "traffic 12": (1, 0), "traffic 13": (738, 43), "traffic 20": (198, 50)})):
            answer = self.json("journey", "-w", folder, "--period", "2017", "--by", by, "--compare", "none")["data"]["volumes"]
            whole = next(s for s in answer["steps"] if not s["group"])
            self.assertEqual((whole["rate"]["n"], round(whole["rate"]["value"] * 12330)), (12330, 1908))
            found = {s["group"][by]: s["rate"] for s in answer["steps"] if s["group"]}
            for group, (visits, orders) in known.items():
                low, high = harness.wilson(orders, visits)
                self.assertEqual(found[group]["n"], visits, group)
                self.assertAlmostEqual(found[group]["value"], orders / visits, places=9)
                self.assertAlmostEqual(found[group]["low"], low, places=6)
                self.assertAlmostEqual(found[group]["high"], high, places=6)
            if by == "channel":
                self.assertEqual([group for group in ("traffic 12", "traffic 1") if "needs" in found[group]], ["traffic 12"])


class Bots(Case):
    def visits(self):
        chance = random.Random(6)
        rows, events = [], []
        for i in range(400):
            rows.append([f"v{i}", f"2026-03-{1 + i % 28:02}", f"p{i}", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", 5, 90, 6, "", "", "organic_social"])
        machines = [("g", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", 4, 60, 5, "", "search_crawler"),
                    ("c", "curl/8.4.0", 4, 60, 5, "", "library"), ("h", "Mozilla/5.0 HeadlessChrome/120", 4, 60, 5, "", "headless"),
                    ("a", "Mozilla/5.0 Firefox/140.0", 4, 60, 5, "true", "automated"), ("n", "Mozilla/5.0 Firefox/140.0", 4, 60, 0, "", "no_script"),
                    ("f", "Mozilla/5.0 Firefox/140.0", 30, 12, 31, "", "too_fast"), ("e", "Mozilla/5.0 Firefox/140.0", 4, 900, 30, "", "even_clicks")]
        for name, agent, pages, seconds, count, automated, _ in machines:
            for i in range(3):
                rows.append([f"{name}{i}", "2026-03-09", f"{name}{i}", agent, pages, seconds, count, automated, "", "direct"])
        for i in range(101):
            rows.append([f"b{i}", "2026-03-10", "busy", "Mozilla/5.0 Firefox/140.0", 2, 40, 3, "", "", "referral"])
        rows.append(["said", "2026-03-11", "s", "Mozilla/5.0 Firefox/140.0", 2, 40, 3, "", "true", "referral"])
        rows.append(["kept", "2026-03-11", "k", "Googlebot/2.1", 2, 40, 3, "", "false", "referral"])
        clock = datetime.datetime(2026, 3, 9, 8)
        for i in range(3):
            for click in range(25):
                events.append([f"e{i}-{click}", f"e{i}", (clock + datetime.timedelta(seconds=30 * click)).isoformat(" "), "2026-03-09", "click"])
                events.append([f"v{i}-{click}", f"v{i}", (clock + datetime.timedelta(seconds=30 * click + chance.randrange(25))).isoformat(" "), "2026-03-09", "click"])
        folder = self.folder / "visits"
        folder.mkdir()
        (folder / "plan.yaml").write_text(PLAN + "kpis:\n- {id: k, outcome: o, metric: visitors, owner: ana, baseline: 1, target: 2}\n- {id: r, outcome: o, metric: social_sessions, owner: ana, baseline: 1, target: 2}\n")
        return self.facts(folder, session=("session_id,date,person,user_agent,pages,seconds,events,automated,bot,channel_group", rows),
                          site_event=("event_id,session_id,occurred_at,date,name", events)), machines

    def test_every_rule_finds_its_own_and_no_person(self):
        folder, machines = self.visits()
        data = self.json("bots", "-w", folder, "--period", "2026-03")["data"]
        rules = {r["id"]: r["visits"]["value"] for r in data["visits"]["rules"]}
        for *_, rule in machines:
            self.assertEqual(rules[rule], 3, rule)
        self.assertEqual((rules["busy_person"], rules["source"], rules["ai_crawler"]), (101, 1, 0))
        self.assertEqual((data["visits"]["gross"]["value"], data["visits"]["suspected"]["value"], data["visits"]["net"]["value"]), (524, 123, 401))
        channels = {c["channel_group"]: c["suspected"]["value"] for c in data["visits"]["channels"]}
        self.assertEqual(channels, {"organic_social": 0, "direct": 21, "referral": 102})
        kpi = next(k for k in data["kpis"] if k["node"] == "k")
        self.assertEqual((kpi["gross"]["value"], kpi["net"]["value"]), (424, 401))
        self.assertEqual(self.metrics(folder, "--metric", "visitors", "--period", "2026-03")["visitors"]["value"], 401)
        rows = {r["session_id"]: r for r in self.json("score", "-w", folder, "--rows", "bot_session_share")["data"]["rows"]}
        if "f0" in rows:
            self.assertEqual(rows["f0"]["bot_rule"], "too_fast@1")
        text = self.text("bots", "-w", folder, "--period", "2026-03")
        self.narrow(text)
        self.assertIn("Never checked", text)

    def test_reports_by_day_are_estimated_from_a_log_of_the_same_days(self):
        folder, _ = self.visits()
        days = sorted({f"2026-03-{day:02}" for day in range(1, 32)})
        rows = [["p", day, group, "", "", "", "", "", "", group, sessions] for day in days for group, sessions in (("organic_social", 30), ("direct", 20))]
        self.facts(folder, site_day=("property,date,channel,source_name,medium,campaign,landing_page,device,country,channel_group,sessions", rows))
        plan = PLAN + "kpis:\n" + "".join(f"- {{id: {name}, outcome: o, metric: {metric}, owner: ana, baseline: 1, target: 2{scope}}}\n" for name, metric, scope in
                                          (("all", "sessions", ""), ("d", "sessions", ", scope: {channel_group: direct}"), ("e", "engaged_session_rate", ""), ("s", "social_sessions", "")))
        (folder / "plan.yaml").write_text(plan)
        kpis = {k["node"]: k for k in self.json("bots", "-w", folder, "--period", "2026-03")["data"]["kpis"]}
        self.assertIn("lacks 3 of their days", kpis["all"]["net"]["reason"])
        log = self.json("bots", "-w", folder, "--period", "2026-03-09")["data"]
        kpis = {k["node"]: k for k in log["kpis"]}
        visits = log["visits"]
        share = visits["suspected"]["value"] / visits["gross"]["value"]
        self.assertTrue(kpis["all"]["estimated"])
        self.assertEqual(kpis["all"]["gross"]["value"], 50)
        self.assertAlmostEqual(kpis["all"]["net"]["value"], 50 * (1 - share), places=9)
        self.assertEqual(kpis["all"]["net"]["n"], visits["gross"]["value"])
        self.assertLess(kpis["all"]["net"]["low"], kpis["all"]["net"]["value"])
        self.assertEqual(kpis["d"]["net"]["value"], 0)
        self.assertEqual(kpis["d"]["suspected_share_of_log"]["value"], 1)
        self.assertEqual(kpis["s"]["net"]["value"], 30)
        self.assertIn("cannot be told apart", kpis["e"]["net"]["reason"])
        self.assertIn("Estimate for all", self.text("bots", "-w", folder, "--period", "2026-03-09"))

    def test_followers_have_their_reason_and_the_unknown_are_counted(self):
        rows = [["instagram", "b", "2026-03-15", f"m{i}", 0, 500, 0, "false", "false", ""] for i in range(3)]
        rows += [["instagram", "b", "2026-03-15", f"p{i}", 300, 200, 40, "true", "true", ""] for i in range(6)]
        rows += [["instagram", "b", "2026-03-15", f"u{i}", "", "", "", "", "", "DE"] for i in range(1)]
        folder = self.facts(self.folder / "reasons", follower_sample=("platform,account,sampled_on,follower,followers,following,posts,has_avatar,has_bio,country", rows))
        sample = self.json("bots", "-w", folder, "--period", "2026-03")["data"]["follower_samples"][0]
        self.assertEqual((sample["sampled"]["value"], sample["suspected"]["value"], sample["unknown"]["value"], sample["rules_version"]), (10, 3, 1, 1))
        self.assertEqual((sample["unknown_share"]["value"], sample["suspected_share"]["n"]), (0.1, 9))
        self.assertAlmostEqual(sample["suspected_share"]["value"], 1 / 3)
        self.assertAlmostEqual(self.metrics(folder, "--metric", "suspected_bot_share", "--period", "2026-03")["suspected_bot_share"]["value"], 1 / 3)
        named = [r["bot_rule"] for r in self.json("score", "-w", folder, "--period", "2026-03", "--rows", "suspected_bot_share")["data"]["rows"] if r.get("bot_rule")]
        self.assertEqual(set(named), {"follows_ten_times+follows_many+no_avatar+no_bio+no_post@1"})
        self.assertIn("nobody can say", self.text("bots", "-w", folder, "--period", "2026-03"))

    def test_followers_by_country_are_targeted_by_the_rule_of_the_segment(self):
        rows = [["instagram", "b", "2026-03-15", dimension, value, followers, ""] for dimension, value, followers in
                (("total", "", 100), ("country", "DE", 40), ("country", "US", 35), ("city", "Berlin", 12), ("city", "Boston", 9))]
        folder = self.facts(self.folder / "snapshot", follower_snapshot=("platform,account,date,dimension,value,followers,in_target", rows),
                            session=("session_id,date,country", [["s", "2026-03-15", "DE"]]))
        (folder / "plan.yaml").write_text(PLAN + "segments:\n- {id: g, name: Germany, is_target: true, version: 2, rule: country in (DE)}\n")
        share = next(t for t in self.json("journey", "-w", folder, "--period", "2026-03")["data"]["targeting"] if t["fact"] == "follower_snapshot")
        self.assertEqual((share["in_target"]["value"], share["not_in_target"]["value"], share["unknown"]["value"], share["rules"]), (40, 35, 0, ["g@2"]))
        self.assertEqual(self.metrics(folder, "--metric", "targeted_followers", "--period", "2026-03")["targeted_followers"]["value"], 40)

    def test_what_cannot_be_checked_is_said(self):
        folder = self.facts(self.folder / "bare", session=("session_id,date,device", [["a", "2026-03-01", "mobile"]]))
        visits = self.json("bots", "-w", folder, "--period", "2026-03")["data"]["visits"]
        self.assertEqual((visits["not_checked"]["value"], visits["suspected"]["value"]), (1, 0))
        self.assertTrue(all(r["visits"]["state"] == "not_offered" for r in visits["rules"]))

    def test_instafake(self):
        """1,194 real and made-up accounts with labels of people: the rules, how good each is, and the share put right."""
        rows = []
        for name, fake in (("fakeAccountData.json", "true"), ("realAccountData.json", "false")):
            for one in json.loads(harness.shared("instafake-accounts", name).read_text()):
                rows.append(["instagram", "brand", "2026-03-15", f"f{len(rows)}", one["userFollowerCount"], one["userFollowingCount"], one["userMediaCount"],
                             bool(one["userHasProfilPic"]), one["userBiographyLength"] > 0, one["usernameDigitCount"], fake])
        folder = self.facts(self.folder / "instafake", follower_sample=("platform,account,sampled_on,follower,followers,following,posts,has_avatar,has_bio,digits_in_name,bot",
                                                                       [[str(c).lower() if isinstance(c, bool) else c for c in row] for row in rows]))
        sample = self.json("bots", "-w", folder, "--period", "2026-03")["data"]["follower_samples"][0]
        rules = {r["id"]: r for r in sample["rules"]}
        ten = rules["follows_ten_times"]
        self.assertEqual(ten["followers"]["value"], 154)
        self.assertAlmostEqual(ten["against_labels"]["precision"]["value"], 0.9351, places=4)
        self.assertAlmostEqual(ten["against_labels"]["recall"]["value"], 0.72, places=4)
        self.assertFalse(rules["young"]["checked"])
        together = sample["against_labels"]
        self.assertGreater(together["precision"]["low"], 0.8)
        self.assertGreater(together["recall"]["value"], 0.6)
        corrected = sample["corrected_share"]
        self.assertAlmostEqual(corrected["value"], 200 / 1194, places=6)
        self.assertTrue(corrected["low"] < 200 / 1194 < corrected["high"])
        self.narrow(self.text("bots", "-w", folder, "--period", "2026-03"))

    def test_days_on_which_followers_came_from_nowhere(self):
        chance = random.Random(9)
        days, paid = [], []
        for i in range(120):
            day = datetime.date(2026, 1, 1) + datetime.timedelta(days=i)
            gained, engagements, spend = round(chance.gauss(60, 7)), round(chance.gauss(400, 20)), 30
            if day == datetime.date(2026, 4, 10):
                gained = 900
            if day == datetime.date(2026, 4, 20):
                gained, spend = 900, 900
            days.append(["instagram", "brand", day, gained, 1, engagements])
            paid.append(["x", day, "feed", "7d", "meta_ads", spend, "EUR"])
        folder = self.facts(self.folder / "growth", account_day=("platform,account,date,followers_gained,posts_published,engagements", days),
                            ad_day=("ad,date,placement,attribution_setting,platform,spend,currency", paid))
        growth = self.json("bots", "-w", folder, "--period", "2026-04")["data"]["growth"][0]
        found = {b["day"]: b["rose"] for b in growth["bursts"]}
        self.assertEqual(found["2026-04-10"], [])
        self.assertEqual(found["2026-04-20"], ["ad spend"])
        self.assertLessEqual(len(found), 3)
        self.assertIn("nothing explains it", self.text("bots", "-w", folder, "--period", "2026-04"))

    def test_unknown_targets_are_told_with_the_rules_version(self):
        folder = self.folder / "targets"
        folder.mkdir()
        (folder / "plan.yaml").write_text(PLAN + "segments: [{id: g, version: 3, is_target: true, rule: country = DE or (country = AT and not device = mobile)}]\n")
        self.facts(folder, session=("session_id,date,country,device", [["1", "2026-03-01", "DE", ""], ["2", "2026-03-01", "AT", "mobile"], ["3", "2026-03-01", "AT", ""], ["4", "2026-03-01", "", "mobile"], ["5", "2026-03-01", "FR", ""]]))
        for command in ("journey", "bots"):
            target = next(t for t in self.json(command, "-w", folder, "--period", "2026-03")["data"]["targeting"] if t["fact"] == "session")
            self.assertEqual((target["in_target"]["value"], target["not_in_target"]["value"], target["unknown"]["value"], target["rules"]), (1, 2, 2, ["g@3"]))


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
