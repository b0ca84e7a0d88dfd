#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""score beside an independent computation: the raw exports of the simulated brand, read here with nothing but the
standard library, and every metric of them worked out a second time."""
import csv
import datetime
import io
import statistics
import sys
import zipfile

import harness

FIRST, LAST = datetime.date(2025, 9, 7), datetime.date(2026, 10, 31)
PERIOD = f"{FIRST}..{LAST}"
PAID = {"Paid Social", "Paid Search"}


def number(text):
    """A number as platforms write it; None where there is none."""
    text = text.strip().replace(",", "").rstrip("%")
    return float(text) if text and text not in ("-", "--") else None


def table(path, skip=0):
    data = path.read_bytes()
    text = data.decode("utf-16" if data[:2] == b"\xff\xfe" else "utf-8-sig")
    lines = text.split("\n", skip)[skip]
    return list(csv.DictReader(io.StringIO(lines, newline="")))


def total(rows, column):
    """Sum of what is there."""
    return sum(value for row in rows if (value := number(row.get(column) or "")) is not None)


def both(rows, above, below):
    """Ratio of two sums over the rows that report both."""
    rows = [row for row in rows if number(row.get(above) or "") is not None and number(row.get(below) or "") is not None]
    return total(rows, above) / total(rows, below)


def moment(text, pattern="%Y-%m-%d %H:%M"):
    return datetime.datetime.strptime(text, pattern) if text else None


def posts_of(exports):
    """One row a post: platform and the counters it reports."""
    posts = []

    def add(platform, day, row, **columns):
        if FIRST <= day <= LAST:
            posts.append({"platform": platform, **{name: number(row.get(column) or "") for name, column in columns.items()}})

    for path in sorted((exports / "x").glob("tweet_*.csv")):
        for row in table(path):
            add("x", moment(row["time"][:16]).date(), row, impressions="impressions", engagements="engagements", reactions="likes",
                comments="replies", shares="retweets", link_clicks="url clicks", profile_clicks="user profile clicks", follows="follows")
    for platform, folder in (("facebook", "facebook"), ("instagram", "instagram")):
        for path in sorted((exports / "meta" / folder).glob("*.csv")):
            for row in table(path):
                if row["Post ID"]:
                    add(platform, moment(row["Publish time"], "%m/%d/%Y %H:%M").date(), row, impressions="Impressions", views="Views",
                        engagements="Reactions, Comments and Shares", reactions="Reactions" if platform == "facebook" else "Likes", comments="Comments", shares="Shares", saves="Saves",
                        link_clicks="Link Clicks", follows="Follows", watch="Seconds viewed")
    for path in (exports / "youtube").glob("Content*/Table data.csv"):
        for row in table(path):
            if row["Content"] == "Total" or not row["Video publish time"]:
                continue
            hours = number(row["Watch time (hours)"])
            row["seconds"] = str(hours * 3600) if hours is not None else ""
            add("youtube", moment(row["Video publish time"], "%b %d, %Y").date(), row, views="Views", reactions="Likes", comments="Comments added",
                shares="Shares", follows="Subscribers", watch="seconds")
    return posts


def content(exports):
    posts = posts_of(exports)
    there = lambda column: [post[column] for post in posts if post.get(column) is not None]
    public = [sum(post[c] for c in ("reactions", "comments", "shares", "saves") if post.get(c) is not None) for post in posts]
    answers = {f"{column}_lifetime": sum(there(column)) for column in
               ("impressions", "views", "engagements", "reactions", "comments", "shares", "saves", "link_clicks", "profile_clicks", "follows")}
    pairs = [post for post in posts if post.get("engagements") is not None and post.get("impressions") is not None]
    linked = [post for post in posts if post.get("link_clicks") is not None and post.get("impressions") is not None]
    return {**answers, "posts_lifetime": len(posts), "posts_published": len(posts), "watch_time_lifetime": sum(there("watch")),
            "engagement_rate_lifetime": sum(p["engagements"] for p in pairs) / sum(p["impressions"] for p in pairs),
            "link_ctr_lifetime": sum(p["link_clicks"] for p in linked) / sum(p["impressions"] for p in linked),
            "conversation_rate": sum(there("comments")) / len(there("comments")), "amplification_rate": sum(there("shares")) / len(there("shares")),
            "applause_rate": sum(there("reactions")) / len(there("reactions")), "engagements_public_lifetime": sum(public),
            "median_post_engagement": statistics.median(public)}


def accounts(exports):
    days = [row for path in sorted((exports / "x").glob("daily_*.csv")) for row in table(path)]
    days = list({row["Date"]: row for row in days}.values())  # a day that two files hold counts once
    views = [row for path in (exports / "youtube").glob("Content*/Totals.csv") for row in table(path)]
    return {"account_impressions": total(days, "impressions"), "account_engagements": total(days, "engagements"), "account_link_clicks": total(days, "url clicks"),
            "account_posts": total(days, "Tweets published"), "account_views": total(views, "Views"), "followers_gained": total(days, "follows") + total(table(exports / "meta/followers-by-day.csv"), "followers_gained"),
            "profile_visits": total(days, "user profile clicks"), "account_engagement_rate": both(days, "engagements", "impressions")}


def countries(exports):
    with zipfile.ZipFile(next((exports / "youtube").glob("Geography*.zip"))) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("Chart data.csv").decode("utf-8-sig"))))
    return {"views_by_country": total(rows, "Views")}


def ads(exports, costs):
    meta = [row for row in table(next((exports / "meta-ads").glob("*.csv"))) if row["Day"]]
    google = [row for row in table(exports / "google-ads" / "Campaign report.csv", skip=2) if not row["Day"].startswith("Total")]
    spend_meta, spend_google = total(meta, "Amount spent (EUR)"), total(google, "Cost")
    spend, shown = spend_meta + spend_google, total(meta, "Impressions") + total(google, "Impr.")
    clicks = total(meta, "Clicks (all)") + total(google, "Clicks")
    bought = [row for row in meta if row["Purchases"]]
    results, worth = total(bought, "Purchases") + total(google, "Conversions"), total(bought, "Purchases conversion value") + total(google, "Conv. value")
    paid = total(bought, "Amount spent (EUR)") + spend_google
    # The one media line of the list is a paid article, which no ad export has.
    unreported = sum(float(row["amount"]) for row in costs if row["kind"] == "media")
    social = sum(float(row["amount"]) for row in costs if row["kind"] != "media" and row["channel"] in ("instagram", "facebook", "x", "youtube", "meta_ads"))
    landing = [row for row in meta if row["Landing page views"]]
    other = sum(float(row["amount"]) for row in costs if row["kind"] != "media")
    return {"ad_spend": spend, "media_cost": spend + unreported, "ad_impressions": shown, "cpm": 1000 * spend / shown, "ad_clicks": clicks, "ctr": clicks / shown,
            "cpc": spend / clicks, "ad_link_clicks": total(meta, "Link clicks"), "link_ctr": both(meta, "Link clicks", "Impressions"),
            "cost_per_link_click": both(meta, "Amount spent (EUR)", "Link clicks"), "ad_conversions": results, "cpa": paid / results, "roas": worth / paid, "total_social_cost": spend_meta + social,
            "landing_page_view_rate": total(landing, "Landing page views") / total(landing, "Link clicks"),
            "other_cost": other, "full_cost": spend + unreported + other}


def site(exports):
    rows = [row for path in sorted((exports / "ga4").glob("*.csv")) for row in table(path, skip=9) if row["Date"] != "Grand total"]
    column = lambda name: total(rows, name)
    social = [row for row in rows if row["Session default channel group"] in ("Organic Social", "Paid Social")]
    return {"sessions": column("Sessions"), "social_sessions": total(social, "Sessions"), "engaged_session_rate": column("Engaged sessions") / column("Sessions"),
            "bounce_rate": 1 - column("Engaged sessions") / column("Sessions"), "key_event_rate": column("Key events") / column("Sessions"),
            "cart_adds": column("Add to carts"), "add_to_cart_rate": column("Add to carts") / column("Sessions"),
            "conversion_rate": column("Ecommerce purchases") / column("Sessions"),
            "cart_to_purchase_rate": column("Ecommerce purchases") / column("Add to carts"),
            "checkout_completion_rate": column("Ecommerce purchases") / column("Checkouts"),
            "cart_abandonment_rate": 1 - column("Ecommerce purchases") / column("Add to carts"), "engaged": column("Engaged sessions")}


def shop(exports):
    """An order is its first line; a cancelled one does not count. Net: goods after discounts and what went back."""
    rows = table(exports / "shopify" / "orders_export_1.csv")
    orders = [row for row in rows if row["Financial Status"] and not row["Cancelled at"]]
    goods, back, off = (total(orders, column) for column in ("Subtotal", "Refunded Amount", "Discount Amount"))
    return {"orders": len(orders), "revenue_net": goods - back, "aov": (goods - back) / len(orders), "return_rate": back / goods,
            "discount_share": off / (goods + off)}


def people(exports):
    contacts = table(next((exports / "hubspot").glob("*contacts*.csv")))
    deals = table(next((exports / "hubspot").glob("*deals*.csv")))
    won, lost = ([row for row in deals if row[column] == "true"] for column in ("Is Closed Won", "Is closed lost"))
    reached = [(moment(row["Create Date"]), moment(row["First outreach date"])) for row in contacts]
    letters = [row for kind in ("subscribed", "unsubscribed") for row in table(next((exports / "mailchimp").glob(f"{kind}_*.csv"))) if row["CONFIRM_TIME"]]
    stamp = "%Y-%m-%d %H:%M:%S"
    left = [row for row in letters if row.get("UNSUB_TIME") and
            moment(row["UNSUB_TIME"], stamp) - moment(row["CONFIRM_TIME"], stamp) <= datetime.timedelta(days=30)]
    return {"leads": len(contacts), "unworked_lead_share": sum(first is None for _, first in reached) / len(contacts),
            "lead_response_within_1h": sum(first is not None and first - made <= datetime.timedelta(hours=1) for made, first in reached) / len(contacts),
            "deals_won": len(won), "win_rate": len(won) / (len(won) + len(lost)), "revenue_won": total(won, "Amount"),
            "avg_deal_value": total(won, "Amount") / len(won), "pipeline_opened": total(deals, "Amount"), "opt_ins": len(letters),
            "opt_out_rate_30d": len(left) / len(letters)}


def desk(exports, orders):
    """Every contact is one row of its list; a ticket's comment is the customer's when its requester wrote it."""
    tickets, filed = table(exports / "zendesk/ticket.csv"), table(exports / "inbox/filed.csv")
    comments, messages, calls = table(exports / "zendesk/ticket_comment.csv"), table(exports / "inbox/messages.csv"), table(exports / "phone/calls.csv")
    requester = {row["id"]: row["requester_id"] for row in tickets}
    answered = {row["ticket_id"] for row in comments if row["user_id"] != requester[row["ticket_id"]]}
    answered |= {row["Thread ID"] for row in messages if row["Automatic"] == "no"}
    scores = [int(row["score"]) for row in table(exports / "surveys/after-contact.csv") if row["score"]]
    told = [int(row["score"]) for row in table(exports / "surveys/recommendation.csv") if row["score"]]
    contacts, programs = len(tickets) + len(filed), [row["Automatic"] for row in messages if row["Automatic"]]
    return {"conversations": contacts, "call_volume": len(calls), "call_abandon_rate": sum(row["abandoned"] == "true" and int(row["wait_seconds"]) > 10 for row in calls) / len(calls),
            "contacts_per_100_orders": 100 * (contacts + len(calls)) / orders, "response_rate": len(answered) / contacts,
            "auto_reply_share": programs.count("yes") / len(programs), "inbound_messages": len(tickets) + sum(row["Direction"] == "inbound" for row in messages),
            "csat": sum(score >= 4 for score in scores) / len(scores), "nps": 100 * (sum(score >= 9 for score in told) - sum(score <= 6 for score in told)) / len(told)}


def others(exports):
    """Creators, the forum, followers at the start and the end."""
    made = table(exports / "creators/collaborations.csv")
    cost = total(made, "fee") + total(made, "product_cost")
    days = table(exports / "meta/followers-by-day.csv")
    end = sum(int(row["followers_end"]) for row in days if row["date"] == LAST.isoformat())
    start = sum(int(row["followers_end"]) for row in days if row["date"] == FIRST.isoformat())
    return {"influencer_cost": cost, "cost_per_engagement_influencer": cost / total(made, "engagements"), "collab_on_time_rate": sum(row["date"] <= row["due"] for row in made) / len(made),
            "disclosure_rate": sum(row["disclosed"] == "true" for row in made) / len(made), "followers": end, "followers_lost": total(days, "followers_lost"),
            "follower_churn_rate": total(days, "followers_lost") / start, "potential_reach": sum(int(row["author_followers"]) for row in table(exports / "listening/mentions.csv") if row["spam"] == "false"),
            "community_members_active": len({row["person"] for row in table(exports / "forum/events.csv") if row["is_staff"] == "false"})}


class Independent(harness.Case):

    def test_every_metric_is_worked_out_twice(self):
        folder = self.folder / "brand"
        self.run_program("demo", folder)
        self.run_program("ingest", "-w", folder, folder / "exports", folder / "costs.csv")
        (folder / "plan.yaml").unlink()  # without a plan score shows all that the exports say
        exports = folder / "exports"
        expected = {**content(exports), **accounts(exports), **countries(exports), **ads(exports, table(folder / "costs.csv")),
                    **site(exports), **shop(exports), **people(exports), **others(exports)}
        expected.update(desk(exports, expected["orders"]))
        expected["followers_net_growth"] = expected["followers_gained"] - expected["followers_lost"]
        expected["follower_growth_rate"] = expected["followers_net_growth"] * expected["follower_churn_rate"] / expected["followers_lost"]
        values = self.metrics(folder, "--period", PERIOD, "--compare", "none")
        for metric, ours in (("cpl", "leads"), ("cost_per_order", "orders"), ("cost_per_cart_add", "cart_adds"), ("cost_per_opt_in", "opt_ins"),
                             ("cost_per_won_deal", "deals_won")):
            expected[metric] = expected["full_cost"] / expected[ours]
        expected["cost_per_engaged_session"] = expected["full_cost"] / expected.pop("engaged")
        expected["mer"] = expected["revenue_net"] / expected["full_cost"]
        expected["revenue_per_session"] = expected["revenue_net"] / expected["sessions"]
        expected["lead_rate"] = expected["leads"] / expected["sessions"]
        expected["opt_in_rate"] = expected["opt_ins"] / expected["sessions"]
        wrong = []
        for metric, value in sorted(expected.items()):
            said = values.get(metric, {}).get("value")
            if said is None or abs(said - value) > 1e-9 * max(1, abs(value)):
                wrong.append(f"{metric}: score says {said}, the exports say {value}")
        self.assertEqual(wrong, [])
        self.assertGreater(len(expected), 60)
        unproven = sorted(set(values) - set(expected))
        self.assertLess(len(unproven), len(values) / 4, unproven)

    def test_an_export_read_every_week_says_what_happened_in_the_week(self):
        header = "Tweet id,Tweet permalink,Tweet text,time,impressions,engagements,engagement rate,retweets,replies,likes,user profile clicks,url clicks\n"
        line = "{id},https://twitter.com/shop/status/{id},words,{day} 10:00 +0000,{seen},0,0,0,0,0,0,0\n"
        folder = self.workspace()
        weeks = (("2026-03-02", {"11": 100, "12": 40}), ("2026-03-09", {"11": 170, "12": 40, "13": 70}))
        for day, seen in weeks:
            path = folder / "exports" / f"{day}.csv"
            path.write_text(header + "".join(line.format(id=post, day="2026-03-06" if post == "13" else "2026-02-27", seen=count) for post, count in seen.items()))
            self.run_program("ingest", "-w", folder, path, "--observed", day)
        ask = lambda period: self.metrics(folder, "--metric", "impressions", "--period", period, "--compare", "none")["impressions"]["value"]
        self.assertEqual(ask("2026-03-03..2026-03-09"), 140, "70 more of an old post and all of the new one")
        self.assertEqual(ask("2026-03-09"), 70 / 7 + 70 // 4 + 70 % 4, "a day's part, the rest on the last day")
        rows = self.json("score", "-w", folder, "--rows", "impressions", "--period", "2026-03-03..2026-03-09")["data"]["rows"]
        self.assertEqual({row["file"] for row in rows}, {"exports/2026-03-09.csv"})
        # Read again after the first week was corrected: the days follow.
        again = folder / "exports" / "2026-03-02 again.csv"
        again.write_text(header + line.format(id="11", day="2026-02-27", seen=110))
        self.run_program("ingest", "-w", folder, again, "--observed", "2026-03-02")
        self.assertEqual(ask("2026-03-03..2026-03-09"), 130)


if __name__ == "__main__":
    sys.exit(harness.main("__main__"))
