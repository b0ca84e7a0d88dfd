# SPDX-License-Identifier: Apache-2.0
"""A person taken out of every version of the lake, and not read again."""
import calendar
import hashlib
import hmac
import signal
import subprocess
import sys
import time

import harness

ANNA, BEN = "anna@example.com", "ben@example.com"
SECRET = "my daughter's birthday was ruined by the late parcel"


def on(day):
    return {"SOURCE_DATE_EPOCH": str(calendar.timegm(time.strptime(day, "%Y-%m-%d")))}


class Forget(harness.Case):
    ORDERS = ["order_id", "date", "person", "ordered_at", "net", "currency", "coupon"]
    SESSIONS = ["session_id", "date", "person", "channel_group", "campaign"]

    def shop(self):
        folder = self.folder / "shop"
        exports = folder / "exports"
        harness.write(exports / "orders.csv", self.ORDERS, [["1", "2026-03-01", ANNA, "2026-03-01T10:00:00Z", 40, "EUR", "X"], ["2", "2026-03-02", BEN, "2026-03-02T10:00:00Z", 60, "EUR", ""]])
        harness.write(exports / "events.csv", ["event_id", "order_id", "date", "kind", "amount", "currency"], [["e1", "1", "2026-03-01", "sale", 40, "EUR"], ["e2", "2", "2026-03-02", "sale", 60, "EUR"]])
        harness.write(exports / "sessions.csv", self.SESSIONS, [["s1", "2026-03-01", "cookie-a", "direct", ""], ["s2", "2026-03-02", BEN, "direct", ""], ["s3", "2026-03-02", "cookie-shared", "direct", ""]])
        harness.write(exports / "identity.csv", ["person", "same_as", "date", "how"], [["cookie-a", ANNA, "2026-03-01", "login"], ["cookie-shared", ANNA, "2026-03-01", "login"], ["cookie-shared", BEN, "2026-03-01", "login"]])
        harness.write(exports / "conversations.csv", ["conversation_id", "date", "person", "kind"], [["c1", "2026-03-03", ANNA, "dm"], ["c2", "2026-03-03", BEN, "dm"]])
        harness.write(exports / "messages.csv", ["message_id", "conversation_id", "date", "direction", "text"], [["m1", "c1", "2026-03-03", "in", SECRET], ["m2", "c1", "2026-03-03", "out", "sorry"], ["m3", "c2", "2026-03-03", "in", "where is it"]])
        harness.write(exports / "anna@example.com.csv", ["optin_id", "date", "person", "list"], [["o1", "2026-03-02", ANNA, "news"], ["o2", "2026-03-02", BEN, "news"]])
        harness.write(exports / "mentions.csv", ["mention_id", "date", "author", "text", "is_own_brand"], [["t1", "2026-03-04", ANNA, SECRET, "true"], ["t2", "2026-03-04", BEN, "nice", "true"], ["t3", "2026-03-04", "kim", "ask anna_the_great, she knows", "true"], ["t4", "2026-03-04", "kim", "Anna_the_great anna_the_great ANNA_THE_GREAT not anna_the_greatest", "true"]])
        self.run_program("ingest", "-w", folder, env=on("2026-03-10"))
        harness.write(exports / "orders.csv", self.ORDERS, [["1", "2026-03-01", ANNA, "2026-03-01T10:00:00Z", 35, "EUR", "X"], ["2", "2026-03-02", BEN, "2026-03-02T10:00:00Z", 60, "EUR", ""], ["3", "2026-03-05", ANNA, "2026-03-05T10:00:00Z", 10, "EUR", ""]])
        self.run_program("ingest", "-w", folder, env=on("2026-03-12"))
        return folder

    def code(self, folder, identity):
        return hmac.new((folder / ".backcast/salt").read_text().strip().encode(), identity.encode(), hashlib.sha256).hexdigest()[:32]

    def holding(self, folder, *words):
        found = []
        for path in (folder / ".backcast").rglob("*"):
            if path.is_file():
                data = path.read_bytes().lower()
                found += [(str(path.relative_to(folder)), word) for word in words if word.lower().encode() in data]
        return found

    def numbers(self, folder, *more):
        metrics = self.metrics(folder, "--metric", "orders,revenue_net,visitors", "--period", "2026-03", *more)
        return {name: value["value"] for name, value in metrics.items()}

    def texts(self, folder):
        rows = self.json("score", "-w", folder, "--rows", "mentions", "--period", "2026-03")["data"]["rows"]
        return sorted(row["text"] for row in rows)

    def test_nothing_of_the_person_is_left_and_money_stays(self):
        folder = self.shop()
        codes = [self.code(folder, who) for who in (ANNA, "cookie-a")]
        self.assertTrue(self.holding(folder, *codes), "the test can see the ids before")
        self.assertTrue(self.holding(folder, SECRET), "and the text")
        before, then = self.numbers(folder), self.numbers(folder, "--as-of", "2026-03-11")
        data = self.json("forget", f"  {ANNA.upper()} ", "-w", folder, "--yes")["data"]
        facts = {f["fact"]: f for f in data["facts"]}
        self.assertEqual((data["ids"], data["ids_joined"], data["ids_shared_and_left"]), (2, 1, 1))
        self.assertEqual((facts["order"]["rows_nameless"], facts["order"]["rows_deleted"]), (2, 0))
        self.assertEqual({name: facts[name]["rows_deleted"] for name in ("session", "conversation", "message", "mention", "optin", "person")}, {"session": 1, "optin": 1, "conversation": 1, "message": 2, "mention": 1, "person": 2})
        self.assertEqual(self.holding(folder, *codes, SECRET, ANNA), [])
        self.assertIn("exports/orders.csv", data["export_files"])
        self.assertIn("exports/messages.csv", data["export_files"])
        self.assertIn("exports/anna@example.com.csv", data["export_files"])
        after = self.numbers(folder)
        self.assertEqual((after["orders"], after["revenue_net"]), (before["orders"], before["revenue_net"]))
        self.assertEqual(after["visitors"], before["visitors"] - 1)
        old = self.numbers(folder, "--as-of", "2026-03-11")
        self.assertEqual((old["orders"], old["revenue_net"], old["visitors"]), (then["orders"], then["revenue_net"], then["visitors"] - 1))
        self.assertEqual((then["orders"], then["revenue_net"]), (2, 100))
        self.assertIn("nice", self.texts(folder))

    def test_ingest_does_not_bring_the_person_back(self):
        folder = self.shop()
        self.run_program("forget", ANNA, "-w", folder, "--yes")
        before = self.numbers(folder)
        self.run_program("ingest", "-w", folder)
        self.assertEqual(self.numbers(folder), before)
        exports = folder / "exports"
        for name in ("mentions.csv", "messages.csv", "conversations.csv", "orders.csv", "sessions.csv"):
            lines = (exports / name).read_text().splitlines()
            (exports / name).write_text("\n".join([*lines, lines[-1].replace("t3", "t9").replace("m3", "m9").replace("c2", "c9").replace("s3", "s9").replace(",3,", ",9,")]) + "\n")
        files = {f["file"].split("/")[-1]: f for f in self.json("ingest", "-w", folder)["data"]["files"]}
        self.assertEqual({name: files[name]["rows_refused"] for name in ("mentions.csv", "messages.csv", "conversations.csv", "sessions.csv", "orders.csv")},
                         {"mentions.csv": 1, "messages.csv": 2, "conversations.csv": 1, "sessions.csv": 1, "orders.csv": 0})
        self.assertEqual(self.holding(folder, self.code(folder, ANNA), self.code(folder, "cookie-a"), SECRET, ANNA), [])
        self.assertEqual(self.numbers(folder)["revenue_net"], before["revenue_net"])
        refused = self.text("ingest", "-w", folder, "--dry-run", exports / "mentions.csv")
        self.assertNotIn(SECRET, refused)

    def test_a_dry_run_changes_nothing(self):
        folder = self.shop()
        state = {p: p.read_bytes() for p in (folder / ".backcast/lake").rglob("*") if p.is_file()}
        data = self.json("forget", ANNA, "-w", folder, "--dry-run")["data"]
        self.assertTrue(data["dry_run"])
        self.assertTrue(any(f["rows_deleted"] for f in data["facts"]))
        self.assertEqual({p: p.read_bytes() for p in (folder / ".backcast/lake").rglob("*") if p.is_file()}, state)
        self.assertIn("nothing was changed", self.text("forget", ANNA, "-w", folder, "--dry-run"))

    def test_asked_for_by_code_by_word_and_by_mistake(self):
        folder = self.shop()
        self.assertIn(b"--dry-run", self.run_program("forget", ANNA, "-w", folder, code=2).stderr)
        self.assertIn(b"nobody is known", self.run_program("forget", "nobody@example.com", "-w", folder, "--yes", code=3).stderr)
        self.run_program("forget", " ", "-w", folder, "--yes", code=2)
        word = self.json("forget", "Anna_The_Great", "-w", folder, "--yes")["data"]
        self.assertEqual([(f["fact"], f["rows_reworded"]) for f in word["facts"]], [("mention", 2)])
        self.assertIn("ask [forgotten], she knows", self.texts(folder))
        self.assertIn("[forgotten] [forgotten] [forgotten] not anna_the_greatest", self.texts(folder))
        coded = self.json("forget", self.code(folder, "cookie-shared"), "-w", folder, "--yes")["data"]
        self.assertEqual((coded["ids"], coded["ids_shared_and_left"]), (1, 2))
        self.assertEqual(self.numbers(folder)["visitors"], 2)
        self.run_program("forget", "a'; drop table x --", "-w", folder, "--yes", code=3)
        self.run_program("forget", "(a+)+$ \\Q[", "-w", folder, "--yes", code=3)

    def joined(self):
        """Anna is known by a handle and by a number as well; others wrote the handle, nobody the number."""
        folder = self.folder / "joined"
        exports = folder / "exports"
        harness.write(exports / "identity.csv", ["person", "same_as", "date", "how"], [[ANNA, "@Anna.Handle", "2026-01-01", "login"], ["700-41", ANNA, "2026-01-01", "login"]])
        harness.write(exports / "mentions.csv", ["mention_id", "date", "author", "text", "is_own_brand"],
                      [["t1", "2026-03-04", BEN, "ask @anna.handle’s friend, not anna.handles", "true"], ["t2", "2026-03-04", ANNA, "mine", "true"], ["t3", "2026-03-04", BEN, "“@ANNA.HANDLE”", "true"]])
        self.run_program("ingest", "-w", folder, env=on("2026-03-10"))
        return folder

    def test_words_of_joined_ids_go_from_what_others_wrote(self):
        folder = self.joined()
        dry = self.json("forget", ANNA, "-w", folder, "--dry-run")["data"]
        self.assertEqual(sorted(word.lower() for word in dry["words"]), ["@anna.handle", ANNA])
        self.assertEqual((dry["ids"], dry["ids_known_by_code_only"]), (3, 1))
        said = self.text("forget", ANNA, "-w", folder, "--dry-run")
        self.assertIn("@anna.handle", said.lower())
        self.assertIn("1 id of this person known by code only", said)
        done = self.json("forget", ANNA, "-w", folder, "--yes")["data"]
        self.assertEqual(next(f for f in done["facts"] if f["fact"] == "mention")["rows_reworded"], 2)
        self.assertEqual(self.texts(folder), ["ask [forgotten]’s friend, not anna.handles", "“[forgotten]”"])
        self.run_program("forget", "@Anna.Handle", "-w", folder, "--yes", code=3)

    def test_a_code_finds_the_words_too(self):
        folder = self.joined()
        data = self.json("forget", self.code(folder, "@anna.handle"), "-w", folder, "--yes")["data"]
        self.assertEqual(data["ids_known_by_code_only"], 2)
        self.assertIn("ask [forgotten]’s friend, not anna.handles", self.texts(folder))

    def test_amounts_go_when_they_are_meant(self):
        folder = self.shop()
        data = self.json("forget", ANNA, "-w", folder, "--yes", "--amounts")["data"]
        self.assertEqual(next(f for f in data["facts"] if f["fact"] == "order")["rows_deleted"], 2)
        self.assertEqual(self.numbers(folder)["revenue_net"], 60)

    def test_killed_at_any_moment_the_lake_is_old_or_new(self):
        folder = self.shop()
        before = self.numbers(folder)
        for step in range(12):
            running = subprocess.Popen([harness.PROGRAM, "forget", ANNA, "-w", str(folder), "--yes"], env=self.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                running.wait(0.02 * (step + 1))
            except subprocess.TimeoutExpired:
                running.send_signal(signal.SIGKILL)
                running.wait()
            now = self.numbers(folder)
            self.assertEqual((now["orders"], now["revenue_net"]), (before["orders"], before["revenue_net"]))
            self.assertIn(now["visitors"], (before["visitors"], before["visitors"] - 1))
        done = subprocess.run([harness.PROGRAM, "forget", ANNA, "-w", str(folder), "--yes"], env=self.environment(), capture_output=True, timeout=240)
        self.assertIn(done.returncode, (0, 3))
        self.assertEqual(self.numbers(folder)["visitors"], before["visitors"] - 1)
        self.assertEqual(self.holding(folder, self.code(folder, ANNA), SECRET), [])


if __name__ == "__main__":
    sys.exit(harness.main(__name__))
