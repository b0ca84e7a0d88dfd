#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The doctor's data layer end to end: exports written by hand, a plan, and what check says about both."""
import datetime
import sys

import harness

PLAN = """backcast: 1
brand: {{name: Data, currency: EUR}}
team: [{{id: mia, function: marketing, influences: [content, site]}}]
objectives: [{{id: b, statement: Sell., owner: mia}}]
outcomes: [{{id: o, objective: b, metric: orders, owner: mia, baseline: {{value: 1, period: 2025-01-01..2025-12-31}}, target: 2}}]
kpis:
- {{id: k, outcome: o, metric: {metric}, owner: mia, baseline: {{value: 1, period: 2025-01-01..2025-12-31}}, target: 2, path: [{path}]}}
{more}
"""
LAST = datetime.date(2026, 3, 31)


def days(count, last=LAST):
    return [last - datetime.timedelta(days=back) for back in reversed(range(count))]


def table(header, rows):
    return header + "\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)


def orders(per_day=3, count=60):
    return table("order_id,date,channel,channel_group,total,net,currency",
                 [(f"n{d}-{i}", d, "google", "organic_search", 50, 40, "EUR") for d in days(count) for i in range(per_day)])


def site(last=LAST, sessions=100, direct=10, count=60):
    header = "property,date,channel,channel_group,source_name,medium,campaign,landing_page,device,country,sessions,add_to_carts,purchases,currency"
    rows = []
    for d in days(count, last):
        rows += [("shop", d, "google", "organic_search", "google", "organic", "", "/", "mobile", "DE", sessions, 6, 3, "EUR"),
                 ("shop", d, "direct", "direct", "(direct)", "none", "", "/tours/spring", "mobile", "DE", direct, 0, 0, "EUR"),
                 ("shop", d, "direct", "direct", "(direct)", "none", "", "/", "mobile", "DE", direct, 0, 0, "EUR")]
    return table(header, rows)


class DataLayer(harness.Case):
    def findings(self, exports, metric="add_to_cart_rate", path="sessions, add_to_cart_rate, orders", more="", today="2026-04-02", code=None):
        folder = self.folder / f"w{len(list(self.folder.iterdir()))}"
        (folder / "exports").mkdir(parents=True)
        (folder / "plan.yaml").write_text(PLAN.format(metric=metric, path=path, more=more))
        for name, text in exports.items():
            (folder / "exports" / name).write_text(text)
        when = {"SOURCE_DATE_EPOCH": str(int(datetime.datetime.fromisoformat(today + "T12:00:00+00:00").timestamp()))}
        self.run_program("ingest", "-w", folder, folder / "exports")
        found = self.json("check", "-w", folder, "--layer", "data", "--fail-on", "never", env=when)["findings"]
        self.assertTrue(all(f["rule"].startswith("D") for f in found))
        whole = self.json("check", "-w", folder, "--fail-on", "never", env=when)["findings"]
        self.assertEqual([f for f in whole if f["rule"].startswith("D")], found, "without --layer the data layer joins in")
        return {f["rule"]: f for f in reversed(found)}

    def test_sound_data_have_no_findings(self):
        self.assertEqual(self.findings({"orders.csv": orders(), "site.csv": site()}), {})

    def test_a_metric_without_data(self):
        found = self.findings({"orders.csv": orders()})["D01"]
        self.assertEqual((found["severity"], found["node"], found["line"]), ("error", "k", 7))
        self.assertEqual(found["message"], "add_to_cart_rate needs site_day, and no source fills it.")

    def test_a_source_that_stopped(self):
        gone = LAST - datetime.timedelta(days=8)
        found = self.findings({"orders.csv": orders(), "site.csv": site(last=gone)})
        self.assertEqual(found["D02"]["message"], "backcast_site_day ends on 2026-03-23; the KPI k of mia is blind for 8 days.")
        self.assertNotIn("D02", self.findings({"orders.csv": orders(), "site.csv": site(last=gone + datetime.timedelta(days=1))}))

    def test_old_data_are_said_once(self):
        found = self.findings({"orders.csv": orders(), "site.csv": site()}, today="2026-06-01")
        self.assertEqual(found["D02"]["message"], "The newest data are of 2026-03-31, 62 days ago; every number of this plan stands still since then.")

    def test_the_meaning_of_views_changed(self):
        views = table("platform,account,date,views,impressions", [("youtube", "a", d, 5, 9) for d in days(500)])
        plan = "custom_metrics: {tube: {title: T, formula: sum(account_day.views), unit: count, basis: period, additivity: additive, level: output, direction: higher, stage: see, element: content, role: kpi, sources: [own], gaming: None., goodhart: causal, minimum: none, interval: none, version: 1, description: D., example: {rows: {account_day: [{views: 2}]}, value: 2}}}"
        found = self.findings({"orders.csv": orders(), "a.csv": views}, metric="tube", path="tube, orders", more=plan)
        self.assertEqual(found["D03"]["message"], "The meaning of YouTube views of Shorts changed on 2025-03-31; the baseline of k lies before it.")
        views = views.replace("youtube", "tiktok")
        self.assertNotIn("D03", self.findings({"orders.csv": orders(), "a.csv": views}, metric="tube", path="tube, orders", more=plan))

    def test_a_silent_step(self):
        found = self.findings({"orders.csv": orders(), "site.csv": site().replace(",6,3,", ",0,0,")})
        self.assertEqual(found["D04"]["message"], "Step add_to_cart_rate of the path of k had no event in 28 days.")
        found = self.findings({"orders.csv": orders(), "site.csv": site().replace(",6,3,", ",6,3,")}, path="sessions, opt_ins_from_site, orders",
                              more="custom_metrics: {opt_ins_from_site: {title: T, formula: sum(site_day.opt_ins), unit: count, basis: period, additivity: additive, level: outcome, direction: higher, stage: do, element: site, role: kpi, sources: [own], gaming: None., goodhart: causal, minimum: none, interval: none, version: 1, description: D., example: {rows: {site_day: [{opt_ins: 2}]}, value: 2}}}")
        self.assertEqual(found["D04"]["message"], "Step opt_ins_from_site of the path of k cannot be seen: no export of the last 28 days reports opt_ins_from_site.")

    def test_too_few_cases(self):
        found = self.findings({"orders.csv": orders(), "site.csv": site(sessions=6, direct=1)})["D05"]
        self.assertEqual((found["severity"], found["message"]), ("advice", "k has 248 cases; a verdict needs 300. Until then watch sessions."))

    def test_platforms_claim_too_much(self):
        def ads(conversions):
            header = "platform,account,ad,date,campaign,ad_group,placement,attribution_setting,channel,channel_group,currency,spend,impressions,clicks,conversions,conversion_value"
            return table(header, [("meta_ads", "act", 1, d, "c", "g", "feed", "7d", "meta", "paid_social", "EUR", 10, 900, 9, conversions, 99) for d in days(60)])
        files = {"orders.csv": orders(), "site.csv": site()}
        self.assertEqual(self.findings({**files, "ads.csv": ads(4)})["D09"]["message"], "Platforms claim 124 sales, the shop has 93.")
        self.assertNotIn("D09", self.findings({**files, "ads.csv": ads(3)}))

    def test_machines(self):
        def visits(bots):
            return table("session_id,person,date,channel,channel_group,engaged,is_new_visitor,bot",
                         [(f"s{d}-{i}", f"p{i}", d, "google", "organic_search", "true", "true", "true" if i < bots else "false") for d in days(40) for i in range(20)])
        files = {"orders.csv": orders(), "site.csv": site()}
        found = self.findings({**files, "visits.csv": visits(4)}, metric="new_visitor_share", path="sessions, new_visitor_share, orders")
        self.assertEqual(found["D12"]["message"], "20 % of sessions look automatic; k is shown without them.")
        self.assertNotIn("D12", self.findings({**files, "visits.csv": visits(1)}, metric="new_visitor_share", path="sessions, new_visitor_share, orders"))

    def test_visits_without_a_source(self):
        found = self.findings({"orders.csv": orders(), "site.csv": site(sessions=100, direct=50)})
        self.assertEqual(found["D14"]["message"], "50 % of visits have no source; links without tags lead to /tours/spring.")
        self.assertNotIn("D14", self.findings({"orders.csv": orders(), "site.csv": site(sessions=100, direct=20)}))

    def test_one_cost_line_two_tactics(self):
        costs = "date,channel,kind,amount,currency,campaign,note\n2026-03-01,instagram,labour,100,EUR,spring,posts\n"
        tactics = "tactics: [{id: t1, moves: [k], scope: {campaign: spring}}, {id: t2, moves: [k], scope: {campaign: %s}}]"
        files = {"orders.csv": orders(), "site.csv": site(), "costs.csv": costs}
        found = self.findings(files, more=tactics % "[spring, autumn]")["D17"]
        self.assertEqual((found["severity"], found["node"]), ("error", "t2"))
        self.assertIn("t1 and t2 book the same cost line: labour, instagram", found["message"])
        self.assertNotIn("D17", self.findings(files, more=tactics % "autumn"))

    def test_no_lake_no_data_layer(self):
        folder = self.workspace()
        (folder / "plan.yaml").write_text(PLAN.format(metric="add_to_cart_rate", path="sessions, orders", more=""))
        self.run_program("check", "-w", folder, "--fail-on", "never")
        self.assertFalse((folder / ".backcast/lake").exists(), "looking makes no lake")
        done = self.run_program("check", "-w", folder, "--layer", "data", code=3)
        self.assertIn("no data yet", done.stderr.decode())
        self.assertFalse((folder / ".backcast/lake").exists(), "nor does asking for what is not there")

    def test_trouble_with_the_lake_is_a_remark_unless_asked_for(self):
        folder = self.workspace()
        (folder / "plan.yaml").write_text(PLAN.format(metric="add_to_cart_rate", path="sessions, orders", more=""))
        (folder / "exports/orders.csv").write_text(orders())
        self.run_program("ingest", "-w", folder, folder / "exports")
        for log in (folder / ".backcast/lake/order/_delta_log").glob("*.json"):
            log.write_text("{broken\n")
        done = self.run_program("check", "-w", folder, "--fail-on", "never")
        self.assertIn("the data layer is left out:", done.stderr.decode())
        self.assertIn(b" P", done.stdout)
        self.run_program("check", "-w", folder, "--layer", "chain", "--fail-on", "never")
        done = self.run_program("check", "-w", folder, "--layer", "data", "--fail-on", "never", code=3)
        self.assertEqual(done.stdout, b"")


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
