# SPDX-License-Identifier: Apache-2.0
"""The ladder, followers that came and left, and conversations of equals."""
import datetime
import json
import sys

import harness

PLAN = """backcast: 1
brand: {name: B, currency: EUR}
team: [{id: ana, role: Social media manager, influences: [content, audience]}]
outcomes: [{id: o, metric: revenue_net, ceo: Money from orders., owner: ana}]
segments: [{id: g_young, name: Young, rule: country in (DE)}]
tactics:
- {id: t_ugc, name: Your picture, asks_for: creators, owner: ana}
- {id: t_young, name: Rate it, asks_for: critics, segments: [g_young], owner: ana}
"""
EVENT = ["event_id", "platform", "account", "person", "happened_at", "date", "kind", "reply_to", "is_staff", "is_question"]


def event(name, person, kind, hour=0, reply_to="", staff="false", question="false", account="forum", day="2026-03-10"):
    at = datetime.datetime.fromisoformat(day) + datetime.timedelta(hours=hour)
    return [name, "discourse", account, person, at.isoformat() + "Z", at.date().isoformat(), kind, reply_to, staff, question]


class Audience(harness.Case):
    def workspace_of(self, plan="", **files):
        folder = self.folder / "shop"
        for name, (header, rows) in files.items():
            harness.write(folder / f"exports/{name}.csv", header, rows)
        if plan:
            (folder / "plan.yaml").write_text(plan)
        self.run_program("ingest", "-w", folder)
        return folder

    def audience(self, folder, period="2026-03"):
        return self.json("audience", "-w", folder, "--period", period)["data"]

    def test_a_survey_says_who_can_be_asked_for_what(self):
        rows = []
        for i in range(200):
            ticked = ["spectators"] + (["creators"] if i < 16 else []) + (["critics"] if i % 2 else []) + (["joiners"] if i < 100 else [])
            rows += [[f"r{i}-{rung}", "spring", "ladder", "2026-02-01", f"p{i}", "g_young" if i < 50 else "", rung] for rung in ticked]
        rows += [["old", "autumn", "ladder", "2025-10-01", "z", "", "inactives"]]
        folder = self.workspace_of(PLAN, survey=(["response_id", "survey", "kind", "date", "person", "segment", "answer"], rows),
                                   days=(["platform", "account", "date", "followers_end"], [["x", "b", "2026-03-31", 100]]))
        data = self.audience(folder)
        whole, young = data["ladders"]
        self.assertEqual((whole["from"], whole["survey"], whole["segment"], whole["people"]["value"]), ("survey", "spring", None, 200))
        rungs = {r["rung"]: r for r in whole["rungs"]}
        self.assertEqual((rungs["creators"]["people"]["value"], rungs["creators"]["share"]["value"], rungs["creators"]["highest"]), (16, 0.08, 16))
        self.assertAlmostEqual(rungs["creators"]["share"]["low"], 0.0499, places=3)
        self.assertAlmostEqual(rungs["creators"]["share"]["high"], 0.1260, places=3)
        self.assertEqual((rungs["spectators"]["share"]["value"], rungs["inactives"]["share"]["value"]), (1, None))
        self.assertEqual(sum(r["highest"] or 0 for r in whole["rungs"]), 200)
        self.assertEqual((young["segment"], young["people"]["value"], young["enough"]), ("g_young", 50, False))
        asked = {a["tactic"]: a for a in data["asked"]}
        self.assertEqual((asked["t_ugc"]["could"]["value"], asked["t_ugc"]["segment"]), (0.08, None))
        self.assertEqual((asked["t_young"]["could"]["value"], asked["t_young"]["segment"], asked["t_young"]["could"]["n"]), (0.5, "g_young", 50))
        text = self.text("audience", "-w", folder, "--period", "2026-03")
        self.assertRegex(text, r"Inactives +no answer")
        self.assertIn("Of 1,000 it reaches about 50 to 126 can do it", " ".join(text.split()))
        for line in text.splitlines():
            self.assertLessEqual(len(line), 100, line)

    def test_what_people_were_seen_doing_is_no_share_of_the_audience(self):
        events = [event(f"c{i}", f"p{i}", "post") for i in range(3)] + [event(f"k{i}", f"p{i}", "comment") for i in range(10)]
        events += [event("st", "boss", "post", staff="true"), event("odd", "p1", "waves"), event("old", "p99", "follow", day="2026-01-05")]
        mentions = [[f"m{i}", "2026-03-11", f"q{i}", "" if i < 4 else 5, "hello"] for i in range(6)]
        folder = self.workspace_of(events=(EVENT, events), mentions=(["mention_id", "date", "author", "rating", "text"], mentions),
                                   days=(["platform", "account", "date", "followers_end"], [["x", "b", "2026-03-31", 1000]]))
        data = self.audience(folder)
        ladder = data["ladders"][0]
        rungs = {r["rung"]: r for r in ladder["rungs"]}
        self.assertEqual((ladder["from"], ladder["people"]["value"]), ("observed", 16))
        self.assertEqual((rungs["creators"]["people"]["value"], rungs["critics"]["people"]["value"], rungs["conversationalists"]["people"]["value"]), (3, 12, 4))
        self.assertEqual(rungs["joiners"]["people"]["value"], 0)
        self.assertEqual((rungs["spectators"]["people"]["state"], rungs["inactives"]["share"]["state"]), ("not_offered", "not_offered"))
        self.assertEqual(rungs["creators"]["of_followers"]["value"], 0.003)
        self.assertEqual(data["unknown_kinds"], ["waves"])

    def test_followers_that_came_left_and_were_cleaned_up(self):
        days = [["instagram", "b", datetime.date(2026, 2, 1) + datetime.timedelta(days=i), 1000 + i, 5, 200 if i == 40 else 3] for i in range(59)]
        folder = self.workspace_of(days=(["platform", "account", "date", "followers_end", "followers_gained", "followers_lost"], days),
                                   target=(["platform", "account", "date", "dimension", "value", "followers", "in_target"],
                                           [["instagram", "b", "2026-03-01", "country", "DE", 300, "true"], ["instagram", "b", "2026-03-31", "country", "DE", 340, "true"]]))
        data = self.audience(folder)
        account = data["accounts"][0]
        self.assertEqual((account["start"]["value"], account["end"]["value"], account["gained"]["value"], account["lost"]["value"]), (1027, 1058, 155, 30 * 3 + 200))
        self.assertEqual(account["clean_ups"][0]["day"], "2026-03-13")
        self.assertAlmostEqual(account["churn"]["value"], 31 * 3 / 1027)
        self.assertEqual(account["churn"]["n"], 1027)
        self.assertEqual((data["targeted"]["followers"]["value"], data["targeted"]["growth"]["value"]), (340, 40))
        self.assertIn("clean-up", self.text("audience", "-w", folder, "--period", "2026-03"))
        self.assertEqual(self.audience(folder, "2026-03-01..2026-03-07")["accounts"][0]["churn"]["state"], "too_little_data")

    def test_equals_and_one_loud_voice_are_told_apart(self):
        equals, lone = [], []
        for i in range(40):
            a, b = f"a{i % 20}", f"a{(i + 1) % 20}"
            equals += [event(f"t{i}", a, "post", account="equals"), event(f"u{i}", b, "reply", 1, f"t{i}", account="equals"), event(f"v{i}", a, "reply", 2, f"u{i}", account="equals")]
            lone += [event(f"x{i}", "loud", "post", account="lone")]
        lone += [event(f"y{i}", f"l{i}", "reply", 1, f"x{i}", account="lone") for i in range(4)]
        folder = self.workspace_of(events=(EVENT, equals + lone))
        communities = {c["account"]: c for c in self.audience(folder)["communities"]}
        good, bad = communities["equals"], communities["lone"]
        self.assertEqual(good["voices"]["people"]["value"], 20)
        self.assertAlmostEqual(good["voices"]["effective"]["value"], 20)
        self.assertLess(bad["voices"]["effective"]["value"], 1.3)
        self.assertEqual((good["reciprocity"]["share"]["value"], bad["reciprocity"]["share"]["value"]), (1, 0))
        self.assertEqual((good["depth"]["deeper_share"]["value"], bad["depth"]["deeper_share"]["value"]), (1, 0))
        self.assertEqual((good["depth"]["answered_share"]["value"], bad["depth"]["answered_share"]["value"]), (1, 0.1))
        whole = communities[None]
        self.assertTrue(whole["whole"])
        self.assertEqual(whole["voices"]["people"]["value"], 25)
        self.assertEqual(self.metrics(folder, "--metric", "community_members_active", "--period", "2026-03")["community_members_active"]["value"], 25)

    def test_time_to_a_peers_answer_keeps_the_open_questions(self):
        events = []
        for i in range(20):
            events.append(event(f"q{i}", f"asks{i}", "post", question="true"))
            if i < 8:
                events.append(event(f"r{i}", f"helps{i}", "reply", i + 1, f"q{i}"))
            elif i < 12:
                events.append(event(f"r{i}", "desk", "reply", 1, f"q{i}", staff="true"))
        events.append(event("late", "helps", "reply", 24 * 30, "q19"))
        folder = self.workspace_of(events=(EVENT, events))
        answers = self.audience(folder)["communities"][0]["peer_answers"]
        self.assertEqual((answers["questions"]["value"], answers["by_peers"]["value"], answers["by_staff_alone"]["value"]), (20, 9, 4))
        self.assertAlmostEqual(answers["within_7_days"]["value"], 8 / 20)
        self.assertIsNone(answers["median_time"]["value"])
        self.assertIn("not reached", answers["median_time"]["reason"])

    def test_nothing_to_tell_says_what_is_needed(self):
        folder = self.workspace_of(orders=(["order_id", "date", "net", "currency"], [["1", "2026-01-05", 10, "EUR"]]))
        self.assertIn(b"community_event", self.run_program("audience", "-w", folder, code=6).stderr)

    def test_timelines_of_mastodon_and_bluesky(self):
        """Eight posts of two people, six of them by one; and a single post."""
        rows = []
        for status in json.loads(harness.shared("mastodon-api", "public_timeline_0_v1-timelines-public.json").read_text()):
            rows.append([status["id"], "mastodon", "local", status["account"]["acct"], status["created_at"], status["created_at"][:10], "post", status["in_reply_to_id"] or "", "", ""])
        post = json.loads(harness.shared("bluesky-samples", "thread_view_post_with_embed_media.json").read_text())
        post = post.get("thread", post)["post"]
        rows.append([post["uri"], "bluesky", "home", post["author"]["handle"], post["record"]["createdAt"], post["record"]["createdAt"][:10], "post", "", "", ""])
        folder = self.workspace_of(events=(EVENT, rows))
        mastodon = self.audience(folder, "2026-08")["communities"][0]
        self.assertEqual((mastodon["platform"], mastodon["voices"]["people"]["value"], mastodon["voices"]["contributions"]["value"]), ("mastodon", 2, 8))
        self.assertAlmostEqual(mastodon["voices"]["effective"]["value"], 64 / 40)
        self.assertEqual((mastodon["voices"]["loudest_tenth"]["value"], mastodon["depth"]["answered_share"]["value"]), (0.75, 0))
        self.assertEqual(mastodon["reciprocity"]["share"]["state"], "not_offered")
        self.assertEqual(self.audience(folder, "2023-09")["communities"][0]["voices"]["people"]["value"], 1)

    def test_followers_of_new_york_city(self):
        """86 agencies on 23 platforms: the newest value of every account adds up to what is known."""
        file = harness.shared("nyc-social-media-usage", "NYC_Social_Media_Usage.csv")
        folder = self.workspace(file)
        self.run_program("ingest", "-w", folder)
        data = self.audience(folder, "2011-01-01..2012-12-31")
        sums, accounts = {}, {}
        for account in data["accounts"]:
            if account["end"]["value"] is not None:
                sums[account["platform"]] = sums.get(account["platform"], 0) + account["end"]["value"]
                accounts[account["platform"]] = accounts.get(account["platform"], 0) + 1
        for platform, known, count in (("facebook", 392795, 84), ("x", 348306, 70), ("tumblr", 30105, 15), ("linkedin", 23017, 10), ("newsletter", 895988, 6), ("youtube", 6992 + 213, 33)):
            self.assertEqual((sums[platform], accounts[platform]), (known, count), platform)
        self.assertNotIn("total", sums)
        self.text("audience", "-w", folder, "--period", "2012-12")


if __name__ == "__main__":
    sys.exit(harness.main(__name__))
