# SPDX-License-Identifier: Apache-2.0
"""Creators: cost per outcome, real audience, deliverables to look at, a framework of one's own."""
import csv
import datetime
import io
import sys

import harness

COLUMNS = ["collaboration_id", "deliverable_id", "creator", "platform", "date", "due", "unpublished", "code", "campaign", "fee", "product_cost", "currency",
           "engagements", "target_audience_share", "orders", "disclosed"]
PLAN = """backcast: 1
brand: {name: B, currency: EUR}
team: [{id: ana, role: Social media manager, influences: [content, audience]}]
outcomes: [{id: o, metric: revenue_net, ceo: Money from orders., owner: ana}]
influencers:
  criteria:
  - {id: price, column: cost_per_order, weight: 3, good: 10, bad: 50}
  - {id: right_people, column: target_share, weight: 1, good: 0.8, bad: 0.2}
  - {id: real_people, column: suspected_share, weight: 1, good: 0, bad: 0.4}
  - {id: engaged, metric: cost_per_engagement_influencer, weight: 1, good: 0.1, bad: 1}
  media_price: {per_engagement: 0.1, why: our own ads}
"""


class Influence(harness.Case):
    def shop(self, plan=PLAN):
        folder = self.folder / "shop"
        collaborations = [
            ["c1", "d1", "@anna", "instagram", "2026-03-02", "2026-03-05", "", "ANNA10", "anna_spring", 500, 100, "EUR", 4000, 0.6, 99, "true"],
            ["c1", "d2", "@anna", "instagram", "2026-03-12", "2026-03-10", "", "anna10", "", 200, "", "EUR", 1000, 0.6, "", "false"],
            ["c2", "d1", "ben", "tiktok", "2026-03-03", "2026-03-09", "", "", "", 300, "", "EUR", 900, "", 12, ""],
            ["c2", "d2", "ben", "tiktok", "2026-03-15", "2026-03-15", "true", "", "", "", "", "", "", "", "", ""],
            ["c3", "d1", "eve", "instagram", "2026-03-04", "", "", "SHARED", "", 50, "", "EUR", 10, "", "", "true"],
            ["c4", "d1", "kim", "instagram", "2026-03-04", "", "", "shared", "", "", "", "", 10, "", "", "true"]]
        harness.write(folder / "exports/collaborations.csv", COLUMNS, collaborations)
        orders = [[f"a{i}", f"2026-03-{2 + i % 28:02}", "Anna10" if i % 2 else "", "anna_spring" if i % 2 == 0 else "", 40, "EUR", "false", "true" if i % 4 == 0 else "false"] for i in range(40)]
        orders += [["both", "2026-03-20", "ANNA10", "anna_spring", 40, "EUR", "false", "false"], ["gone", "2026-03-20", "ANNA10", "", 40, "EUR", "true", "false"],
                   ["s", "2026-03-20", "SHARED", "", 40, "EUR", "false", "false"], ["n", "2026-03-20", "", "newsletter", 40, "EUR", "false", "false"]]
        harness.write(folder / "exports/orders.csv", ["order_id", "date", "coupon", "campaign", "net", "currency", "cancelled", "is_first_order"], orders)
        harness.write(folder / "exports/sessions.csv", ["session_id", "date", "campaign", "bot"],
              [[f"s{i}", "2026-03-10", "anna_spring", "true" if i < 5 else "false"] for i in range(25)] + [["last", "2026-03-31", "", "false"]])
        followers = [["instagram", "anna", "2026-03-15", f"m{i}", 0, 500, 0, "false", "false", "true"] for i in range(20)]
        followers += [["instagram", "anna", "2026-03-15", f"p{i}", 300, 200, 40, "true", "true", "true" if i < 60 else "false"] for i in range(80)]
        followers += [["tiktok", "anna", "2026-03-15", f"x{i}", 0, 500, 0, "false", "false", "false"] for i in range(50)]
        harness.write(folder / "exports/followers.csv", ["platform", "account", "sampled_on", "follower", "followers", "following", "posts", "has_avatar", "has_bio", "in_target"], followers)
        if plan:
            (folder / "plan.yaml").write_text(plan)
        self.run_program("ingest", "-w", folder)
        return folder

    def creators(self, folder):
        data = self.json("influence", "-w", folder, "--period", "2026-03")["data"]
        return data, {c["creator"]: c for c in data["creators"]}

    def test_cost_per_order_from_the_own_books(self):
        data, creators = self.creators(self.shop())
        anna, ben = creators["@anna"], creators["ben"]
        self.assertEqual((anna["cost"]["value"], anna["orders"]["value"], anna["orders_from"]), (800, 41, "own_orders"))
        self.assertEqual((anna["orders_reported"]["value"], anna["revenue"]["value"], anna["first_orders"]["value"], anna["visits"]["value"]), (99, 41 * 40, 10, 20))
        self.assertAlmostEqual(anna["cost_per_order"]["value"], 800 / 41)
        # Garwood's limits of 41 are 29.4219 and 55.6216.
        self.assertAlmostEqual(anna["cost_per_order"]["high"], 800 / 29.4219, places=2)
        self.assertAlmostEqual(anna["cost_per_order"]["low"], 800 / 55.6216, places=2)
        self.assertEqual((ben["orders"]["value"], ben["orders_from"], ben["cost_per_order"]["value"]), (12, "reported", 25))
        self.assertEqual(ben["visits"]["state"], "not_offered")
        self.assertEqual(ben["verdict"], "too_little_data")
        self.assertEqual(data["shared_codes"], ["code shared"])
        self.assertIsNone(creators["eve"]["orders"]["value"])
        self.assertEqual(creators["kim"]["cost"]["state"], "not_offered")

    def test_engagement_without_suspected_followers(self):
        _, creators = self.creators(self.shop())
        anna = creators["@anna"]
        self.assertEqual(anna["audience"]["suspected_share"]["value"], 0.2)
        self.assertEqual(anna["audience"]["suspected_share"]["n"], 100)
        self.assertAlmostEqual(anna["authentic_engagements"]["value"], 4000)
        self.assertAlmostEqual(anna["authentic_engagements"]["high"], 5000 * (1 - 0.13337), delta=1)
        self.assertEqual(anna["audience"]["target_share"]["value"], 0.8)
        self.assertEqual(anna["audience"]["quality"]["value"], 0.6)
        self.assertTrue(anna["audience"]["small"])
        self.assertEqual({r["rule"] for r in anna["audience"]["reasons"]}, {"follows_ten_times", "follows_many", "no_avatar", "no_bio", "no_post"})
        self.assertEqual(creators["ben"]["authentic_engagements"]["state"], "not_offered")
        self.assertIn("unknown", self.text("influence", "-w", self.folder / "shop", "--period", "2026-03"))

    def test_undisclosed_and_late_deliverables_are_named(self):
        folder = self.shop()
        answer = self.json("influence", "-w", folder, "--period", "2026-03")
        faults = {(f["creator"], f["deliverable"], f["fault"], f["days_late"]) for f in answer["data"]["deliverables_to_look_at"]}
        self.assertEqual(faults, {("@anna", "d2", "undisclosed", 2), ("@anna", "d2", "late", 2), ("ben", "d2", "overdue", 16)})
        self.assertEqual([f["rule"] for f in answer["findings"]], ["undisclosed"])
        anna = next(c for c in answer["data"]["creators"] if c["creator"] == "@anna")
        self.assertEqual((anna["disclosed_share"]["value"], anna["on_time_share"]["value"]), (0.5, 0.5))

    def test_every_point_of_a_score_is_explained(self):
        _, creators = self.creators(self.shop())
        score = creators["@anna"]["score"]
        self.assertAlmostEqual(sum(line["contribution"] for line in score["lines"]), score["score"])
        lines = {line["id"]: line for line in score["lines"]}
        self.assertAlmostEqual(lines["price"]["points"], 100 * (800 / 41 - 50) / (10 - 50))
        self.assertAlmostEqual(lines["real_people"]["points"], 50)
        self.assertAlmostEqual(lines["right_people"]["points"], 100)
        self.assertAlmostEqual(lines["engaged"]["value"], 800 / 5000)
        self.assertLess(score["worst"], score["score"])
        ben = creators["ben"]["score"]
        missing = {line["id"]: line["missing"] for line in ben["lines"] if line["points"] is None}
        self.assertEqual(set(missing), {"right_people", "real_people"})
        self.assertEqual((ben["weight_known"], ben["weight_all"]), (4, 6))
        self.assertGreater(ben["score"], 60)
        page = self.text("influence", "-w", self.folder / "shop", "--period", "2026-03")
        text = " ".join(page.split())
        self.assertIn("real_people is missing, not nought", text)
        self.assertIn("on 66.7 % of the weights", text)
        self.assertIn("Why suspected, @anna: follows_many 20", text)
        self.assertNotIn("…", page)
        for line in page.splitlines():
            self.assertLessEqual(len(line), 80, line)

    def test_media_value_is_context_and_only_at_the_plans_price(self):
        folder = self.shop()
        _, creators = self.creators(folder)
        value = creators["@anna"]["earned_media_value"]
        self.assertEqual((value["value"], value["context_only"]), (500, True))
        self.assertIn("This is no money", self.text("influence", "-w", folder, "--period", "2026-03"))
        (folder / "plan.yaml").write_text(PLAN[:PLAN.index("influencers:")])
        _, creators = self.creators(folder)
        self.assertNotIn("earned_media_value", creators["@anna"])
        self.assertIsNone(creators["@anna"]["score"])

    def test_creators_are_held_against_each_other(self):
        folder = self.folder / "two"
        rows = [[f"{name}{i}", "d", name, "x", f"2026-03-{3 * i + 1:02}", "", "", name, "", fee, "", "EUR", 100 + 40 * i, "", "", "true"]
                for name, fee in (("cheap", 50), ("dear", 600)) for i in range(8)]
        harness.write(folder / "exports/collaborations.csv", COLUMNS, rows)
        start = datetime.date(2025, 12, 1)
        orders = [[f"{name}{i}-{n}", start + datetime.timedelta(days=i), name, 40, "EUR"] for name in ("cheap", "dear") for i in range(121) for n in range(2)]
        harness.write(folder / "exports/orders.csv", ["order_id", "date", "coupon", "net", "currency"], orders)
        self.run_program("ingest", "-w", folder)
        _, creators = self.creators(folder)
        cheap, dear = creators["cheap"], creators["dear"]
        self.assertEqual((cheap["orders"]["value"], cheap["verdict"], dear["verdict"]), (62, "cheaper", "dearer"))
        self.assertAlmostEqual(dear["ratio"]["value"], 12)
        self.assertAlmostEqual(cheap["cost_per_engagement"]["value"], 400 / 1920)
        self.assertLess(cheap["cost_per_engagement"]["low"], 400 / 1920)
        self.assertEqual(cheap["cost_per_engagement"]["n"], 8)

    def test_few_posts_have_no_limits(self):
        _, creators = self.creators(self.shop())
        per = creators["@anna"]["cost_per_engagement"]
        self.assertEqual((per["value"], per["low"]), (0.16, None))
        self.assertAlmostEqual(creators["@anna"]["cost_per_authentic_engagement"]["value"], 0.2)

    def test_csv_has_the_values_of_json(self):
        folder = self.shop()
        _, creators = self.creators(folder)
        text = self.text("influence", "-w", folder, "--period", "2026-03", "--format", "csv")
        rows = {(row["creator"], row["measure"]): row for row in csv.DictReader(io.StringIO(text, newline=""))}
        for name, creator in creators.items():
            cell = "'" + name if name.startswith("@") else name
            for measure in ("cost", "cost_per_order", "revenue", "audience.suspected_share"):
                value = creator
                for part in measure.split("."):
                    value = value[part]
                row = rows[cell, measure]
                self.assertEqual([row[part] for part in ("state", "unit")], [value[part] for part in ("state", "unit")])
                for part in ("value", "low", "high", "n"):
                    self.assertEqual(float(row[part]) if row[part] else None, value[part], (name, measure, part))
            self.assertEqual(rows[cell, "verdict"]["text"], creator["verdict"])
        self.assertTrue(any(measure.startswith("deliverable_to_look_at.") for _, measure in rows))

    def test_a_wrong_criterion_is_named_with_its_place(self):
        folder = self.shop(PLAN.replace("column: target_share", "column: target_shar"))
        done = self.run_program("influence", "-w", folder, "--period", "2026-03", code=3)
        self.assertIn(b"plan.yaml:8:", done.stderr)
        self.assertIn(b"target_share", done.stderr)
        self.run_program("check", "-w", folder, "--layer", "text")
        (folder / "plan.yaml").write_text(PLAN.replace("metric: cost_per_engagement_influencer", "metric: sessions"))
        self.assertIn(b"cannot be asked by creator", self.run_program("influence", "-w", folder, "--period", "2026-03", code=3).stderr)

    def foreign(self, *currencies, plan=PLAN, rates=()):
        """A creator with six posts, their fees in these currencies by turns."""
        folder = self.folder / "_".join(currencies)
        harness.write(folder / "exports/collaborations.csv", COLUMNS,
                      [[f"c{i}", "d", "kim", "x", f"2026-03-{2 + i:02}", "", "", "", "", 100, "", currencies[i % len(currencies)], 10 + 40 * i, 0.5, 3, "true"] for i in range(6)])
        if rates:
            harness.write(folder / "rates.csv", ["date", "currency", "base", "rate"], rates)
        (folder / "plan.yaml").write_text(plan)
        self.run_program("ingest", "-w", folder, *([folder / "exports", folder / "rates.csv"] if rates else []))
        return folder

    def test_fees_in_another_currency_are_withheld_by_name(self):
        for currencies in (["USD"], ["USD", "EUR"]):
            folder = self.foreign(*currencies)
            answer = self.json("influence", "-w", folder, "--period", "2026-03")
            kim = answer["data"]["creators"][0]
            self.assertEqual({kim[k]["state"] for k in ("cost", "cost_per_order", "cost_per_engagement")}, {"withheld"}, currencies)
            missing = {line["id"]: line["missing"] for line in kim["score"]["lines"] if line["value"] is None}
            self.assertIn("USD", missing["price"])
            self.assertIn("USD", missing["engaged"])
            self.assertIn(("cost_withheld", True), [(f["rule"], "USD" in f["message"]) for f in answer["findings"]])
            text = " ".join(self.text("influence", "-w", folder, "--period", "2026-03").split())
            self.assertIn(f"The cost of kim is withheld: the fees are in {' and '.join(sorted(currencies))} and the answer is in EUR", text)
            self.assertNotRegex(text, r"[16]00(\.0*)? EUR")
        kim = self.json("influence", "-w", self.folder / "USD", "--period", "2026-03", "--currency", "USD")["data"]["creators"][0]
        self.assertEqual((kim["cost"]["value"], kim["cost"]["unit"]), (600, "USD"))

    def test_fees_in_another_currency_are_converted_where_there_are_rates(self):
        folder = self.foreign("USD", rates=[[f"2026-03-{day:02}", "USD", "EUR", 0.5] for day in range(1, 10)])
        kim = self.json("influence", "-w", folder, "--period", "2026-03")["data"]["creators"][0]
        self.assertEqual((kim["cost"]["value"], kim["cost"]["unit"]), (300, "EUR"))

    def test_a_metric_that_is_an_own_number_has_its_interval(self):
        both = PLAN.replace("  media_price", "  - {id: same, column: cost_per_engagement, weight: 1, good: 0.1, bad: 4}\n"
                            "  - {id: other, metric: cost_per_engagement_influencer, weight: 1, good: 0.1, bad: 4}\n  media_price")
        lines = {line["id"]: line for line in self.json("influence", "-w", self.foreign("EUR", plan=both), "--period", "2026-03")["data"]["creators"][0]["score"]["lines"]}
        self.assertLess(lines["same"]["value_within"][0], lines["same"]["value_within"][1])
        self.assertEqual(lines["other"]["value_within"], lines["same"]["value_within"])

    def test_other_formats_and_nothing_to_tell(self):
        folder = self.shop(plan="")
        self.assertIn("## Creators of", self.text("influence", "-w", folder, "--period", "2026-03", "--format", "md"))
        done = self.run_program("influence", "-w", folder, "--period", "2025-01", code=6)
        self.assertIn(b"collaborations", done.stderr)

    def test_hostile_names_stay_text(self):
        folder = self.folder / "hostile"
        harness.write(folder / "exports/c.csv", COLUMNS, [["c", "d", "\x1b[31m=cmd|'<b>", "x", "2026-03-02", "", "", "a' or 1=1 --", "", 5, "", "EUR", 1, "", 1, "false"]])
        self.run_program("ingest", "-w", folder)
        text = self.text("influence", "-w", folder, "--period", "2026-03")
        self.assertNotIn("\x1b", text)
        self.assertEqual(self.json("influence", "-w", folder, "--period", "2026-03")["data"]["creators"][0]["codes"], ["a' or 1=1 --"])


if __name__ == "__main__":
    sys.exit(harness.main(__name__))
