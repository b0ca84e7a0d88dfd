#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a workspace remembers: which plan was in force, who answers for which finding, what was decided."""
import json
import random
import signal
import sqlite3
import subprocess
import sys
import time

import harness

HEAD = "platform,account,ad,date,campaign,ad_group,placement,attribution_setting,channel,channel_group,currency,spend,impressions,clicks\n"
PLAN = """backcast: 1
plan:
  version: {version}
  valid_from: 2026-02-01
  revised_on: {revised_on}
  revised_by: mia
  revised_because: {because}
  changelog:
  - {{version: 1, date: 2025-12-01, by: mia, because: first, changed: [all]}}
{changelog}brand: {{name: Radwerk, currency: EUR, tz: Europe/Berlin}}
strategy: [{{id: s, statement: Sell more.}}]
team: [{{id: mia, function: marketing, influences: [content, advertising, site]}}]
objectives: [{{id: b, strategy: s, statement: Sell more bikes., owner: mia}}]
outcomes:
- {{id: o_click, objective: b, metric: ad_clicks, ceo: Clicks on our ads., owner: mia, baseline: 5, target: {{value: 30, by: 2026-06-30}}}}
kpis:
- {{id: k_meta, outcome: o_click, metric: ad_clicks, owner: {owner}, scope: {{platform: [{platform}]}}, baseline: 5, target: {{value: {target}, by: 2026-06-30}}}}
- {{id: k_tiktok, outcome: o_click, metric: ad_clicks, owner: mia, scope: {{platform: [tiktok_ads]}}, baseline: 5, target: {{value: 10, by: 2026-06-30}}}}
"""
HOSTILE = "<img src=x onerror=alert(1)> \x1b[31mred [a](javascript:b) `c` |"


def day(iso):
    """SOURCE_DATE_EPOCH of a day."""
    return {"SOURCE_DATE_EPOCH": str(int(time.mktime(time.strptime(iso + " UTC", "%Y-%m-%d %Z"))) - time.timezone + 43200)}


class Memory(harness.Case):
    def run_program(self, *arguments, code=0, **options):
        """code=None: any of 0 and 1."""
        if code is not None:
            return super().run_program(*arguments, code=code, **options)
        try:
            return super().run_program(*arguments, code=0, **options)
        except AssertionError:
            return super().run_program(*arguments, code=1, **options)

    def errors(self, folder, **options):
        answer = json.loads(self.run_program("check", "-w", folder, "--json", code=None, **options).stdout)
        return {(f["rule"], f["node"]) for f in answer["findings"] if f["severity"] == "error" and not f["accepted"]}

    def plan(self, folder, **changes):
        keys = {"version": 1, "revised_on": "2026-01-15", "because": "we begin", "changelog": "", "owner": "mia", "platform": "meta_ads", "target": 12}
        (folder / "plan.yaml").write_text(PLAN.format(**{**keys, **changes}))

    def loaded(self, **changes):
        folder = self.workspace()
        self.plan(folder, **changes)
        rows = [f"{platform},a,{ad},2026-{month:02}-{1 + number:02},c,g,feed,7d,ads,paid_social,EUR,10,100,{clicks}\n"
                for platform, ad, clicks in (("meta_ads", 1, 1), ("tiktok_ads", 2, 2)) for month in (2, 3) for number in range(28)]
        (folder / "exports/ads.csv").write_text(HEAD + "".join(rows))
        self.run_program("ingest", "-w", folder, folder / "exports")
        return folder

    def nodes(self, folder, *arguments, **options):
        return {m["id"]: m for m in self.json("score", "-w", folder, "--period", "2026-03", *arguments, **options)["data"]["metrics"] if not m["group"]}

    def revisions(self, folder):
        return self.json("plan", "log", "-w", folder)["data"]["revisions"]


class AcceptedFindings(Memory):
    def test_a_note_gives_the_verdict_back_and_is_printed_everywhere(self):
        folder = self.loaded(owner="nobody")
        today = day("2026-04-02")
        rules = sorted(rule for rule, node in self.errors(folder, env=today) if node == "k_meta")
        self.assertIn("P08", rules)
        for rule in rules:
            self.assertIsNone(self.nodes(folder, env=today)["k_meta"]["verdict"], "each error alone takes the verdict")
            self.run_program("check", "-w", folder, "--accept", rule, "--because", HOSTILE, "--by", "mia", env=today)
        node = self.nodes(folder, env=today)["k_meta"]
        self.assertEqual(node["verdict"], "met")
        self.assertTrue(any("accepted by mia on 2026-04-02" in note for note in node["notes"]), node["notes"])
        finding = next(f for f in self.json("score", "-w", folder, env=today)["findings"] if f["rule"] == "P08")
        self.assertEqual(finding["accepted"], {"by": "mia", "on": "2026-04-02", "because": HOSTILE, "until": None})
        names = [f"out.{kind}" for kind in ("html", "md", "txt", "json")]
        self.run_program("report", "-w", folder, *(word for name in names for word in ("-o", name)), env=today)
        for name in names:
            page = (self.folder / name).read_text()
            self.assertIn("2026-04-02", page, name)
            self.assertNotIn("\x1b", page, name)
        self.assertNotIn("<img", (self.folder / "out.html").read_text())
        self.assertIn("accepted by mia on 2026-04-02: because &lt;img", (self.folder / "out.html").read_text())
        self.assertNotIn("[a](javascript", (self.folder / "out.md").read_text())
        self.assertNotIn(b"\x1b", self.run_program("check", "-w", folder, code=None).stdout)

    def test_accepted_findings_do_not_fail_a_check_and_others_do(self):
        folder = self.workspace()
        self.plan(folder, owner="nobody")
        today = day("2026-04-02")
        errors = self.errors(folder, env=today)
        self.assertIn(("P08", "k_meta"), errors)
        for rule in {rule for rule, _ in errors} - {"P08"}:
            self.run_program("check", "-w", folder, "--accept", rule, "--because", "known", "--by", "mia", env=today)
        self.assertEqual(self.errors(folder, env=today), {("P08", "k_meta")})
        self.run_program("check", "-w", folder, code=1, env=today)
        self.run_program("check", "-w", folder, "--accept", "P08", "--because", "a new hire comes in May", "--by", "mia", "--until", "2026-05-31", env=today)
        done = self.run_program("check", "-w", folder, env=today)
        self.assertIn("accepted by mia on 2026-04-02, until 2026-05-31: because a new hire comes in May", done.stdout.decode())
        self.run_program("check", "-w", folder, env=day("2026-05-31"))
        self.run_program("check", "-w", folder, code=1, env=day("2026-06-01"))
        # A finding of the same rule about another node was not accepted.
        text = (folder / "plan.yaml").read_text()
        (folder / "plan.yaml").write_text(text.replace("id: k_tiktok, outcome: o_click, metric: ad_clicks, owner: mia", "id: k_tiktok, outcome: o_click, metric: ad_clicks, owner: nobody"))
        self.assertIn(("P08", "k_tiktok"), self.errors(folder, env=today))
        (folder / "plan.yaml").write_text(text)
        self.run_program("check", "-w", folder, "--withdraw", "P08", "--because", "nobody came", "--by", "tom", env=today)
        self.assertEqual(self.errors(folder, env=today), {("P08", "k_meta")})
        kept = next(n for n in self.json("check", "-w", folder, "--accepted")["data"]["accepted"] if n["rule"] == "P08")
        self.assertEqual((kept["because"], kept["withdrawn"]["because"], kept["withdrawn"]["by"], kept["holds"]), ("a new hire comes in May", "nobody came", "tom", False))

    def test_sarif_says_it_in_its_own_words(self):
        folder = self.workspace()
        self.plan(folder, owner="nobody")
        self.run_program("check", "-w", folder, "--accept", "P08", "--because", "known", "--by", "mia")
        results = json.loads(self.run_program("check", "-w", folder, "--format", "sarif", code=None).stdout)["runs"][0]["results"]
        self.assertTrue(all(isinstance(r["suppressions"], list) for r in results), "all results or none have the property")
        told = [r for r in results if r["suppressions"]]
        self.assertEqual([r["ruleId"] for r in told], ["P08"])
        self.assertEqual({s["kind"] for r in told for s in r["suppressions"]}, {"external"})
        self.assertIn("because known", told[0]["suppressions"][0]["justification"])

    def test_mistakes_say_what_is_missing(self):
        folder = self.workspace()
        self.plan(folder, owner="nobody")
        no_user = {"USER": ""}
        for words, hint in ((["--accept", "P08"], "is accepted with its reason"), (["--accept", "P8", "--because", "x"], "did you mean 'P"),
                            (["--accept", "P08", "--because", "x"], "give a name"), (["--accept", "P08", "--because", "  "], "--because is missing"),
                            (["--accept", "P08", "--because", "x", "--node", "k_metta", "--by", "m"], "it speaks of k_meta"),
                            (["--accept", "P08", "--because", "x", "--until", "2001-01-01", "--by", "m"], "is past"),
                            (["--accept", "P08", "--because", "x", "--until", "soon", "--by", "m"], "needs a day"),
                            (["--accept", "P08", "--because", "x" * 2000, "--by", "m"], "2000 bytes"),
                            (["--withdraw", "P08", "--because", "x", "--by", "m"], "nothing stands accepted"),
                            (["--because", "x"], "belongs to --accept"), (["--accept", "P08", "--withdraw", "P08"], "ask one of them")):
            done = self.run_program("check", "-w", folder, *words, code=2, env=no_user)
            self.assertIn(hint, done.stderr.decode(), words)
        self.assertEqual(self.json("check", "-w", folder, "--accepted")["data"]["accepted"], [])
        done = self.run_program("check", "-w", folder, "--accept", "P08", "--because", "x", env={"USER": "pat"})
        self.assertIn("pat (from the environment variable USER)", done.stdout.decode())


    def test_a_finding_about_the_data_is_accepted_too(self):
        folder = self.loaded()
        found = {(f["rule"], f["node"]) for f in json.loads(self.run_program("check", "-w", folder, "--layer", "data", "--json", code=None).stdout)["findings"]}
        self.assertTrue(found)
        for rule in {rule for rule, _ in found}:
            self.run_program("check", "-w", folder, "--accept", rule, "--because", "the export comes in May", "--by", "mia")
        self.run_program("check", "-w", folder, "--layer", "data", "--fail-on", "warning")
        told = self.json("check", "-w", folder, "--layer", "data")["findings"]
        self.assertEqual({(f["rule"], f["node"]) for f in told if f["accepted"]}, found)


class PlanVersions(Memory):
    def change(self, folder, **changes):
        line = "  - {version: 2, date: 2026-04-01, by: mia, because: The tiktok ads are the plan now., changed: [kpis.k_meta]}\n"
        self.plan(folder, **{"version": 2, "revised_on": "2026-04-01", "because": "see the changelog", "changelog": line, "platform": "tiktok_ads", "target": 99, **changes})

    def test_a_revision_is_kept_by_every_command_that_answers_from_the_plan(self):
        folder = self.loaded()
        self.run_program("metrics", "list", "-w", folder)
        self.assertFalse((folder / ".backcast/state.sqlite").exists())
        expected = 0
        for command, code in ((["check"], 1), (["score"], 0), (["report", "-o", "r.html"], 0), (["chain"], 0)):
            expected += 1
            self.plan(folder, because=f"reason {expected}")
            for _ in range(2):
                self.run_program(*command, "-w", folder, code=code)
            log = sqlite3.connect(folder / ".backcast/state.sqlite").execute("SELECT because FROM plan_revision ORDER BY number").fetchall()
            self.assertEqual(log, [(f"reason {number}",) for number in range(1, expected + 1)], command)
        self.assertEqual([r["because"] for r in self.revisions(folder)], ["reason 4", "reason 3", "reason 2", "reason 1"])

    def test_where_nothing_can_be_written_the_answer_comes_with_a_remark(self):
        folder = self.workspace()
        self.plan(folder)
        (folder / ".backcast").write_text("a file where a folder should be")
        done = self.run_program("check", "-w", folder, code=1)
        self.assertIn("was not kept", done.stderr.decode())
        self.assertIn(b"errors", done.stdout)

    def test_diff_restates_the_period_under_both_plans(self):
        folder = self.loaded()
        before = self.nodes(folder, env=day("2026-03-20"))
        self.change(folder)
        after = self.nodes(folder, env=day("2026-04-02"))
        answer = self.json("plan", "diff", "@1", "-w", folder, "--period", "2026-03", env=day("2026-04-03"))
        self.assertEqual(answer["schema"], "backcast/plan-diff/1")
        data = answer["data"]
        self.assertEqual({(c["section"], c["node"], c["key"]) for c in data["changes"]},
                         {("kpis", "k_meta", "scope.platform"), ("kpis", "k_meta", "target.value")})
        for change in data["changes"]:
            self.assertEqual([r["because"] for r in change["reasons"]], ["The tiktok ads are the plan now."])
        moved = data["targets_moved"]
        self.assertEqual([(m["node"], m["before"]["target"], m["after"]["target"], m["when"], m["easier"], m["moved_on"]) for m in moved],
                         [("k_meta", 12, 99, "after_begin", False, "2026-04-01")])
        self.assertTrue(data["restated"]["same_data"])
        for node in data["restated"]["nodes"]:
            # The restated numbers are those of the card under that plan; what did not change in the plan does not differ.
            for side, card in (("before", before), ("after", after)):
                self.assertEqual(node[side]["value"], card[node["id"]]["value"], node["id"])
                self.assertEqual(node[side]["verdict"], card[node["id"]]["verdict"])
            self.assertEqual(node["differs"], node["id"] == "k_meta")
            self.assertEqual(bool(node["from_the_plan"]), node["differs"])
        self.assertEqual((data["restated"]["nodes"][1]["before"]["value"]["value"], data["restated"]["nodes"][1]["after"]["value"]["value"]), (28, 56))
        text = self.text("plan", "diff", "@1", "@-1", "-w", folder, "--period", "2026-03")
        self.assertIn("AFTER the days it judges had begun on 2026-02-01", text)
        self.assertIn("every difference comes from the plan and none from the world", text)

    def test_the_same_plan_differs_in_nothing(self):
        folder = self.loaded()
        data = self.json("plan", "diff", folder / "plan.yaml", "-w", folder)["data"]
        self.assertEqual((data["changes"], data["targets_moved"]), ([], []))
        self.assertTrue(data["restated"]["nodes"])
        self.assertFalse(any(node["differs"] for node in data["restated"]["nodes"]))

    def test_references(self):
        folder = self.workspace()
        self.plan(folder)
        self.run_program("check", "-w", folder, code=1)
        first = self.revisions(folder)[0]["sha256"]
        (self.folder / "old.yaml").write_bytes((folder / "plan.yaml").read_bytes())
        self.change(folder)
        for reference in ("@1", "@-2", "1", first[:8], "old.yaml", first):
            data = self.json("plan", "diff", reference, "-w", folder)["data"]
            self.assertEqual((data["before"]["sha256"], data["before"]["revision"], len(data["changes"])), (first, 1, 2), reference)
            self.assertIsNone(data["restated"], "there is no data")
        for reference, hint in (("@9", "2 revisions on record"), ("@0", "@1 is the first"), ("@x", "@1 is the first"), ("zz", "is no file"), ("7", "plan log"), ("", "is no file")):
            self.assertIn(hint, self.run_program("plan", "diff", reference, "-w", folder, code=2).stderr.decode())
        (self.folder / "broken.yaml").write_text("a: [")
        self.assertIn("broken.yaml:", self.run_program("plan", "diff", "broken.yaml", "-w", folder, code=3).stderr.decode())

    def test_hostile_plans_are_shown_and_never_obeyed(self):
        folder = self.workspace()
        self.plan(folder)
        self.run_program("check", "-w", folder, code=1)
        self.change(folder, because='"\\e[31m\\e]0;owned\\a"', target='"\\e[2J"')
        for words in (["plan", "diff", "@1"], ["plan", "log"]):
            self.assertNotIn(b"\x1b", self.run_program(*words, "-w", folder).stdout)
            self.json(*words, "-w", folder)

    def test_lines_say_that_the_plan_changed(self):
        folder = self.loaded()
        self.run_program("check", "-w", folder, code=1, env=day("2026-01-31"))
        before = self.nodes(folder, env=day("2026-03-31"))
        self.assertFalse(any("plan" in note for m in before.values() for note in m["notes"]), before)
        self.change(folder)
        after = self.nodes(folder, env=day("2026-04-02"))
        notes = [note for note in after["k_meta"]["notes"] if "the plan changed" in note]
        self.assertEqual(len(notes), 1, after["k_meta"]["notes"])
        for words in ("scope.platform meta_ads → tiktok_ads", "target.value 12 → 99", "version 2 of 2026-04-01", "The tiktok ads are the plan now", "and not from the world"):
            self.assertIn(words, notes[0])
        for other in ("o_click", "k_tiktok"):
            self.assertFalse(any("the plan changed" in note for note in after[other]["notes"]), other)
        alone = self.nodes(folder, "--compare", "none", env=day("2026-04-02"))
        self.assertFalse(any("the plan changed" in note for note in alone["k_meta"]["notes"]), "nothing is compared")

    def test_a_changelog_is_believed_where_no_revision_is_on_record(self):
        folder = self.loaded()
        self.change(folder)
        notes = [n for n in self.nodes(folder, env=day("2026-04-02"))["k_meta"]["notes"] if "the plan changed" in n]
        self.assertEqual(len(notes), 1)
        self.assertIn("version 2 of 2026-04-01", notes[0])


class Decisions(Memory):
    def test_decisions_of_plan_and_log_stand_on_the_report(self):
        folder = self.loaded()
        with (folder / "plan.yaml").open("a") as plan:
            plan.write('review: {decisions: [{date: 2026-03-15, kpi: k_meta, seen: clicks fell, decided: "wait <b>", by: mia}]}\n')
        self.run_program("decide", "k_meta", "--seen", HOSTILE, "--decided", HOSTILE, "--by", "mia", "-w", folder, env=day("2026-04-02"))
        self.run_program("decide", "o_click", "--seen", "x", "--decided", "y", "-w", folder, env={**day("2026-02-02"), "USER": "pat"})
        listed = self.json("decisions", "-w", folder)["data"]["decisions"]
        self.assertEqual([(d["date"], d["node"], d["by"]) for d in listed], [("2026-04-02", "k_meta", "mia"), ("2026-03-15", "k_meta", "mia"), ("2026-02-02", "o_click", "pat")])
        self.assertEqual(self.json("score", "-w", folder)["data"]["decisions"], listed)
        self.run_program("report", "-w", folder, "-o", "r.html", "-o", "r.md", "-o", "r.txt")
        page = (self.folder / "r.html").read_text()
        self.assertIn("What was decided", page)
        self.assertIn("decided: wait &lt;b&gt;", page)
        self.assertNotIn("<img", page)
        for name in ("r.md", "r.txt"):
            self.assertIn("What was decided", (self.folder / name).read_text())
            self.assertNotIn("\x1b", (self.folder / name).read_text())
        self.assertNotIn(b"\x1b", self.run_program("decisions", "-w", folder).stdout)

    def test_mistakes(self):
        folder = self.workspace()
        self.plan(folder)
        for words, hint in ((["k_metta", "--seen", "a", "--decided", "b"], "did you mean 'k_meta'?"), (["k_meta", "--decided", "b"], "--seen"),
                            (["k_meta", "--seen", "a"], "--decided"), (["k_meta", "--seen", "a", "--decided", "b"], "give a name")):
            self.assertIn(hint, self.run_program("decide", *words, "-w", folder, code=2, env={"USER": ""}).stderr.decode())
        self.assertIn("Nothing was decided", self.text("decisions", "-w", folder))


class Storage(Memory):
    def decide(self, folder, word):
        return [harness.PROGRAM, "decide", "k_meta", "--seen", "s", "--decided", word, "--by", "mia", "-w", str(folder)]

    def test_processes_at_once_lose_nothing(self):
        folder = self.workspace()
        self.plan(folder)
        running = [subprocess.Popen(self.decide(folder, str(number)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=self.environment()) for number in range(12)]
        running += [subprocess.Popen([harness.PROGRAM, "plan", "log", "-w", str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=self.environment()) for _ in range(4)]
        for process in running:
            _, err = process.communicate(timeout=120)
            self.assertEqual((process.returncode, err), (0, b""))
        self.assertEqual({d["decided"] for d in self.json("decisions", "-w", folder)["data"]["decisions"]}, {str(number) for number in range(12)})
        self.assertEqual(len(self.revisions(folder)), 1, "one plan, one revision")

    def test_killed_at_any_moment_it_stays_whole(self):
        folder = self.workspace()
        self.plan(folder)
        random.seed(3)
        done = set()
        for number in range(15):
            process = subprocess.Popen(self.decide(folder, str(number)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment())
            time.sleep(random.uniform(0, 0.08))
            process.send_signal(signal.SIGKILL)
            out, _ = process.communicate()
            if out:
                done.add(str(number))
            kept = {d["decided"] for d in self.json("decisions", "-w", folder)["data"]["decisions"]}
            self.assertLessEqual(done, kept)
            self.assertLessEqual(kept, {str(n) for n in range(number + 1)})

    def test_locked_damaged_newer_and_foreign_files_get_a_sentence(self):
        folder = self.workspace()
        self.plan(folder)
        self.run_program(*self.decide(folder, "x")[1:])
        path = folder / ".backcast/state.sqlite"
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        self.assertIn("another process", self.run_program(*self.decide(folder, "y")[1:], code=4).stderr.decode())
        self.assertEqual(len(self.json("decisions", "-w", folder)["data"]["decisions"]), 1, "readers do not wait")
        other.execute("ROLLBACK")
        other.execute("INSERT INTO schema_version VALUES(99, 'later')")
        other.close()
        self.assertIn("newer Backcast", self.run_program("decisions", "-w", folder, code=4).stderr.decode())
        path.write_bytes(b"no database at all" * 400)
        for beside in ("-wal", "-shm"):
            path.with_name(path.name + beside).unlink(missing_ok=True)
        self.assertIn("damaged", self.run_program("decisions", "-w", folder, code=4).stderr.decode())
        answer = json.loads(self.run_program("check", "-w", folder, "--json", code=1).stdout)
        self.assertIn("T12", {f["rule"] for f in answer["findings"]}, "notes that cannot be read are not silently gone")


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
