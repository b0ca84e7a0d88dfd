#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Money: several currencies read in one, what platforms claim, refunds on their own day, customers' lifetime value."""
import csv
import datetime
import json
import math
import random
import sys

import harness

PLAN = """backcast: 1
brand: {name: Shop, currency: EUR}
team:
- {id: ana, role: Social media manager, influences: [content, audience]}
- {id: ben, role: Shop owner, influences: [site, catalogue, prices]}
outcomes:
- {id: sales, metric: revenue_net, owner: ben, target: {value: 1000, by: 2026-12-31}}
kpis:
- {id: o, outcome: sales, metric: orders, owner: ana, baseline: 10, target: {value: 20, by: 2026-12-31}}
"""


class Currencies(harness.Case):

    ORDERS = [("1", "2026-03-02", 100, "EUR"), ("2", "2026-03-02", 50, "USD"), ("3", "2026-03-03", 20, "USD"), ("4", "2026-03-07", 10, "GBP")]
    RATES = [("2026-03-02", "USD", "EUR", 0.9), ("2026-03-03", "EUR", "USD", 1.25), ("2026-03-05", "GBP", "USD", 1.3), ("2026-03-05", "USD", "EUR", 0.92)]

    def shop(self, orders=None, plan=True):
        folder = self.workspace()
        harness.write(folder / "exports/orders.csv", ["order_id", "date", "net", "currency"], orders or self.ORDERS)
        harness.write(folder / "exports/costs.csv", ["date", "channel", "kind", "amount", "currency"], [("2026-03-02", "instagram", "labour", 30, "EUR"), ("2026-03-03", "instagram", "tools", 40, "USD")])
        if plan:
            (folder / "plan.yaml").write_text(PLAN)
        self.run_program("ingest", "-w", folder)
        return folder

    def rates(self, folder, rows=None, code=0, **options):
        harness.write(folder / "rates.csv", ["date", "currency", "base", "rate"], rows or self.RATES)
        return self.json("ingest", "-w", folder, folder / "rates.csv", code=code, **options)

    def values(self, folder, *arguments):
        return self.metrics(folder, "--metric", "revenue_net,orders,full_cost,cost_per_order", "--period", "2026-03", "--compare", "none", *arguments)

    def test_rows_show_the_amount_as_it_stands_the_rate_and_what_it_becomes(self):
        folder = self.shop(orders=[*self.ORDERS, ("5", "2026-03-20", 7, "CHF")])
        self.rates(folder)
        asked = ("score", "-w", folder, "--period", "2026-03", "--rows")
        rows = {r["order_id"]: r for r in self.json(*asked, "revenue_net")["data"]["rows"]}
        self.assertEqual((rows["1"]["net"], rows["1"]["currency"], rows["1"]["rate_to_EUR"], rows["1"]["net_in_EUR"]), (100, "EUR", None, 100))
        self.assertEqual((rows["2"]["net"], rows["2"]["currency"], rows["2"]["rate_to_EUR"], rows["2"]["net_in_EUR"]), (50, "USD", 0.9, 45))
        self.assertEqual((rows["3"]["rate_to_EUR"], rows["3"]["net_in_EUR"]), (0.8, 16))
        self.assertAlmostEqual(rows["4"]["net_in_EUR"], 10 * 1.3 * 0.92, places=6)
        self.assertIsNone(rows["2"]["tax_in_EUR"])
        self.assertEqual((rows["5"]["net"], rows["5"]["currency"], rows["5"]["rate_to_EUR"], rows["5"]["net_in_EUR"]), (7, "CHF", None, None))

    def test_without_rates_several_currencies_are_withheld_by_name(self):
        values = self.values(self.shop())
        self.assertEqual(values["revenue_net"]["state"], "withheld")
        self.assertIn("EUR and GBP and USD", values["revenue_net"]["reason"])
        self.assertIn("rates.csv", values["revenue_net"]["reason"])
        self.assertEqual(values["cost_per_order"]["state"], "withheld")
        self.assertEqual(values["orders"]["value"], 4)

    def test_rates_convert_both_sides(self):
        folder = self.shop()
        self.rates(folder)
        values = self.values(folder)
        # 3 March: the rate is given the other way round; 7 March: over dollars, two days old.
        revenue = 100 + 50 * 0.9 + 20 / 1.25 + 10 * 1.3 * 0.92
        cost = 30 + 40 / 1.25
        self.assertAlmostEqual(values["revenue_net"]["value"], revenue, places=6)
        self.assertEqual(values["revenue_net"]["unit"], "EUR")
        self.assertAlmostEqual(values["full_cost"]["value"], cost, places=6)
        self.assertAlmostEqual(values["cost_per_order"]["value"], cost / 4, places=6)
        self.assertIn('"fx_rate"', self.text("score", "-w", folder, "--metric", "revenue_net", "--period", "2026-03", "--sql"))
        card = self.json("score", "-w", folder, "--metric", "revenue_net", "--period", "2026-03")
        self.assertTrue(any("USD is read in EUR at 0.8 to 0.9" in line for line in card["data"]["sources"]), card["data"]["sources"])
        told = self.json("explain", "revenue_net", "-w", folder, "--period", "2026-03")
        self.assertTrue(any("is read in EUR at" in doubt for doubt in told["data"]["doubts"]), told["data"]["doubts"])
        chain = self.json("chain", "-w", folder, "--period", "2026-03")
        self.assertEqual({f["rule"] for f in chain["findings"]}, {"M01"})
        sales = next(n for n in chain["data"]["nodes"] if n["id"] == "sales")
        self.assertAlmostEqual(sales["value"]["value"], revenue, places=6)
        # Who asks by currency gets each in its own.
        parts = self.json("score", "-w", folder, "--metric", "revenue_net", "--period", "2026-03", "--by", "currency")
        amounts = {m["group"]["currency"]: m["value"]["value"] for m in parts["data"]["metrics"] if m["group"]}
        self.assertEqual(amounts, {"EUR": 100, "USD": 70, "GBP": 10})
        whole = next(m for m in parts["data"]["metrics"] if not m["group"])
        self.assertEqual(whole["value"]["state"], "withheld")
        for name in ("report.html", "report.md"):
            self.run_program("report", "-w", folder, "-o", self.folder / name)

    def test_another_currency_can_be_asked_for(self):
        folder = self.shop()
        self.rates(folder)
        values = self.values(folder, "--currency", "USD")
        self.assertAlmostEqual(values["revenue_net"]["value"], 100 / 0.9 + 50 + 20 + 10 * 1.3, places=6)
        self.assertEqual(values["revenue_net"]["unit"], "USD")
        done = self.run_program("score", "-w", folder, "--currency", "dollars", code=2)
        self.assertIn(b"'dollars' is no currency", done.stderr)
        # Nothing is shown under a name that it does not have.
        values = self.values(folder, "--currency", "CHF")
        self.assertEqual(values["revenue_net"]["state"], "withheld")
        self.assertIn("no rate for EUR on 2026-03-02", values["revenue_net"]["reason"])

    def test_a_missing_rate_is_named_with_its_days(self):
        folder = self.shop(self.ORDERS + [("5", "2026-03-20", 5, "USD"), ("6", "2026-03-21", 5, "USD"), ("7", "2026-03-25", 5, "USD")])
        self.rates(folder)
        value = self.values(folder)["revenue_net"]
        self.assertEqual(value["state"], "withheld")
        self.assertIn("EUR and GBP and USD, and no rate for USD on 2026-03-20 and 2 more days up to 2026-03-25", value["reason"])
        chain = self.json("chain", "-w", folder, "--period", "2026-03")
        self.assertIn("M02", {f["rule"] for f in chain["findings"]})
        sales = next(n for n in chain["data"]["nodes"] if n["id"] == "sales")
        self.assertIn("no rate for USD", sales["value"]["reason"])
        # A period whose days all have rates is answered.
        card = self.metrics(folder, "--metric", "revenue_net", "--period", "2026-03-01..2026-03-10", "--compare", "none")
        self.assertEqual(card["revenue_net"]["state"], "value")

    def test_order_and_repeats_of_rates_do_not_matter_and_bad_ones_are_refused(self):
        folder = self.shop()
        rows = self.RATES + [("2026-03-04", "USD", "EUR", 0), ("2026-03-06", "USD", "EUR", -1), ("2026-03-02", "US$", "EUR", 0.8), ("2030-01-01", "USD", "EUR", 0.5), ("2026-03-02", "USD", "EUR", 0.9)]
        answer = self.rates(folder, rows)
        self.assertEqual(answer["data"]["totals"]["rows_refused"], 3)
        first = self.values(folder)
        card = self.json("score", "-w", folder)
        self.assertLess(card["as_of"], "2026-04", "rates of later years do not say how far the data reach")
        random.Random(5).shuffle(rows)
        self.rates(folder, rows)
        self.assertEqual(self.values(folder), first)
        # A corrected rate restates.
        self.rates(folder, [("2026-03-02", "USD", "EUR", 0.95)])
        self.assertAlmostEqual(self.values(folder)["revenue_net"]["value"] - first["revenue_net"]["value"], 50 * 0.05, places=6)

    def test_one_currency_is_as_before(self):
        folder = self.shop([row[:3] + ("EUR",) for row in self.ORDERS])
        # The costs are in two; the question is about what is in one.
        asked = ("score", "-w", folder, "--metric", "revenue_net,aov,orders", "--period", "2026-03")
        before = self.json(*asked)
        statement = self.text(*asked, "--sql")
        self.rates(folder)
        after = self.json(*asked)
        self.assertEqual(before["data"]["metrics"], after["data"]["metrics"])
        self.assertNotIn("fx_rate", self.text(*asked, "--sql"))
        self.assertIn("revenue_net@0", statement)

    def test_shopify_tables_of_a_real_connector(self):
        source = harness.shared("fivetran-shopify")
        with open(source / "shopify_order_data.csv", encoding="utf-8-sig", newline="") as file:
            orders = list(csv.DictReader(file))
        with open(source / "shopify_refund_data.csv", encoding="utf-8-sig", newline="") as file:
            refunds = list(csv.DictReader(file))
        folder = self.workspace()
        harness.write(folder / "exports/orders.csv", ["order_id", "date", "total", "net", "gross", "discount", "currency", "test"],
              [(o["id"], o["created_at"][:10], o["total_price"], o["subtotal_price"], o["subtotal_price"], 0, o["currency"], o["test"].lower()) for o in orders])
        # The tables name the days of five refunds and amounts of others: 10 each stands in.
        harness.write(folder / "exports/refunds.csv", ["event_id", "order_id", "date", "kind", "amount", "currency"],
              [(r["id"], r["order_id"], r["created_at"][:10], "refund", -10, "USD") for r in refunds])
        (folder / "plan.yaml").write_text(PLAN)
        self.run_program("ingest", "-w", folder)
        asked = ("--period", "2020-01-01..2025-12-31", "--compare", "none", "--metric", "orders,revenue_net,refunds_cash")
        values = self.metrics(folder, *asked)
        self.assertEqual(values["orders"]["value"], 8)
        self.assertEqual(values["revenue_net"]["state"], "withheld")
        self.assertEqual(values["refunds_cash"]["value"], 50)
        days = sorted({(o["created_at"][:10], o["currency"]) for o in orders} | {(r["created_at"][:10], "USD") for r in refunds})
        rate = {"USD": 0.9, "GBP": 1.1}
        harness.write(folder / "rates.csv", ["date", "currency", "base", "rate"], [(day, code, "EUR", rate[code]) for day, code in days])
        self.run_program("ingest", "-w", folder, folder / "rates.csv")
        values = self.metrics(folder, *asked)
        self.assertAlmostEqual(values["revenue_net"]["value"], sum(float(o["subtotal_price"]) * rate[o["currency"]] for o in orders), places=6)
        self.assertAlmostEqual(values["refunds_cash"]["value"], 45, places=6)

    def test_transactions_of_a_real_connector(self):
        source = harness.shared("fivetran-shopify") / "shopify_transaction_data.csv"
        folder = self.workspace()
        (folder / "exports").mkdir(exist_ok=True)
        (folder / "exports" / source.name).write_bytes(source.read_bytes())
        file = self.json("ingest", "-w", folder)["data"]["files"][0]
        self.assertEqual((file["source"], file["rows_read"], file["rows_refused"]), ("shopify_transactions", 5, 0), file)
        rows = self.json("score", "-w", folder, "--period", "2020-01-01..2020-03-31", "--rows", "refunds_cash")["data"]["rows"]
        self.assertEqual(rows, [], "the file holds sales only")

    def test_transactions_give_the_cash_view_its_days(self):
        folder = self.workspace()
        harness.write(folder / "exports/orders.csv", ["order_id", "date", "gross", "discount", "refunded", "net", "currency"],
              [("#1001", "2026-03-02", 120, 0, 50, 70, "EUR"), ("#1002", "2026-03-04", 80, 0, 0, 80, "EUR")])
        harness.write(folder / "exports/transactions_export.csv", ["Order", "Name", "Kind", "Gateway", "Created At", "Status", "Amount", "Currency", "Card Type"],
              [(5001, "#1001", "sale", "paypal", "2026-03-02 10:15:00 +0000", "success", "120.00", "EUR", ""), (5001, "#1001", "refund", "paypal", "2026-04-09 09:00:00 +0000", "success", "50.00", "EUR", ""),
               (5002, "#1002", "sale", "paypal", "2026-03-04 08:00:00 +0000", "success", "80.00", "EUR", ""), (5003, "#1003", "refund", "paypal", "2026-04-10 09:00:00 +0000", "failure", "20.00", "EUR", "")])
        self.run_program("ingest", "-w", folder)
        cash = {month: self.metrics(folder, "--metric", "refunds_cash,revenue_net", "--period", month, "--compare", "none") for month in ("2026-03", "2026-04")}
        self.assertEqual(cash["2026-03"]["revenue_net"]["value"], 150)
        self.assertEqual(cash["2026-04"]["refunds_cash"]["value"], 50)

    def test_ad_tables_of_a_real_connector(self):
        source = harness.shared("fivetran-ads-facebook-google-linkedin")
        rows = []
        for name, platform, cost, scale in (("facebook_ads_basic_ad_data", "meta_ads", "spend", 1), ("google_ads_campaign_stats_data", "google_ads", "cost_micros", 1e-6),
                                            ("linkedin_ad_analytics_by_campaign_data", "linkedin_ads", "cost_in_local_currency", 1)):
            with open(source / f"{name}.csv", encoding="utf-8-sig", newline="") as file:
                for number, row in enumerate(csv.DictReader(file)):
                    day = (row.get("date") or row["day"])[:10]
                    rows.append((f"{platform}:{number}", day, platform, f"p{number}", "", float(row[cost] or 0) * scale, row["impressions"], row["clicks"] if "clicks" in row else row["inline_link_clicks"], "USD"))
        folder = self.workspace()
        harness.write(folder / "exports/ads.csv", ["ad", "date", "platform", "placement", "attribution_setting", "spend", "impressions", "clicks", "currency"], rows)
        answer = self.json("ingest", "-w", folder)
        self.assertEqual(answer["data"]["totals"]["rows_refused"], 0, answer["data"]["files"])
        card = self.json("score", "-w", folder, "--metric", "ad_spend,ad_impressions,ad_clicks", "--by", "platform", "--compare", "none")
        sums = {(m["id"], m["group"]["platform"]): m["value"]["value"] for m in card["data"]["metrics"] if m["group"]}
        self.assertAlmostEqual(sums["ad_spend", "meta_ads"], 643.63, places=4)
        self.assertAlmostEqual(sums["ad_spend", "google_ads"], 231.33, places=4)
        self.assertAlmostEqual(sums["ad_spend", "linkedin_ads"], 530.62, places=4)
        self.assertEqual((sums["ad_impressions", "meta_ads"], sums["ad_clicks", "google_ads"], sums["ad_clicks", "linkedin_ads"]), (37275, 280, 919))


class Claims(harness.Case):

    HEADER = ["ad", "date", "platform", "placement", "attribution_setting", "channel_group", "spend", "conversions", "conversions_view", "conversion_value", "currency"]

    def shop(self, ads, orders):
        folder = self.workspace()
        harness.write(folder / "exports/ads.csv", self.HEADER, ads)
        harness.write(folder / "exports/orders.csv", ["order_id", "date", "net", "currency", "channel", "channel_group"], orders)
        self.run_program("ingest", "-w", folder)
        return folder

    def small(self):
        ads = [("m1", "2026-03-02", "meta_ads", "feed", "7-day click", "paid_social", 100, 30, 12, 900, "EUR"),
               ("g1", "2026-03-02", "google_ads", "search", "", "paid_search", 80, 20, "", 700, "EUR")]
        orders = [(str(i), "2026-03-02", 30, "EUR", "Facebook" if i < 15 else "google" if i < 33 else "", "paid_social" if i < 15 else "paid_search" if i < 33 else "direct") for i in range(40)]
        return self.shop(ads, orders)

    def test_claims_stand_beside_the_own_books(self):
        folder = self.small()
        answer = self.json("claims", "-w", folder)
        kind = answer["data"]["kinds"][0]
        meta, google = {p["platform"]: p for p in kind["platforms"]}["meta_ads"], {p["platform"]: p for p in kind["platforms"]}["google_ads"]
        self.assertEqual((meta["claimed"]["value"], meta["own"]["value"], meta["claim_ratio"]["value"]), (30, 15, 2))
        self.assertLess(meta["claim_ratio"]["low"], 2)
        self.assertEqual(meta["claim_ratio"]["n"], 15)
        self.assertEqual(meta["view_through_share"]["value"], 0.4)
        self.assertEqual(meta["claimed_value"]["value"], 900)
        self.assertEqual(meta["own_value"]["value"], 450)
        self.assertEqual(meta["attribution_settings"][0]["setting"], "7-day click")
        self.assertEqual(google["view_through_share"]["state"], "not_offered")
        self.assertEqual(google["own"]["value"], 18)
        total = kind["total"]
        self.assertEqual((total["claimed"]["value"], total["real"]["value"], total["claim_ratio"]["value"]), (50, 40, 1.25))
        self.assertEqual((total["counted_twice_at_least"]["value"], total["counted_twice_at_most"]["value"]), (10, 20))
        self.assertIn("M03", {f["rule"] for f in answer["findings"]})
        self.assertIn("need 2", answer["data"]["restated"]["needs"])
        text = self.text("claims", "-w", folder)
        self.assertIn("At least 10 of these claims are no order of their own", text)
        self.assertIn("At most 20 are counted twice", text)
        rows = list(csv.DictReader(self.text("claims", "-w", folder, "--format", "csv").splitlines()))
        self.assertEqual([(r["platform"], r["claimed"]) for r in rows], [("google_ads", "20"), ("meta_ads", "30"), ("", "50")])
        self.assertIn("| meta_ads |", self.text("claims", "-w", folder, "--format", "md").replace("\\_", "_"))

    def test_nothing_claimed_is_too_little(self):
        folder = self.shop([("m1", "2026-03-02", "meta_ads", "feed", "", "paid_social", 100, "", "", "", "EUR")], [("1", "2026-03-02", 30, "EUR", "", "direct")])
        done = self.run_program("claims", "-w", folder, code=6)
        self.assertIn(b"no ad platform claims a conversion", done.stderr)

    def test_one_platform_that_claims_more_than_there_is_has_no_upper_bound(self):
        folder = self.shop([("m1", "2026-03-02", "meta_ads", "feed", "", "paid_social", 100, 30, "", "", "EUR")], [(str(i), "2026-03-02", 30, "EUR", "meta", "paid_social") for i in range(12)])
        total = self.json("claims", "-w", folder)["data"]["kinds"][0]["total"]
        self.assertEqual(total["counted_twice_at_least"]["value"], 18)
        self.assertEqual(total["counted_twice_at_most"]["state"], "not_offered")
        self.assertIn("No upper limit", self.text("claims", "-w", folder))

    def test_two_attribution_settings_are_not_added(self):
        folder = self.small()
        harness.write(folder / "exports/ads2.csv", self.HEADER, [("m1", "2026-03-02", "meta_ads", "feed", "1-day click", "paid_social", 100, 21, 0, 600, "EUR")])
        self.run_program("ingest", "-w", folder)
        values = self.metrics(folder, "--metric", "ad_spend,ad_conversions", "--compare", "none")
        self.assertEqual((values["ad_spend"]["value"], values["ad_conversions"]["value"]), (180, 41), "the export read last counts")
        card = self.json("score", "-w", folder, "--metric", "ad_conversions", "--by", "attribution_setting", "--compare", "none")
        sums = {m["group"]["attribution_setting"]: m["value"]["value"] for m in card["data"]["metrics"] if m["group"]}
        self.assertEqual((sums["7-day click"], sums["1-day click"]), (30, 21))
        self.assertIn("M04", {f["rule"] for f in self.json("claims", "-w", folder)["findings"]})

    def test_a_sum_over_settings_is_told(self):
        folder = self.shop([("m1", "2026-03-02", "meta_ads", "feed", "7-day click", "paid_social", 100, 30, "", "", "EUR"),
                            ("m2", "2026-03-02", "meta_ads", "feed", "1-day click", "paid_social", 50, 10, "", "", "EUR")],
                           [("1", "2026-03-02", 30, "EUR", "meta", "paid_social")])
        answer = self.json("claims", "-w", folder)
        self.assertEqual([s["setting"] for s in answer["data"]["kinds"][0]["platforms"][0]["attribution_settings"]], ["1-day click", "7-day click"])
        self.assertEqual([f["rule"] for f in answer["findings"]], ["M05"], "one own order is too few to call the claims too many")
        card = self.json("score", "-w", folder, "--metric", "ad_conversions,ad_spend", "--compare", "none")
        self.assertEqual([m["value"]["value"] for m in card["data"]["metrics"]], [40, 150])
        self.assertTrue(any("counted under several settings (1-day click; 7-day click)" in line for line in card["data"]["sources"]), card["data"]["sources"])

    def test_what_later_exports_changed(self):
        folder = self.workspace()
        days = [f"2026-03-{day:02}" for day in range(1, 29)]

        def export(read, scale):
            rows = [("m1", day, "meta_ads", "feed", "", "paid_social", 10, round(10 * scale(day)), "", "", "EUR") for day in days if day <= read]
            harness.write(folder / "exports/ads.csv", self.HEADER, rows)
            seconds = int(datetime.datetime.fromisoformat(read + "T12:00:00+00:00").timestamp())
            self.run_program("ingest", "-w", folder, env={"SOURCE_DATE_EPOCH": str(seconds)})

        # Read on the 10th, the days from the 8th on had half of their conversions.
        export("2026-03-10", lambda day: 1 if day < "2026-03-08" else 0.5)
        export("2026-03-28", lambda day: 1)
        answer = self.json("claims", "-w", folder, "--period", "2026-03")
        ages = {a["age_from"]: a for a in answer["data"]["restated"]["ages"]}
        self.assertEqual(answer["data"]["restated"]["exports"], 2)
        self.assertAlmostEqual(ages[0]["change"]["value"], 1.0)
        self.assertEqual(ages[0]["change"]["n"], 3)
        self.assertEqual(ages[3]["change"]["value"], 0)
        self.assertIn("read at an age of 0 to 2 days", self.text("claims", "-w", folder, "--period", "2026-03"))

    def test_the_simulated_brand(self):
        folder = self.folder / "brand"
        self.run_program("demo", folder)
        self.run_program("ingest", "-w", folder)
        truth = json.loads((folder / "truth.json").read_text())
        period = f'{truth["period"]["from"]}..{truth["period"]["to"]}'
        kinds = {k["kind"]: k for k in self.json("claims", "-w", folder, "--period", period)["data"]["kinds"]}
        rows = {p["platform"]: p for p in kinds["orders"]["platforms"]}
        for platform in ("meta_ads", "google_ads"):
            self.assertEqual(rows[platform]["claimed"]["value"], truth["exports"]["ads"][platform]["purchases_claimed"])
        real = {platform: sum(truth["daily"]["site"][platform]["orders"]) for platform in rows}
        # Meta claims a third more than it brought, Google what it brought; the shop lost some sources and left cancelled orders out.
        self.assertGreater(rows["meta_ads"]["claimed"]["value"], 1.2 * real["meta_ads"])
        self.assertEqual(rows["google_ads"]["claimed"]["value"], real["google_ads"])
        for platform in rows:
            self.assertLess(rows[platform]["own"]["value"], real[platform])
            self.assertGreater(rows[platform]["own"]["value"], 0.7 * real[platform])
        self.assertGreater(rows["meta_ads"]["claim_ratio"]["low"], 1)


class Refunds(harness.Case):

    def test_the_cash_view_is_the_truth_of_its_days(self):
        folder = self.folder / "brand"
        self.run_program("demo", folder)
        self.run_program("ingest", "-w", folder)
        truth = json.loads((folder / "truth.json").read_text())
        money, first = truth["daily"]["money"], datetime.date.fromisoformat(truth["daily"]["first"])

        def sums(name, start, end):
            return sum(cents for day, cents in enumerate(money[name]) if start <= (first + datetime.timedelta(day)).isoformat() <= end) / 100

        whole = (truth["period"]["from"], truth["period"]["to"])
        for start, end in ((truth["last_month"]["from"], truth["last_month"]["to"]), (truth["baseline"]["from"], truth["baseline"]["to"]) if "baseline" in truth else whole, whole):
            values = self.metrics(folder, "--metric", "goods_sold,refunds_cohort,refunds_cash,revenue_net,revenue_cash", "--period", f"{start}..{end}", "--compare", "none")
            sold, cohort, cash = (sums(name, start, end) for name in ("goods_sold_cents", "refunds_cohort_cents", "refunds_cash_cents"))
            self.assertAlmostEqual(values["goods_sold"]["value"], sold, places=6)
            self.assertAlmostEqual(values["refunds_cohort"]["value"], cohort, places=6)
            self.assertAlmostEqual(values["refunds_cash"]["value"], cash, places=6)
            self.assertAlmostEqual(values["revenue_net"]["value"], sold - cohort, places=6)
            self.assertAlmostEqual(values["revenue_cash"]["value"], sold - cash, places=6)
            if (start, end) != whole:
                self.assertNotAlmostEqual(cohort, cash)
        self.assertAlmostEqual(values["revenue_net"]["value"], values["revenue_cash"]["value"], places=6, msg="over all time both are the same")

    def test_without_events_no_refund_is_known(self):
        folder = self.workspace()
        harness.write(folder / "exports/orders.csv", ["order_id", "date", "gross", "discount", "net", "currency"], [("1", "2026-03-02", 100, 0, 100, "EUR")])
        self.run_program("ingest", "-w", folder)
        values = self.metrics(folder, "--metric", "revenue_cash,goods_sold", "--compare", "none")
        self.assertEqual((values["goods_sold"]["value"], values["revenue_cash"]["state"]), (100, "not_offered"))


def mean_cumulative(customers, age):
    """Nelson's estimate, written again: customers are (seen, [(age, amount)])."""
    value = 0.0
    for step in sorted({event[0] for _, events in customers for event in events if event[0] <= age}):
        at_risk = sum(seen >= step for seen, _ in customers)
        value += sum(amount for _, events in customers for at, amount in events if at == step) / at_risk
    return value


class Lifetime(harness.Case):

    def test_the_simulated_brand(self):
        folder = self.folder / "brand"
        self.run_program("demo", folder)
        self.run_program("ingest", "-w", folder, folder / "exports", folder / "costs.csv")
        orders = {}
        with open(folder / "exports/shopify/orders_export_1.csv", newline="", encoding="utf-8-sig") as file:
            for row in csv.DictReader(file):
                if row["Total"] and not row["Cancelled at"]:
                    day = datetime.date.fromisoformat(row["Created at"][:10])
                    orders.setdefault(row["Email"], []).append((day, float(row["Subtotal"]) - float(row["Refunded Amount"] or 0)))
        answer = self.json("lifetime", "-w", folder, "--horizon-days", 180)
        until = datetime.date.fromisoformat(answer["data"]["seen_until"])
        customers = []
        for bought in orders.values():
            first = min(day for day, _ in bought)
            customers.append(((until - first).days, [((day - first).days, amount) for day, amount in bought]))
        group = answer["data"]["groups"][0]
        self.assertEqual(group["customers"], len(customers))
        for point in group["ages"]:
            value = point["revenue_net"]
            self.assertAlmostEqual(value["value"], mean_cumulative(customers, point["age_days"]), places=6)
            self.assertLess(value["low"], value["value"])
            self.assertEqual(value["n"], sum(seen >= point["age_days"] for seen, _ in customers))
            self.assertEqual(point["gross_margin"]["state"], "not_offered", "the shop names no cost of goods")
        self.assertAlmostEqual(group["cac"]["value"], group["cost"]["value"] / len(customers), places=6)
        self.assertAlmostEqual(group["ltv_cac"]["value"], group["ages"][-1]["revenue_net"]["value"] / group["cac"]["value"], places=6)
        self.assertEqual(group["ltv_cac_of"], "revenue_net")
        base = [events for seen, events in customers if seen >= 180]
        again = sum(len(events) > 1 and sorted(age for age, _ in events)[1] <= 180 for events in base)
        self.assertAlmostEqual(group["repeat_purchase_rate"]["value"], again / len(base))
        by = self.json("lifetime", "-w", folder, "--horizon-days", 90, "--by", "channel_group")["data"]["groups"]
        self.assertEqual(sum(g["customers"] for g in by[1:]), by[0]["customers"])
        self.assertGreater(len(by), 3)
        for name in ("text", "csv", "md"):
            self.assertTrue(self.text("lifetime", "-w", folder, "--horizon-days", 90, "--format", name))

    def test_nothing_is_said_beyond_what_was_seen(self):
        folder = self.workspace()
        rows = [(f"{person}-{number}", f"2026-0{1 + number}-{1 + person % 28:02}", 40, "EUR", f"p{person}") for person in range(150) for number in range(3)]
        harness.write(folder / "exports/orders.csv", ["order_id", "date", "net", "currency", "person"], rows)
        self.run_program("ingest", "-w", folder)
        done = self.run_program("lifetime", "-w", folder, code=6)
        self.assertIn(b"customers were seen for 365 days, need 100", done.stderr)
        self.assertIn(b"the longest that can be said is", done.stderr)
        answer = self.json("lifetime", "-w", folder, "--horizon-days", 60)
        self.assertAlmostEqual(answer["data"]["groups"][0]["ages"][-1]["revenue_net"]["value"], mean_cumulative([((datetime.date(2026, 3, 28) - datetime.date(2026, 1, 1 + p % 28)).days, [((datetime.date(2026, 1 + n, 1 + p % 28) - datetime.date(2026, 1, 1 + p % 28)).days, 40) for n in range(3)]) for p in range(150)], 60), places=6)
        self.assertEqual(answer["data"]["groups"][0]["ltv_cac"]["state"], "not_offered")
        self.run_program("lifetime", "-w", folder, "--by", "country", code=2)
        self.run_program("lifetime", "-w", folder, "--horizon-days", "0", code=2)

    def test_margin_pays_the_cost_back(self):
        folder = self.workspace()
        rows = [(f"{person}-{number}", (datetime.date(2026, 1, 1) + datetime.timedelta(40 * number)).isoformat(), 40, 24, "EUR", f"p{person}", "true" if number == 0 else "false") for person in range(120) for number in range(3)]
        harness.write(folder / "exports/orders.csv", ["order_id", "date", "net", "cost_of_goods", "currency", "person", "is_first_order"], rows + [("old", "2026-01-05", 99, 1, "EUR", "q", "false")])
        harness.write(folder / "exports/costs.csv", ["date", "channel", "kind", "amount", "currency"], [("2026-01-01", "instagram", "labour", 120 * 30, "EUR")])
        self.run_program("ingest", "-w", folder)
        answer = self.json("lifetime", "-w", folder, "--horizon-days", 80)
        group = answer["data"]["groups"][0]
        self.assertEqual(group["customers"], 120, "who bought before is no new customer")
        self.assertAlmostEqual(group["ages"][-1]["gross_margin"]["value"], 48)
        self.assertEqual((group["cac"]["value"], group["cac_payback_days"]["value"], group["ltv_cac_of"]), (30, 40, "gross_margin"))
        self.assertAlmostEqual(group["ltv_cac"]["value"], 48 / 30)
        self.assertTrue(math.isfinite(group["ltv_cac"]["low"]))

    def test_cost_and_credit_are_read_in_one_currency(self):
        folder = self.workspace()
        orders = [(f"o{p}", "2026-03-02", 10, "EUR" if p % 2 else "USD", f"p{p}", "organic_social") for p in range(40)]
        harness.write(folder / "exports/orders.csv", ["order_id", "date", "net", "currency", "person", "channel_group"], orders)
        harness.write(folder / "exports/visits.csv", ["session_id", "person", "date", "channel_group"], [(f"s{p}", f"p{p}", "2026-03-01", "organic_social") for p in range(40)])
        harness.write(folder / "exports/costs.csv", ["date", "channel", "kind", "amount", "currency"], [("2026-03-02", "instagram", "labour", 100, "EUR"), ("2026-03-02", "instagram", "tools", 100, "USD")])
        harness.write(folder / "rates.csv", ["date", "currency", "base", "rate"], [("2026-03-02", "USD", "EUR", 0.5)])
        self.run_program("ingest", "-w", folder)
        self.run_program("ingest", "-w", folder, folder / "rates.csv")
        cost = self.json("cost", "-w", folder, "--per", "sale", "--currency", "EUR")["data"]
        self.assertEqual(cost["currency"], "EUR")
        self.assertTrue(any("USD is read in EUR at 0.5" in note for note in cost["notes"]), cost["notes"])
        social = next(row for row in cost["rows"] if row["channel"] == "organic_social")
        self.assertEqual(social["full_cost"]["value"], 150)
        self.assertEqual(social["cost_per"]["value"], 150 / 40)
        credit = self.json("attribute", "-w", folder, "--currency", "EUR")
        self.assertIn("USD is read in EUR at 0.5", json.dumps(credit))
        last = next(model for model in credit["data"]["models"] if model["model"] == "last")
        self.assertEqual(sum(channel["value"] if isinstance(channel["value"], float) else channel["value"]["value"] for channel in last["channels"]), 300)

    def test_orders_in_two_currencies_need_rates(self):
        folder = self.workspace()
        rows = [(str(p), "2026-01-05", 10, "EUR" if p % 2 else "USD", f"p{p}") for p in range(120)]
        harness.write(folder / "exports/orders.csv", ["order_id", "date", "net", "currency", "person"], rows + [("x", "2026-03-05", 10, "EUR", "p1")])
        self.run_program("ingest", "-w", folder)
        done = self.run_program("lifetime", "-w", folder, "--horizon-days", 30, code=3)
        self.assertIn(b"EUR and USD", done.stderr)
        harness.write(folder / "rates.csv", ["date", "currency", "base", "rate"], [("2026-01-05", "USD", "EUR", 0.5)])
        self.run_program("ingest", "-w", folder, folder / "rates.csv")
        answer = self.json("lifetime", "-w", folder, "--horizon-days", 30, "--currency", "EUR")
        self.assertAlmostEqual(answer["data"]["groups"][0]["ages"][-1]["revenue_net"]["value"], 7.5)
        self.assertEqual(answer["findings"][0]["rule"], "M01")


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
