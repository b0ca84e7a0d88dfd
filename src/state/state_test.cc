// SPDX-License-Identifier: Apache-2.0
// The workspace's memory: nothing is lost, nothing is half-kept, and every fault is a sentence.
#include "state/state.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "state/database.h"
#include "state/schema.h"

namespace backcast {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

class StateTest : public ::testing::Test {
 protected:
  StateTest() {
    std::string pattern = (fs::temp_directory_path() / "backcast-state-XXXXXX").string();
    root_ = mkdtemp(pattern.data());
    folder_ = (root_ / ".backcast").string();
  }
  ~StateTest() override { fs::remove_all(root_); }

  std::string File() const { return folder_ + "/state.sqlite"; }
  static PlanRevision Revision(const std::string& sha, std::int64_t version = 1) {
    return {0, sha, "2026-11-26T10:00:00Z", version, "2026-11-20", "mia", "we learned something"};
  }
  static AcceptedFinding Note(const std::string& rule, const std::string& node) {
    return {0, rule, node, {"mia", "--by", "2026-11-26", "it's \"so\"; DROP TABLE x"}, 3, "", {}};
  }
  /// A file with something in it, closed.
  void Fill() const {
    WorkspaceState state(folder_);
    ASSERT_TRUE(state.Record(Revision("a"), "text of a").ok());
    ASSERT_TRUE(state.Accept({Note("P09", "k_x")}).ok());
    ASSERT_TRUE(state.Decide({0, "k_x", "seen", "decided", "mia", "--by", "2026-11-26T10:00:00Z"}).ok());
  }

  fs::path root_;
  std::string folder_;
};

TEST_F(StateTest, ReadingMakesNothing) {
  WorkspaceState state(folder_);
  EXPECT_TRUE(state.Revisions().value().empty());
  EXPECT_TRUE(state.Accepted().value().empty());
  EXPECT_TRUE(state.Decisions().value().empty());
  EXPECT_TRUE(state.Withdraw("P09", "", true, {"mia", "--by", "2026-11-26", "x"}).value().empty());
  EXPECT_FALSE(state.PlanText("a").ok());
  EXPECT_FALSE(fs::exists(folder_));
}

TEST_F(StateTest, ARevisionIsKeptWhenTheBytesDifferFromTheNewest) {
  WorkspaceState state(folder_);
  EXPECT_TRUE(state.Record(Revision("a", 1), "text of a").value());
  EXPECT_FALSE(state.Record(Revision("a", 1), "text of a").value());
  EXPECT_TRUE(state.Record(Revision("b", 2), std::string("text\0of b", 9)).value());
  EXPECT_TRUE(state.Record(Revision("a", 1), "text of a").value()) << "the first plan came back";
  WorkspaceState other(folder_);
  const auto revisions = other.Revisions().value();
  ASSERT_EQ(revisions.size(), 3U);
  EXPECT_EQ(revisions[0].sha256, "a");
  EXPECT_EQ(revisions[1].version, 2);
  EXPECT_EQ(revisions[1].because, "we learned something");
  EXPECT_EQ(revisions[2].sha256, "a");
  EXPECT_LT(revisions[1].number, revisions[2].number);
  EXPECT_EQ(other.PlanText("a").value(), "text of a");
  EXPECT_EQ(other.PlanText("b").value(), std::string("text\0of b", 9));
  EXPECT_EQ(other.PlanText("c").error().code, Code::kInput);
}

TEST_F(StateTest, ANoteStandsUntilItIsWithdrawnAndItsHistoryStays) {
  WorkspaceState state(folder_);
  ASSERT_TRUE(state.Accept({Note("P09", "k_x"), Note("P09", "k_y"), Note("P04", "")}).ok());
  AcceptedFinding again = Note("P09", "k_x");
  again.until = "2026-12-31";
  ASSERT_TRUE(state.Accept({again}).ok());
  auto notes = state.Accepted().value();
  ASSERT_EQ(notes.size(), 4U);
  EXPECT_FALSE(notes[0].HoldsOn("2026-11-27")) << "replaced by the fourth";
  EXPECT_EQ(notes[0].withdrawn.because, "accepted anew");
  EXPECT_EQ(notes[1].accepted.because, "it's \"so\"; DROP TABLE x");
  EXPECT_TRUE(notes[1].HoldsOn("2099-01-01"));
  EXPECT_TRUE(notes[3].HoldsOn("2026-12-31"));
  EXPECT_FALSE(notes[3].HoldsOn("2027-01-01"));
  EXPECT_EQ(state.Withdraw("P09", "k_y", false, {"tom", "--by", "2026-12-01", "mended"}).value().size(), 1U);
  EXPECT_EQ(state.Withdraw("P09", "k_y", false, {"tom", "--by", "2026-12-01", "mended"}).value().size(), 0U);
  EXPECT_EQ(state.Withdraw("P09", "", true, {"tom", "--by", "2026-12-01", "mended"}).value().size(), 1U);
  notes = state.Accepted().value();
  ASSERT_EQ(notes.size(), 4U);
  EXPECT_EQ(notes[1].withdrawn.because, "mended");
  EXPECT_EQ(notes[1].withdrawn.by, "tom");
  EXPECT_TRUE(notes[2].HoldsOn("2026-12-02")) << "of another rule";
  EXPECT_TRUE(std::none_of(notes.begin(), notes.end(), [](const AcceptedFinding& note) {
    return note.rule == "P09" && note.HoldsOn("2026-12-02");
  }));
}

TEST_F(StateTest, WritersQueueAndLoseNothing) {
  constexpr int kWriters = 6;
  constexpr int kEach = 15;
  std::atomic<int> failed{0};
  {
    std::vector<std::jthread> writers;
    for (int w = 0; w < kWriters; ++w) {
      writers.emplace_back([&, w] {
        WorkspaceState state(folder_);
        for (int i = 0; i < kEach; ++i) {
          const std::string name = std::to_string(w) + "-" + std::to_string(i);
          if (!state.Record(Revision(name), "text of " + name).ok()) ++failed;
          if (!state.Accept({Note("P09", "one and the same")}).ok()) ++failed;
          if (!state.Decide({0, name, "s", "d", "b", "", ""}).ok()) ++failed;
          const auto notes = state.Accepted();
          const auto standing = [](const AcceptedFinding& note) { return note.withdrawn.by.empty(); };
          if (!notes.ok() || std::count_if(notes.value().begin(), notes.value().end(), standing) != 1)
            ++failed;
        }
      });
    }
  }
  EXPECT_EQ(failed, 0);
  WorkspaceState state(folder_);
  EXPECT_EQ(state.Revisions().value().size(), kWriters * kEach);
  EXPECT_EQ(state.Accepted().value().size(), kWriters * kEach);
  std::set<std::string> nodes;
  for (const KeptDecision& decision : state.Decisions().value()) nodes.insert(decision.node);
  EXPECT_EQ(nodes.size(), kWriters * kEach);
  for (const PlanRevision& revision : state.Revisions().value())
    EXPECT_EQ(state.PlanText(revision.sha256).value(), "text of " + revision.sha256);
}

TEST_F(StateTest, AWriterThatWaitsTooLongSaysSoAndReadersDoNotWait) {
  Fill();
  auto other = Database::Open(File(), true, milliseconds(0));
  ASSERT_TRUE(other.ok());
  ASSERT_TRUE(other.value().RunAll("BEGIN IMMEDIATE").ok());
  WorkspaceState state(folder_, milliseconds(40));
  EXPECT_EQ(state.Decisions().value().size(), 1U);
  const auto refused = state.Decide({0, "n", "s", "d", "b", "", ""});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kUnavailable);
  EXPECT_NE(ToSentence(refused.error()).find("another process"), std::string::npos);
  ASSERT_TRUE(other.value().RunAll("COMMIT").ok());
  EXPECT_TRUE(state.Decide({0, "n", "s", "d", "b", "", ""}).ok());
}

TEST_F(StateTest, AFailedChangeLeavesNothing) {
  Fill();
  auto database = Database::Open(File(), true, milliseconds(100));
  ASSERT_TRUE(database.ok());
  const auto failed = database.value().Change([&]() -> Result<Done> {
    BACKCAST_CHECK(database.value().RunAll("DELETE FROM decision"));
    return Error{Code::kInternal, "", "stop", ""};
  });
  EXPECT_FALSE(failed.ok());
  EXPECT_EQ(WorkspaceState(folder_).Decisions().value().size(), 1U);
}

TEST_F(StateTest, LabelsKeepTheInstantAtWhichTheyWereFirstSeen) {
  WorkspaceState state(folder_);
  EXPECT_EQ(state.LabelsFirstSeen("abc", "2026-01-01T00:00:00Z").value(), "2026-01-01T00:00:00Z");
  EXPECT_EQ(state.LabelsFirstSeen("def", "2026-02-01T00:00:00Z").value(), "2026-02-01T00:00:00Z");
  EXPECT_EQ(WorkspaceState(folder_).LabelsFirstSeen("abc", "2026-03-01T00:00:00Z").value(),
            "2026-01-01T00:00:00Z");
}

TEST_F(StateTest, AnOlderFileIsBroughtUpToDateAndKeepsItsRows) {
  Fill();
  {
    auto older = Database::Open(File(), true, milliseconds(100));
    ASSERT_TRUE(older.ok());
    ASSERT_TRUE(older.value()
                    .RunAll("DROP TABLE forgotten; DROP TABLE label_version; DROP TABLE decision; DROP TABLE "
                            "accepted_finding; "
                            "DELETE FROM schema_version WHERE version > 1")
                    .ok());
  }
  {
    WorkspaceState state(folder_);
    EXPECT_EQ(state.Revisions().value().size(), 1U);
    EXPECT_TRUE(state.Accepted().value().empty());
    EXPECT_TRUE(state.Accept({Note("P09", "k_x")}).ok());
    EXPECT_EQ(state.PlanText("a").value(), "text of a");
  }
  auto database = Database::Open(File(), false, milliseconds(100));
  EXPECT_EQ(database.value().Run("SELECT max(version), count(*) FROM schema_version").value()[0],
            (Database::Row{std::to_string(NewestStateSchema()), std::to_string(NewestStateSchema())}));
}

TEST_F(StateTest, ANewerFileAndAnotherProgramsFileAreRefused) {
  Fill();
  {
    auto newer = Database::Open(File(), true, milliseconds(100));
    ASSERT_TRUE(newer.value().RunAll("INSERT INTO schema_version VALUES(99, 'later')").ok());
  }
  WorkspaceState state(folder_);
  EXPECT_NE(ToSentence(state.Decisions().error()).find("schema 99"), std::string::npos);
  EXPECT_FALSE(state.Decide({0, "n", "s", "d", "b", "", ""}).ok());
  fs::remove(File());
  {
    auto foreign = Database::Open(File(), true, milliseconds(100));
    ASSERT_TRUE(foreign.value().RunAll("CREATE TABLE bookmarks(url TEXT)").ok());
  }
  WorkspaceState second(folder_);
  EXPECT_NE(ToSentence(second.Decisions().error()).find("another program"), std::string::npos);
  EXPECT_FALSE(second.Accept({Note("P09", "")}).ok());
}

TEST_F(StateTest, DamageIsASentenceAndNeverACrash) {
  Fill();
  std::stringstream whole;
  whole << std::ifstream(File(), std::ios::binary).rdbuf();
  const std::string sound = whole.str();
  std::mt19937 random(7);
  int refused = 0;
  for (int round = 0; round < 120; ++round) {
    std::string bytes = sound;
    if (round == 0) bytes = std::string(5000, 'x');
    if (round % 3 == 1) bytes.resize(random() % bytes.size());
    for (int i = 0; i < 40 && round % 3 == 2; ++i)
      bytes[random() % bytes.size()] = static_cast<char>(random() % 256);
    std::ofstream(File(), std::ios::binary | std::ios::trunc) << bytes;
    for (const char* beside : {"-wal", "-shm"}) fs::remove(File() + beside);
    WorkspaceState state(folder_, milliseconds(20));
    for (const auto& answer :
         {state.Decide({0, "n", "s", "d", "b", "", ""}), state.Accept({Note("P01", "")})}) {
      if (answer.ok()) continue;
      ++refused;
      EXPECT_NE(answer.error().where.find("state.sqlite"), std::string::npos);
      EXPECT_FALSE(answer.error().what.empty());
    }
    (void)state.Revisions();
    (void)state.Decisions();
    (void)state.Accepted();
    (void)state.PlanText("a");
    if (round == 0) {
      EXPECT_NE(ToSentence(state.Decisions().error()).find("is damaged"), std::string::npos);
    }
  }
  EXPECT_GT(refused, 20);
}

TEST_F(StateTest, AFolderThatCannotBeWrittenIsStillRead) {
  Fill();
  fs::permissions(root_, fs::perms(0755));
  ASSERT_EQ(::chmod(File().c_str(), 0444), 0);
  ASSERT_EQ(::chmod(folder_.c_str(), 0555), 0);
  // The superuser may write everywhere, so the test goes on as nobody.
  const bool super = ::geteuid() == 0;
  ASSERT_EQ(super ? ::seteuid(65534) : 0, 0);
  {
    WorkspaceState state(folder_, milliseconds(20));
    const auto decisions = state.Decisions();
    EXPECT_TRUE(decisions.ok() && decisions.value().size() == 1)
        << (decisions.ok() ? "" : ToSentence(decisions.error()));
    const auto refused = state.Decide({0, "n", "s", "d", "b", "", ""});
    EXPECT_FALSE(refused.ok());
    if (!refused.ok()) {
      EXPECT_EQ(refused.error().code, Code::kUnavailable);
      EXPECT_NE(ToSentence(refused.error()).find("permissions"), std::string::npos);
    }
    EXPECT_FALSE(state.Record(Revision("a"), "text of a").value()) << "it is known already";
    EXPECT_FALSE(state.Record(Revision("new"), "text").ok());
    WorkspaceState nowhere("/proc/nowhere/.backcast");
    EXPECT_FALSE(nowhere.Record(Revision("a"), "text of a").ok());
  }
  ASSERT_EQ(super ? ::seteuid(0) : 0, 0);
  ::chmod(folder_.c_str(), 0755);
}

}  // namespace
}  // namespace backcast
