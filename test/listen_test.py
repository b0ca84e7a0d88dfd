#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""listen: what people say of a brand and of others. Real tweets whose numbers are known, and small worlds whose truth is."""
import collections
import csv
import datetime
import json
import random
import re
import sys

import harness

PLAN = """backcast: 1
brand: {{name: {name}, currency: EUR}}
team: [{{id: ana, role: Care lead, influences: [care]}}]
outcomes: [{{id: o, metric: net_sentiment, ceo: People like us., owner: ana, baseline: 0, target: {{value: 0.2, by: 2027-12-31}}}}]
{more}
"""
SCORES = {"negative": -1, "neutral": 0, "positive": 1}
TOTALS = {"American": 2759, "Delta": 2222, "Southwest": 2420, "US Airways": 2913, "United": 3822, "Virgin America": 504}
NETS = {"Delta": -0.184968, "Southwest": -0.254545, "US Airways": -0.684518, "United": -0.560178, "Virgin America": -0.057540}
REASONS = {"Customer Service Issue": 2910, "Late Flight": 1665, "Can't Tell": 1190, "Cancelled Flight": 847, "Lost Luggage": 724, "Bad Flight": 580,
           "Flight Booking Problems": 529, "Flight Attendant Complaints": 481, "longlines": 178, "Damaged Luggage": 74}


class Case(harness.Case):
    def mentions(self, name, header, rows, plan=None, **others):
        """A workspace with a canonical file of mentions; other facts as (header, rows)."""
        folder = self.folder / name
        (folder / "exports").mkdir(parents=True)
        if plan is not None:
            (folder / "plan.yaml").write_text(plan)
        return self.facts(folder, mention=(header, rows), **others)

    def listen(self, folder, *arguments):
        return self.json("listen", "-w", folder, *arguments)["data"]

    def brands(self, data):
        return {b["brand"]: b for b in data["brands"]}


class Airlines(Case):
    """14,640 tweets to six airlines, labelled by hand; 155 of them are listed twice, all of American."""

    def setUp(self):
        super().setUp()
        self.path = harness.shared("twitter-us-airline-sentiment", "Tweets.csv")
        with self.path.open(encoding="utf-8", newline="") as file:
            self.rows = list(csv.DictReader(file))
        self.once = list({row["tweet_id"]: row for row in self.rows}.values())

    def airline(self, name=None, more=""):
        folder = self.folder / "air"
        folder.mkdir()
        if name:
            (folder / "plan.yaml").write_text(PLAN.format(name=name, more=more))
        self.run_program("ingest", "-q", "--strict", "-w", folder, self.path)
        return folder

    def test_share_of_voice_and_net_sentiment_are_those_that_are_known(self):
        self.assertEqual(collections.Counter(r["airline"] for r in self.rows), TOTALS, "the oracle reads the file as others did")
        data = self.listen(self.airline(), "--compare", "none")
        brands = self.brands(data)
        self.assertEqual(data["denominator"]["mentions"]["value"], len(self.once))
        for name, total in TOTALS.items():
            mine = [r for r in self.once if r["airline"] == name]
            net = sum(SCORES[r["airline_sentiment"]] for r in mine) / len(mine)
            brand = brands[name]
            self.assertEqual(brand["mentions"]["value"], len(mine), name)
            self.assertAlmostEqual(brand["share"]["value"], len(mine) / len(self.once), places=12)
            self.assertAlmostEqual(brand["net_sentiment"]["value"], net, places=12)
            self.assertLess(brand["net_sentiment"]["low"], net)
            self.assertAlmostEqual(brand["share"]["value"], total / len(self.rows), delta=0.01, msg="each tweet counts once")
            if name != "American":
                self.assertEqual(len(mine), total)
                self.assertAlmostEqual(brand["net_sentiment"]["value"], NETS[name], places=6)
            engagements = sum(int(r["retweet_count"]) for r in mine)
            self.assertEqual(brand["engagements"]["value"], engagements)
            self.assertFalse(brand["as_classified"], "the export's labels are taken")
        self.assertAlmostEqual(sum(b["share_of_engagement"]["value"] for b in data["brands"]), 1, places=12)
        self.assertEqual(data["reading"]["labelled_by_export"], len(self.once))

    def test_reasons_of_complaints_are_those_that_are_known(self):
        self.assertEqual(collections.Counter(r["negativereason"] for r in self.rows if r["negativereason"]), REASONS)
        groups = self.listen(self.airline(), "--compare", "none", "--by", "issue")["groups"]
        found = {g["group"]["issue"]: g["mentions"]["value"] for g in groups}
        expected = collections.Counter(r["negativereason"] or None for r in self.once)
        self.assertEqual(found, expected)
        self.assertEqual([g["group"]["issue"] for g in groups[1:4]], ["Customer Service Issue", "Late Flight", "Can't Tell"])

    def test_own_reading_says_how_often_it_is_right(self):
        quality = self.listen(self.airline("United", "listening: {domains: [care]}"))["reading"]["against_exports"]
        accuracy = quality["accuracy"]
        self.assertGreater(accuracy["n"], 14000)
        self.assertTrue(0.63 < accuracy["low"] < accuracy["value"] < accuracy["high"] < 0.67, accuracy)
        self.assertEqual(sum(tone["labels"] for tone in quality["tones"].values()), accuracy["n"])
        self.assertGreater(quality["tones"]["positive"]["sensitivity"]["value"], 0.85)

    def test_the_card_says_the_same(self):
        folder = self.airline("united")
        period = ("--period", "2015-02-17..2015-02-23")
        own = next(b for b in self.listen(folder, *period)["brands"] if b["own"])
        card = self.metrics(folder, "--metric", "net_sentiment,share_of_voice,mentions", *period)
        self.assertEqual(own["brand"], "United")
        for mine, theirs in (("net_sentiment", "net_sentiment"), ("share", "share_of_voice"), ("mentions", "mentions")):
            self.assertAlmostEqual(own[mine]["value"], card[theirs]["value"], places=12)

    def test_a_brand_that_was_collected_late_is_no_crisis(self):
        folder = self.airline("American")
        data = self.listen(folder, "--period", "2015-02-22..2015-02-24")
        american = self.brands(data)["American"]
        self.assertEqual((american["comparable"], american["verdict"], american["change"]["state"]), (False, "too_little_data", "too_little_data"))
        self.assertIn("2015-02-22", american["collection"])
        self.assertTrue([w for w in data["warnings"] if "American" in w])
        self.assertIn("collected", data["drivers"]["because"])
        self.assertIn("collected", data["said_more"]["because"])
        for name, brand in self.brands(data).items():
            self.assertEqual(brand["comparable"], name != "American", name)

    def test_all_brands_together_are_compared_without_the_one_collected_late(self):
        folder = self.airline()
        period = ("--period", "2015-02-22..2015-02-24")
        data = self.listen(folder, *period)
        drivers, said = data["drivers"], data["said_more"]
        self.assertEqual((drivers["left_out"], said["left_out"]), (["American"], ["American"]))
        others = [b for b in data["brands"] if b["brand"] != "American"]
        for when, prefix in (("net_sentiment", ""), ("previous_net_sentiment", "previous_")):
            tones = [b[prefix + "tones"] for b in others]
            known = sum(t[tone] for t in tones for tone in ("negative", "neutral", "positive"))
            self.assertAlmostEqual(drivers[when]["value"], sum(t["positive"] - t["negative"] for t in tones) / known, places=12)
        self.assertAlmostEqual(sum(p["contribution"]["value"] for p in drivers["parts"]), drivers["change"]["value"], places=12)
        self.assertEqual(said["mentions"], sum(b["mentions"]["value"] for b in others))
        self.assertFalse({"aa", "dfw"} & {term["term"] for term in said["more"]})
        text = self.text("listen", "-w", folder, *period)
        self.assertEqual(text.count("not collected alike in both periods: American."), 2)
        for group in self.listen(folder, *period, "--by", "platform")["groups"]:
            self.assertEqual(group["change"]["state"], "too_little_data", "the group holds American's tweets")

    def test_parts_of_the_change_add_up(self):
        folder = self.airline("US Airways")
        for by in ("brand", "topic", "language"):
            drivers = self.listen(folder, "--period", "2015-02-22..2015-02-24", "--by", by)["drivers"]
            self.assertEqual(drivers["by"], "issue" if by == "brand" else by)
            change = drivers["net_sentiment"]["value"] - drivers["previous_net_sentiment"]["value"]
            self.assertAlmostEqual(sum(p["contribution"]["value"] for p in drivers["parts"]), change, places=12)
            for part in drivers["parts"]:
                self.assertAlmostEqual(part["mix"]["value"] + part["rate"]["value"], part["contribution"]["value"], places=12)

    def test_same_bytes_for_any_number_of_threads(self):
        folder = self.airline("Delta")
        for form in ("json", "text", "csv", "md"):
            answers = {self.run_program("listen", "-w", folder, "--by", "topic", "--format", form, "--threads", n).stdout for n in ("1", "4", "1")}
            self.assertEqual(len(answers), 1, form)
        topics = self.listen(folder, "--topics", "5")["topics"]
        self.assertEqual(len(topics["topics"]), 5)
        self.assertGreater(topics["coverage"]["value"], 0.3)

    def test_labels_of_the_user_correct_what_was_read(self):
        chance = random.Random(5)
        rows = [[r["tweet_id"], "2015-02-20", r["airline"], "x", r["text"]] for r in self.once]
        folder = self.mentions("unlabelled", "mention_id,date,brand,platform,text", rows, PLAN.format(name="Delta", more="listening: {domains: [care]}"))
        plain = self.brands(self.listen(folder))["Delta"]
        self.assertTrue(plain["as_classified"])
        self.assertIsNone(plain["corrected"])
        sample = chance.sample(self.once, 600)
        (folder / "labels.csv").write_text("mention_id,label\n" + "".join(f'{r["tweet_id"]},{r["airline_sentiment"]}\n' for r in sample) + "nobody,neutral\n")
        data = self.listen(folder)
        self.assertEqual((data["reading"]["labels"], data["reading"]["labels_met"]), (601, 600))
        self.assertTrue([w for w in data["warnings"] if "labels.csv" in w])
        accuracy = data["reading"]["against_labels"]["accuracy"]
        self.assertTrue(accuracy["low"] < 0.65 < accuracy["high"], accuracy)
        held = 0
        for name, brand in self.brands(data).items():
            mine = [r for r in self.once if r["airline"] == name]
            truth = sum(SCORES[r["airline_sentiment"]] for r in mine) / len(mine)
            corrected = brand["corrected"]["net_sentiment"]
            held += corrected["low"] <= truth <= corrected["high"]
            self.assertLess(abs(corrected["value"] - truth), abs(brand["net_sentiment"]["value"] - truth), name)
        self.assertGreaterEqual(held, 4)
        self.assertIn("corrected by the labels", self.text("listen", "-w", folder))
        (folder / "labels.csv").write_text("mention_id,label\n" + "".join(f'{r["tweet_id"]},{r["airline_sentiment"]}\n' for r in sample[:50]))
        data = self.listen(folder)
        self.assertIn("have 50", data["reading"]["not_corrected"])
        self.assertIsNone(self.brands(data)["Delta"]["corrected"])

    def test_text_fits_a_terminal(self):
        folder = self.airline("United", 'listening: {queries: {United: "@united, united airlines, #united"}}')
        for arguments in ([], ["--by", "issue"], ["--by", "topic"], ["--rows", "50"]):
            for line in self.text("listen", "-w", folder, "--period", "2015-02-22..2015-02-24", *arguments).splitlines():
                self.assertLessEqual(len(line), 80, line)
        self.assertIn("not alike", self.text("listen", "-w", folder, "--period", "2015-02-22..2015-02-24"), "no verdict is cut off")
        self.assertIn("@united, united airlines", self.text("listen", "-w", folder))


class Worlds(Case):
    HEADER = "mention_id,date,published_at,brand,platform,text,engagements"

    def days(self, count, first=datetime.date(2025, 6, 2)):
        return [first + datetime.timedelta(days=i) for i in range(count)]

    def world(self, name, plan, works, days=260, fix=220, announced=None):
        """40 mentions a day of Shop, one in four about waiting; from the day `fix` on half of it when it works, and some speak of the fix."""
        chance, rows = random.Random(9), []
        for number, day in enumerate(self.days(days)):
            for i in range(40):
                after = number >= fix
                waits = chance.random() < (0.12 if works and after else 0.25)
                text = "so long a wait time again, awful" if waits else chance.choice(["nice shoes", "the shop in town", "love this colour"])
                if waits and after and works and chance.random() < 0.3:
                    text = "the new callback is good, less wait time"
                rows.append([f"{day}-{i:02}", day, f"{day} {chance.randrange(24):02}:{chance.randrange(60):02}:00", "Shop", "x", text, 1])
        return self.mentions(name, self.HEADER, rows, plan)

    def plan(self):
        on = self.days(221)[-1]
        return PLAN.format(name="Shop", more=f"""service_review: {{issues: [{{id: i_wait, name: Waiting, words: [wait time, on hold]}}]}}
improvements: [{{id: m_callback, issue: i_wait, objective: Call back, owner: ana, due: {on}, talk: [callback]}}]
""")

    def test_a_fix_that_works_is_heard_and_one_that_does_not_is_not(self):
        fix = self.listen(self.world("works", self.plan(), True))["fixes"][0]
        self.assertEqual((fix["improvement"], fix["issue"], fix["share_of_mentions"]["verdict"]), ("m_callback", "Waiting", "changed"))
        self.assertLess(fix["share_of_mentions"]["effect"]["high"], 0)
        self.assertGreater(fix["talk_of_the_fix"]["low"], 0.1)
        self.assertEqual(fix["talk_of_the_fix"]["previous_mentions"], 0)
        fix = self.listen(self.world("fails", self.plan(), False))["fixes"][0]
        self.assertEqual(fix["share_of_mentions"]["verdict"], "no_change_shown")
        self.assertEqual(fix["talk_of_the_fix"]["mentions"], 0)
        self.assertIn("no change shown", self.text("listen", "-w", self.folder / "fails"))

    def test_a_fix_of_yesterday_cannot_be_told(self):
        fix = self.listen(self.world("short", self.plan(), True, days=230))["fixes"][0]
        self.assertEqual(fix["share_of_mentions"]["verdict"], "cannot_tell")
        self.assertRegex(fix["share_of_mentions"]["because"], "28 (days )?are needed")
        self.assertIn("its share of the mentions: cannot be told: ", re.sub(r"\s+", " ", self.text("listen", "-w", self.folder / "short")))

    def test_counts_below_zero_and_days_to_come_are_told(self):
        clock = {"SOURCE_DATE_EPOCH": str(int(datetime.datetime(2026, 4, 1, 12, tzinfo=datetime.timezone.utc).timestamp()))}
        rows = [[f"m{i}", f"2026-03-{1 + i % 28:02}", "", "Shop", "x", "nice shoes", 4] for i in range(28)]
        rows += [["minus", "2026-03-09", "", "Shop", "x", "nice", -500], ["late", "2126-03-09", "", "Shop", "x", "nice", 1]]
        folder = self.mentions("faults", self.HEADER, rows)
        answer = self.json("listen", "-w", folder, env=clock)
        self.assertEqual(answer["period"], {"from": "2026-03-01", "to": "2026-03-28"})
        shop = answer["data"]["brands"][0]
        self.assertEqual((shop["mentions"]["value"], shop["engagements"]["value"], shop["share_of_engagement"]["value"]), (29, 112, 1))
        self.assertIn("Engagements below zero, 1 mention", " ".join(answer["data"]["warnings"]))
        self.assertIn("up to 2126-03-09", self.run_program("listen", "-w", folder, env=clock).stderr.decode())
        self.assertEqual(self.listen(folder, "--period", "2126-03")["denominator"]["mentions"]["value"], 1, "who asks for that day gets it")

    def test_keys_of_the_plan_are_known_to_the_doctor(self):
        folder = self.folder / "doctor"
        folder.mkdir()
        (folder / "plan.yaml").write_text(self.plan() + "listening: {own: [Shop], queries: {Shop: shop}, domains: [care], words: {sick: 2.2}, neutral: [first class], languages: [en]}\n")
        found = self.json("check", "-w", folder, "--layer", "text", "--fail-on", "never")["findings"]
        self.assertEqual([f for f in found if f["rule"] in ("T01", "T02")], [])
        (folder / "plan.yaml").write_text(self.plan() + "listening: {wrds: {sick: 2.2}, words: {bad: 9}}\n")
        found = self.json("check", "-w", folder, "--layer", "text", "--fail-on", "never")["findings"]
        self.assertTrue([f for f in found if "wrds" in f["message"]])
        self.assertTrue([f for f in found if "9" in f["message"]])

    def test_words_of_the_plan_win(self):
        rows = [[f"m{i}", "2026-03-02", "", "Shop", "x", "this deck is sick", 1] for i in range(60)]
        for name, more, tone in (("own", "listening: {words: {sick: 3}}", "positive"), ("shipped", "", "negative")):
            data = self.listen(self.mentions(name, self.HEADER, rows, PLAN.format(name="Shop", more=more)))
            self.assertEqual(data["brands"][0]["tones"][tone], 60, name)
        (self.folder / "own/plan.yaml").write_text(PLAN.format(name="Shop", more="listening: {domains: [car]}"))
        self.assertIn("care", self.run_program("listen", "-w", self.folder / "own", code=2).stderr.decode())
        (self.folder / "own/plan.yaml").write_text(PLAN.format(name="Shop", more="listening: {words: {sick: 30}}"))
        self.assertIn("plan.yaml:", self.run_program("listen", "-w", self.folder / "own", code=3).stderr.decode())

    def test_another_language_is_not_classified_and_the_share_is_said(self):
        german = "Das ist leider schon wieder kaputt und niemand meldet sich bei mir"
        rows = [[f"m{i}", "2026-03-02", "", "Shop", "x", german if i % 4 == 0 else "I love these shoes so much", 1] for i in range(80)]
        folder = self.mentions("german", self.HEADER, rows, PLAN.format(name="Shop", more=""))
        data = self.listen(folder, "--by", "language")
        self.assertEqual((data["reading"]["read_by_backcast"], data["reading"]["not_classified"]), (60, 20))
        self.assertAlmostEqual(data["reading"]["not_classified_share"]["value"], 0.25)
        groups = {g["group"]["language"]: g for g in data["groups"]}
        self.assertEqual(groups["de"]["tones"]["not_classified"], 20)
        self.assertEqual(groups["de"]["net_sentiment"]["state"], "not_offered")
        self.assertEqual(data["brands"][0]["net_sentiment"]["value"], 1)

    def test_the_label_of_an_export_wins(self):
        rows = [[f"m{i}", "2026-03-02", "Shop", "x", "I love it", -0.8 if i < 30 else ""] for i in range(70)]
        data = self.listen(self.mentions("wins", "mention_id,date,brand,platform,text,sentiment", rows, PLAN.format(name="Shop", more="")))
        self.assertEqual((data["brands"][0]["tones"]["negative"], data["brands"][0]["tones"]["positive"]), (30, 40))
        self.assertEqual((data["reading"]["labelled_by_export"], data["reading"]["read_by_backcast"]), (30, 40))

    def test_numbers_below_nought_are_numbers_in_csv(self):
        folder = self.mentions("below", "mention_id,date,brand,sentiment", [[f"m{i}", "2026-03-02", "-cafe", -1 if i else 1] for i in range(20)])
        row = next(csv.DictReader(self.text("listen", "-w", folder, "--period", "2026-03", "--format", "csv").splitlines()))
        self.assertAlmostEqual(float(row["net_sentiment"]), -0.9)
        self.assertIn("'-cafe", row.values())

    def test_words_for_the_tone_are_read_as_numbers(self):
        folder = self.folder / "words"
        told = ["Negative", " neutral", "POSITIV", "-1", "0,5", "mixed"]
        (folder / "exports").mkdir(parents=True)
        for fact, brand in (("message", {}), ("mention", {"is_own_brand": "true"})):
            harness.write(folder / f"exports/{fact}.csv", [f"{fact}_id", "date", "platform", *brand, "sentiment"], [[f"m{i}", "2026-03-02", "x", *brand.values(), word] for i, word in enumerate(told)])
            self.assertIn("-1 to 1", self.text("ingest", "--dry-run", "-w", folder, folder / f"exports/{fact}.csv"))
            receipt = self.json("ingest", "-w", folder, folder / f"exports/{fact}.csv")["data"]["files"][0]
            self.assertEqual(receipt["rows_refused"], 1, receipt)
        rows = self.json("score", "-w", folder, "--rows", "mentions", "--period", "2026-03")["data"]["rows"]
        self.assertEqual([row["sentiment"] for row in sorted(rows, key=lambda row: row["mention_id"])], [-1, 0, 1, -1, 0.5])

    def test_a_burst_of_the_last_hour_is_an_alarm(self):
        chance, rows = random.Random(2), []
        for day in self.days(70, datetime.date(2026, 1, 1)):
            for i in range(60):
                rows.append([f"{day}-{i:02}", day, f"{day} {chance.randrange(23):02}:{chance.randrange(60):02}:{i:02}", "Shop", "x", "shoes", 1])
        last = self.days(70, datetime.date(2026, 1, 1))[-1]
        rows += [[f"z{i:02}", last, f"{last} 23:{30 + i // 2:02}:00", "Shop", "x", "app crashed", 1] for i in range(25)]
        plan = PLAN.format(name="Shop", more="service_review: {issues: [{id: i_app, name: App, words: [app crashed]}]}\n")
        velocity = self.listen(self.mentions("burst", self.HEADER, rows, plan))["velocity"]
        by = {row["what"]: row for row in velocity["rows"]}
        self.assertEqual(velocity["at"], f"{last}T23:42:00Z")
        self.assertTrue(by["App"]["hour"]["alarm"])
        self.assertEqual((by["App"]["hour"]["count"], by["App"]["hour"]["expected"], by["App"]["issue"]), (25, 0, True))
        self.assertFalse(by["negative mentions"]["hour"]["alarm"] and by["negative mentions"]["hour"]["count"] < 5)
        self.assertIn("ALARM", self.text("listen", "-w", self.folder / "burst"))
        quiet = self.listen(self.mentions("quiet", self.HEADER, rows[:-25], plan))["velocity"]
        self.assertFalse([row for row in quiet["rows"] if row["hour"]["alarm"] or row["day"]["alarm"]])

    def test_what_is_new_is_said_and_what_is_not_is_not(self):
        chance, rows = random.Random(3), []
        words = ["shoes", "colour", "town", "parcel", "size", "price", "sole", "laces", "return", "shop"]
        for day in self.days(60, datetime.date(2026, 2, 1)):
            for i in range(20):
                text = " ".join(chance.sample(words, 3)) + (" strike" if day.month == 3 and i < 4 else "")
                rows.append([f"{day}-{i:02}", day, "", "Shop", "x", text, 1])
        said = self.listen(self.mentions("new", self.HEADER, rows, PLAN.format(name="Shop", more="")), "--period", "2026-03")["said_more"]
        self.assertEqual(said["more"][0]["term"], "strike")
        self.assertGreater(said["more"][0]["z"], 3)
        self.assertLessEqual(said["more"][0]["q"], 0.05)
        self.assertTrue(all("strike" in term["term"] for term in said["more"] + said["less"]), said)

    def test_messages_to_the_brand_are_counted_apart(self):
        rows = [[f"m{i}", "2026-03-02", "", "Shop", "x", "nice shoes", 1] for i in range(10)]
        messages = [[f"n{i}", "2026-03-02", "in" if i < 6 else "out", "this is terrible and I am angry"] for i in range(9)]
        folder = self.mentions("messages", self.HEADER, rows, PLAN.format(name="Shop", more=""), message=("message_id,date,direction,text", messages))
        data = self.listen(folder)
        self.assertEqual((data["messages"]["messages"]["value"], data["messages"]["net_sentiment"]["value"]), (6, -1))
        self.assertEqual(data["denominator"]["mentions"]["value"], 10)

    def test_whose_talk_is_chosen_and_said(self):
        rows = [[f"m{i}", "2026-03-02", "", "Ours" if i % 3 else "Theirs", "x", "good", 1] for i in range(90)]
        folder = self.mentions("whose", self.HEADER, rows, PLAN.format(name="Elsewhere", more=""))
        data = self.listen(folder)
        self.assertEqual(data["scope"], {"what": "all brands together", "own": False})
        self.assertTrue([w for w in data["warnings"] if "listening: {own" in w])
        self.assertEqual(self.listen(folder, "--brand", "theirs")["topics"]["because"], self.listen(folder, "--brand", "Theirs")["topics"]["because"])
        (folder / "plan.yaml").write_text(PLAN.format(name="Elsewhere", more="listening: {own: [Ours]}"))
        data = self.listen(folder)
        self.assertEqual(data["scope"], {"what": "the own brand", "own": True})
        self.assertEqual([b["own"] for b in data["brands"]], [True, False])
        self.assertIn("Theirs", self.run_program("listen", "-w", folder, "--brand", "Their", code=2).stderr.decode())
        self.run_program("listen", "-w", folder, "--by", "platfrom", code=2)
        self.run_program("listen", "-w", folder, "--period", "2020-01", code=6)

    def test_hostile_texts_do_no_harm(self):
        hostile = "\x1b[31m\u202egnp.exe =cmd|' /C calc'!A0 <script>alert(1)</script> | `x`"
        rows = [[f"=m{i}", "2026-03-02", "", hostile, "=x", hostile + " shoes town parcel", 1] for i in range(40)]
        rows += [[f"a{i}", "2026-02-02", "", "Shop", "x", "shoes " * 2000, 1] for i in range(3)]
        folder = self.mentions("hostile", self.HEADER, rows, PLAN.format(name="Shop", more="service_review: {issues: [{id: i, name: \"\\e[5mx|y\", words: [town]}]}"))
        (folder / "labels.csv").write_text("mention_id,label\n=m1,positive\n")
        for arguments in ([], ["--by", "issue"], ["--by", "topic"], ["--by", "platform"], ["--rows", "50"]):
            for form in ("text", "md", "csv"):
                out = self.text("listen", "-w", folder, "--period", "2026-03", *arguments, "--format", form)
                self.assertFalse([c for c in out if (c < " " and c not in "\n\r") or c in "\x7f\u202e"], (arguments, form))
                if form == "csv":
                    self.assertFalse([cell for row in csv.reader(out.splitlines()) for cell in row if cell[:1] in "=+@" and cell], arguments)
                if form == "md":
                    self.assertNotIn("<script>", out)
            json.loads(self.text("listen", "-w", folder, "--period", "2026-03", *arguments, "--json"))
        (folder / "labels.csv").write_text("mention_id,label\n=m1,positive\n\x1b[31mx,maybe\n")
        error = self.run_program("listen", "-w", folder, code=3).stderr.decode()
        self.assertIn("labels.csv:3", error)
        self.assertNotIn("\x1b[31mx", error)

    def test_rows_are_the_mentions_behind_it(self):
        rows = [[f"m{i}", f"2026-03-{1 + i % 9:02}", "", "Shop", "x", "nice" if i % 2 else "awful", 1] for i in range(30)]
        folder = self.mentions("rows", self.HEADER, rows, PLAN.format(name="Shop", more=""))
        listed = self.listen(folder, "--rows", "1000", "--period", "2026-03-01..2026-03-05")["rows"]
        self.assertEqual(len(listed), sum(1 for r in rows if r[1] <= "2026-03-05"))
        self.assertEqual([r["date"] for r in listed], sorted((r["date"] for r in listed), reverse=True))
        self.assertEqual({(r["tone"], r["tone_by"]) for r in listed}, {("positive", "backcast"), ("negative", "backcast")})


class Card(Case):
    """The card, the chain and the rows see the tone that listen sees."""
    HEADER = "mention_id,date,brand,platform,text,sentiment,issue,spam"
    WORDS = ["love this", "so bad", "awful", "nice", "fine", "on hold again", "the wait time", "great shop", "Das ist leider schon wieder kaputt", "sick", "x" * 3, ""]
    MORE = "service_review: {issues: [{id: i_wait, name: Waiting, words: [wait time, on hold]}]}\nlistening: {domains: [care], words: {sick: 3}}"

    def chance_world(self, seed, more=MORE, **others):
        """Some mentions labelled by the export, some not, some in another language, some without a text; five months of two brands."""
        chance, rows = random.Random(seed), []
        for i in range(chance.randrange(200, 500)):
            day = datetime.date(2026, 1, 1) + datetime.timedelta(days=chance.randrange(150))
            text = " ".join(chance.choices(self.WORDS, k=chance.randrange(1, 4))).strip()
            label = chance.choice(["", "", "", round(chance.uniform(-1, 1), 2), 0.05, -0.05, 0])
            rows.append([f"m{i:03}", day, chance.choice(["Shop", "Shop", "Else", ""]), chance.choice(["x", "instagram", ""]), text, label,
                         chance.choice(["", "", "", "Waiting", "Price"]), chance.choice(["", "", "true"])])
        return self.mentions(f"world{seed}", self.HEADER, rows, PLAN.format(name="Shop", more=more), **others)

    def lines(self, folder, *arguments):
        """Lines of the score, their values as plain numbers."""
        lines = self.json("score", "-w", folder, *arguments)["data"]["metrics"]
        for line in lines:
            line["n"] = line["value"]["n"]
            line["value"], line["previous"] = line["value"]["value"], line["previous"]["value"]
        return lines

    def test_the_card_equals_listen_in_whole_by_group_and_by_month(self):
        for seed in range(3):
            folder = self.chance_world(seed)
            period = ("--period", "2026-05")
            for by in ("platform", "issue"):
                heard = self.listen(folder, *period, "--by", by)
                lines = self.lines(folder, *period, "--by", by, "--metric", "net_sentiment,sentiment_coverage,share_of_positive_voice")
                own = next(b for b in heard["brands"] if b["own"])
                total = {line["id"]: line for line in lines if not line["group"]}
                self.assertAlmostEqual(total["net_sentiment"]["value"], own["net_sentiment"]["value"], places=12)
                self.assertAlmostEqual(total["net_sentiment"]["previous"], own["previous_net_sentiment"]["value"], places=12)
                tones = own["tones"]
                classified = sum(tones.values()) - tones["not_classified"]
                self.assertEqual(total["net_sentiment"]["n"], classified)
                self.assertAlmostEqual(total["sentiment_coverage"]["value"], classified / sum(tones.values()), places=12)
                positive = sum(b["tones"]["positive"] for b in heard["brands"])
                self.assertAlmostEqual(total["share_of_positive_voice"]["value"], tones["positive"] / positive, places=12)
                groups = {g["group"][by] or "(not reported)": g["net_sentiment"]["value"] for g in heard["groups"]}
                shown = {line["group"][by]: line["value"] for line in lines if line["id"] == "net_sentiment" and line["group"]}
                self.assertEqual({k: round(v, 12) for k, v in shown.items() if v is not None}, {k: round(v, 12) for k, v in groups.items() if v is not None}, (seed, by))
            months = {p["from"][:7]: p["value"] for p in total["net_sentiment"]["trend"] if p["value"] is not None}
            self.assertEqual(sorted(months), ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"])
            for month, value in months.items():
                own = next(b for b in self.listen(folder, "--period", month)["brands"] if b["own"])
                self.assertAlmostEqual(value, own["net_sentiment"]["value"], places=12, msg=month)

    def test_a_change_of_net_sentiment_is_told_in_points(self):
        rows = [[f"a{i}", "2026-02-02", "Shop", "x", "t", score, "", ""] for i, score in enumerate([1, 1, -1, 0])]
        rows += [[f"b{i}", "2026-03-02", "Shop", "x", "t", score, "", ""] for i, score in enumerate([1, 1, 1, -1])]
        folder = self.mentions("points", self.HEADER, rows, PLAN.format(name="Shop", more=""))
        line = self.json("score", "-w", folder, "--metric", "net_sentiment", "--period", "2026-03", "--compare", "2026-02")["data"]["metrics"][0]
        self.assertEqual((line["value"]["value"], line["previous"]["value"]), (0.5, 0.25))
        self.assertEqual((line["change"]["value"], line["change"]["unit"], line["change"]["definition"]), (0.25, "ratio", "difference@1"))
        text = self.text("score", "-w", folder, "--metric", "net_sentiment", "--period", "2026-03", "--compare", "2026-02")
        self.assertIn("+25 pp", text)
        self.assertNotIn("+100 %", text)

    def test_who_said_it_stands_beside_the_number(self):
        folder = self.chance_world(7)
        heard = self.listen(folder, "--period", "2026-05")
        own = next(b for b in heard["brands"] if b["own"])
        tones = {name: int(count) for name, count in own["tones"].items()}
        everything = self.lines(folder, "--period", "2026-05", "--metric", "net_sentiment,mentions")
        notes = {line["id"]: " ".join(line["notes"]) for line in everything}
        read, silent = int(own["read_by_backcast"]), tones["not_classified"]
        told = sum(tones.values()) - read - silent
        self.assertIn(f"sentiment of {sum(tones.values())} mentions: the export labels {told}, Backcast reads {read} (en@1+care@1+plan@", notes["net_sentiment"])
        self.assertIn(f"), {silent} not classified", notes["net_sentiment"])
        self.assertNotIn("sentiment of", notes["mentions"])
        explained = self.json("explain", "-w", folder, "net_sentiment", "--period", "2026-05")["data"]
        self.assertTrue([d for d in explained["doubts"] if "Backcast reads" in d], explained["doubts"])
        self.assertTrue({row["sentiment_by"] for row in explained["rows"]} <= {None, "export"} | {r for r in {row["sentiment_by"] for row in explained["rows"]} if (r or "").startswith("backcast en@1+care@1+plan@")})
        self.run_program("report", "-w", folder, "--period", "2026-05", "-o", folder / "card.json")
        lines = json.loads((folder / "card.json").read_text())["data"]["metrics"]
        self.assertAlmostEqual(next(line for line in lines if line["id"] == "o")["value"]["value"], own["net_sentiment"]["value"], places=12)
        chain = self.json("chain", "-w", folder, "--period", "2026-05")["data"]
        self.assertAlmostEqual(next(node for node in chain["nodes"] if node["id"] == "o")["value"]["value"], own["net_sentiment"]["value"], places=12)

    def test_rows_show_each_label_with_whose_it_is(self):
        folder = self.chance_world(11)
        heard = {row["mention_id"]: row for row in self.listen(folder, "--period", "2026-05", "--rows", "1000")["rows"]}
        rows = self.json("score", "-w", folder, "--period", "2026-05", "--rows", "net_sentiment")["data"]["rows"]
        self.assertTrue(rows)
        self.assertEqual({row["mention_id"] for row in rows}, {m for m, row in heard.items() if row["tone"]})
        for row in rows:
            by = heard[row["mention_id"]]["tone_by"]
            self.assertTrue(row["sentiment_by"] == "export" if by == "export" else row["sentiment_by"].startswith("backcast "), row)
            self.assertEqual(row["issue"], heard[row["mention_id"]]["issue"])
            if row["issue"]:
                self.assertTrue(row["issue_by"] == "export" or row["issue_by"].startswith("backcast plan@"), row)

    def test_listen_in_a_report_still_knows_whose_label_it_is(self):
        """The exhibits read after the card did; what Backcast read is not taken for the export's, else no label would be missed."""
        folder = self.chance_world(13)
        (folder / "labels.csv").write_text("mention_id,label\n" + "".join(f"m{i:03},neutral\n" for i in range(40)))
        too_few = self.listen(folder, "--period", "2026-05")["reading"]["not_corrected"]
        self.assertTrue(too_few)
        self.run_program("report", "-w", folder, "--period", "2026-05", "-o", folder / "card.txt")
        self.assertIn(" ".join(too_few.split()), " ".join((folder / "card.txt").read_text().split()))

    def test_a_text_that_is_restated_is_read_again(self):
        folder = self.mentions("again", "mention_id,date,brand,text", [[f"m{i}", "2026-03-02", "Shop", "awful"] for i in range(9)], PLAN.format(name="Shop", more=""))
        self.assertEqual(self.lines(folder, "--metric", "net_sentiment")[0]["value"], -1)
        (folder / "exports/backcast_mention.csv").write_text("mention_id,date,brand,text\n" + "".join(f"m{i},2026-03-02,Shop,lovely\n" for i in range(9)))
        self.run_program("ingest", "-q", "-w", folder, folder / "exports")
        self.assertEqual(self.lines(folder, "--metric", "net_sentiment")[0]["value"], 1)

    def test_same_bytes_for_any_number_of_threads(self):
        folder = self.chance_world(17)
        for arguments in (("score",), ("score", "--metric", "net_sentiment", "--by", "platform"), ("chain",), ("score", "--rows", "net_sentiment")):
            answers = {self.run_program(*arguments, "-w", folder, "--period", "2026-05", "--json", "--threads", n).stdout for n in ("1", "4", "1")}
            self.assertEqual(len(answers), 1, arguments)

    def test_words_that_cannot_be_read_are_pointed_at_only_when_asked(self):
        folder = self.chance_world(19)
        (folder / "plan.yaml").write_text(PLAN.format(name="Shop", more="listening: {words: {sick: 30}}"))
        self.assertIn("plan.yaml:", self.run_program("score", "-w", folder, "--metric", "net_sentiment", code=3).stderr.decode())
        self.run_program("score", "-w", folder, "--metric", "mentions")

    def test_messages_are_read_for_a_metric_of_the_plan(self):
        plan = PLAN.format(name="Shop", more="custom_metrics: [{id: angry, title: Angry messages, formula: \"count(message where direction = 'in' and sentiment <= -0.05 and not spam)\", unit: count, additivity: additive}]")
        messages = [[f"n{i}", "c1", "2026-03-02", "in" if i < 6 else "out", "this is terrible and I am angry" if i % 2 else "thank you", 0.9 if i == 1 else ""] for i in range(9)]
        folder = self.mentions("angry", "mention_id,date,brand,text", [["m1", "2026-03-02", "Shop", "nice"]], plan,
                               message=("message_id,conversation_id,date,direction,text,sentiment", messages))
        line = self.lines(folder, "--metric", "angry")[0]
        self.assertEqual(line["value"], 2)
        self.assertIn("sentiment of 6 messages: the export labels 1, Backcast reads 5 (en@1), 0 not classified", " ".join(line["notes"]))

    def test_issues_of_the_plan_are_found_for_the_card(self):
        folder = self.chance_world(23)
        groups = {g["group"]["issue"] or "(not reported)": g["mentions"]["value"] for g in self.listen(folder, "--period", "2026-05", "--by", "issue")["groups"]}
        shown = {line["group"]["issue"]: line["value"] for line in self.lines(folder, "--period", "2026-05", "--metric", "mentions", "--by", "issue") if line["group"]}
        self.assertEqual({k: v for k, v in shown.items() if v}, {k: v for k, v in groups.items() if v})


    def test_posts_of_an_issue_are_found_for_care(self):
        folder = self.chance_world(29, call=("call_id,date,issue", [[f"k{i}", "2026-05-03", "Waiting"] for i in range(5)]))
        arguments = ("-w", folder, "--period", "2026-05")
        shown = self.lines(folder, "--period", "2026-05", "--metric", "mentions", "--by", "issue")
        posts = {i["issue"]: i["posts"] for i in self.json("care", "--issues", *arguments)["data"]["issues"]}
        own = next(line["value"] for line in shown if line["group"] == {"issue": "Waiting"})
        heard = self.listen(folder, "--period", "2026-05", "--rows", "1000")["rows"]
        self.assertEqual(own, sum(1 for row in heard if row["issue"] == "Waiting"))
        self.assertGreaterEqual(posts["Waiting"], own, "care takes posts of no brand for the own brand's")

    def test_the_example_of_the_page_says_what_the_page_says(self):
        page, folder = self.example_of("docs/listen.md", "cafe", ["plan.yaml", "exports/backcast_mention.csv"])
        line = self.lines(folder, "--metric", "net_sentiment", "--period", "2026-03", "--compare", "none")[0]
        self.assertAlmostEqual(line["value"], 0.6)
        self.assertIn(f"*{line['notes'][0]}*", page)


class Topics(Case):
    def test_topics_of_the_export_are_used_where_it_has_them(self):
        chance, rows = random.Random(4), []
        themes = {"": ["shoe leather sole stitching", "parcel courier late delivery"], "Price": ["cheap price discount"], "Stores": ["friendly staff store"]}
        for i in range(600):
            topic = chance.choice(["", "", "Price", "Stores"])
            text = chance.choice(themes[topic]).split()
            chance.shuffle(text)
            rows.append([f"m{i:03}", f"2026-03-{1 + i % 28:02}", "Shop", " ".join(text), topic])
        header = "mention_id,date,brand,text,topic"
        folder = self.mentions("topics", header, rows, PLAN.format(name="Shop", more=""))
        data = self.listen(folder, "--period", "2026-03", "--by", "topic", "--topics", "2")
        told = collections.Counter(r[4] for r in rows if r[4])
        found = {t["name"]: t for t in data["topics"]["topics"]}
        self.assertEqual({n: t["mentions"] for n, t in found.items() if t["by"] == "export"}, dict(told))
        own = [t for t in found.values() if t["by"] == "backcast"]
        self.assertEqual(len(own), 2)
        self.assertEqual(data["topics"]["labelled_by_export"], sum(told.values()))
        self.assertLessEqual(sum(t["mentions"] for t in own), sum(1 for r in rows if not r[4]))
        self.assertTrue(all(t["terms"] for t in own) and not any(t["terms"] for t in found.values() if t["by"] == "export"))
        sizes = [t["mentions"] + t["previous_mentions"] for t in data["topics"]["topics"]]
        self.assertEqual(sizes, sorted(sizes, reverse=True))
        groups = {g["group"]["topic"]: g["mentions"]["value"] for g in data["groups"]}
        self.assertEqual({n: groups[n] for n in found}, {n: t["mentions"] for n, t in found.items()})
        listed = self.listen(folder, "--period", "2026-03", "--rows", "600")["rows"]
        truth = {r[0]: r[4] for r in rows}
        for row in listed:
            self.assertEqual(row["topic_by"] == "export", bool(truth[row["mention_id"]]))
            if truth[row["mention_id"]]:
                self.assertEqual(row["topic"], truth[row["mention_id"]])
        for arguments in ((), ("--by", "topic")):
            self.assertIn(f"the export says the topic of {sum(told.values())}", " ".join(self.text("listen", "-w", folder, "--period", "2026-03", *arguments).split()))
        all_told = self.mentions("told", header, [r for r in rows if r[4]], PLAN.format(name="Shop", more=""))
        data = self.listen(all_told, "--period", "2026-03")["topics"]
        self.assertEqual((data["coverage"]["value"], {t["by"] for t in data["topics"]}), (1, {"export"}))


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
