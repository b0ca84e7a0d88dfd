#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""care: are customers answered, how fast by which clock, what do they ask about and what could be mended. Small worlds whose truth is
known, and real conversations whose figures were worked out by others."""
import csv
import datetime
import json
import random
import re
import statistics
import sys

import harness

UTC = datetime.timezone.utc
CALENDAR = """time_zone: Europe/Berlin
business_hours: {mon: "09:00-17:00", tue: "09:00-17:00", wed: "09:00-17:00", thu: "09:00-17:00", fri: "09:00-17:00"}
holidays: [2026-04-03, {date: 2026-04-06, name: Easter Monday}]
teams:
  us: {time_zone: America/New_York}
"""
PLAN = """backcast: 1
brand: {name: Shop, currency: EUR}
team: [{id: ana, role: Care, function: customer_service, influences: [care]}, {id: ole, role: Depot, function: operations, influences: [delivery]}]
outcomes: [{id: o, metric: orders, ceo: Orders in our shop., owner: ole, baseline: 10, target: {value: 20, by: 2027-12-31}}]
"""


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


class Case(harness.Case):
    def care(self, folder, *arguments):
        """The groups of care by name, "" for the whole."""
        answer = self.json("care", "-w", folder, *arguments)
        by = answer["data"]["by"]
        return {(g["group"][by] or "(not said)") if g["group"] else "": g for g in answer["data"]["groups"]}, answer

    def errors(self, folder):
        """What the doctor calls an error, or cannot read, of the plan's text and chain."""
        done = self.run_program("check", "-w", folder, "--layer", "chain", "--fail-on", "never", "--json")
        return [(f["rule"], f["message"]) for f in json.loads(done.stdout)["findings"] if f["severity"] == "error" or f["rule"].startswith("T")]

    def narrow(self, text):
        for line in text.splitlines():
            self.assertLessEqual(len(line), 100, line)


class RealConversations(Case):
    """525 conversations of 24 brands on Twitter (IBM/twitter-customer-care-document-prediction, Apache-2.0)."""

    def known(self):
        folder = harness.shared("ibm-twitter-care")
        text = (folder / "KNOWN.md").read_text()
        brands = {}
        for line in text.splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if len(cells) == 8 and cells[1].isdigit():
                brands[cells[0]] = dict(conversations=int(cells[1]), messages=int(cells[2]), answered=int(cells[3]), median=float(cells[4]), within_60=float(cells[7]))
        whole = dict(median=float(re.search(r"FRT median ([\d.]+)", text)[1]), within_15=float(re.search(r"within 15 min ([\d.]+)", text)[1]),
                     within_60=float(re.search(r"within 60 min ([\d.]+)", text)[1]))
        self.assertEqual((len(brands), whole["median"]), (24, 123.65))
        return folder, brands, whole

    def ingested(self, folder, plan=True):
        space = self.workspace(folder / "messages_dev.csv")
        if plan:
            promises = [f"{{id: m{m}, what: first_response, within_minutes: {m}, share: 0.5}}" for m in (15, 60)]
            (space / "plan.yaml").write_text(PLAN + f"care: {{promises: [{', '.join(promises)}]}}\n")
        got = self.json("ingest", "-w", space, space / "exports")["data"]["files"][0]
        self.assertEqual((got["source"], got["rows_read"], got["rows_kept"]), ("care_messages", 1211, 1211))
        return space

    def test_first_response_times_are_those_worked_out_by_others(self):
        folder, brands, whole = self.known()
        space = self.ingested(folder)
        groups, answer = self.care(space, "--period", "2018-01-01..2020-12-31", "--by", "account")
        total = groups[""]
        self.assertEqual(answer["data"]["clock"], "calendar")
        self.assertEqual(total["conversations"]["value"], 525)
        self.assertEqual((total["response_rate"]["value"], total["response_rate"]["n"]), (1, 525))
        self.assertAlmostEqual(total["first_response"]["median"]["value"] / 60, whole["median"], 4)
        for promise, share in zip(total["promises"], (whole["within_15"], whole["within_60"])):
            self.assertAlmostEqual(promise["share"]["value"], share, 4)
            self.assertEqual(promise["verdict"], "not_reached")
        self.assertEqual(set(groups) - {""}, set(brands))
        for name, brand in brands.items():
            got = groups[name]
            self.assertEqual((got["conversations"]["value"], got["response_rate"]["n"]), (brand["conversations"], brand["answered"]), name)
            self.assertAlmostEqual(got["promises"][1]["share"]["value"], brand["within_60"], 4, name)
            median = got["first_response"]["median"]
            if brand["conversations"] < 20:
                self.assertEqual(median["state"], "too_little_data", name)
            elif brand["conversations"] % 2:
                self.assertAlmostEqual(median["value"] / 60, brand["median"], 4, name)

    def test_every_row_is_one_conversation_and_the_rows_make_the_number(self):
        folder, _, whole = self.known()
        space = self.ingested(folder, plan=False)
        rows = self.json("care", "-w", space, "--period", "2018-01-01..2020-12-31", "--rows", "conversations")["data"]["rows"]
        self.assertEqual(len({row["conversation_id"] for row in rows}), 525)
        self.assertAlmostEqual(statistics.median(row["first_response_calendar_minutes"] for row in rows), whole["median"], 4)
        with (folder / "messages_dev.csv").open(newline="") as file:
            seen = {}
            for line in csv.DictReader(file):
                seen.setdefault(line["conversation_id"], []).append((instant(line["created_at"]), line["inbound"] == "True"))
        for row in rows:
            asked = min(t for t, inbound in seen[row["conversation_id"]] if inbound)
            told = min(t for t, inbound in seen[row["conversation_id"]] if not inbound and t >= asked)
            self.assertAlmostEqual(row["first_response_calendar_minutes"], (told - asked).total_seconds() / 60, 6)
        months = {}
        for row in rows:
            months[row["date"][:7]] = months.get(row["date"][:7], 0) + 1
        self.assertEqual((months["2020-03"], months["2020-02"], months["2019-07"]), (317, 68, 34))

    def test_the_scorecard_counts_the_same_conversations(self):
        folder, _, _ = self.known()
        space = self.ingested(folder, plan=False)
        groups, _ = self.care(space, "--period", "2020-Q1")
        score = self.metrics(space, "--period", "2020-Q1", "--metric", "conversations,response_rate,questions_received,question_response_rate")
        total = groups[""]
        self.assertEqual(score["conversations"]["value"], total["conversations"]["value"])
        self.assertEqual(score["response_rate"]["value"], total["response_rate"]["value"])
        self.assertEqual(score["questions_received"]["value"], total["questions"]["asked"]["value"])
        self.assertAlmostEqual(score["question_response_rate"]["value"], total["questions"]["response_rate"]["value"], 12)
        times = self.metrics(space, "--period", "2020-Q1", "--metric", "frt_median,frt_p90,resolution_time_median,frt_business_median")
        for metric, quantile in (("frt_median", "median"), ("frt_p90", "p90")):
            got, same = times[metric], total["first_response"][quantile]
            self.assertEqual([got[key] for key in ("state", "value", "low", "high", "n", "unit")], [same[key] for key in ("state", "value", "low", "high", "n", "unit")])
        self.assertEqual((times["resolution_time_median"]["state"], times["frt_business_median"]["state"]), ("not_offered", "not_offered"))
        self.assertIn("business_hours", times["frt_business_median"]["reason"])

    def test_any_number_of_threads_gives_the_same_bytes(self):
        folder, _, _ = self.known()
        space = self.ingested(folder)
        outs = {self.run_program("care", "-w", space, "--period", "2020-Q1", "--by", "account", "--json", "--threads", n).stdout for n in (1, 2, 4)}
        self.assertEqual(len(outs), 1)


class Zendesk(Case):
    def test_tables_of_the_connector_read_whole(self):
        folder = harness.shared("fivetran-zendesk")
        space = self.workspace(*(folder / f"ticket_{name}data.csv" for name in ("", "comment_", "field_history_")))
        files = {f["source"]: f for f in self.json("ingest", "--strict", "-w", space, space / "exports")["data"]["files"]}
        self.assertEqual({source: f["rows_read"] for source, f in files.items()}, {"zendesk_tickets": 10, "zendesk_comments": 20, "zendesk_field_history": 38})
        groups, answer = self.care(space, "--period", "2020", "--by", "channel")
        # Ten tickets, of which two are deleted (KNOWN.md); the one from the web is one of these.
        self.assertEqual({name: g["conversations"]["value"] for name, g in groups.items() if g["conversations"]["value"]}, {"": 8, "email": 8})
        self.assertEqual(groups[""]["backlog"]["state"], "value")
        rows = self.json("care", "-w", space, "--period", "2020", "--rows", "conversations")["data"]["rows"]
        statuses = sorted(row["status"] for row in rows)
        self.assertEqual(statuses, ["resolved"] * 8, "seven closed and one solved")

    def test_status_history_says_when_it_was_resolved_and_whether_again(self):
        folder = self.folder / "desk"
        (folder / "exports").mkdir(parents=True)
        (folder / "exports/ticket_data.csv").write_text(
            "id,created_at,status,requester_id,assignee_id,group_id,via_channel\n1,2026-03-02 09:00:00,closed,801,501,77,email\n"
            "2,2026-03-02 09:00:00,open,802,501,77,web\n3,2026-03-02 09:00:00,deleted,803,501,77,web\n")
        (folder / "exports/ticket_comment_data.csv").write_text(
            "id,body,created,public,ticket_id,user_id\n1,where?,2026-03-02 09:00:00,TRUE,1,801\n2,secret,2026-03-02 09:05:00,FALSE,1,501\n"
            "3,there,2026-03-02 09:30:00,TRUE,1,501\n4,what?,2026-03-02 09:00:00,TRUE,2,802\n5,still there?,2026-03-04 09:00:00,TRUE,2,802\n")
        (folder / "exports/ticket_field_history_data.csv").write_text(
            "field_name,ticket_id,updated,value\nstatus,1,2026-03-02 09:00:00,new\nstatus,1,2026-03-02 10:00:00,solved\nstatus,1,2026-03-03 09:00:00,open\n"
            "status,1,2026-03-03 12:00:00,solved\nstatus,1,2026-03-04 12:00:00,closed\nstatus,2,2026-03-02 09:00:00,new\n")
        self.run_program("ingest", "-q", "--strict", "-w", folder, folder / "exports")
        rows = {r["conversation_id"]: r for r in self.json("care", "-w", folder, "--period", "2026-03", "--rows", "conversations")["data"]["rows"]}
        self.assertEqual(set(rows), {"zendesk:1", "zendesk:2"})
        one, two = rows["zendesk:1"], rows["zendesk:2"]
        self.assertEqual((one["first_response_calendar_minutes"], one["resolution_calendar_minutes"], one["reopened"]), (30, 27 * 60, 1), "a note is no reply; solved for good on the second day")
        self.assertEqual((two["first_human_reply_at"], two["resolved_at"]), (None, None))
        groups, _ = self.care(folder, "--period", "2026-03")
        self.assertEqual((groups[""]["backlog"]["value"], groups[""]["response_rate"]["value"]), (1, 0.5))
        self.assertEqual((groups[""]["questions"]["asked"]["value"], groups[""]["questions"]["answered"]["value"]), (3, 1))


class Clocks(Case):
    HEADER = "conversation_id,date,opened_at,needs_reply,first_human_reply_at,resolved_at,queue,agent,platform,reopened"

    def desk(self, rows, calendar=CALENDAR):
        folder = self.folder / "desk"
        folder.mkdir()
        if calendar:
            (folder / "calendar.yaml").write_text(calendar)
        return self.facts(folder, conversation=(self.HEADER, rows))

    def minutes(self, folder, clock):
        rows = self.json("care", "-w", folder, "--period", "2026", "--rows", "conversations", "--clock", clock)["data"]["rows"]
        return {row["conversation_id"]: row[f"first_response_{clock}_minutes"] for row in rows}

    def row(self, name, opened, replied, queue="eu"):
        return [name, opened[:10], opened, "true", replied, "", queue, "", "x", ""]

    def test_business_time_of_two_zones_holidays_and_daylight_saving(self):
        folder = self.desk([
            self.row("friday", "2026-06-05 14:30:00", "2026-06-08 07:15:00"),          # 16:30 to Monday 9:15 in Berlin
            self.row("us", "2026-06-05 14:30:00", "2026-06-08 13:15:00", "us"),        # 10:30 to 17:00, and Monday 9:00 to 9:15 in New York
            self.row("easter", "2026-04-02 14:00:00", "2026-04-07 07:30:00"),          # Thursday 16:00, two holidays, Tuesday 9:30
            self.row("spring", "2026-03-27 15:30:00", "2026-03-30 07:30:00"),          # Friday 16:30 (UTC+1), Monday 9:30 (UTC+2)
            self.row("night", "2026-06-06 10:00:00", "2026-06-07 10:00:00"),           # a weekend
        ])
        self.assertEqual(self.minutes(folder, "business"), {"friday": 45, "us": 6.5 * 60 + 15, "easter": 90, "spring": 60, "night": 0})
        self.assertEqual(self.minutes(folder, "calendar")["night"], 24 * 60)

    def test_random_waits_against_a_clock_counted_minute_by_minute(self):
        import zoneinfo
        zone = zoneinfo.ZoneInfo("Europe/Berlin")
        chance, rows, expected = random.Random(5), [], {}
        for i in range(40):
            opened = datetime.datetime(2026, 3, 20, tzinfo=UTC) + datetime.timedelta(minutes=chance.randrange(30 * 1440))
            replied = opened + datetime.timedelta(minutes=chance.randrange(6 * 1440))
            rows.append(self.row(f"c{i:02}", f"{opened:%Y-%m-%d %H:%M:%S}", f"{replied:%Y-%m-%d %H:%M:%S}"))
            local = [(opened + datetime.timedelta(minutes=m)).astimezone(zone) for m in range(int((replied - opened).total_seconds() // 60))]
            expected[f"c{i:02}"] = sum(t.weekday() < 5 and 9 <= t.hour < 17 and f"{t:%m-%d}" not in ("04-03", "04-06") for t in local)
        self.assertEqual(self.minutes(self.desk(rows), "business"), expected)

    def test_without_hours_the_business_clock_is_refused(self):
        folder = self.desk([self.row("a", "2026-06-05 10:00:00", "2026-06-05 11:00:00")], calendar=None)
        said = self.run_program("care", "-w", folder, "--clock", "business", code=3).stderr.decode()
        self.assertIn("business_hours", said)
        (folder / "calendar.yaml").write_text("time_zone: Mars/Olympus\n")
        self.assertIn("calendar.yaml:1:12", self.run_program("care", "-w", folder, "--clock", "business", code=3).stderr.decode())
        said = self.run_program("care", "-w", folder, "--clock", "bussiness", code=2).stderr.decode()
        self.assertIn("did you mean 'business'", said)
        self.run_program("care", "-w", folder, "--by", "moon", code=2)
        self.run_program("care", "-w", folder, "--rows", "moon", code=2)
        self.run_program("care", "-w", folder, "--issues", "--by", "team", code=2)

    def test_times_that_cannot_be_used_are_left_out_and_said(self):
        rows = [self.row(f"c{i:02}", f"2026-06-05 10:{i:02}:00", f"2026-06-05 11:{i:02}:00") for i in range(30)]
        rows.append(self.row("before", "2026-06-05 10:00:00", "2026-06-05 09:00:00"))
        rows.append(["timeless", "2026-06-05", "", "true", "2026-06-05 10:00:00", "", "", "", "", ""])
        folder = self.desk(rows)
        groups, _ = self.care(folder, "--period", "2026-06")
        self.assertEqual(groups[""]["unusable_times"], {"without_opening": 1, "reply_before_question": 1, "resolved_before_opening": 0})
        self.assertEqual((groups[""]["first_response"]["median"]["value"], groups[""]["first_response"]["median"]["n"]), (3600, 30))
        self.assertEqual(groups[""]["response_rate"]["n"], 32, "they were answered all the same")
        self.assertIn("Left out of the times: 1", self.text("care", "-w", folder, "--period", "2026-06"))

    def test_open_ones_stay_in_and_programs_do_not_stop_the_clock(self):
        messages = []
        for i in range(60):
            day = datetime.datetime(2026, 6, 1, tzinfo=UTC) + datetime.timedelta(hours=i)
            messages.append([f"q{i}", f"c{i}", f"{day:%Y-%m-%d}", f"{day:%Y-%m-%d %H:%M:%S}", "in", "", "help?"])
            messages.append([f"a{i}", f"c{i}", f"{day:%Y-%m-%d}", f"{day + datetime.timedelta(seconds=5):%Y-%m-%d %H:%M:%S}", "out", "true", "We got it."])
            if i % 3:
                late = day + datetime.timedelta(minutes=10 + i)
                messages.append([f"h{i}", f"c{i}", f"{late:%Y-%m-%d}", f"{late:%Y-%m-%d %H:%M:%S}", "out", "false", "Here."])
        messages.append(["end", "c0", "2026-06-30", "2026-06-30 12:00:00", "note", "false", "nobody looked"])
        folder = self.facts(self.folder / "desk", message=("message_id,conversation_id,date,sent_at,direction,is_auto,text", messages))
        groups, answer = self.care(folder, "--period", "2026-06")
        first = groups[""]["first_response"]
        waits = sorted(10 + i for i in range(60) if i % 3)
        self.assertEqual((first["ended"]["value"], first["open"]["value"]), (40, 20))
        self.assertEqual(first["median"]["value"], waits[29] * 60, "half of sixty, not of the forty who were answered")
        self.assertEqual(first["p90"]["state"], "not_offered")
        self.assertIn("not reached", first["p90"]["reason"])
        self.assertEqual(groups[""]["questions"]["response_rate"]["value"], 40 / 60)
        low, high = harness.wilson(40, 60)
        standard = groups[""]["questions"]["standards"][0]
        self.assertEqual((standard["id"], standard["version"], standard["verdict"]), ("socially_devoted", 1, "cannot_tell"))
        self.assertTrue(low < 0.65 < high)
        self.assertAlmostEqual(groups[""]["questions"]["response_rate"]["low"], low, 12)
        self.assertEqual(answer["data"]["questions_as_classified"], 60)
        self.assertEqual(answer["data"]["replies_not_known_to_be_automatic"], 0)

    def test_one_huge_thread_is_one_conversation(self):
        start = datetime.datetime(2026, 6, 1, tzinfo=UTC)
        messages = []
        for i in range(20000):
            at = start + datetime.timedelta(minutes=i)
            messages.append([f"m{i}", "c", f"{at:%Y-%m-%d}", f"{at:%Y-%m-%d %H:%M:%S}", "in" if i % 2 == 0 else "out", "and? " + "x" * 50])
        folder = self.facts(self.folder / "desk", message=("message_id,conversation_id,date,sent_at,direction,text", messages))
        groups, _ = self.care(folder, "--period", "2026-06")
        self.assertEqual(groups[""]["conversations"]["value"], 1)
        self.assertEqual((groups[""]["questions"]["asked"]["value"], groups[""]["questions"]["answered"]["value"]), (10000, 10000))
        self.assertEqual(groups[""]["first_response"]["median"]["state"], "too_little_data")

    def test_a_question_mark_in_an_address_is_no_question_and_a_reply_before_is_none(self):
        messages = [
            ["1", "a", "2026-06-01", "2026-06-01 10:00:00", "in", "see https://shop.example/x?y=1"],
            ["2", "b", "2026-06-01", "2026-06-01 10:00:00", "out", "Want a coupon?"],
            ["3", "b", "2026-06-01", "2026-06-01 11:00:00", "in", "pourquoi ？"],
            ["4", "c", "2026-06-01", "2026-06-01 11:00:00", "out", "nobody asked"],
        ]
        folder = self.facts(self.folder / "desk", message=("message_id,conversation_id,date,sent_at,direction,text", messages))
        rows = self.json("care", "-w", folder, "--period", "2026-06", "--rows", "conversations")["data"]["rows"]
        self.assertEqual([(row["conversation_id"], row["first_human_reply_at"]) for row in rows], [("a", None), ("b", None)], "what the company sent first is no answer, and alone no conversation")
        groups, _ = self.care(folder, "--period", "2026-06")
        self.assertEqual((groups[""]["questions"]["asked"]["value"], groups[""]["questions"]["answered"]["value"]), (1, 0))

    def test_without_a_calendar_only_its_promises_are_withheld(self):
        folder = self.desk([self.row("a", "2026-06-05 10:00:00", "2026-06-05 11:00:00")], calendar=None)
        (folder / "plan.yaml").write_text(PLAN + "care:\n  promises:\n  - {id: day, what: first_response, within_minutes: 600, share: 0.8, clock: business}\n"
                                          "  - {id: fast, what: first_response, within_minutes: 60, share: 0.8}\n")
        day, fast = self.json("care", "-w", folder, "--period", "2026-06")["data"]["groups"][0]["promises"]
        self.assertEqual((day["share"]["state"], day["verdict"]), ("withheld", None))
        self.assertNotEqual(fast["share"]["state"], "withheld")
        self.assertIsNotNone(fast["verdict"])
        text = " ".join(self.text("care", "-w", folder, "--period", "2026-06").split())
        self.assertIn("The promise day is withheld: calendar.yaml: the business clock needs to know when the desk is open", text)
        self.assertIn("write time_zone", text)
        for by in ("channel", "agent"):
            page = self.text("care", "-w", folder, "--period", "2026-06", "--by", by)
            self.assertNotIn("…", page)
            self.assertLessEqual(max(map(len, page.splitlines())), 80, page)

    def test_promises_groups_and_paper(self):
        rows = []
        for i in range(120):
            opened = datetime.datetime(2026, 6, 1 + i % 5, 8, tzinfo=UTC)
            replied = opened + datetime.timedelta(minutes=20 if i % 10 else 300)
            rows.append([f"c{i}", f"{opened:%Y-%m-%d}", f"{opened:%Y-%m-%d %H:%M:%S}", "true", f"{replied:%Y-%m-%d %H:%M:%S}", "", "eu" if i % 2 else "us", f"agent {i % 3}", "x", ""])
        folder = self.desk(rows)
        (folder / "plan.yaml").write_text(PLAN + "care:\n  promises:\n  - {id: fast, what: first_response, within_minutes: 60, share: 0.8}\n"
                                          "  - {id: open, what: first_response, within_minutes: 60, share: 0.99, clock: business}\n  cost_per_contact: {value: 4.5, why: payroll}\n")
        groups, _ = self.care(folder, "--period", "2026-06", "--by", "team")
        self.assertEqual([p["verdict"] for p in groups[""]["promises"]], ["reached", "cannot_tell"])
        self.assertAlmostEqual(groups[""]["promises"][0]["share"]["value"], 108 / 120)
        self.assertEqual({name for name in groups}, {"", "eu", "us"})
        self.assertEqual(sum(groups[name]["conversations"]["value"] for name in ("eu", "us")), 120)
        # New York opens at 13:00 UTC, when everybody there has been answered: no business time passed.
        self.assertEqual(groups["us"]["promises"][1]["share"]["value"], 1)
        paper = self.text("care", "-w", folder, "--period", "2026-06", "--by", "agent")
        self.narrow(paper)
        self.assertIn("agent 1", paper)
        self.assertIn("| all | fast: answered within 1 h (calendar) | 90 %", self.text("care", "-w", folder, "--period", "2026-06", "--format", "md"))
        self.assertIn("conversation_id,", self.text("care", "-w", folder, "--period", "2026-06", "--rows", "conversations", "--format", "csv"))
        with_care = self.errors(folder)
        (folder / "plan.yaml").write_text(PLAN)
        self.assertEqual(with_care, self.errors(folder), "the block care is no fault")

    def test_a_kpi_may_be_a_time_of_care(self):
        rows = []
        for i in range(60):
            opened = datetime.datetime(2026, 5 + i // 30, 1 + i % 20, 8, i, tzinfo=UTC)
            rows.append(self.row(f"c{i:02}", f"{opened:%Y-%m-%d %H:%M:%S}", f"{opened + datetime.timedelta(minutes=40 if i < 30 else 20):%Y-%m-%d %H:%M:%S}"))
        folder = self.desk(rows)
        kpi = "{{id: {0}, outcome: o, metric: {1}, owner: ana, baseline: 2400, target: {{value: {2}, by: 2027-12-31}}, path: [{{step: asks, metric: conversations}}, {{step: buys, metric: orders}}]{3}}}"
        kpis = [kpi.format("k_fast", "frt_median", 1500, ""), kpi.format("k_desk", "frt_business_median", 600, ""), kpi.format("k_part", "frt_p90", 600, ", scope: {platform: [x]}")]
        (folder / "plan.yaml").write_text(PLAN + "kpis: [" + ", ".join(kpis) + "]\n")
        lines = {m["id"]: m for m in self.json("score", "-w", folder, "--period", "2026-06")["data"]["metrics"]}
        fast, desk, part = lines["k_fast"], lines["k_desk"], lines["k_part"]
        self.assertEqual((fast["value"]["value"], fast["previous"]["value"], fast["verdict"]), (1200, 2400, "met"))
        self.assertEqual((desk["value"]["value"] is not None, desk["verdict"]), (True, "can't tell"))
        self.assertEqual((part["value"]["value"], part["value"]["state"]), (None, "not_offered"))
        self.assertIn("for a part of it", part["value"]["reason"])
        same, _ = self.care(folder, "--period", "2026-06", "--clock", "business")
        self.assertEqual(desk["value"]["value"], same[""]["first_response"]["median"]["value"])

    def test_nobody_asked(self):
        folder = self.desk([self.row("a", "2026-06-05 10:00:00", "2026-06-05 11:00:00")])
        self.run_program("care", "-w", folder, "--period", "2026-01", code=6)


class Surveys(Case):
    def test_who_was_invited_tells_how_many_answered(self):
        folder = self.folder / "survey"
        (folder / "exports").mkdir(parents=True)
        rows = [f"r{i},csat,2026-05-{1 + i % 9:02},2026-05-{1 + i % 9:02} 10:00:00,{'2026-05-12 09:00:00' if i < 6 else ''},{4 if i < 5 else ''},1,5\n" for i in range(24)]
        rows += [f"z{i},csat,2026-05-20,,,5,1,5\n" for i in range(7)]  # a list of answers only: it says nothing of those who did not
        (folder / "exports/backcast_survey_response.csv").write_text("response_id,kind,date,invited_at,responded_at,score,scale_min,scale_max\n" + "".join(rows))
        self.run_program("ingest", "-q", "--strict", "-w", folder, folder / "exports")
        found = self.metrics(folder, "--metric", "survey_response_rate,survey_invitations,csat")
        self.assertEqual([found[m]["value"] for m in ("survey_response_rate", "survey_invitations", "csat")], [0.25, 24, 1])


class Page(Case):
    def test_the_example_of_the_page_says_what_the_page_says(self):
        page, folder = self.example_of("docs/care.md", "desk", ["exports/inbox.csv", "calendar.yaml"])
        rows = self.json("care", "-w", folder, "--clock", "business", "--rows", "conversations")["data"]["rows"]
        self.assertEqual([row["first_response_business_minutes"] for row in rows], [40, 20, None])
        rows = self.json("care", "-w", folder, "--rows", "conversations")["data"]["rows"]
        self.assertEqual(rows[0]["first_response_calendar_minutes"], 2 * 1440 + 16 * 60 + 40)
        for block in re.findall(r"```yaml\n(care:.*?)```", page, re.S):
            (folder / "plan.yaml").write_text(PLAN + block)
            promises = self.json("care", "-w", folder)["data"]["groups"][0]["promises"]
            self.assertEqual([(p["id"], p["clock"]) for p in promises], [("hour", "business"), ("week", "calendar")])


class AfterTheReply(Case):
    def test_resolution_backlog_reopening_and_first_contact(self):
        people = ["p1", "p1", "p2", "p3", "p4", "p5"]
        rows = [["c1", "2026-05-02", "2026-05-02 10:00:00", "true", "2026-05-02 11:00:00", "2026-05-02 12:00:00", 0, people[0], "late"],
                ["c2", "2026-05-06", "2026-05-06 10:00:00", "true", "2026-05-06 11:00:00", "2026-05-06 12:00:00", 0, people[1], "late"],
                ["c3", "2026-05-07", "2026-05-07 10:00:00", "true", "2026-05-07 11:00:00", "2026-06-03 12:00:00", 0, people[2], "late"],
                ["c4", "2026-05-08", "2026-05-08 10:00:00", "true", "", "", "", people[3], "late"],
                ["c5", "2026-05-09", "2026-05-09 10:00:00", "true", "2026-05-09 11:00:00", "2026-05-09 12:00:00", 2, people[4], "late"],
                ["c6", "2026-06-20", "2026-06-20 10:00:00", "true", "2026-06-20 11:00:00", "2026-06-20 12:00:00", 0, people[5], "late"]]
        folder = self.facts(self.folder / "desk", conversation=("conversation_id,date,opened_at,needs_reply,first_human_reply_at,resolved_at,reopened,person,issue", rows))
        groups, _ = self.care(folder, "--period", "2026-05")
        total = groups[""]
        self.assertEqual(total["backlog"]["value"], 2, "c3 was resolved in June, c4 never")
        self.assertEqual((total["reopened"]["value"], total["reopened"]["n"]), (0.25, 4))
        first = total["first_contact_resolution"]
        self.assertEqual((first["value"], first["n"]), (0.25, 4), "c1 came back, c3 was settled, c4 is open, c5 was opened again")

    def test_answers_to_surveys_with_those_who_did_not_answer(self):
        rows = [[f"a{i}", "csat", "2026-06-02", 5 if i % 4 else 2, 1, 5, ""] for i in range(80)] + [[f"n{i}", "csat", "2026-06-02", "", 1, 5, ""] for i in range(120)]
        rows += [[f"p{i}", "nps", "2026-06-02", 10 if i < 60 else 3, 0, 10, ""] for i in range(100)] + [[f"e{i}", "ces", "2026-06-02", 6, 1, 7, ""] for i in range(10)]
        folder = self.facts(self.folder / "desk", survey_response=("response_id,kind,date,score,scale_min,scale_max,conversation_id", rows))
        groups, _ = self.care(folder, "--period", "2026-06")
        by_kind = {s["kind"]: s for s in groups[""]["satisfaction"]}
        self.assertEqual((by_kind["csat"]["value"]["value"], by_kind["csat"]["response_rate"]["value"]), (0.75, 0.4))
        self.assertAlmostEqual(by_kind["csat"]["value"]["low"], harness.wilson(60, 80)[0], 12)
        self.assertAlmostEqual(by_kind["nps"]["value"]["value"], 20, 9)
        self.assertEqual(by_kind["nps"]["response_rate"]["state"], "not_offered", "answers alone do not say who was asked")
        self.assertEqual((by_kind["ces"]["value"]["state"], by_kind["ces"]["value"]["n"]), ("too_little_data", 10))
        score = self.metrics(folder, "--period", "2026-06", "--metric", "csat,nps")
        self.assertEqual((score["csat"]["value"], score["nps"]["value"]), (0.75, 20))
        self.assertEqual(len(self.json("care", "-w", folder, "--period", "2026-06", "--rows", "answers")["data"]["rows"]), 310)


class Issues(Case):
    DRIVERS = {"late delivery": "the courier is late", "broken": "battery fails", "invoice": "no VAT number", "other": ""}

    def shop(self, plan=PLAN, share_now=0.45):
        """Two months; late delivery rises from 0.15 to `share_now` of the contacts."""
        chance = random.Random(17)
        calls, conversations, orders = [], [], []
        for day in range(61):
            date = datetime.date(2026, 5, 1) + datetime.timedelta(days=day)
            late = share_now if date.month == 6 else 0.15
            for i in range(20):
                left = chance.random()
                issue = "late delivery" if left < late else chance.choices(["broken", "invoice", "other"], [5, 4, 1])[0]
                row = [f"{date}-{i}", str(date), issue, self.DRIVERS[issue]]
                (calls if i % 2 else conversations).append(row)
            orders += [[f"o{date}-{i}", str(date), 50, "EUR"] for i in range(10)]
        folder = self.folder / "shop"
        folder.mkdir(exist_ok=True)
        (folder / "plan.yaml").write_text(plan)
        (folder / "notes").mkdir(exist_ok=True)
        (folder / "notes/2026-06-10-depot.md").write_text("# Depot\n\nLate delivery again, says the desk.\n")
        mentions = [[f"m{i}", "2026-06-11", "true", "late delivery", "where is it"] for i in range(7)]
        return self.facts(folder, call=("call_id,date,issue,driver", calls), conversation=("conversation_id,date,issue,driver", conversations),
                          order=("order_id,date,net,currency", orders), mention=("mention_id,date,is_own_brand,issue,text", mentions))

    def issues(self, folder, *arguments):
        answer = self.json("care", "--issues", "-w", folder, "--period", "2026-06", *arguments)
        return {row["issue"]: row for row in answer["data"]["issues"]}, answer["data"]

    def test_what_rises_what_drives_it_and_what_it_costs_by_the_order(self):
        folder = self.shop()
        rows, data = self.issues(folder)
        self.assertEqual((data["contacts"]["value"], data["previous"]["value"]), (600, 620))
        late = rows["late delivery"]
        self.assertEqual((late["trend"]["verdict"], late["key"], late["posts"], late["notes"]), ("rising", True, 7, 1))
        ratio = late["trend"]["share_ratio"]
        self.assertTrue(ratio["low"] < 3 < ratio["high"], ratio)
        self.assertEqual(late["drivers"][0]["driver"], "the courier is late")
        self.assertEqual(sum(row["contacts"]["value"] for row in rows.values()), 600)
        self.assertTrue(rows["other"]["other"] and not rows["other"]["key"])
        per = data["contacts_per_100_orders"]
        self.assertEqual((per["value"], per["n"]), (200, 300))
        self.assertAlmostEqual(sum(row["per_100_orders"]["value"] for row in rows.values()), 200)
        self.assertEqual(self.metrics(folder, "--period", "2026-06", "--metric", "contacts_per_100_orders")["contacts_per_100_orders"]["value"], 200)
        self.assertEqual(data["taxonomy"]["faults"], [])
        calls = self.json("care", "-w", folder, "--period", "2026-06", "--rows", "calls")["data"]["rows"]
        self.assertEqual(sum(row["issue"] == "late delivery" for row in calls), late["calls"])
        order = [row["contacts"]["value"] for row in data["issues"]]
        self.assertEqual(order, sorted(order, reverse=True))

    def test_no_trend_where_there_is_none(self):
        rows, _ = self.issues(self.shop(share_now=0.15))
        self.assertEqual({row["trend"]["verdict"] for row in rows.values()}, {"no_change_shown"})

    def test_the_plan_takes_what_is_proposed(self):
        folder = self.shop()
        _, data = self.issues(folder)
        self.assertIn("process_owner: ole", data["proposals"])
        self.assertIn('trends: ["late delivery: rising"', data["proposals"].replace("\n", " "))
        self.assertIn("process_owner: who of the team", data["proposals"], "nobody's driver is said to be nobody's")
        before = self.errors(folder)
        (folder / "plan.yaml").write_text(PLAN + data["proposals"])
        self.assertEqual(self.errors(folder), before)
        rows, data = self.issues(folder)
        self.assertEqual(rows["late delivery"]["plan_issue"], "i_late_delivery")
        self.assertIsNone(data["proposals"], "what the plan has is not proposed again")
        self.assertEqual(rows["late delivery"]["improvements"][0]["verdict"], "cannot_tell", "it is not due yet")

    def test_avoidable_contacts_cost_what_the_plan_says(self):
        plan = PLAN + ("care: {cost_per_contact: 4}\nservice_review:\n  issues:\n"
                       "  - {id: i_late, name: Late Delivery, driver: courier, process_owner: ole, avoidable: 0.5}\n")
        rows, data = self.issues(self.shop(plan))
        late = rows["late delivery"]
        self.assertEqual(late["avoidable_contacts"]["value"], late["contacts"]["value"] / 2)
        self.assertEqual((late["avoidable_cost"]["value"], late["avoidable_cost"]["unit"]), (late["contacts"]["value"] * 2, "EUR"))
        self.assertEqual(rows["broken"]["avoidable_cost"]["state"], "not_offered")
        self.assertNotIn("name: late", data["proposals"])
        self.assertIn("issue: i_late,", data["proposals"].replace("\n", ", "))

    def test_a_fix_is_proved_by_the_same_test_as_everywhere(self):
        plan = PLAN + ("service_review: {issues: [{id: i_late, name: late delivery, driver: courier, process_owner: ole}]}\nimprovements:\n"
                       "- {id: v_courier, issue: i_late, objective: Another courier., owner: ole, due: 2026-05-10, expect: {metric: conversations, direction: lower, scope: {issue: [late delivery]}}}\n")
        chance, conversations = random.Random(23), []
        for day in range(304):
            date = datetime.date(2025, 10, 1) + datetime.timedelta(days=day)
            many = 3 if date >= datetime.date(2026, 5, 10) else 12
            conversations += [[f"{date}-{i}", str(date), "late delivery"] for i in range(many + chance.randrange(4))]
            conversations += [[f"{date}-x{i}", str(date), "broken"] for i in range(6)]
        folder = self.folder / "fixed"
        folder.mkdir()
        (folder / "plan.yaml").write_text(plan)
        orders = [[f"o{i}", str(datetime.date(2025, 10, 1) + datetime.timedelta(days=i)), 50, "EUR"] for i in range(304)]
        self.facts(folder, conversation=("conversation_id,date,issue", conversations), order=("order_id,date,net,currency", orders))
        rows, _ = self.issues(folder)
        proof = rows["late delivery"]["improvements"][0]
        self.assertEqual((proof["id"], proof["verdict"], proof.get("because")), ("v_courier", "changed", None))
        self.assertLess(proof["effect"]["high"], 0)
        same = self.json("improvements", "-w", folder)["data"]["changes"][0]["expected"]
        self.assertEqual((same["verdict"], same["effect"]["value"]), (proof["verdict"], proof["effect"]["value"]))

    def test_csv_has_the_values_of_json(self):
        rows = [[f"c{i}", f"2026-06-{i % 28 + 1:02}", f"2026-06-{i % 28 + 1:02}T08:00:00Z", f"2026-06-{i % 28 + 1:02}T0{8 + i % 2}:30:00Z", "true", "=queue" if i % 3 else "b", "late" if i % 4 else "lost"] for i in range(120)]
        folder = self.facts(self.folder / "csv", conversation=("conversation_id,date,opened_at,first_human_reply_at,needs_reply,queue,issue", rows))
        asked = ("care", "-w", folder, "--period", "2026-06")
        for more, subject, key in ((("--by", "team"), "team", "groups"), (("--issues",), "issue", "issues")):
            listed = self.json(*asked, *more)["data"][key]
            table = list(csv.DictReader(self.text(*asked, *more, "--format", "csv").splitlines()))
            found = {(row[subject], row["measure"]): row for row in table}
            measure = "first_response.median" if key == "groups" else "share"
            for one in listed:
                name = one["issue"] if key == "issues" else one["group"].get("team") or "all"
                value = one["first_response"]["median"] if key == "groups" else one["share"]
                row = found["'" + name if name.startswith("=") else name, measure]
                self.assertEqual([float(row[part]) if row[part] else None for part in ("value", "low", "high", "n")], [value[part] for part in ("value", "low", "high", "n")])
                self.assertEqual((row["unit"], row["state"]), (value["unit"], value["state"]))
            self.assertGreater(len(found), len(listed))

    def test_a_list_that_tells_nothing_is_named(self):
        rows = [[f"c{i}", "2026-06-05", "misc" if i % 2 else ""] for i in range(100)]
        folder = self.facts(self.folder / "poor", conversation=("conversation_id,date,issue", rows))
        _, data = self.issues(folder)
        self.assertEqual([f["id"] for f in data["taxonomy"]["faults"]], ["uncoded", "too_few", "other"])
        self.assertIsNone(data["proposals"])

    def test_what_a_long_list_leaves_out_is_said(self):
        rows = [[f"c{i}", "2026-06-05", f"issue {i % 40}", f"driver {i % 40}"] for i in range(400)]
        folder = self.facts(self.folder / "long", conversation=("conversation_id,date,issue,driver", rows))
        tables = self.text("care", "--issues", "-w", folder, "--period", "2026-06").split("For plan.yaml")[0]
        self.assertEqual(tables.count("And 15 more issues, in --json."), 2)
        self.assertRegex(tables, r"What drives the key issues(\n.*){26}\n +And [67] more issues")

    def test_hostile_names_stay_names(self):
        rows = [[f"c{i}", "2026-06-05", ['"; drop: [', "a\x1b[31mred", "- {id: x}", "=cmd()"][i % 4]] for i in range(80)]
        folder = self.folder / "hostile"
        folder.mkdir()
        (folder / "plan.yaml").write_text(PLAN)
        self.facts(folder, conversation=("conversation_id,date,issue", rows))
        _, data = self.issues(folder)
        before = self.errors(folder)
        (folder / "plan.yaml").write_text(PLAN + data["proposals"])
        self.assertEqual(self.errors(folder), before)
        for form in ("text", "csv", "md"):
            out = self.text("care", "--issues", "-w", folder, "--period", "2026-06", "--format", form)
            self.assertNotIn("\x1b[31m", out)
        self.narrow(self.text("care", "--issues", "-w", folder, "--period", "2026-06").split("For plan.yaml")[0])


if __name__ == "__main__":
    sys.exit(harness.main(__name__))
