#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""content: themes, formats, hours, the mix, young posts. Small worlds whose truth is known, the simulated brand, and real posts of others."""
import collections
import csv
import datetime
import json
import math
import random
import re
import statistics
import sys

import harness

PLAN = """backcast: 1
brand: {name: Shop, currency: EUR, tz: Europe/Berlin}
team: [{id: ana, role: Social media manager, influences: [content]}]
outcomes: [{id: o, metric: orders, ceo: Orders in our shop., owner: ana, baseline: 10, target: {value: 20, by: 2027-12-31}}]
"""
RULES = """content:
  themes:
  - {id: dogs, name: Dogs, words: [dog], note: Ask customers for pictures}
  - {id: tips, hashtags: [howto]}
  - {id: routes, words: [route]}
  - {id: shop, words: [new in the shop]}
  compare:
  - {id: dogs_shop, one: {name: Dogs, themes: [dogs]}, other: {name: Shop, themes: [shop]}}
"""
TEXTS = {"dogs": "Our DOG at the lake", "tips": "Pack light #HowTo", "routes": "A quiet route,\nby the river", "shop": "New in the shop: a bag", "": "hello"}
START = datetime.date(2026, 1, 1)
POST = "natural,platform,account,post_id,published_on,published_at,media_type,text,focus,author_type"
SNAPSHOT = "post,observed_on,published_on,platform,account,paid,impressions,reactions,comments,shares,saves"


def epoch(day, hour=12, minute=0):
    return {"SOURCE_DATE_EPOCH": str(int(datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=datetime.timezone.utc).timestamp()))}


class Case(harness.Case):
    def write(self, folder, fact, header, rows):
        return harness.write(folder / f"exports/backcast_{fact}.csv", header, rows)

    def read_in(self, folder, **options):
        self.run_program("ingest", "-q", "--strict", "-w", folder, folder / "exports", **options)

    def world(self, effects, each=30, seed=4, plan=PLAN + RULES, name="world", paid="organic"):
        """Posts of three months with one late reading each; effect of a theme as times the usual."""
        draw = random.Random(seed)
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        (folder / "plan.yaml").write_text(plan)
        posts, readings, truth = [], [], []
        for number in range(each * len(effects)):
            theme = list(effects)[number % len(effects)]
            day = START + datetime.timedelta(days=draw.randrange(84))
            form = draw.choice(["photo", "reel"])
            likes = int(math.exp(4 + 0.5 * draw.gauss(0, 1)) * effects[theme] * (1.8 if form == "reel" else 1))
            posts.append([f"p{number}", "instagram", "shop", f"p{number}", day, f"{day}T{draw.randrange(6, 22):02}:15:00Z", form, TEXTS[theme], "", "own"])
            readings.append([f"p{number}", "2026-04-15", day, "instagram", "shop", paid, likes * 20, likes, 2, 1, likes // 10])
            truth.append((theme, day, form, likes + 3 + likes // 10))
        self.write(folder, "post", POST, posts)
        self.write(folder, "post_snapshot", SNAPSHOT, readings)
        self.read_in(folder)
        return folder, truth

    def themes(self, answer):
        return {theme["id"]: theme for theme in answer["data"]["themes"]}

    def narrow(self, text):
        for line in text.splitlines():
            self.assertLessEqual(len(line), 80, line)


class Themes(Case):
    EFFECTS = {"dogs": 2.2, "tips": 1.0, "routes": 1.0, "shop": 0.6}

    def test_the_theme_that_does_twice_the_usual_is_found(self):
        folder, truth = self.world(self.EFFECTS)
        answer = self.json("content", "-w", folder, "--period", "2026-Q1")
        self.assertEqual(answer["schema"], "backcast/content/1")
        themes = self.themes(answer)
        self.assertEqual(themes["dogs"]["verdict"], "try_more")
        self.assertRegex(themes["dogs"]["words"], r"^did .* the usual: try more$")
        self.assertEqual(themes["shop"]["verdict"], "drop")
        usual = math.exp(statistics.mean(math.log(effect) for effect in self.EFFECTS.values()))
        for theme, effect in self.EFFECTS.items():
            lift = themes[theme]["lift"]
            self.assertLessEqual(lift["low"], effect / usual - 1)
            self.assertGreaterEqual(lift["high"], effect / usual - 1)
            self.assertEqual(themes[theme]["posts"], 30)
            self.assertEqual(themes[theme]["engagement"]["value"], sorted(row[3] for row in truth if row[0] == theme)[14], theme)
        pair = answer["data"]["pairs"][0]
        self.assertEqual((pair["name"], pair["against"], pair["verdict"], pair["posts"]), ("Dogs", "Shop", "more", 30))
        text = self.text("content", "-w", folder, "--period", "2026-Q1")
        self.assertRegex(text, r"usual:(\s+)?(try\s+)?more|try more", "a verdict is folded, not cut")
        self.assertNotIn("…", text)
        self.assertIn("What works for others need not work here", text)
        self.narrow(text)

    def test_nothing_is_called_where_nothing_differs(self):
        folder, _ = self.world(dict.fromkeys(self.EFFECTS, 1.0), seed=9)
        data = self.json("content", "-w", folder, "--period", "2026-Q1")["data"]
        self.assertEqual({theme["verdict"] for theme in data["themes"]} & {"try_more", "drop"}, set())
        self.assertEqual({cut["verdict"] for cut in data["weekdays"] + data["hours"]} & {"more", "less"}, set())
        for share in data["mix"]:
            self.assertEqual(share["now"]["value"], share["to_try"])
        self.assertIn("nothing speaks for another mix", " ".join(data["sentences"]))

    def test_the_mix_to_try_is_a_bounded_step(self):
        folder, _ = self.world(self.EFFECTS)
        mix = {share["theme"]: share for share in self.json("content", "-w", folder, "--period", "2026-Q1")["data"]["mix"]}
        self.assertAlmostEqual(sum(share["to_try"] for share in mix.values()), 1)
        self.assertGreater(mix["dogs"]["to_try"], mix["dogs"]["now"]["value"])
        self.assertLess(mix["shop"]["to_try"], mix["shop"]["now"]["value"])
        for share in mix.values():
            self.assertLessEqual(abs(share["to_try"] - share["now"]["value"]), 0.1 + 1e-9)
        self.assertEqual(mix["dogs"]["note"], "Ask customers for pictures")

    def test_too_little_says_what_is_missing(self):
        folder, _ = self.world(self.EFFECTS, each=9)
        answer = json.loads(self.run_program("content", "-w", folder, "--period", "2026-Q1", "--json", code=6).stdout)
        self.assertEqual(answer["data"]["themes_need"], "have 36 posts with a theme, need 40")
        self.assertEqual({theme["verdict"] for theme in answer["data"]["themes"]}, {"too_little_data"})
        self.assertIn("have 36 posts with a theme, need 40", self.run_program("content", "-w", folder, "--period", "2026-Q1", code=6).stdout.decode())
        page = self.run_program("content", "-w", folder, "--period", "2026-Q1", "--post", "p0", code=6).stderr.decode()
        self.assertIn("have 36 posts with a theme, need 40", page, "the reason of exit code 6 stands beside an answer without it")
        self.assertTrue([s for s in answer["data"]["sentences"] if s.startswith("Too little data for any verdict")])
        self.assertIn("no own post was published", self.run_program("content", "-w", folder, "--period", "2025-01", code=6).stderr.decode())

    def test_a_plan_asks_for_more_posts_of_a_theme(self):
        folder, _ = self.world(self.EFFECTS, each=20, plan=PLAN + RULES + "learning: {min_posts_per_theme: 25}\n")
        self.assertEqual(self.json("content", "-w", folder, "--period", "2026-Q1")["data"]["themes_need"], "have 0 themes of 25 posts or more, need 4")

    def test_promoted_posts_stand_apart(self):
        folder, _ = self.world(self.EFFECTS)
        readings = [[f"p{n}", "2026-04-15", "", "instagram", "shop", "paid", 9000, 900, 5, 5, 5] for n in range(7)]
        self.write(folder, "post_snapshot", SNAPSHOT, readings)
        self.read_in(folder)
        data = self.json("content", "-w", folder, "--period", "2026-Q1")["data"]
        self.assertEqual((data["posts"]["read"], data["posts"]["promoted"], data["posts"]["judged"], data["promoted"]["posts"]), (120, 7, 113, 7))
        self.assertEqual(self.json("content", "-w", folder, "--period", "2026-Q1", "--with-paid")["data"]["posts"]["judged"], 120)
        self.assertIn("7 posts promoted", self.text("content", "-w", folder, "--period", "2026-Q1"))

    def test_other_formats_and_hostile_captions(self):
        folder, _ = self.world(self.EFFECTS)
        posts = list(csv.reader((folder / "exports/backcast_post.csv").open()))
        for row in posts[1:6]:
            row[6], row[7] = "=cmd|'\x1b[31m|<b>", "\u202e<script>dog\x1b[2J #howto"
        self.write(folder, "post", ",".join(posts[0]), posts[1:])
        self.read_in(folder)
        for form in ("text", "md", "csv", "json"):
            out = self.run_program("content", "-w", folder, "--period", "2026-Q1", "--format", form).stdout
            self.assertNotIn(b"\x1b", out)
            if form != "json":
                self.assertNotIn("\u202e".encode(), out)
        rows = list(csv.DictReader(self.text("content", "-w", folder, "--period", "2026-Q1", "--format", "csv").splitlines()))
        self.assertEqual({row["kind"] for row in rows}, {"theme", "pair", "format", "weekday", "hours"})
        self.assertFalse([cell for row in rows for cell in row.values() if cell and cell.startswith("=")])
        self.assertIn("| Dogs |", self.text("content", "-w", folder, "--period", "2026-Q1", "--format", "md"))
        self.assertIn("from post p", self.text("content", "-w", folder, "--period", "2026-Q1", "--sql"))


class Rates(Case):
    def test_a_rate_never_goes_below_nothing(self):
        folder = self.folder / "rates"
        folder.mkdir()
        (folder / "plan.yaml").write_text(PLAN + RULES)
        posts, readings = [], []
        for number in range(60):
            theme = list(TEXTS)[number % 4]
            day = START + datetime.timedelta(days=number)
            posts.append([f"p{number}", "instagram", "shop", f"p{number}", day, "", "photo", TEXTS[theme], "", "own"])
            saves = 60 if number in (0, 1, 2, 3) else 0
            readings.append([f"p{number}", "2026-04-15", day, "instagram", "shop", "organic", 1000, 40 + number % 7, 2, 0, saves])
        self.write(folder, "post", POST, posts)
        self.write(folder, "post_snapshot", SNAPSHOT, readings)
        self.read_in(folder)
        rates = [theme["saves_and_shares"]["rate"] for theme in self.json("content", "-w", folder, "--period", "2026-Q1")["data"]["themes"]]
        self.assertEqual([rate["low"] for rate in rates], [0] * 4, "one post of fifteen holds all saves: the plain interval would begin below zero")
        self.assertTrue(all(rate["high"] > rate["value"] > 0 for rate in rates))


class Labels(Case):
    EFFECTS = {"dogs": 1.0, "tips": 1.0, "routes": 1.0, "shop": 1.0, "": 1.0}

    def labels(self, folder, day=datetime.date(2026, 4, 20)):
        return self.json("content", "-w", folder, "--period", "2026-Q1", env=epoch(day))["data"]["labels"]

    def test_a_version_is_kept_from_when_it_was_first_seen(self):
        folder, truth = self.world(self.EFFECTS)
        first = self.labels(folder, datetime.date(2026, 2, 1))
        self.assertEqual((first["by_rule"], first["labelled"], first["of_several"]), (120, 120, 0))
        self.assertEqual(first["first_seen"], "2026-02-01T12:00:00Z")
        self.assertEqual(first["published_before_labels"], sum(1 for row in truth if row[1] < datetime.date(2026, 2, 1)))
        again = self.labels(folder)
        self.assertEqual(again, first)
        (folder / "plan.yaml").write_text(PLAN + RULES.replace("[dog]", "[dog, puppy]"))
        changed = self.labels(folder)
        self.assertNotEqual(changed["version"], first["version"])
        self.assertEqual(changed["published_before_labels"], 150)
        self.assertIn("The labels are newer than 150 of the 150 judged posts", self.text("content", "-w", folder, "--period", "2026-Q1"))
        (folder / "plan.yaml").write_text(PLAN + RULES)
        self.assertEqual(self.labels(folder), first, "labels that return are those of before")

    def test_labels_by_hand_stand_above_rules(self):
        folder, _ = self.world(self.EFFECTS)
        (folder / "themes.csv").write_text("Post;Theme\np0;quiz\ninstagram:p1;quiz\np1;dogs\np2;\n;lost\n", encoding="utf-8-sig")
        answer = self.json("content", "-w", folder, "--period", "2026-Q1")
        self.assertEqual(self.themes(answer)["quiz"]["posts"], 2)
        labels = answer["data"]["labels"]
        self.assertEqual((labels["by_hand"], labels["of_several"]), (3, 0))
        self.assertIn("row of themes.csv without a post", " ".join(answer["data"]["sentences"]))
        self.assertNotIn("in no export", " ".join(answer["data"]["sentences"]))
        (folder / "themes.csv").write_text("post,theme\np0,quiz\nghost,quiz\nx:p1,quiz\n")
        self.assertIn("2 posts that are labelled by hand are in no export: ghost, x:p1.", self.json("content", "-w", folder, "--period", "2026-Q1")["data"]["sentences"])
        (folder / "themes.csv").write_text("a,b\n1,2\n")
        self.assertIn("columns post and theme", self.run_program("content", "-w", folder, code=3).stderr.decode())

    def test_the_scorecard_tells_by_the_same_themes(self):
        folder, truth = self.world(self.EFFECTS)
        names = {"dogs": "Dogs"}

        def posts():
            card = self.json("score", "-w", folder, "--metric", "posts_published", "--by", "theme", "--period", "2026-Q1", "--compare", "none")["data"]
            return {line["group"]["theme"]: line["value"]["value"] for line in card["metrics"] if line["group"]}

        expected = collections.Counter(names.get(theme, theme) or "(not reported)" for theme, *_ in truth)
        self.assertEqual(posts(), expected)
        (folder / "themes.csv").write_text("post,theme\np0,quiz\np1,\n")
        for number, now in ((0, "quiz"), (1, "(not reported)")):
            expected[names.get(truth[number][0], truth[number][0])] -= 1
            expected[now] += 1
        self.assertEqual(posts(), +expected)
        rows = self.text("score", "-w", folder, "--rows", "posts_published", "--period", "2026-Q1", "--format", "csv")
        self.assertEqual(sum(row["theme"] == "quiz" for row in csv.DictReader(rows.splitlines())), 1)

    def test_a_post_of_two_themes_counts_half_in_each(self):
        folder, _ = self.world(self.EFFECTS)
        (folder / "themes.csv").write_text("post,theme\n" + "".join(f"p{n},dogs\np{n},tips\n" for n in range(0, 50, 5)))
        themes = self.themes(self.json("content", "-w", folder, "--period", "2026-Q1"))
        self.assertEqual((themes["dogs"]["posts"], themes["dogs"]["weight"], themes["tips"]["weight"]), (30, 25, 35))
        self.assertIn("10 have several, which count in each by an equal part", re.sub(r"\s+", " ", self.text("content", "-w", folder, "--period", "2026-Q1")))
        (folder / "plan.yaml").write_text(PLAN + RULES.replace("content:", "content:\n  several: first"))
        themes = self.themes(self.json("content", "-w", folder, "--period", "2026-Q1"))
        self.assertEqual((themes["dogs"]["weight"], themes["tips"]["weight"]), (30, 30))

    def test_faults_have_their_place(self):
        folder, _ = self.world(self.EFFECTS, each=2)
        (folder / "plan.yaml").write_text(PLAN + "content:\n  themes: [{id: a}, {id: a}]\n")
        self.assertIn("plan.yaml:6:", self.run_program("content", "-w", folder, code=3).stderr.decode())


class Ages(Case):
    def test_posts_are_compared_at_seven_days(self):
        folder = self.folder / "ages"
        folder.mkdir()
        (folder / "plan.yaml").write_text(PLAN + RULES)
        posts, readings, expected = [], [], {}
        for number in range(20):
            day = START + datetime.timedelta(days=number)
            posts.append([f"p{number}", "instagram", "shop", f"p{number}", day, "", "photo", TEXTS["dogs" if number % 2 else "tips"], "", "own"])
            for age, likes in ((1, 10 + number), (5, 30 + number), (9, 70 + number), (60, 900)):
                readings.append([f"p{number}", day + datetime.timedelta(days=age), day, "instagram", "shop", "organic", "", likes, "", "", ""])
            expected.setdefault("dogs" if number % 2 else "tips", []).append(50 + number)
        posts.append(["late", "instagram", "shop", "late", "2026-01-25", "", "photo", "dog", "", "own"])
        readings.append(["late", "2026-03-20", "2026-01-25", "instagram", "shop", "organic", "", 5000, "", "", ""])
        posts.append(["young", "instagram", "shop", "young", "2026-03-18", "", "photo", "dog", "", "own"])
        readings.append(["young", "2026-03-20", "2026-03-18", "instagram", "shop", "organic", "", 4, "", "", ""])
        posts.append(["unread", "instagram", "shop", "unread", "2026-01-02", "", "photo", "dog", "", "own"])
        self.write(folder, "post", POST, posts)
        self.write(folder, "post_snapshot", SNAPSHOT, readings)
        self.read_in(folder)
        answer = json.loads(self.run_program("content", "-w", folder, "--period", "2026-Q1", "--json", code=6).stdout)
        self.assertEqual(answer["data"]["accounts"], [{"account": "instagram shop", "basis": "at_7_days", "posts": 20, "paid_told_apart": True}])
        self.assertEqual(answer["data"]["posts"], {"read": 23, "judged": 20, "too_young": 1, "not_at_age": 1, "promoted": 0, "without_numbers": 1})
        for theme, values in expected.items():
            self.assertEqual(self.themes(answer)[theme]["engagement"]["value"], sorted(values)[len(values) // 2 - 1 + len(values) % 2])
        self.assertEqual(self.themes(answer)["dogs"]["saves_and_shares"]["rate"]["state"], "too_little_data", "nobody reports saves: no zeros")

    def test_days_from_publication_are_added_up(self):
        folder = self.folder / "days"
        folder.mkdir()
        posts, days = [], []
        for number in range(12):
            day = START + datetime.timedelta(days=number)
            posts.append([f"v{number}", "youtube", "shop", f"v{number}", day, "", "video", "dog", "", "own"])
            for age in range(20):
                days.append([f"v{number}", day + datetime.timedelta(days=age), "youtube", "shop", "total", 100, 10 + number, ""])
        self.write(folder, "post", POST, posts)
        self.write(folder, "post_day", "post,date,platform,account,paid,views,reactions,shares", days)
        self.read_in(folder)
        answer = json.loads(self.run_program("content", "-w", folder, "--period", "2026-01", "--json", code=6).stdout)
        self.assertEqual(answer["data"]["accounts"][0]["basis"], "at_7_days")
        self.assertFalse(answer["data"]["accounts"][0]["paid_told_apart"])
        self.assertEqual(answer["data"]["posts"]["judged"], 12)
        self.assertIn("content.themes", " ".join(answer["data"]["sentences"]))


class YoungPosts(Case):
    def test_a_post_of_an_hour_is_held_against_the_same_hour_of_others(self):
        folder = self.folder / "young"
        folder.mkdir()
        (folder / "plan.yaml").write_text(PLAN)
        draw = random.Random(1)
        posts = []
        for number in range(14):
            day = START + datetime.timedelta(days=2 * number)
            posts.append([f"p{number}", "instagram", "shop", f"p{number}", day, f"{day}T09:00:00Z", "photo", "hello", "", "own"])
            minutes = 40 + 4 * number  # each file came 40 to 92 minutes after its post
            self.write(folder, "post", POST, posts)
            self.write(folder, "post_snapshot", SNAPSHOT,
                       [[f"p{number}", day, day, "instagram", "shop", "organic", 1000, int(100 * (minutes / 60) ** 0.7 * math.exp(0.2 * draw.gauss(0, 1))), 0, 0, 0]])
            self.read_in(folder, env=epoch(day, 9 + minutes // 60, minutes % 60))
        today = START + datetime.timedelta(days=28)
        answers = {}
        for name, likes in (("hot", 300), ("usual", 100), ("cold", 20)):
            posts.append([name, "instagram", "shop", name, today, f"{today}T09:00:00Z", "photo", f"post {name}", "", "own"])
            self.write(folder, "post", POST, posts)
            self.write(folder, "post_snapshot", SNAPSHOT, [[name, today, today, "instagram", "shop", "organic", 900, likes, 0, 0, 0]])
            self.read_in(folder, env=epoch(today, 10, 0))
            answers[name] = self.json("content", "-w", folder, "--post", name)["data"]["new_posts"]
        self.assertEqual({name: post[0]["verdict"] for name, post in answers.items()}, {"hot": "above", "usual": "within", "cold": "below"})
        hot = answers["hot"][0]
        self.assertTrue(hot["age_exact"])
        self.assertAlmostEqual(hot["age_days"] * 24, 1, places=6)
        self.assertEqual(hot["usual"]["n"], 14)
        self.assertAlmostEqual(hot["usual"]["value"], 100, delta=25)
        text = self.text("content", "-w", folder, "--post", "hot")
        self.assertRegex(text, r"above its\s+(shop\s+)?usual")
        self.assertIn("1 h", text)
        self.narrow(text)
        self.assertIn("no own post 'nobody'", self.run_program("content", "-w", folder, "--post", "nobody", code=2).stderr.decode())

    def test_by_day_where_the_hour_is_not_known_and_refused_with_few_posts(self):
        folder = self.folder / "by_day"
        folder.mkdir()
        posts, readings = [], []
        for number in range(12):
            day = START + datetime.timedelta(days=number)
            posts.append([f"p{number}", "instagram", "shop", f"p{number}", day, "", "photo", "", "", "own"])
            for age in (1, 3, 10):
                readings.append([f"p{number}", day + datetime.timedelta(days=age), day, "instagram", "shop", "organic", "", 10 * age + number, "", "", ""])
        for name, account, likes in (("new", "shop", 90), ("other", "second", 90)):
            posts.append([name, "instagram", account, name, "2026-01-20", "", "photo", "", "", "own"])
            readings.append([name, "2026-01-22", "2026-01-20", "instagram", account, "organic", "", likes, "", "", ""])
        self.write(folder, "post", POST, posts)
        self.write(folder, "post_snapshot", SNAPSHOT, readings)
        self.read_in(folder)
        young = {post["post"]: post for post in self.json("content", "-w", folder)["data"]["new_posts"]}
        self.assertEqual(set(young), {"new", "other"})
        self.assertEqual((young["new"]["age_days"], young["new"]["age_exact"], young["new"]["verdict"], young["new"]["usual"]["n"]), (2, False, "above", 12))
        self.assertEqual(young["new"]["usual"]["value"], 25.5, "halfway between the readings of one and three days")
        self.assertEqual(young["other"]["verdict"], "too_little_data")


class Demo(Case):
    def test_the_simulated_brand_finds_its_true_theme(self):
        folder = self.folder / "demo"
        self.run_program("demo", folder)
        self.run_program("ingest", "-q", "-w", folder)
        truth = json.loads((folder / "truth.json").read_text())["content"]
        self.assertEqual((truth["truly_more"], truth["truly_less"]), (["people"], ["product"]))
        answer = self.json("content", "-w", folder)
        themes = self.themes(answer)
        self.assertEqual(set(themes), set(truth["times_usual"]))
        for theme, times in truth["times_usual"].items():
            lift = themes[theme]["lift"]
            self.assertLessEqual(lift["low"], times - 1, theme)
            self.assertGreaterEqual(lift["high"], times - 1, theme)
        self.assertEqual([id for id, theme in themes.items() if theme["verdict"] == "try_more"], truth["truly_more"])
        self.assertLessEqual({id for id, theme in themes.items() if theme["verdict"] == "drop"}, set(truth["truly_less"]))
        self.assertEqual(answer["data"]["pairs"][0]["verdict"], "more")
        self.assertEqual(answer["data"]["labels"]["labelled"], answer["data"]["posts"]["judged"], "every post has its theme")
        true_themes = {(post["platform"], post["id"]): post["theme"] for post in json.loads((folder / "truth.json").read_text())["posts"]}
        self.assertGreater(len(true_themes), 500)
        self.narrow(self.text("content", "-w", folder))


class RealPosts(Case):
    def test_facebook_posts_of_2014(self):
        file = harness.shared("uci-facebook-metrics", "dataset_Facebook.csv")
        folder = self.workspace(file)
        self.run_program("ingest", "-q", "-w", folder, folder / "exports", "--observed", "2015-06-01")
        data = self.json("content", "-w", folder, "--period", "2014", "--with-paid")["data"]
        self.assertEqual((data["posts"]["read"], data["posts"]["judged"]), (500, 500))
        formats = {cut["name"]: cut for cut in data["formats"]}
        video = formats["video"]
        self.assertEqual((video["against"], video["posts"], video["against_posts"], video["verdict"]), ("photo", 7, 426, "too_little_data"))
        means = video["difference_of_means"]
        self.assertAlmostEqual(means["value"], 79.2773, places=4)
        self.assertAlmostEqual(means["low"], -91.6252, places=4)
        self.assertAlmostEqual(means["high"], 250.1799, places=4)
        self.assertEqual(data["themes_need"], "have 3 themes of 5 posts or more, need 4")
        self.assertEqual((data["labels"]["by_export"], data["labels"]["version"]), (500, None))
        self.assertEqual(data["weekdays"], [], "every post stands on the first of its month: no weekday is known")
        self.assertEqual(data["without_day"], 500)
        apart = self.json("content", "-w", folder, "--period", "2014")["data"]
        self.assertEqual((apart["posts"]["promoted"], apart["posts"]["judged"]), (140, 360))
        self.assertTrue(data["promoted"]["judged"] and not apart["promoted"]["judged"])
        self.assertIn("judged among the others: 140", " ".join(data["sentences"]))
        self.assertNotIn("not told apart", " ".join(data["sentences"]))
        for theme in data["themes"]:
            if theme["posts"] >= 5:
                self.assertEqual(theme["saves_and_shares"]["lift"]["reason"], data["themes_need"])

    def test_posts_on_x(self):
        source = harness.shared("x-analytics-lisadebruine")
        files = sorted(path for path in source.glob("tweet_activity_metrics_*.csv"))
        folder = self.workspace(*files)
        (folder / "plan.yaml").write_text(PLAN + "content: {themes: [{id: rstats, hashtags: [rstats]}, {id: thanks, words: [thanks, thank you]}, "
                                                 "{id: data, words: [data]}, {id: paper, words: [paper, preprint]}]}\n")
        self.run_program("ingest", "-q", "-w", folder, folder / "exports")
        data = self.json("content", "-w", folder, "--period", "2021-01-01..2021-06-30")["data"]
        rows = [row for file in files for row in csv.DictReader(file.open(newline="", encoding="utf-8-sig"))]
        self.assertEqual(data["posts"]["read"], len({row["Tweet id"] for row in rows}))
        self.assertEqual(data["posts"]["promoted"], 0)
        self.assertEqual(data["time_zone"], "Europe/Berlin")
        ends = {file.name: datetime.datetime.strptime(file.name.split("_")[5], "%Y%m%d").date() for file in files}
        judged = [row for file in files for row in csv.DictReader(file.open(newline="", encoding="utf-8-sig"))
                  if (ends[file.name] - datetime.timedelta(days=1) - datetime.date.fromisoformat(row["time"][:10])).days >= 7]
        self.assertEqual(data["posts"]["judged"], len(judged))
        themes = {theme["id"]: theme for theme in data["themes"]}
        tagged = [row for row in judged if re.search(r"#rstats(?!\w)", row["Tweet text"].casefold())]
        self.assertEqual(themes["rstats"]["posts"], len(tagged))
        values = sorted(sum(float(row[name]) for name in ("retweets", "replies", "likes")) for row in tagged)
        self.assertEqual(themes["rstats"]["engagement"]["value"], values[math.ceil(len(values) / 2) - 1])
        words = [row for row in judged if re.search(r"\bdata\b", row["Tweet text"].casefold())]
        self.assertEqual(themes["data"]["posts"], len(words))
        self.assertGreater(len(data["hours"]), 3)


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
