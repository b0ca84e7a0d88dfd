#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A folder of reports that tell of the same days in different ways: by channel, by landing page, by event, by month. Their sums are
those of one report."""
import sys

import harness

HEAD = """# ----------------------------------------
# {title}
# Account: Brew
# Property: Brew - GA4
# ----------------------------------------
#
# All Users
# Start date: 20260301
# End date: 20260331
"""
CHANNELS = {"Organic Social": 40, "Organic Search": 100, "Direct": 60}
PAGES = {"/": 150, "/shop": 50}
DAYS = range(1, 32)


class OverlappingReports(harness.Case):
    def site(self):
        exports = self.workspace() / "exports"
        (exports / "Traffic_acquisition.csv").write_text(
            "Date,Session primary channel group (Default channel group),Sessions,Engaged sessions\n"
            + "".join(f"202603{day:02},{name},{count},{count // 2}\n" for day in DAYS for name, count in CHANNELS.items()))
        (exports / "Landing_page.csv").write_text(
            "Date,Landing page,Sessions\n"
            + "".join(f"202603{day:02},{name},{count}\n" for day in DAYS for name, count in PAGES.items()))
        (exports / "Events.csv").write_text(
            HEAD.format(title="Events: Event name") + "Event name,Event count,Total users\n"
            f"session_start,{31 * 200},4000\npage_view,15000,4000\ngenerate_lead,62,60\n")
        (exports / "Traffic_month.csv").write_text(
            HEAD.format(title="Traffic acquisition") + "Session primary channel group (Default channel group),Sessions\n"
            + "".join(f"{name},{31 * count}\n" for name, count in CHANNELS.items()))
        self.run_program("ingest", "-w", exports.parent, exports)
        return exports.parent

    def groups(self, folder, metric, by):
        answer = self.json("score", "-w", folder, "--metric", metric, "--by", by, "--period", "2026-03")
        return [line["value"]["value"] for line in answer["data"]["metrics"] if line["group"] and line["value"]["value"] is not None]

    def test_a_sum_is_that_of_one_report(self):
        folder = self.site()
        values = self.metrics(folder, "--metric", "sessions", "--metric", "social_sessions", "--metric", "engaged_session_rate", "--period", "2026-03")
        self.assertEqual(values["sessions"]["value"], 31 * 200)
        self.assertEqual(values["social_sessions"]["value"], 31 * 40)
        self.assertEqual(values["engaged_session_rate"]["value"], 0.5)
        half = self.metrics(folder, "--metric", "sessions", "--period", "2026-03-01..2026-03-15")
        self.assertEqual(half["sessions"]["value"], 15 * 200)

    def test_a_breakdown_comes_from_the_report_that_has_it(self):
        folder = self.site()
        self.assertEqual(sorted(self.groups(folder, "sessions", "landing_page")), [31 * 50, 31 * 150])
        self.assertEqual(sorted(self.groups(folder, "sessions", "channel_group")), [31 * 40, 31 * 60, 31 * 100])

    def test_the_card_and_the_query_say_so(self):
        folder = self.site()
        answer = self.json("score", "-w", folder, "--metric", "sessions", "--period", "2026-03")
        self.assertTrue(any("cut in several ways" in line for line in answer["data"]["sources"]), answer["data"]["sources"])
        self.assertIn("each number comes from one of them",
                      self.text("score", "-w", folder, "--metric", "sessions", "--period", "2026-03", "--sql"))
        rows = self.json("score", "-w", folder, "--rows", "sessions", "--period", "2026-03")["data"]["rows"]
        self.assertEqual({row["file"].split("/")[-1] for row in rows}, {"Traffic_acquisition.csv"})

    def test_money_of_two_ad_reports_counts_once(self):
        exports = self.workspace() / "exports"
        (exports / "campaigns.csv").write_text(
            'Campaign report\n"March 1, 2026 - March 31, 2026"\nDay,Campaign,Currency code,Cost,Impr.,Clicks\n'
            + "".join(f"2026-03-{day:02},Spring,EUR,10.00,1000,20\n" for day in DAYS))
        (exports / "ad_groups.csv").write_text(
            'Ad group report\n"March 1, 2026 - March 31, 2026"\nDay,Campaign,Ad group,Currency code,Cost,Impr.,Clicks\n'
            + "".join(f"2026-03-{day:02},Spring,{name},EUR,5.00,500,10\n" for day in DAYS for name in ("Shoes", "Hats")))
        (exports / "month.csv").write_text(
            'Campaign report\n"March 1, 2026 - March 31, 2026"\nCampaign,Currency code,Cost,Impr.,Clicks\nSpring,EUR,310.00,31000,620\n')
        self.run_program("ingest", "-w", exports.parent, exports)
        values = self.metrics(exports.parent, "--metric", "ad_spend", "--period", "2026-03")
        self.assertEqual(values["ad_spend"]["value"], 310)
        groups = self.groups(exports.parent, "ad_spend", "ad_group")
        self.assertEqual(sorted(groups), [155, 155])


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
