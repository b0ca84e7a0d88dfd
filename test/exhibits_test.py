#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The tables of the report: each says what its own command says, on every kind of page."""
import json
import sys

import harness

PERIOD = ("--period", "2026-10")


def channel_name(title):
    """A channel as facts name it."""
    return {"search ads": "paid_search", "e-mail": "email"}.get(title, title.replace(" ", "_"))


class Exhibits(harness.Case):
    def brand(self):
        folder = self.folder / "brand"
        self.run_program("demo", folder)
        self.run_program("ingest", "-q", "-w", folder)
        return folder

    def exhibits(self, folder, *more):
        self.run_program("report", "-w", folder, *more, "-o", self.folder / "r.json", "-o", self.folder / "r.html", "-o",
                         self.folder / "r.txt", "-o", self.folder / "r.md")
        answer = json.loads((self.folder / "r.json").read_text())
        self.assert_intervals_say_n(answer, "report")
        return answer["data"]["exhibits"]

    def page(self, kind):
        return (self.folder / f"r.{kind}").read_text()

    def column(self, exhibit, name):
        return [row[exhibit["columns"].index(name)] for row in exhibit["rows"]]

    def test_format_writes_to_stdout_and_no_file(self):
        folder = self.facts(self.folder / "small", order=("order_id,date,net,currency", [["a", "2026-03-02", 5, "EUR"]]))
        self.assertTrue(self.text("report", "-w", folder, "--format", "md").startswith("# "))
        self.assertEqual(self.json("report", "-w", folder)["schema"], "backcast/score/1")
        self.assertIn("small", self.text("report", "-w", folder, "--format", "text"))
        self.assertIn(b"leave out --format", self.run_program("report", "-w", folder, "--format", "md", "-o", "r.md", code=2).stderr)
        self.assertEqual([path.name for path in self.folder.glob("r*.*")], [])
        self.assertEqual(self.run_program("report", "-w", folder).stdout, b"report.html\n")

    def test_a_plan_without_an_outcome_is_not_told_that_there_are_no_files(self):
        folder = self.facts(self.folder / "open", order=("order_id,date,net,currency", [["a", "2026-03-02", 5, "EUR"]]))
        (folder / "plan.yaml").write_text("backcast: 1\nbrand: {name: Open}\n")
        for kind in ("text", "md"):
            page = " ".join(self.text("report", "-w", folder, "--format", kind).split())
            self.assertIn("The plan asks for no number yet. It names no outcome.", page)
            self.assertNotIn("Put the platforms", page)

    def test_every_table_says_what_its_command_says(self):
        folder = self.brand()
        exhibits = self.exhibits(folder, *PERIOD)
        by_id = {}
        for exhibit in exhibits:
            by_id.setdefault(exhibit["id"], []).append(exhibit)
            for row in exhibit["rows"]:
                self.assertEqual(len(row), len(exhibit["columns"]))
            for kind in ("html", "txt", "md"):
                self.assertIn(exhibit["title"].split("’")[0][:30], self.page(kind))
        self.assertLessEqual({"journey", "journey_channels", "cost", "attribution", "claims", "content"}, set(by_id))

        journey = self.json("journey", "-w", folder, *PERIOD)["data"]
        counted = {stage["title"]: stage["value"]["value"] for stage in journey["volumes"]["stages"]}
        stages = by_id["journey"][0]
        self.assertEqual(dict(zip(self.column(stages, "stage"), [c["value"] for c in self.column(stages, "count")])), counted)
        self.assertTrue(all(rate is None or rate["low"] <= rate["value"] <= rate["high"] for rate in self.column(stages, "rate")))

        cost = self.json("cost", "--per", "sale", "-w", folder, *PERIOD, "--compare", "none")["data"]
        told = next(e for e in by_id["cost"] if e["command"] == "backcast cost --per sale")
        self.assertEqual([c["value"] for c in self.column(told, "cost_per")], [row["cost_per"]["value"] for row in cost["rows"]])
        self.assertEqual([c["low"] for c in self.column(told, "cost_per")], [row["cost_per"]["low"] for row in cost["rows"]])

        model = next(m for m in self.json("attribute", "-w", folder, *PERIOD)["data"]["models"] if m["model"] == "last_non_direct")
        credit = sorted((c["credit"]["value"] if isinstance(c["credit"], dict) else c["credit"] for c in model["channels"]), reverse=True)
        shown = [c["value"] for c in self.column(by_id["attribution"][0], "credit")]
        self.assertEqual(len(shown), min(10, len(credit)))
        for one, other in zip(shown, credit):
            self.assertAlmostEqual(one, other, 9)

        lines = reversed(self.text("attribute", "-w", folder, *PERIOD).splitlines())  # its first table wins
        page = {line.split()[0]: line for line in lines if line.startswith("  ") and " to " in line}
        for row in by_id["attribution"][0]["rows"]:
            self.assertIn(row[-1], " ".join(page[channel_name(row[0])].split()), "the band of the command")

        claims = self.json("claims", "-w", folder, *PERIOD)["data"]["kinds"]
        orders = next(kind for kind in claims if kind["kind"] == "orders")
        table = next(e for e in by_id["claims"] if len(e["rows"]) == len(orders["platforms"]) + 1)
        self.assertEqual(self.column(table, "platform"), [p["platform"] for p in orders["platforms"]] + ["all platforms"])

        themes = self.json("content", "-w", folder, "--period", "2026-08-02..2026-10-31")["data"]["themes"]
        shown = self.column(by_id["content"][0], "times_usual")
        self.assertEqual(len(shown), len(themes))
        for one, theme in zip(shown, themes):
            self.assertAlmostEqual(one["value"], 1 + theme["lift"]["value"], 9)
            self.assertEqual(one["n"], theme["lift"]["n"])

    def test_talk_care_creators_and_audience_say_what_their_commands_say(self):
        folder = self.brand()
        exhibits = {e["id"]: e for e in self.exhibits(folder, *PERIOD)}
        self.assertLessEqual({"talk", "care", "issues", "creators", "creator_audiences", "ladder", "followers", "community"}, set(exhibits))
        for exhibit in exhibits.values():
            for kind in ("html", "txt", "md"):
                self.assertIn(exhibit["title"].split("’")[0][:30], self.page(kind))

        def same(cells, values, what, interval=True):
            self.assertEqual(len(cells), len(values), what)
            for cell, value in zip(cells, values):
                if value["value"] is None:
                    self.assertIsNone(cell if cell is None or isinstance(cell, str) else cell["value"], what)
                    continue
                for key in ("value", "low", "high", "n") if interval and value["low"] is not None else ("value",):
                    self.assertAlmostEqual(cell[key], value[key], 9, (what, key))

        creators = self.json("influence", "-w", folder, *PERIOD)["data"]["creators"]
        self.assertEqual(self.column(exhibits["creators"], "creator"), [c["creator"] for c in creators])
        for column, key in (("full_cost", "cost"), ("orders", "orders"), ("cost_per", "cost_per_order")):
            same(self.column(exhibits["creators"], column), [c[key] for c in creators], column)
        self.assertEqual(self.column(exhibits["creators"], "verdict"), [c["verdict"].replace("_", " ") for c in creators])
        audiences = exhibits["creator_audiences"]
        same(self.column(audiences, "suspected"), [c["audience"]["suspected_share"] for c in creators], "suspected")
        same(self.column(audiences, "authentic"), [c["authentic_engagements"] for c in creators], "authentic")
        same(self.column(audiences, "quality"), [c["audience"]["quality"] for c in creators], "quality")
        self.assertEqual([c["value"] for c in self.column(audiences, "creator_score")], [c["score"]["score"] for c in creators])

        audience = self.json("audience", "-w", folder, *PERIOD)["data"]
        asked, seen = audience["ladders"][0], audience["ladders"][-1]
        self.assertEqual((asked["from"], asked["segment"], seen["from"]), ("survey", None, "observed"))
        for column, ladder in (("of_asked", asked), ("of_seen", seen)):
            cells = self.column(exhibits["ladder"], column)
            told = [(cell, r["share"]) for cell, r in zip(cells, ladder["rungs"]) if r["share"]["value"] is not None]
            same([cell for cell, _ in told], [share for _, share in told], column)
            self.assertEqual(cells.count("not seen"), len(cells) - len(told), column)
        for column, key in (("followers_end", "end"), ("gained", "gained"), ("lost", "lost"), ("churn", "churn")):
            same(self.column(exhibits["followers"], column), [a[key] for a in audience["accounts"]], column)
        communities = audience["communities"]
        table = exhibits["community"]
        same(self.column(table, "voices"), [c["voices"]["people"] for c in communities], "voices")
        same(self.column(table, "as_many_as"), [c["voices"]["effective"] for c in communities], "effective")
        same(self.column(table, "mutual"), [c["reciprocity"]["share"] for c in communities], "mutual")
        same(self.column(table, "by_peers"), [c["peer_answers"]["within_7_days"] for c in communities], "by peers")
        same(self.column(table, "half_after"), [c["peer_answers"]["median_time"] for c in communities], "half after")

        talk = {b["brand"]: b for b in self.json("listen", "-w", folder, *PERIOD)["data"]["brands"]}
        same(self.column(exhibits["talk"], "mentions"), [talk[name]["mentions"] for name in self.column(exhibits["talk"], "brand")], "mentions")
        groups = self.json("care", "-w", folder, *PERIOD, "--by", "channel")["data"]["groups"]
        groups = [g for g in groups if not g["group"] or g["conversations"]["value"] > 0]
        same(self.column(exhibits["care"], "answered"), [g["response_rate"] for g in groups], "answered")

    def test_a_terminal_of_80_columns_shows_tables(self):
        folder = self.brand()
        self.exhibits(folder, *PERIOD)
        lines = self.page("txt").splitlines()
        heading = next(line for line in lines if "Channel" in line and "Verdict" in line)
        self.assertLessEqual(len(heading), 80)
        self.assertFalse(any(line.strip().startswith("Full cost:") for line in lines), "the cost table folded into lines")

    def test_a_card_of_one_channel_does_not_show_what_is_of_all(self):
        folder = self.brand()
        ids = {e["id"] for e in self.exhibits(folder, *PERIOD, "--where", "channel_group=paid_social")}
        self.assertFalse(ids & {"attribution", "tags", "talk", "creators", "creator_audiences", "ladder", "followers", "community"}, ids)

    def test_talk_and_care_of_real_exports(self):
        folder = self.workspace(harness.shared("twitter-us-airline-sentiment", "Tweets.csv"),
                                harness.shared("ibm-twitter-care", "messages_dev.csv"))
        (folder / "plan.yaml").write_text("""backcast: 1
brand: {name: United, currency: EUR}
team:
- {id: ana, role: Social media manager, influences: [content, audience]}
outcomes:
- {id: mood, metric: net_sentiment, ceo: What people say of us., owner: ana, target: {value: 0.1, by: 2027-06-30}}
""")
        self.run_program("ingest", "-q", "-w", folder)
        talk = next(e for e in self.exhibits(folder, "--period", "2015-02") if e["id"] == "talk")
        rows = {row[0]: dict(zip(talk["columns"], row)) for row in talk["rows"]}
        self.assertAlmostEqual(rows["Southwest"]["net_sentiment"]["value"], -0.254545, 6)
        self.assertEqual(rows["American"]["share"]["state"], "not_offered", "collected later than the others")
        self.assertTrue(any("American" in note for note in talk["notes"]))
        ids = {e["id"]: e for e in self.exhibits(folder, "--period", "2019")}
        self.assertNotIn("talk", ids)
        care = self.json("care", "-w", folder, "--period", "2019")["data"]
        self.assertEqual(ids["care"]["rows"][0][1]["value"], care["groups"][0]["conversations"]["value"])


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
