#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tags of links: what money brings no visit under its name, one name in several spellings, and what accepting does to every answer."""
import csv

import harness

VISITS = [  # source, medium, campaign, visits
    ("facebook", "paid_social", "Families 2026", 40),
    ("facebook", "Paid_Social", "families-2026", 60),
    ("facebook", "social", "Families 2026", 25),
    ("google", "cpc", "", 30),
    ("letter", "email", "weekly", 50),
]
ADS = [("Families 2026", 900.0, 130), ("Tourers", 450.5, 70), ("Paused", 0.0, 0)]


class Utm(harness.Case):
    def shop(self):
        folder = self.folder / "shop"
        (folder / "exports").mkdir(parents=True)
        with (folder / "exports" / "visits.csv").open("w", newline="") as file:
            out = csv.writer(file)
            out.writerow(["session_id", "person", "date", "source_name", "medium", "campaign", "channel_group"])
            number = 0
            group = {"social": "organic_social", "cpc": "paid_search", "email": "email"}
            for source, medium, campaign, visits in VISITS:
                for _ in range(visits):
                    number += 1
                    out.writerow([f"s{number}", f"v{number}", "2026-03-10", source, medium, campaign, group.get(medium, "paid_social")])
        with (folder / "exports" / "ads.csv").open("w", newline="") as file:
            out = csv.writer(file)
            out.writerow(["ad", "date", "platform", "account", "campaign", "placement", "attribution_setting", "breakdown", "channel_group",
                          "currency", "spend", "clicks"])
            for number, (campaign, spend, clicks) in enumerate(ADS):
                out.writerow([f"a{number}", "2026-03-10", "meta_ads", "shop", campaign, "feed", "7d_click", "campaign", "paid_social",
                              "EUR", spend, clicks])
        (folder / "plan.yaml").write_text("backcast: 1\nbrand: {name: Shop, currency: EUR}\noutcomes:\n- {id: o, metric: orders, ceo: Orders., owner: a}\n")
        self.run_program("ingest", "-w", folder, folder / "exports")
        return folder

    def faults(self, folder, *arguments):
        answer = self.json("utm", "-w", folder, "--period", "2026-03", *arguments)["data"]
        return answer, {(fault["kind"], fault["field"]): fault for fault in answer["faults"]}

    def test_faults_come_with_the_money_behind_them(self):
        answer, faults = self.faults(self.shop())
        self.assertEqual(answer["visits"]["value"], sum(visit[3] for visit in VISITS))
        lost = faults["spend_without_visits", "campaign"]
        self.assertEqual((lost["names"], lost["spend"]["value"], lost["spend"]["unit"]), (["Tourers"], 450.5, "EUR"))
        spelt = faults["spellings", "campaign"]
        self.assertEqual((spelt["proposed"], spelt["names"]), ("Families 2026", ["Families 2026", "families-2026"]))
        self.assertEqual((spelt["visits"]["value"], spelt["spend"]["value"]), (125, 900))
        self.assertEqual(faults["spellings", "medium"]["proposed"], "Paid_Social")
        nameless = faults["visits_without_campaign", "campaign"]
        self.assertEqual((nameless["channel_group"], nameless["visits"]["value"]), ("paid_search", 30))
        conflict = faults["conflict", "medium"]
        self.assertEqual((conflict["counted_as"], conflict["visits"]["value"]), ("organic_social", 25))
        self.assertEqual([fault["spend"]["value"] for fault in answer["faults"]],
                         sorted((fault["spend"]["value"] for fault in answer["faults"]), reverse=True))

    def test_accepted_names_count_everywhere_and_once(self):
        folder = self.shop()
        before = self.faults(folder)[0]
        self.faults(folder, "--accept-names")
        text = (folder / "tags.yaml").read_text()
        self.assertIn('instead_of: ["families-2026"]', text)
        after, faults = self.faults(folder)
        self.assertNotIn(("spellings", "campaign"), faults)
        self.assertEqual(after["visits"], before["visits"])
        rows = self.json("score", "-w", folder, "--metric", "new_visitor_share", "--by", "campaign", "--period", "2026-03")
        self.assertNotIn("families-2026", str(rows))
        self.faults(folder, "--accept-names")
        self.assertEqual((folder / "tags.yaml").read_text(), text, "nothing is left to accept")

    def test_a_broken_file_of_names_says_where(self):
        folder = self.shop()
        (folder / "tags.yaml").write_text("names:\n- {field: page, write: a, instead_of: [b]}\n")
        done = self.run_program("utm", "-w", folder, code=3)
        self.assertIn(b"tags.yaml:2:", done.stderr)

    def test_nothing_to_audit_is_said(self):
        folder = self.folder / "empty"
        (folder / "exports").mkdir(parents=True)
        (folder / "exports" / "days.csv").write_text("platform,account,date,views\nx,shop,2026-03-10,5\n")
        self.run_program("ingest", "-w", folder, folder / "exports")
        self.run_program("utm", "-w", folder, code=3)


if __name__ == "__main__":
    harness.main(__name__)
