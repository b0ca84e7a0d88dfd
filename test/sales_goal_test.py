#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""May sales be this owner's goal? The answer on both simulated brands, with the numbers that the shop and the desk have."""
import json

import harness


class SalesGoal(harness.Case):
    def brand(self, kind):
        folder = self.folder / kind
        self.run_program("demo", folder, "--kind", kind)
        self.run_program("ingest", "-w", folder)
        return folder, json.loads((folder / "truth.json").read_text())

    def test_another_channel_that_sells_makes_it_fair(self):
        folder, _ = self.brand("b2c")
        answer = self.json("sales-goal", "-w", folder)
        goals = {goal["node"]: goal for goal in answer["data"]["goals"]}
        sales = goals["o_sales"]
        self.assertEqual((sales["verdict"], sales["fair"]), ("proven", True))
        self.assertEqual({"organic_social", "paid_social"} & {row["channel_group"] for row in sales["elsewhere"]}, set())
        period = f'{answer["period"]["from"]}..{answer["period"]["to"]}'
        shop = self.json("score", "-w", folder, "--metric", "orders,sessions", "--by", "channel_group", "--period", period, "--compare", "none")
        counted = {(m["id"], m["group"].get("channel_group")): m["value"]["value"] for m in shop["data"]["metrics"]}
        for row in sales["elsewhere"]:
            self.assertEqual(row["sales"], counted["orders", row["channel_group"]])
            self.assertEqual(row["cases"], counted["sessions", row["channel_group"]])
        self.assertEqual(goals["k_checkout"]["verdict"], "hold")

    def test_without_hold_or_proof_it_is_not(self):
        folder, _ = self.brand("b2c")
        plan = (folder / "plan.yaml").read_text()
        begin = plan.index("sales_history:")
        plan = plan[:begin] + plan[plan.index("\noutcomes:", begin) + 1:]
        (folder / "plan.yaml").write_text(plan.replace("scope: {channel_group: [organic_social, paid_social]}", "", 1))
        goal = self.json("sales-goal", "i.brandes", "-w", folder)["data"]["goals"][0]
        self.assertEqual((goal["verdict"], goal["fair"]), ("not", False))
        self.assertIn("m.adomeit", goal["who_has_a_hold"])
        text = self.text("sales-goal", "i.brandes", "-w", folder)
        self.assertIn("Not a fair goal", text)
        self.run_program("sales-goal", "nobody", "-w", folder, code=2)

    def test_a_desk_that_signs_contracts_holds_them(self):
        folder, _ = self.brand("b2b")
        goals = self.json("sales-goal", "-w", folder)["data"]["goals"]
        verdicts = {goal["node"]: (goal["verdict"], goal["fair"]) for goal in goals}
        self.assertEqual(verdicts, {"o_deals": ("hold", True)})


if __name__ == "__main__":
    harness.main(__name__)
