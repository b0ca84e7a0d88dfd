#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The guided walkthrough from outside: a plan from a template, from answers, and from a conversation on a terminal."""
import json
import os
import pty
import select
import signal
import sys
import time

import harness

TREES = ("ecommerce_sales", "inquiries", "b2b_revenue", "opt_ins", "speaking", "publisher_ads", "pr", "service_improvement",
         "hiring", "product_development", "awareness", "retention")
ANSWERS = """strategy:
- {statement: "Sell more: from our own shop?", paper: "Plan #2"}
team:
- {name: mia, role: Marketing, function: marketing, influences: [content, audience, advertising, site]}
outcomes:
- {tree: ecommerce_sales, baseline: 40000, target: 50000, by: 2030-06-30}
"""


class Terminal:
    """The program on a terminal of its own."""

    def __init__(self, case, *arguments):
        self.case = case
        self.pid, self.screen = pty.fork()
        if self.pid == 0:
            os.chdir(case.folder)
            os.execve(harness.PROGRAM, [harness.PROGRAM, *map(str, arguments)], {**case.environment(), "TERM": "xterm"})
        self.seen = ""

    def read_until_any(self, *choices, seconds=60):
        """What was shown up to and with the first of the choices."""
        end = time.monotonic() + seconds
        while not any(words in self.seen for words in choices):
            self.case.assertLess(time.monotonic(), end, f"never shown: {choices}\n{self.seen[-3000:]}")
            if select.select([self.screen], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self.screen, 65536).decode(errors="replace")
                except OSError:
                    break
        for words in choices:
            if words in self.seen:
                shown, self.seen = self.seen.split(words, 1)
                return shown + words
        self.case.fail(f"ended before: {choices}\n{self.seen[-3000:]}")

    def read_until(self, words):
        return self.read_until_any(words)

    def type(self, line):
        os.write(self.screen, line.encode() + b"\n")

    def end(self, seconds=60):
        """Exit code and everything shown since."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self.screen], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self.screen, 65536).decode(errors="replace")
                    continue
                except OSError:
                    pass
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.case.fail("did not end\n" + self.seen[-3000:])


class Init(harness.Case):
    def test_every_template_passes_the_chain_layer(self):
        for tree in TREES:
            answer = self.json("init", tree, "--template", tree, "--no-input")
            self.assertEqual(answer["schema"], "backcast/init/1")
            self.assertEqual(set(answer["data"]), {"plan", "questions_open", "assumed", "gaps", "findings"})
            self.assertEqual(answer["data"]["findings"]["errors"], 0, tree)
            self.run_program("check", "-w", tree, "--layer", "chain")
            plan = (self.folder / tree / "plan.yaml").read_text()
            self.assertEqual(plan.count("# answer: "), len(answer["data"]["questions_open"]), tree)

    def test_several_templates_make_one_plan(self):
        self.run_program("init", "both", "--template", "inquiries,hiring", "--template", "pr", "--no-input")
        plan = (self.folder / "both/plan.yaml").read_text()
        for outcome in ("o_inquiries", "o_hiring", "o_pr"):
            self.assertIn("id: " + outcome, plan)
        self.run_program("check", "-w", "both", "--layer", "chain")

    def test_answers_from_a_file(self):
        (self.folder / "answers.yaml").write_text(ANSWERS)
        text = self.text("init", "shop", "--answers", "answers.yaml")
        self.assertIn("shop/plan.yaml", text)
        plan = (self.folder / "shop/plan.yaml").read_text()
        self.assertIn('statement: "Sell more: from our own shop?"', plan)
        self.assertIn("baseline: {value: 40000}", plan)
        self.run_program("check", "-w", "shop", "--layer", "chain")

    def test_the_questions_are_an_answers_file(self):
        (self.folder / "answers.yaml").write_text(self.text("init", "--questions", "--template", "retention"))
        self.run_program("init", "brand", "--answers", "answers.yaml")
        self.assertIn("repeat_purchase_rate", (self.folder / "brand/plan.yaml").read_text())

    def test_mistakes_are_sentences(self):
        done = self.run_program("init", "x", "--template", "ecomerce_sales", "--no-input", code=2)
        self.assertIn("did you mean 'ecommerce_sales'?", done.stderr.decode())
        done = self.run_program("init", "x", code=2, stdin=-3)
        self.assertIn("standard input is no terminal", done.stderr.decode())
        self.run_program("init", code=2)
        self.run_program("init", "x", "--no-input", code=2)
        (self.folder / "bad.yaml").write_text("team:\n- {nmae: x}\n")
        done = self.run_program("init", "x", "--answers", "bad.yaml", code=3)
        self.assertIn("bad.yaml:2:4: team has no field 'nmae'; did you mean 'name'?", done.stderr.decode())
        self.run_program("init", "x", "--answers", "absent.yaml", code=3)
        self.assertFalse((self.folder / "x/plan.yaml").exists())
        error = json.loads(self.run_program("init", "x", "--answers", "bad.yaml", "--json", code=3).stdout)
        self.assertEqual(error["schema"], "backcast/error/1")

    def test_a_plan_is_never_overwritten(self):
        (self.folder / "brand").mkdir()
        plan = self.folder / "brand/plan.yaml"
        plan.write_text("brand: mine\n")
        self.run_program("init", "brand", "--template", "pr", "--no-input")
        self.assertEqual(plan.read_text(), "brand: mine\n")
        proposed = (self.folder / "brand/plan.proposed.yaml").read_text()
        self.run_program("init", "brand", "--template", "hiring", "--no-input")
        self.assertEqual((self.folder / "brand/plan.proposed.yaml").read_text(), proposed)
        self.assertIn("hires_from_social", (self.folder / "brand/plan.proposed-2.yaml").read_text())

    def test_going_on_from_a_plan(self):
        (self.folder / "answers.yaml").write_text(ANSWERS)
        self.run_program("init", "shop", "--answers", "answers.yaml")
        plan = self.folder / "shop/plan.yaml"
        own = plan.read_text() + (
            "experiments: [{id: e, link: {from: k_targeted_sessions, to: o_ecommerce_sales}, effect: 0.1, low: 0.05, high: 0.2}]\n")
        plan.write_text(own)
        (self.folder / "more.yaml").write_text("brand: {name: shop, currency: EUR}\n")
        answer = self.json("init", "shop", "--from", "shop/plan.yaml", "--answers", "more.yaml")
        self.assertEqual(answer["data"]["plan"], "shop/plan.proposed.yaml")
        self.assertEqual(plan.read_text(), own)
        proposed = (self.folder / "shop/plan.proposed.yaml").read_text()
        lost = [line for line in own.splitlines() if line not in proposed.splitlines() and "#" not in line]
        self.assertEqual([line.split(":")[0] for line in lost], ["brand"], lost)
        self.assertIn("currency: EUR", proposed)
        self.assertIn("effect: 0.1", proposed)
        self.run_program("check", "-w", "shop", "--layer", "chain")
        (self.folder / "bare.yaml").write_text("brand: x\noutcomes: [{id: o, metric: csat}]\n")
        done = self.run_program("init", "other", "--from", "bare.yaml", "--no-input", code=3)
        self.assertIn("bare.yaml:2:11: no outcome of this plan has a driver tree", done.stderr.decode())

    def test_a_person_is_asked_whether_to_go_on_from_the_plan(self):
        (self.folder / "answers.yaml").write_text(ANSWERS)
        self.run_program("init", "shop", "--answers", "answers.yaml")
        first = Terminal(self, "init", "shop")
        first.read_until("Go on from it?")
        first.read_until("> ")
        first.type("")
        first.read_until("What is the brand called?")
        first.read_until("> ")
        first.type("Radwerk")
        first.read_until("> ")
        os.write(first.screen, b"\x03")
        self.assertEqual(first.end(), 130)
        second = Terminal(self, "init", "shop")
        self.assertIn("brand.0.name: Radwerk", second.read_until("> "))
        for _ in range(60):
            second.type("next")
            if "The plan lies in" in second.read_until_any("> ", "next: backcast check"):
                break
        self.assertEqual(second.end(), 0)
        proposed = (self.folder / "shop/plan.proposed.yaml").read_text()
        self.assertIn("name: Radwerk", proposed)
        self.assertIn("target: {value: 50000, by: 2030-06-30}", proposed)
        self.assertIn('statement: "Sell more: from our own shop?"', proposed)
        self.assertIn("id: mia", proposed)

    def test_a_target_beyond_the_drivers_is_said_and_kept(self):
        (self.folder / "a.yaml").write_text("outcomes: [{tree: ecommerce_sales, baseline: 10, target: 100000, by: 2030-06-30}]\n")
        answer = json.loads(self.run_program("init", "x", "--answers", "a.yaml", "--json", code=1).stdout)
        self.assertEqual([f["rule"] for f in answer["findings"] if f["severity"] == "error"], ["P35"])

    def test_a_conversation_is_kept_and_goes_on(self):
        first = Terminal(self, "init", "brand", "--template", "ecommerce_sales")
        first.read_until("What is the brand called?")
        first.read_until("> ")
        first.type("?")
        first.read_until("Wanted: a text")
        first.read_until("> ")
        first.type("Rad: werk #1")
        first.read_until("companies (b2b)?")
        first.read_until("> ")
        first.type("b2x")
        first.read_until("is not one of: b2c, b2b")
        first.read_until("> ")
        first.type("b2b")
        first.read_until("In which currency")
        first.read_until("> ")
        first.type("back")
        first.read_until("companies (b2b)?")
        first.read_until("> ")
        first.type("b2c")
        first.read_until("In which currency")
        first.read_until("> ")
        os.write(first.screen, b"\x03")
        self.assertEqual(first.end(), 130)
        self.assertIn("market", (self.folder / "brand/.backcast/init.yaml").read_text())
        self.assertFalse((self.folder / "brand/plan.yaml").exists())

        second = Terminal(self, "init", "brand")
        shown = second.read_until("In which currency")
        self.assertIn("brand.0.name: Rad: werk #1", shown)
        self.assertIn("brand.0.market: b2c", shown)
        second.read_until("> ")
        second.type("EUR")
        for _ in range(60):
            if "The plan lies in" in second.read_until_any("> ", "next: backcast check"):
                break
            second.type("next")
        self.assertEqual(second.end(), 0)
        plan = (self.folder / "brand/plan.yaml").read_text()
        self.assertIn('name: "Rad: werk #1"', plan)
        self.assertIn("market: b2c", plan)
        self.run_program("check", "-w", "brand", "--layer", "chain")

    def test_targets_are_shared_out_as_backout_does(self):
        """In a workspace with data the numbers of today are measured; the plan's targets are then those of `backout`."""
        days = [f"2026-{month:02}-{day:02}" for month in (5, 6, 7, 8) for day in range(1, 31)]
        (self.folder / "shop/exports").mkdir(parents=True)
        (self.folder / "shop/exports/backcast_site_day.csv").write_text(
            "property,date,channel,source_name,medium,campaign,landing_page,device,country,channel_group,sessions,add_to_carts,purchases,in_target\n" +
            "".join(f"shop,{day},organic_social,s,m,c,/,mobile,DE,organic_social,{200 + n % 7},{20 + n % 3},10,true\n" for n, day in enumerate(days)))
        (self.folder / "shop/exports/backcast_order.csv").write_text(
            "order_id,date,channel_group,gross,net,currency\n" +
            "".join(f"{day}{n},{day},organic_social,{50 + n},{50 + n},EUR\n" for day in days for n in range(10)))
        self.run_program("ingest", "-q", "-w", "shop", "shop/exports")
        (self.folder / "a.yaml").write_text("outcomes: [{tree: ecommerce_sales, baseline: 16000, target: 20000, by: 2027-02-28}]\n")
        self.run_program("init", "shop", "--answers", "a.yaml")
        plan = (self.folder / "shop/plan.yaml").read_text()
        self.assertIn("measured in the exports over 2026-06-01..2026-08-30", " ".join(plan.replace("#", "").split()))
        goals = {}
        for line in plan.splitlines():
            if line.strip().startswith("metric:") or line.strip().startswith("- id: k_"):
                metric = line.split()[-1].removeprefix("k_")
            for word in ("baseline: {value: ", "target: {value: "):
                if word in line:
                    goals.setdefault(metric, []).append(float(line.split(word)[1].split(",")[0].rstrip("}")))
        current = self.json("backout", "o_ecommerce_sales", "-w", "shop", "--target", 1)["data"]["outcome"]["current"]["value"]
        nodes = self.json("backout", "o_ecommerce_sales", "-w", "shop", "--target", current * 1.25)["data"]["nodes"]
        compared = 0
        self.assertAlmostEqual(goals["targeted_sessions"][0] / (203 * 365.25 / 12), 1, delta=0.02, msg="a KPI's goal speaks of a month")
        for node in nodes:
            if node["role"] == "factor" and node["metric"] in goals:
                baseline, target = goals[node["metric"]]
                self.assertAlmostEqual(target / baseline, node["needed"]["value"] / node["current"]["value"], places=2)
                compared += 1
        self.assertGreaterEqual(compared, 2, goals)
        self.assertNotIn("as was said, and not at", plan, "16000 is near what the exports say")
        (self.folder / "shop/plan.yaml").unlink()
        (self.folder / "a.yaml").write_text("outcomes: [{tree: ecommerce_sales, baseline: 4000, target: 5000, by: 2027-02-28}]\n")
        told = self.text("init", "shop", "--answers", "a.yaml")
        self.assertRegex(told, r"o_ecommerce_sales begins at 4000 as was said, and not at 16\d+, measured in the exports over .*, told for one month")

    def test_a_target_beyond_the_drivers_is_said_at_once(self):
        terminal = Terminal(self, "init", "brand", "--template", "ecommerce_sales")
        while "Which objective does it prove?" not in terminal.read_until("> "):
            terminal.type("next")
        for answer in ("-", "-", "-", "100", "-", "1000000", "2030-01-01"):
            terminal.type(answer)
        terminal.read_until("The drivers of o_ecommerce_sales allow at most")
        terminal.read_until("> ")
        os.write(terminal.screen, b"\x04")
        self.assertEqual(terminal.end(), 130)

    def test_the_end_of_input_keeps_what_was_said(self):
        terminal = Terminal(self, "init", "brand", "--template", "pr")
        terminal.read_until("> ")
        terminal.type("Radwerk")
        terminal.read_until("companies (b2b)?")
        terminal.read_until("> ")
        os.write(terminal.screen, b"\x04")
        self.assertEqual(terminal.end(), 130)
        self.run_program("init", "brand", "--no-input")
        self.assertIn("name: Radwerk", (self.folder / "brand/plan.yaml").read_text())


if __name__ == "__main__":
    sys.exit(harness.main(__name__))
