#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What scripts may rely on: streams, exit codes, JSON shapes, refusals of hostile files."""
import gzip
import io
import json
import sys
import zipfile

import harness

COSTS = "date,channel,kind,amount,currency,note\n2026-03-01,instagram,labour,100.10,EUR,posts\n2026-03-02,instagram,tools,9.90,EUR,scheduler\n"


class Contract(harness.Case):
    def loaded(self):
        folder = self.workspace()
        (folder / "exports/costs.csv").write_text(COSTS)
        self.run_program("ingest", "-w", folder, folder / "exports")
        return folder

    def test_usage_mistakes_exit_2_and_suggest(self):
        for words, hint in ((["scroe"], "did you mean 'score'?"), (["score", "--perod", "x"], "did you mean '--period'?"),
                            (["score", "--period", "march"], "is not a period"), (["metrics", "show", "impresions"], "did you mean 'impressions'?")):
            done = self.run_program(*words, code=2) if words[0] != "score" or "--perod" in words else \
                self.run_program(*words, "-w", self.loaded(), code=2)
            self.assertIn(hint, done.stderr.decode())
            self.assertEqual(done.stdout, b"")

    def test_json_errors_are_objects_on_stdout(self):
        done = self.run_program("score", "-w", self.workspace(), "--json", code=3)
        error = json.loads(done.stdout)
        self.assertEqual(error["schema"], "backcast/error/1")
        self.assertEqual(set(error["error"]), {"code", "where", "what", "hint"})

    def test_values_carry_what_is_needed_to_believe_them(self):
        answer = self.json("score", "-w", self.loaded())
        self.assertEqual(answer["schema"], "backcast/score/1")
        for key in ("workspace", "as_of", "period", "data", "findings"):
            self.assertIn(key, answer)
        self.assertTrue(answer["data"]["metrics"])
        for metric in answer["data"]["metrics"]:
            for key in ("id", "title", "level", "stage", "element", "owner", "group", "value", "previous", "change", "target", "pace", "verdict"):
                self.assertIn(key, metric)
            value = metric["value"]
            self.assertIn(value["state"], ("value", "zero", "not_offered", "withheld", "not_final", "too_little_data"))
            for key in ("value", "unit", "basis", "coverage", "definition", "n", "level"):
                self.assertIn(key, value)
            if value["state"] == "zero":
                self.assertEqual(value["value"], 0)
            if value["state"] in ("not_offered", "withheld", "too_little_data"):
                self.assertIsNone(value["value"])

    def test_money_is_exact(self):
        folder = self.workspace()
        rows = "".join(f"2026-03-{1 + i % 28:02},instagram,labour,0.10,EUR,line {i}\n" for i in range(300))
        (folder / "exports/costs.csv").write_text("date,channel,kind,amount,currency,note\n" + rows)
        self.run_program("ingest", "-w", folder, folder / "exports")
        values = self.metrics(folder)
        costs = [v["value"] for k, v in values.items() if v["unit"] == "EUR" and v["value"]]
        self.assertIn(30.0, costs)

    def test_nothing_is_said_on_stdout_but_the_answer(self):
        folder = self.loaded()
        done = self.run_program("score", "-w", folder, "--json", "-v")
        json.loads(done.stdout)
        self.assertRegex(done.stderr.decode(), r"\[ +\d+\.\d{3} s\] workspace: .*# --workspace")
        self.assertRegex(done.stderr.decode(), r"done; at most \d+ MiB of memory")
        self.assertEqual(self.run_program("score", "-w", folder, "--json", "-q").stderr, b"")
        for command in (["status"], ["metrics", "list"], ["sources", "list"]):
            answer = json.loads(self.run_program(*command, "-w", folder, "--json").stdout)
            self.assertTrue(answer["schema"].startswith("backcast/"))

    def test_a_fact_written_by_hand_keeps_all_its_columns(self):
        folder = self.workspace()
        (folder / "exports/ads.csv").write_text(
            "platform,account,ad,date,campaign,ad_group,placement,attribution_setting,channel,channel_group,currency,spend,impressions,clicks\n"
            "meta_ads,a,1,2026-03-01,c,g,feed,7d,meta,paid_social,EUR,10,100,5\n")
        receipt = self.json("ingest", "-w", folder, folder / "exports")["data"]["files"][0]
        self.assertEqual(receipt["source"], "backcast_ad_day")
        row = self.json("score", "-w", folder, "--rows", "ad_spend")["data"]["rows"][0]
        self.assertEqual((row["channel"], row["placement"], row["attribution_setting"]), ("meta", "feed", "7d"))

    def test_rows_name_their_file_and_line(self):
        rows = self.json("score", "-w", self.loaded(), "--rows", "other_cost")["data"]["rows"]
        self.assertEqual({(row["date"], row["amount"], row["line"], row["file"]) for row in rows},
                         {("2026-03-01", 100.1, 2, "exports/costs.csv"), ("2026-03-02", 9.9, 3, "exports/costs.csv")})

    def test_colours_only_when_wanted(self):
        folder = self.loaded()
        self.assertNotIn("\x1b[", self.text("score", "-w", folder))
        self.assertIn("\x1b[", self.text("score", "-w", folder, env={"FORCE_COLOR": "1"}))
        self.assertNotIn("\x1b[", self.text("score", "-w", folder, "--no-color", env={"FORCE_COLOR": "1"}))

    def test_report_formats_and_refusal(self):
        folder = self.loaded()
        names = [f"out.{kind}" for kind in ("html", "json", "csv", "md", "txt")]
        self.run_program("report", "-w", folder, *(word for name in names for word in ("-o", name)))
        for name in names:
            self.assertGreater((self.folder / name).stat().st_size, 100, name)
        page = (self.folder / "out.html").read_text()
        self.assertLess(len(page), 1 << 20)
        self.assertNotIn("<script", page)
        self.run_program("report", "-w", folder, "-o", "out.docx", code=2)

    def test_completion_and_help_cover_every_command(self):
        bash = self.text("completion", "bash")
        for command in ("ingest", "score", "report", "check", "sources", "metrics", "demo"):
            self.assertIn(command, bash)
            self.assertIn("Example:", self.text("help", command))

    def test_settings_say_where_they_come_from(self):
        shown = self.text("config", "show", "--origin", "--threads", "2", env={"BACKCAST_MEMORY": "1GB"})
        self.assertIn("threads: 2    # --threads", shown)
        self.assertIn("memory: 1GB    # BACKCAST_MEMORY", shown)

    def test_schema_of_the_plan_is_json(self):
        schema = json.loads(self.text("schema", "describe", "plan"))
        self.assertIn("outcomes", schema["properties"])


class Hostile(harness.Case):
    """A sentence, exit code 3, nothing half-written."""

    def refuse(self, name, data, *expected):
        folder = self.workspace()
        path = folder / "exports" / name
        path.write_bytes(data)
        done = self.run_program("ingest", "-w", folder, path, code=3)
        sentence = done.stderr.decode()
        for text in (name, *expected):
            self.assertIn(text, sentence)
        self.assertLess(len(sentence), 4000)
        status = self.json("status", "-w", folder)
        self.assertEqual(status["data"]["facts"], [])
        self.assertEqual(status["data"]["loads"], [])

    def test_picture_named_csv(self):
        self.refuse("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)

    def test_field_of_30_mb(self):
        self.refuse("big.csv", b"date,channel,kind,amount,currency,note\n2026-03-01,x,labour,1,EUR,\"" + b"a" * (30 << 20) + b"\"\n", ":2:")

    def test_utf16_cut_in_the_middle(self):
        self.refuse("cut.csv", COSTS.encode("utf-16")[:-1])

    def test_header_with_sql_in_it(self):
        self.refuse("sql.csv", b"\"'); drop table post; --\",\"select * from post\"\n1,2\n")

    def test_200000_columns(self):
        self.refuse("wide.csv", ",".join(f"c{i}" for i in range(200000)).encode() + b"\n" + b"1" + b",1" * 199999 + b"\n")

    def test_truncated_gzip(self):
        self.refuse("cut.csv.gz", gzip.compress(COSTS.encode() * 2000)[:200])

    def test_zip_bomb_with_climbing_names(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("../../evil.csv", COSTS + "0" * (200 << 20))
        self.refuse("bomb.zip", buffer.getvalue())
        self.assertFalse((self.folder / "evil.csv").exists())

    def test_empty_and_missing(self):
        self.refuse("empty.csv", b"")
        done = self.run_program("ingest", "-w", self.workspace(), "nowhere.csv", code=3)
        self.assertIn("nowhere.csv", done.stderr.decode())

    def test_mixed_currencies_are_never_added(self):
        folder = self.workspace()
        (folder / "exports/costs.csv").write_text(COSTS + "2026-03-03,instagram,labour,5,USD,freelancer\n")
        self.run_program("ingest", "-w", folder, folder / "exports")
        withheld = [m for m in self.metrics(folder).values() if m["state"] == "withheld"]
        self.assertTrue(withheld)
        self.assertIn("EUR and USD", json.dumps(withheld))


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
