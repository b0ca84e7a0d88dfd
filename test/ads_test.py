#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Ads: the creative that tires is named and its neighbours are not; brand lift with its interval; too little is said."""
import datetime
import random

import harness

START = datetime.date(2026, 1, 5)
DAYS = 42


def ad_rows(fall, seed=3, days=DAYS, rate=0.02, impressions=3000):
    rng = random.Random(seed)
    for day in range(days):
        now = rate * (1 - fall) ** (day / max(1, days - 1))
        clicks = sum(rng.random() < now for _ in range(impressions))
        yield START + datetime.timedelta(days=day), impressions, clicks


class Ads(harness.Case):
    HEADER = ["Reporting starts", "Reporting ends", "Day", "Campaign name", "Ad set name", "Ad name", "Amount spent (EUR)", "Impressions", "Link clicks", "Reach"]

    def shop(self, falls, days=DAYS):
        folder = self.workspace()
        rows = []
        for i, fall in enumerate(falls):
            for day, shown, clicks in ad_rows(fall, seed=i, days=days):
                rows.append([day, day, day, "Spring", "All", f"Ad {i}", 10, shown, clicks, 1500])
        harness.write(folder / "exports/meta.csv", self.HEADER, rows)
        self.run_program("ingest", "-w", folder)
        return folder

    def test_the_tired_ad_is_named_and_no_other(self):
        folder = self.shop([0.6, 0, 0, 0, 0])
        ads = self.json("ads", "-w", folder, "--period", "2026-01-05..2026-02-15")["data"]["creatives"]
        self.assertEqual([ad["verdict"] for ad in ads], ["tired"] + ["no_fall_shown"] * 4)
        tired = ads[0]
        self.assertEqual((tired["platform"], tired["campaign"], tired["ad_group"], tired["ad"]), ("meta_ads", "Spring", "All", "Ad 0"))
        self.assertEqual((tired["first_day"], tired["last_day"], tired["days_shown"]), ("2026-01-05", "2026-02-15", 42))
        self.assertEqual((tired["clicks_are"], tired["impressions"]["value"], tired["drawn_towards"]), ("link_clicks", 42 * 3000, 5))
        self.assertLess(tired["change"]["high"], 0)
        self.assertGreater(tired["change"]["value"], tired["change_alone"]["value"])
        self.assertEqual(tired["frequency"]["value"], 2)
        first = [clicks for _, _, clicks in ad_rows(0.6, seed=0)][:7]
        self.assertAlmostEqual(tired["first_days"]["value"], sum(first) / 21000, places=9)
        text = self.text("ads", "-w", folder, "--period", "2026-01-05..2026-02-15")
        self.assertIn("tired", text)
        self.assertIn("drawn towards what all 5 ads did together", " ".join(text.split()))

    def test_several_settings_repeat_the_same_impressions(self):
        folder = self.workspace()
        rows = [["a1", day, "meta_ads", "feed", setting, shown, clicks, conversions, "EUR"] for day, shown, clicks in ad_rows(0.3) for setting, conversions in (("7-day click", 3), ("1-day click", 1))]
        harness.write(folder / "exports/ads.csv", ["ad", "date", "platform", "placement", "attribution_setting", "impressions", "clicks", "conversions", "currency"], rows)
        self.run_program("ingest", "-w", folder)
        ad = self.json("ads", "-w", folder, "--period", "2026-01-05..2026-02-15")["data"]["creatives"][0]
        self.assertEqual(ad["impressions"]["value"], 42 * 3000)
        self.assertEqual((ad["clicks_are"], ad["ad"], ad["frequency"]["state"]), ("clicks", "a1", "not_offered"))

    def test_a_young_ad_is_too_little(self):
        ad = self.json("ads", "-w", self.shop([0.5], days=9))["data"]["creatives"][0]
        self.assertEqual((ad["verdict"], ad["change"]["state"]), ("too_little_data", "too_little_data"))
        self.assertIn("shown on 9 days, need 14", ad["change"]["reason"])

    def answers(self, seen_yes, seen, unseen_yes, unseen):
        folder = self.shop([0])
        rows = [["s", "awareness", "2026-02-01", "Spring", "true", int(i < seen_yes)] for i in range(seen)]
        rows += [["s", "awareness", "2026-02-01", "Spring", "false", int(i < unseen_yes)] for i in range(unseen)]
        rows += [["s", "awareness", "2026-02-01", "Spring", "", 1] for _ in range(50)]
        harness.write(folder / "exports/survey.csv", ["response_id", "survey", "kind", "date", "campaign", "exposed", "score"], [[i, *row] for i, row in enumerate(rows)])
        self.run_program("ingest", "-w", folder)
        return folder

    def test_brand_lift_is_newcombes(self):
        folder = self.answers(260, 500, 200, 500)
        period = ("--period", "2026-01-05..2026-02-15")
        lift = self.json("ads", "-w", folder, *period)["data"]["brand_lift"][0]
        self.assertEqual((lift["exposed"]["value"], lift["exposed"]["n"], lift["control"]["value"], lift["verdict"]), (0.52, 500, 0.4, "higher"))
        self.assertAlmostEqual(lift["lift"]["value"], 12, places=9)
        self.assertAlmostEqual(lift["lift"]["low"], 5.8254, delta=0.0001)   # by hand from the two Wilson intervals
        self.assertAlmostEqual(lift["lift"]["high"], 18.0461, delta=0.0001)
        self.assertAlmostEqual(lift["cost_per_point"]["value"], 420 / 12, places=6)
        self.assertAlmostEqual(lift["cost_per_point"]["high"], 420 / lift["lift"]["low"], places=6)
        self.assertAlmostEqual(self.metrics(folder, "--metric", "brand_lift", *period)["brand_lift"]["value"], 12, places=9)

    def test_few_answers_give_no_verdict_and_no_cost(self):
        lift = self.json("ads", "-w", self.answers(60, 100, 40, 100), "--period", "2026-01-05..2026-02-15")["data"]["brand_lift"][0]
        self.assertEqual((lift["verdict"], lift["cost_per_point"]["value"]), ("too_little_data", None))
        self.assertIn("need about 400", lift["needs"])

    def test_nothing_to_look_at_says_what_is_needed(self):
        folder = self.workspace()
        harness.write(folder / "exports/orders.csv", ["order_id", "date", "net", "currency"], [["1", "2026-01-05", 10, "EUR"]])
        self.run_program("ingest", "-w", folder)
        self.assertIn(b"export of ads by day", self.run_program("ads", "-w", folder, code=6).stderr)


if __name__ == "__main__":
    harness.main(__name__)
