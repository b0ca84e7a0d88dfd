// SPDX-License-Identifier: Apache-2.0
// Several writers at once, and writers that are killed: whole loads, unique ids, nothing acknowledged is
// lost.
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <random>
#include <set>
#include <thread>

#include "lake/lake_fixture.h"
#include "lake/lock.h"
#include "lake/store.h"

extern char** environ;  // NOLINT: POSIX declares it nowhere

namespace backcast {
namespace {

constexpr const char* kWriter = "BACKCAST_TEST_LAKE_WRITER";  // "lake folder|acknowledgements|name"

class ConcurrencyTest : public LakeTest {
 protected:
  /// One load named `name`: two rows of post_day in two months, and one order.
  static Result<LoadReceipt> CommitOne(Lake& lake, DuckDb& engine, const std::string& name) {
    const std::string post = "('" + name + "', '2026-01-0" + std::to_string(1 + name.size() % 9) +
                             "', 'paid', 1, 1, 1, 1, 1), ('" + name +
                             "', '2026-02-01', 'paid', 1, 1, 1, 1, 2)";
    const Staged days = Stage(engine, "post_day", post);
    const Staged orders =
        Stage(engine, "order", "('" + name + "', '2026-01-01', 'paid', 1, 'of " + name + "', 3)");
    return lake.Commit(engine, {"s", name, name, "", 3, 0}, {days, orders}, {});
  }

  /// Every load on record is whole, nothing else is there, and every id means one thing.
  static void ExpectWholeLoads(Lake& lake, DuckDb& engine) {
    const auto attached = lake.Attach(engine);
    ASSERT_TRUE(attached.ok()) << ToSentence(attached.error());
    EXPECT_EQ(Number(engine,
                     "select count(*) from load l where (select count(*) from post_day f where f.load_id = "
                     "l.load_id) <> 2 or "
                     "(select count(*) from \"order\" o where o.load_id = l.load_id) <> 1"),
              0);
    EXPECT_EQ(Number(engine, "select count(*) from post_day where load_id not in (select load_id from load)"),
              0);
    EXPECT_EQ(
        Number(engine, "select count(*) from \"order\" where load_id not in (select load_id from load)"), 0);
    EXPECT_EQ(Number(engine, "select count(*) - count(distinct load_id) from load"), 0);
    EXPECT_EQ(Number(engine, "select count(*) - count(distinct post_key) from post"), 0);
    EXPECT_EQ(Number(engine, "select count(*) - count(distinct \"natural\") from post"), 0);
    EXPECT_EQ(Number(engine,
                     "select count(*) from post_day f left join post p on f.post = p.post_key left join load "
                     "l on f.load_id = l.load_id "
                     "where p.\"natural\" is distinct from l.file"),
              0);
  }
};

TEST_F(ConcurrencyTest, WritersQueueAndReadersSeeWholeLoads) {
  constexpr int kWriters = 3;
  constexpr int kLoads = 4;
  OpenLake();
  std::atomic<int> failed{0};
  std::atomic<bool> over{false};
  {
    std::jthread reader([&] {
      Lake lake = OpenLake();
      const auto engine = Engine();
      while (!over) ExpectWholeLoads(lake, *engine);
    });
    std::vector<std::jthread> writers;
    for (int w = 0; w < kWriters; ++w) {
      writers.emplace_back([&, w] {
        Lake lake = OpenLake();
        const auto engine = Engine();
        for (int i = 0; i < kLoads; ++i) {
          const auto receipt = CommitOne(lake, *engine, "w" + std::to_string(w) + "-" + std::to_string(i));
          if (!receipt.ok()) ++failed;
        }
      });
    }
    for (std::jthread& writer : writers) writer.join();
    over = true;
  }
  EXPECT_EQ(failed, 0);
  Lake lake = OpenLake();
  const auto engine = Engine();
  ExpectWholeLoads(lake, *engine);
  EXPECT_EQ(Number(*engine, "select max(load_id) from load"), kWriters * kLoads);
  EXPECT_EQ(Number(*engine, "select count(*) from post_day"), 2 * kWriters * kLoads);
  EXPECT_EQ(Number(*engine, "select max(post_key) from post"), 2 * kWriters * kLoads);
}

TEST_F(ConcurrencyTest, ANumberedLogFileIsWrittenOnce) {
  Store one(folder_, std::chrono::system_clock::now);
  Store two(folder_, std::chrono::system_clock::now);
  const Snapshot base;
  Actions actions;
  actions.metadata = Metadata{.id = "x", .columns = {{"a", "BIGINT"}}};
  EXPECT_TRUE(one.Write("t", base, actions, false).value());
  EXPECT_FALSE(two.Write("t", base, actions, false).value());
  EXPECT_EQ(two.Newest("t").value()->version, 0);
}

/// Not a test by itself: the process that the next test starts and kills.
TEST_F(ConcurrencyTest, WriterProcess) {
  const char* told = std::getenv(kWriter);
  if (told == nullptr) GTEST_SKIP() << "runs inside KilledWritersLeaveWholeLoads";
  const std::string text = told;
  const std::size_t first = text.find('|');
  const std::size_t second = text.find('|', first + 1);
  folder_ = text.substr(0, first);
  std::ofstream acknowledged(text.substr(first + 1, second - first - 1), std::ios::app);
  const std::string name = text.substr(second + 1);
  Lake lake = OpenLake();
  const auto engine = Engine();
  acknowledged << "begin\n" << std::flush;
  for (int i = 0;; ++i) {
    const std::string load = name + "-" + std::to_string(i);
    ASSERT_TRUE(CommitOne(lake, *engine, load).ok());
    acknowledged << load << "\n" << std::flush;
  }
}

pid_t StartWriter(const std::string& folder, const std::string& acknowledged, const std::string& name) {
  const std::string told = std::string(kWriter) + "=" + folder + "|" + acknowledged + "|" + name;
  std::vector<char*> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) environment.push_back(*entry);
  environment.push_back(const_cast<char*>(told.c_str()));
  environment.push_back(nullptr);
  std::string program = "/proc/self/exe";
  std::string filter = "--gtest_filter=ConcurrencyTest.WriterProcess";
  std::string quiet = "--gtest_brief=1";
  char* arguments[] = {program.data(), filter.data(), quiet.data(), nullptr};
  pid_t child = -1;
  return ::posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments, environment.data()) == 0 ? child
                                                                                                      : -1;
}

std::set<std::string> LinesOf(const std::string& path) {
  std::set<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!file.eof()) lines.insert(line);
  }
  return lines;
}

TEST_F(ConcurrencyTest, KilledWritersLeaveWholeLoads) {
  constexpr int kKills = 20;
  std::mt19937 random(11);
  std::set<std::string> promised;
  int broken_off = 0;
  for (int kill = 0; kill < kKills; ++kill) {
    SCOPED_TRACE("kill " + std::to_string(kill));
    const std::string acknowledged = (root_ / ("acknowledged" + std::to_string(kill))).string();
    const std::string name = "k" + std::to_string(kill);
    const pid_t child = StartWriter(folder_, acknowledged, name);
    ASSERT_GT(child, 0);
    for (int waited = 0; waited < 3000 && LinesOf(acknowledged).empty(); ++waited)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 300));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    promised.merge(LinesOf(acknowledged));
    promised.erase("begin");

    Lake lake = OpenLake();
    const auto engine = Engine();
    ExpectWholeLoads(lake, *engine);
    for (const std::string& load : promised) EXPECT_TRUE(lake.FindLoad(load).value().has_value()) << load;
    Store store(folder_, std::chrono::system_clock::now);
    const auto loads = static_cast<std::int64_t>(lake.Loads().value().size());
    broken_off += store.Newest("post").value()->version + 1 > loads ? 1 : 0;
    const auto next = CommitOne(lake, *engine, "after-" + name);
    ASSERT_TRUE(next.ok()) << ToSentence(next.error());
    ExpectWholeLoads(lake, *engine);
    // Any other Delta reader sees the same rows: nothing of the broken load is left in the newest version.
    const auto newest = store.Newest("post_day");
    ASSERT_TRUE(newest.ok());
    std::int64_t rows = 0;
    for (const auto& [path, file] : newest.value()->files) rows += file.rows;
    EXPECT_EQ(rows, 2 * (loads + 1));
  }
  RecordProperty("broken_off", broken_off);
}

}  // namespace
}  // namespace backcast
