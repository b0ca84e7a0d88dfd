#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What is said, asked and made about the simulated brand: the commands find what is true in its world."""
import datetime
import json
import sys

import harness

DAY = {"SOURCE_DATE_EPOCH": str(int(datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.timezone.utc).timestamp()))}


class Voices(harness.Case):
    def brand(self, seed="7"):
        folder = self.folder / f"brand{seed}"
        self.run_program("demo", folder, "--seed", seed)
        self.run_program("ingest", "-q", "-w", folder, folder / "exports", folder / "costs.csv", env=DAY)
        truth = json.loads((folder / "truth.json").read_text())
        self.whole = ("--period", f'{truth["period"]["from"]}..{truth["period"]["to"]}', "--compare", "none")
        return folder, truth

    def answer(self, *arguments):
        return self.json(*arguments, env=DAY)["data"]

    def holds(self, value, true, slack=0.0, msg=None):
        """The interval, wider by this part of itself on both sides, holds what is true."""
        more = slack * (value["high"] - value["low"])
        self.assertLessEqual(value["low"] - more, true, msg or value)
        self.assertGreaterEqual(value["high"] + more, true, msg or value)

    def effect_of(self, truth, name, what, days):
        """A day since the fix against a day before it, within so many days on both sides."""
        issue = next(i for i in truth["voices"]["issues"] if i["name"] == name)
        first = datetime.date.fromisoformat(truth["daily"]["first"])
        fix = (datetime.date.fromisoformat(issue["from"]) - first).days
        before, after = issue[what][max(0, fix - days):fix], issue[what][fix:fix + days]
        return (sum(after) / len(after)) / (sum(before) / len(before))

    def test_mentions_and_their_tone(self):
        folder, truth = self.brand()
        voices = truth["voices"]
        data = self.answer("listen", "-w", folder, *self.whole)
        brands = {b["brand"]: b for b in data["brands"]}
        self.assertEqual({b for b in brands if brands[b]["own"]}, {"Tannhoop"})
        true = voices["brands"]["period"]
        for name, is_true in true.items():
            self.assertEqual(brands[name]["mentions"]["value"], is_true["mentions"], name)
            net = (is_true["positive"] - is_true["negative"]) / is_true["mentions"]
            self.holds(brands[name]["corrected"]["net_sentiment"], net, 0.25, (name, net, brands[name]["corrected"]["net_sentiment"]))
        nets = {name: (b["positive"] - b["negative"]) / b["mentions"] for name, b in true.items()}
        found = {name: b["corrected"]["net_sentiment"]["value"] for name, b in brands.items()}
        self.assertEqual(sorted(nets, key=nets.get), sorted(found, key=found.get), "who is spoken of best")
        self.assertGreaterEqual(data["reading"]["labels_met"], 500)
        # The plan's words find most of what is said of an issue, and little else.
        groups = self.answer("listen", "-w", folder, *self.whole, "--by", "issue")["groups"]
        heard = {g["group"]["issue"]: g["mentions"]["value"] for g in groups}
        for issue in voices["issues"][:3]:
            said = sum(issue["mentions"])
            self.assertTrue(0.7 * said <= heard[issue["name"]] <= 1.02 * said, (issue["name"], said, heard))

    def test_the_fix_is_heard_and_fewer_ask(self):
        for seed in ("7", "8"):
            with self.subTest(seed=seed):
                folder, truth = self.brand(seed)
                fix = next(f for f in self.answer("listen", "-w", folder)["fixes"] if f["improvement"] == "v_late")
                self.assertEqual(fix["share_of_mentions"]["verdict"], "changed")
                self.holds(fix["share_of_mentions"]["effect"], self.effect_of(truth, "Parcel comes late", "mentions", 84) - 1, 0.25)
                self.holds(fix["talk_of_the_fix"], truth["voices"]["speaks_of_fix"], 0.25)
                issues = {i["issue"]: i for i in self.answer("care", "--issues", "-w", folder, "--period", "2026-08-03..2026-10-31")["issues"]}
                proof = issues["Parcel comes late"]["improvements"][0]
                self.assertEqual((proof["id"], proof["verdict"]), ("v_late", "changed"))
                self.holds(proof["effect"], self.effect_of(truth, "Parcel comes late", "conversations", 84) - 1, 0.25)
                self.assertEqual(issues["Parcel comes late"]["trend"]["verdict"], "falling")
                self.assertNotIn("changed", {p["verdict"] for i in issues.values() if i["issue"] != "Parcel comes late" for p in i["improvements"]})
                self.assertNotIn(issues["Zip breaks"]["trend"]["verdict"], ("falling",))

    def test_answers_by_channel_and_what_people_asked(self):
        folder, truth = self.brand()
        care = truth["voices"]["care"]
        groups = {g["group"].get("channel", "all") if g["group"] else "all": g
                  for g in self.answer("care", "-w", folder, *self.whole[:2], "--by", "channel", "--clock", "business")["groups"]}
        for channel, true in care["channels"].items():
            group = groups[channel]
            self.assertEqual(group["conversations"]["value"], true["conversations"], channel)
            self.assertAlmostEqual(group["response_rate"]["value"], true["answered"] / true["conversations"], 9, channel)
            # Who is never answered waits on, so the median is that of everybody: a little above that of the answered.
            median = group["first_response"]["median"]
            self.holds(median, 60 * true["reply_median_office_minutes"] * (1 + true["never_answered"]), 0.5, (channel, median))
            self.assertAlmostEqual(group["reopened"]["value"], true["opened_again"] / true["resolved"], 9, channel)
        medians = {c: groups[c]["first_response"]["median"]["value"] for c in care["channels"]}
        self.assertEqual(max(medians, key=medians.get), "email")
        asked = {s["kind"]: s for s in groups["all"]["satisfaction"]}
        answers = sum(c["answers"] for c in care["channels"].values())
        self.assertAlmostEqual(asked["csat"]["value"]["value"], sum(c["content"] for c in care["channels"].values()) / answers, 9)
        self.assertAlmostEqual(asked["csat"]["response_rate"]["value"], answers / sum(c["asked"] for c in care["channels"].values()), 9)
        told = care["recommendation"]
        self.assertEqual(asked["nps"]["value"]["n"], told["answers"])
        self.assertAlmostEqual(asked["nps"]["value"]["value"], 100 * (told["promoters"] - told["detractors"]) / told["answers"], 9)
        self.assertEqual(groups["all"]["calls"]["number"]["value"], care["calls"]["calls"])
        issues = {i["issue"]: i for i in self.answer("care", "--issues", "-w", folder, *self.whole)["issues"]}
        for issue in truth["voices"]["issues"]:
            found = issues[issue["name"]]
            self.assertEqual(found["conversations"], sum(issue["conversations"]), issue["name"])
            self.assertEqual(found["calls"], sum(issue["calls"]), issue["name"])

    def test_creators_cost_and_brought_what_is_true(self):
        folder, truth = self.brand()
        creators = {c["creator"]: c for c in self.answer("influence", "-w", folder, "--period", "2026-05-01..2026-10-31")["creators"]}
        self.assertEqual(set(creators), {c["name"] for c in truth["voices"]["creators"]})
        for true in truth["voices"]["creators"]:
            found = creators[true["name"]]
            self.assertAlmostEqual(found["cost"]["value"], true["cost_cents"] / 100, 6)
            self.assertEqual((found["orders"]["value"], found["orders_from"]), (true["orders"], "own_orders"))
            self.assertEqual(found["engagements"]["value"], true["engagements"])
            each = true["cost_cents"] / 100 / true["deliverables"] / true["expected_orders_each"]
            self.holds(found["cost_per_order"], each, 0.1, (true["name"], each, found["cost_per_order"]))
            suspected = found["audience"]["suspected_share"]
            self.assertAlmostEqual(suspected["value"], true["bought_in_sample"] / suspected["n"], 9)
            self.holds(suspected, true["bought_followers"], 0.25, true["name"])
            self.assertAlmostEqual(found["disclosed_share"]["value"], true["disclosed"] / true["deliverables"], 9)
        self.assertEqual(creators["@alpenlotte"]["verdict"], "dearer")
        self.assertEqual(creators["Kettenfunk"]["verdict"], "cheaper")
        self.assertGreater(creators["Kettenfunk"]["visits"]["value"], 100)
        real = {c: creators[c]["authentic_engagements"]["value"] / creators[c]["engagements"]["value"] for c in creators}
        self.assertEqual(min(real, key=real.get), "@radstern")

    def test_the_ladder_and_the_forum(self):
        folder, truth = self.brand()
        data = self.answer("audience", "-w", folder, *self.whole[:2])
        survey = next(one for one in data["ladders"] if one["from"] == "survey" and not one["segment"])
        ladder = truth["voices"]["ladder"]
        self.assertEqual(survey["people"]["value"], ladder["asked"])
        self.assertEqual({r["rung"]: r["people"]["value"] for r in survey["rungs"]}, ladder["people"])
        forum = truth["voices"]["forum"]
        community = next(c for c in data["communities"] if c["account"] == "Stammtisch")
        answers = community["peer_answers"]
        self.assertEqual((answers["questions"]["value"], answers["by_peers"]["value"], answers["by_staff_alone"]["value"]),
                         (forum["questions"], forum["answered_by_members"], forum["answered_by_staff_alone"]))
        self.assertEqual(community["depth"]["threads"]["value"], forum["threads"])
        self.assertEqual(community["voices"]["by_staff"]["value"], forum["contributions_of_staff"])
        self.holds(answers["within_7_days"], forum["answered_by_a_member"], 0.25)
        for account in data["accounts"]:
            if account["platform"] not in ("instagram", "facebook"):
                continue
            true = truth["daily"]["platforms"][account["platform"]]
            self.assertEqual(account["end"]["value"], true["followers"][-1])
            self.assertEqual(account["gained"]["value"], sum(true["followers_gained"]))
            self.assertEqual(account["lost"]["value"], sum(true["followers_lost"]))


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
