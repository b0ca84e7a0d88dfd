#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""cost: what one of what matters costs by channel, over small worlds whose costs are known, the simulated brands and real ad reports."""
import csv
import datetime
import io
import json
import math
import random
import re
import sys

import harness

FIRST, LAST = datetime.date(2026, 1, 5), datetime.date(2026, 8, 30)
AUGUST = ("--period", "2026-08-03..2026-08-30")


def days():
    for number in range((LAST - FIRST).days + 1):
        yield FIRST + datetime.timedelta(days=number)


class Costs(harness.Case):
    """Leads by channel and day, money by channel and day; the cost of one lead is known."""

    def world(self, channels, costs=(), shared_tools=0, seed=3, leads=True, plan=None):
        """`channels`: group -> (leads a day, money a day, share targeted, share spam); money None: nothing is booked."""
        chance = random.Random(seed)
        folder = self.workspace()
        lead_rows, ads, sites = [], [], []
        for day in days():
            for group, (rate, money, targeted, spam) in channels.items():
                sites.append(["shop", day, group, group, "s", "m", "c", "/", "mobile", "DE", round(40 * rate), round(rate), "true"])
                for _ in range(self.poisson(chance, rate)):
                    lead_rows.append([len(lead_rows) + 1, day, group, "true" if chance.random() < targeted else "false",
                                      "true" if chance.random() < spam else "false"])
                if money is not None and group.startswith("paid"):
                    ads.append([f"{group}-1", day, "feed", "7d", "meta" if group == "paid_social" else "google", group, "EUR", money])
        if leads:
            harness.write(folder / "exports/backcast_lead.csv", "lead_id,date,channel_group,in_target,spam", lead_rows)
        harness.write(folder / "exports/backcast_site_day.csv", "property,date,channel,channel_group,source_name,medium,campaign,landing_page,device,country,sessions,leads,in_target", sites)
        if ads:
            harness.write(folder / "exports/backcast_ad_day.csv", "ad,date,placement,attribution_setting,platform,channel_group,currency,spend", ads)
        lines = [[day.replace(day=1), "tools desk", "", "tools", shared_tools, "EUR", "licence"] for day in days() if day.day == 3 and shared_tools]
        lines += [[day, *line] for day in days() for line in costs if day.day == 3]
        if lines:
            harness.write(folder / "costs.csv", "date,channel,channel_group,kind,amount,currency,note", lines)
            self.run_program("ingest", "-q", "-w", folder, folder / "costs.csv")
        if plan:
            (folder / "plan.yaml").write_text(plan)
        self.run_program("ingest", "-q", "-w", folder, folder / "exports")
        return folder

    @staticmethod
    def poisson(chance, mean):
        left, count = math.exp(-mean), -1
        product = 1.0
        while product > left:
            product *= chance.random()
            count += 1
        return count

    def cost(self, folder, *more, per="lead", period=AUGUST):
        return self.json("cost", "--per", per, "-w", folder, *period, *more)["data"]

    def rows(self, data):
        return {row["channel"]: row for row in data["rows"]}

    def adds_up(self, data):
        """What holds for every answer, whatever the world."""
        total = data["total"]
        for name in ("spend", "full_cost", "labour", "tools", "fees", "count", "targeted_count", "untargeted_count"):
            whole = total[name]["value"]
            if whole is not None and name not in ("count", "targeted_count", "untargeted_count") or data["per"] != "visitor":
                self.assertAlmostEqual(sum(row[name]["value"] or 0 for row in data["rows"]), whole or 0, places=4, msg=name)
        for row in data["rows"] + [total]:
            parts = sum(row[part]["value"] or 0 for part in ("spend", "labour", "tools", "fees", "other", "shared"))
            self.assertAlmostEqual(parts, row["full_cost"]["value"] or 0, places=4, msg=row["title"])
            if row["targeted_count"]["value"] is not None:
                self.assertEqual(sum(row[part]["value"] for part in ("targeted_count", "untargeted_count", "target_unknown_count")), row["count"]["value"])
            if row["cost_per"]["value"] is not None:
                self.assertAlmostEqual(row["cost_per"]["value"] * row["cost_per"]["n"], row["full_cost"]["value"], places=4)
                self.assertLess(row["cost_per"]["low"], row["cost_per"]["value"])
                self.assertGreater(row["cost_per"]["high"], row["cost_per"]["value"])
                counted = row["targeted_count" if data["headline"] == "targeted" else "count"]
                self.assertEqual(row["cost_per"]["n"], counted["value"])

    # ------------------------------------------------------------ verdicts

    def test_cheaper_dearer_and_neither(self):
        folder = self.world({"paid_social": (8, 240, 1, 0), "paid_search": (6, 360, 1, 0), "email": (5, None, 1, 0), "direct": (9, None, 1, 0)},
                            costs=[("newsletter", "email", "labour", 8400, "EUR", "letters")])
        data = self.cost(folder)
        self.adds_up(data)
        rows = self.rows(data)
        self.assertEqual(data["against"], "paid_search")
        self.assertEqual({name: row["verdict"] for name, row in rows.items()},
                         {"paid_social": "cheaper", "email": "no_difference_shown", "paid_search": "reference", "direct": "no_cost_booked"})
        self.assertIsNone(rows["direct"]["cost_per"]["value"])
        self.assertEqual(rows["direct"]["cost_per"]["reason"], "no cost is booked")
        self.assertIsNone(rows["direct"]["full_cost"]["value"], "not booked is not nought")
        self.assertIn("cheaper", rows["paid_social"]["claims"][0]["text"])
        self.assertLess(rows["paid_social"]["ratio"]["high"], 1)
        turned = self.rows(self.cost(folder, "--against", "paid_social"))
        self.assertEqual(turned["paid_search"]["verdict"], "dearer")
        self.assertAlmostEqual(turned["paid_search"]["ratio"]["value"] * rows["paid_social"]["ratio"]["value"], 1, places=6)
        self.assertEqual(self.rows(self.cost(folder, "--against", "search ads"))["paid_search"]["verdict"], "reference")
        self.assertEqual(self.cost(folder, "--against", "others")["against"], "others")

    def test_too_little_says_how_many(self):
        folder = self.world({"paid_social": (0.9, 60, 1, 0), "paid_search": (6, 360, 1, 0), "display": (0.2, 1, 1, 0)},
                            costs=[("banners", "display", "fees", 700, "EUR", "agency")])
        rows = self.rows(self.cost(folder))
        self.assertEqual(rows["paid_social"]["verdict"], "too_little_data")
        self.assertEqual(rows["paid_social"]["have"], rows["paid_social"]["count"]["value"])
        self.assertGreaterEqual(rows["paid_social"]["needed"], 30)
        self.assertEqual((rows["display"]["cost_per"]["state"], rows["display"]["cost_per"]["value"]), ("too_little_data", None))
        done = self.run_program("cost", "--per", "lead", "-w", folder, "--period", "2026-08-30", "--json", code=6)
        self.assertIn("need about 10", done.stdout.decode())

    def test_targeted_is_the_headline_and_the_rest_stands_apart(self):
        folder = self.world({"paid_social": (8, 240, 0.5, 0.2), "paid_search": (6, 360, 0.9, 0)})
        data = self.cost(folder)
        self.adds_up(data)
        self.assertEqual((data["headline"], data["counts"]), ("targeted", "target_leads"))
        social = self.rows(data)["paid_social"]
        self.assertGreater(social["untargeted_count"]["value"], 0)
        self.assertGreater(social["suspected_count"]["value"], 0)
        self.assertLess(social["cost_per_of_all"]["value"], social["cost_per"]["value"])
        self.assertLess(social["cost_per_with_suspected"]["value"], social["cost_per_of_all"]["value"])
        self.assertEqual(social["cost_per_with_suspected"]["n"], social["count"]["value"] + social["suspected_count"]["value"])
        everybody = self.cost(folder, "--count", "all")
        of_all = self.rows(everybody)["paid_social"]["cost_per"]
        self.assertEqual([of_all[key] for key in ("value", "n", "definition")], [social["cost_per_of_all"][key] for key in ("value", "n", "definition")])
        text = self.text("cost", "--per", "lead", "-w", folder, *AUGUST)
        self.assertIn("a targeted lead", text)
        self.assertIn("(spam)", text)
        self.assertLessEqual(max(map(len, text.splitlines())), 100)

    def test_costs_of_no_channel_are_a_row_of_their_own(self):
        folder = self.world({"paid_social": (8, 240, 1, 0), "paid_search": (6, 360, 1, 0), "direct": (3, None, 1, 0)}, shared_tools=900)
        data = self.cost(folder, period=("--period", "2026-08"))
        self.adds_up(data)
        nobody = data["rows"][-1]
        self.assertEqual((nobody["channel"], nobody["full_cost"]["value"], nobody["verdict"]), (None, 900, "not_compared"))
        self.assertEqual(nobody["cost_per"]["value"], None)
        self.assertIn("--spread", " ".join(data["notes"]))
        for how in ("even", "spend"):
            spread = self.cost(folder, "--spread", how, period=("--period", "2026-08"))
            self.adds_up(spread)
            self.assertAlmostEqual(spread["total"]["full_cost"]["value"], data["total"]["full_cost"]["value"])
            self.assertEqual(spread["rows"][-1]["full_cost"]["value"], 0)
            self.assertEqual(self.rows(spread)["direct"]["full_cost"]["value"], 300 if how == "even" else None)
        kinds = self.rows(data)["paid_social"]["kinds_apart"]
        self.assertEqual(kinds, [])

    def test_a_kind_of_cost_on_one_side_only_is_a_doubt(self):
        folder = self.world({"paid_social": (8, 240, 1, 0), "paid_search": (6, 360, 1, 0)}, costs=[("social ads", "paid_social", "labour", 500, "EUR", "x")])
        data = self.cost(folder)
        self.assertEqual(self.rows(data)["paid_social"]["kinds_apart"], ["labour"])
        self.assertTrue(any("labour" in note for note in data["notes"]))

    def test_credits_and_two_currencies(self):
        channels = {"paid_social": (8, 240, 1, 0), "paid_search": (6, 360, 1, 0), "email": (5, None, 1, 0)}
        credit = self.rows(self.cost(self.world(channels, costs=[("newsletter", "email", "fees", -40, "EUR", "credit")])))
        self.assertEqual((credit["email"]["verdict"], credit["email"]["cost_per"]["value"]), ("not_compared", None))
        self.assertIn("credits", credit["email"]["because"])

    def test_two_currencies_are_withheld_by_name(self):
        folder = self.world({"paid_social": (8, 240, 1, 0), "paid_search": (6, 360, 1, 0)}, costs=[("newsletter", "email", "fees", 40, "USD", "x")])
        data = self.cost(folder)
        for row in data["rows"]:
            self.assertEqual((row["full_cost"]["state"], row["full_cost"]["value"], row["cost_per"]["value"]), ("withheld", None, None))
            self.assertIn(row["verdict"], ("not_compared", "reference"))
        self.assertIn("EUR and USD", " ".join(data["notes"]))

    def test_against_the_period_before(self):
        folder = self.world({"paid_social": (8, 240, 1, 0), "paid_search": (6, 360, 1, 0)}, costs=[("social ads", "paid_social", "fees", 1, "EUR", "x")])
        data = self.cost(folder, "--compare", "previous")
        for row in data["rows"]:
            self.assertFalse(row["change"]["shown"], row)
            self.assertTrue(0.5 < row["change"]["value"] < 2)

    # ------------------------------------------------------------ people and bots

    def test_visitors_with_and_without_suspected_bots(self):
        chance = random.Random(5)
        folder = self.world({"paid_social": (8, 240, 1, 0), "paid_search": (6, 360, 1, 0)})
        sessions = []
        for day in days():
            for group, rate in (("paid_social", 12), ("paid_search", 10)):
                for _ in range(self.poisson(chance, rate)):
                    bot = chance.random() < (0.3 if group == "paid_social" else 0)
                    sessions.append([len(sessions), f"p{len(sessions)}", day, group, "true" if chance.random() < 0.6 else "false", "true" if bot else "false"])
        harness.write(folder / "exports/backcast_session.csv", "session_id,person,date,channel_group,in_target,bot", sessions)
        self.run_program("ingest", "-q", "-w", folder, folder / "exports/backcast_session.csv")
        data = self.cost(folder, per="visitor")
        self.adds_up(data)
        rows = self.rows(data)
        in_period = [row for row in sessions if datetime.date(2026, 8, 3) <= row[2] <= LAST]
        for group, row in rows.items():
            own = [one for one in in_period if one[3] == group]
            people = [one for one in own if one[5] == "false"]
            self.assertEqual(row["count"]["value"], len(people))
            self.assertEqual(row["suspected_count"]["value"], len(own) - len(people))
            self.assertEqual(row["targeted_count"]["value"], sum(one[4] == "true" for one in people))
        self.assertEqual(rows["paid_search"]["suspected_count"]["state"], "zero")
        self.assertEqual(rows["paid_search"]["cost_per_with_suspected"], rows["paid_search"]["cost_per_of_all"] | {"definition": "full_cost/visitors_with_bots"})

    def test_visits_of_a_site_report_cannot_tell_bots(self):
        folder = self.world({"paid_social": (8, 240, 1, 0), "paid_search": (6, 360, 1, 0)})
        data = self.cost(folder, per="visitor")
        self.adds_up(data)
        self.assertEqual(data["counts"], "targeted_sessions")
        self.assertTrue(any("cannot be told apart" in note for note in data["notes"]))
        self.assertIsNone(data["rows"][0]["suspected_count"]["value"])

    # ------------------------------------------------------------ the command

    def test_what_is_asked(self):
        folder = self.world({"paid_social": (8, 240, 1, 0), "paid_search": (6, 360, 1, 0)})
        self.assertIn("--per", self.run_program("cost", "-w", folder, code=2).stderr.decode())
        self.assertIn("lead", self.run_program("cost", "--per", "leed", "-w", folder, code=2).stderr.decode())
        self.assertIn("no count", self.run_program("cost", "--per", "cpm", "-w", folder, code=2).stderr.decode())
        self.assertIn("channel_group", self.run_program("cost", "--per", "posts_published", "-w", folder, code=2).stderr.decode())
        self.assertIn("paid_search", self.run_program("cost", "--per", "lead", "--against", "paid_serch", "-w", folder, code=2).stderr.decode())
        self.run_program("cost", "--per", "lead", "--spread", "all", "-w", folder, code=2)
        self.run_program("cost", "--per", "lead", "--by", "country", "-w", folder, code=2)
        self.run_program("cost", "--per", "sale", "-w", folder, *AUGUST, code=6)
        for per in re.findall(r"^- id: (\w+)", (harness.ROOT / "catalogue/cost/per.yaml").read_text(), re.M):
            done = self.run_program("cost", "--per", per, "-w", folder, *AUGUST, "--json", code=0 if per in ("visitor", "visit", "lead") else 6)
            self.assertIn("schema", json.loads(done.stdout))
        by_id = self.cost(folder, per="leads")
        self.assertEqual(by_id["total"]["count"], self.cost(folder)["total"]["count"])
        statements = self.text("cost", "--per", "lead", "-w", folder, *AUGUST, "--sql")
        self.assertEqual(statements.count("select") > 1, True)

    def test_csv_markdown_and_the_same_bytes(self):
        folder = self.world({"paid_social": (8, 240, 1, 0), "paid_search": (6, 360, 1, 0)})
        table = list(csv.DictReader(io.StringIO(self.text("cost", "--per", "lead", "-w", folder, *AUGUST, "--format", "csv"))))
        rows = self.rows(self.cost(folder))
        for line in table[:-1]:
            self.assertAlmostEqual(float(line["cost_per"]), rows[line["channel"]]["cost_per"]["value"], places=6)
            self.assertEqual(line["verdict"], rows[line["channel"]]["verdict"])
        self.assertEqual((table[-1]["channel"], table[-1]["verdict"]), ("all together", ""))
        self.assertIn("| paid_social |", self.text("cost", "--per", "lead", "-w", folder, *AUGUST, "--format", "md"))
        one, four = (self.run_program("cost", "--per", "lead", "-w", folder, *AUGUST, "--json", "--threads", n).stdout for n in ("1", "4"))
        self.assertEqual(one, four)

    def test_hostile_names_of_channels_do_no_harm(self):
        folder = self.world({"paid_social": (8, 240, 1, 0), "paid_search": (6, 360, 1, 0)},
                            costs=[("bad\x1b[31m\u202egnp", "ev\x1b[31m\u202eil,|x", "fees", 50, "EUR", "x")])
        for form in ("text", "md"):
            out = self.text("cost", "--per", "lead", "-w", folder, *AUGUST, "--format", form)
            self.assertFalse({c for c in out if (c < " " and c != "\n") or c in "\x7f\u202e"}, form)

    # ------------------------------------------------------------ the simulated brands

    def brand(self, *kind):
        folder = self.folder / "brand"
        self.run_program("demo", folder, *kind)
        self.run_program("ingest", "-q", "-w", folder, folder / "exports", folder / "costs.csv")
        truth = json.loads((folder / "truth.json").read_text())
        return folder, truth, ("--period", f'{truth["period"]["from"]}..{truth["period"]["to"]}')

    def booked(self, folder):
        with open(folder / "costs.csv", newline="") as file:
            return sum(float(row["amount"]) for row in csv.DictReader(file) if row["kind"] != "media")

    def agrees_with_the_card(self, folder, period, per, data):
        ids = ["full_cost", "media_cost", "other_cost"]
        card = self.metrics(folder, "--metric", ",".join(ids + ["leads", "orders", "opt_ins", "sessions"]), *period, "--compare", "none")
        self.assertAlmostEqual(data["total"]["full_cost"]["value"], card["full_cost"]["value"], places=4)
        self.assertAlmostEqual(data["total"]["spend"]["value"], card["media_cost"]["value"], places=4)
        self.assertEqual(data["total"]["count"]["value"], card[{"lead": "leads", "sale": "orders", "opt_in": "opt_ins", "visit": "sessions"}[per]]["value"])
        self.adds_up(data)

    def test_the_shop(self):
        folder, truth, period = self.brand()
        exports = truth["exports"]
        spend = sum(ads["spend_cents"] for ads in exports["ads"].values()) / 100
        for per, count in (("sale", exports["shop"]["orders"] - exports["shop"]["cancelled"]), ("lead", exports["crm"]["contacts"]),
                           ("opt_in", exports["letters"]["confirmed"]), ("visit", None)):
            data = self.cost(folder, per=per, period=period)
            self.agrees_with_the_card(folder, period, per, data)
            self.assertAlmostEqual(data["total"]["full_cost"]["value"] - data["total"]["spend"]["value"], self.booked(folder), places=4)
            self.assertGreaterEqual(data["total"]["spend"]["value"], spend - 1e-6)
            if count is not None:
                self.assertEqual(data["total"]["count"]["value"], count)
        month = f'{truth["last_month"]["from"]}..{truth["last_month"]["to"]}'
        visits = self.cost(folder, per="visit", period=("--period", month))
        social = sum(row["targeted_count"]["value"] for row in visits["rows"] if row["channel"] in ("organic_social", "paid_social"))
        self.assertEqual(social, truth["social"]["last_month"]["targeted_sessions"])
        for per in ("subscriber", "cart"):
            self.adds_up(self.cost(folder, per=per, period=("--period", month)))
        by_channel = self.cost(folder, "--by", "channel", per="visit", period=("--period", month))
        self.adds_up(by_channel)
        self.assertTrue(any("name the same one differently" in note for note in by_channel["notes"]), "Paid Search is google ads")
        text = self.text("cost", "--per", "sale", "-w", folder, "--period", month)
        self.assertIn("What a sale costs", text)

    def test_the_house_that_sells_to_businesses(self):
        folder, truth, period = self.brand("--kind", "b2b")
        data = self.cost(folder, per="lead", period=period)
        self.agrees_with_the_card(folder, period, "lead", data)
        self.assertAlmostEqual(data["total"]["full_cost"]["value"] - data["total"]["spend"]["value"], self.booked(folder), places=4)

    # ------------------------------------------------------------ real reports

    def test_real_reports_of_three_ad_platforms(self):
        base = harness.shared("fivetran-ads-facebook-google-linkedin")
        rows = []
        read = lambda name: csv.DictReader((base / name).open(newline=""))
        for one in read("facebook_ads_basic_ad_data.csv"):
            rows.append([one["ad_id"], one["date"], "", "", "facebook", "paid_social", "meta ads", one["spend"], one["impressions"], "", one["inline_link_clicks"]])
        for one in read("google_ads_campaign_stats_data.csv"):
            rows.append([f'{one["id"]}/{one["device"]}/{one["_fivetran_id"]}', one["date"], "", "", "google", "paid_search", "google ads", int(one["cost_micros"]) / 1e6, one["impressions"], one["clicks"], ""])
        for number, one in enumerate(read("linkedin_ad_analytics_by_campaign_data.csv")):
            rows.append([f'{one["campaign_id"]}/{number}', one["day"][:10], "", "", "linkedin", "paid_social", "linkedin ads", one["cost_in_usd"], one["impressions"], one["clicks"], ""])
        folder = self.workspace()
        harness.write(folder / "exports/backcast_ad_day.csv", "ad,date,placement,attribution_setting,platform,channel_group,channel,spend,impressions,clicks,link_clicks,currency", [row + ["USD"] for row in rows])
        self.run_program("ingest", "-q", "-w", folder, folder / "exports")
        data = self.cost(folder, per="ad_clicks", period=("--period", "2020-01-01..2025-12-31"))
        self.adds_up(data)
        by_group = self.rows(data)
        self.assertAlmostEqual(by_group["paid_search"]["spend"]["value"], 231.33, places=4)
        self.assertAlmostEqual(by_group["paid_social"]["spend"]["value"], 643.63 + 530.62, places=4)
        by_channel = self.rows(self.cost(folder, "--by", "channel", per="ad_clicks", period=("--period", "2020-01-01..2025-12-31")))
        self.assertAlmostEqual(by_channel["linkedin ads"]["spend"]["value"], 530.62, places=4)
        self.assertEqual(by_channel["linkedin ads"]["count"]["value"], 919)
        self.assertEqual(by_channel["google ads"]["count"]["value"], 280)
        self.assertEqual(by_group["paid_search"]["verdict"], "reference" if data["against"] == "paid_search" else "too_little_data")


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
