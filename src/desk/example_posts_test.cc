// SPDX-License-Identifier: Apache-2.0
#include "desk/example_posts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "desk/ingest.h"
#include "desk/score.h"

namespace backcast {
namespace {

namespace fs = std::filesystem;

TEST(ShownCaption, IsShortAndLeadsNowhere) {
  EXPECT_EQ(ShownCaption("New  in the\nshop https://a.example/x www.b.example"), "New in the shop");
  EXPECT_EQ(ShownCaption("with @merle.a and (@jonte)"), "with @… and (@…");
  const std::string cut = ShownCaption(std::string(400, 'x'));
  EXPECT_LE(cut.size(), 124U);
  EXPECT_TRUE(cut.ends_with("…"));
  EXPECT_EQ(ShownCaption("\x1b[2Jhi").find('\x1b'), std::string::npos);
  EXPECT_EQ(ShownCaption(" \n "), "");
}

TEST(WantsExample, OnlyLinesThatPostsExplain) {
  ScoreLine line;
  line.metric = "save_rate";
  line.element = "content";
  for (const char* level : {"activity", "output", "outtake", "outcome", "impact", "input"}) {
    line.level = level;
    EXPECT_EQ(WantsExample(line), line.level == "output" || line.level == "outtake") << level;
  }
  line.level = "outtake";
  line.element = "care";
  EXPECT_FALSE(WantsExample(line));
  line.metric = "targeted_sessions";
  EXPECT_TRUE(WantsExample(line));
  line.group = {{"platform", "x"}};
  EXPECT_FALSE(WantsExample(line));
}

class Silence final : public Talk {
 public:
  void Say(std::string_view line) override { said += std::string(line) + "\n"; }
  void Progress(std::string_view, double) override {}
  void Watch(Engine*) override {}
  bool stopped() const override { return false; }
  std::string said;
};

class Brand {
 public:
  Brand() {
    std::string pattern = (fs::temp_directory_path() / "backcast-examples-test-XXXXXX").string();
    path = mkdtemp(pattern.data());
    fs::create_directories(path / "exports");
    fs::create_directories(path / "notes");
  }
  ~Brand() { fs::remove_all(path); }
  void Write(const std::string& name, const std::string& text) const { std::ofstream(path / name) << text; }
  fs::path path;
};

TEST(AddExamplePosts, ShowsTheOwnPostWithTheMostClicksInThePeriod) {
  const Brand brand;
  brand.Write("plan.yaml", R"(backcast: 1
brand: {name: Test, market: b2c, currency: EUR, tz: Europe/Berlin}
team: [{id: me, role: Social media manager, function: social, influences: [content]}]
strategy: [{id: s, statement: Sell more.}]
objectives: [{id: b, strategy: s, statement: Sell more., kind: sales, owner: me}]
outcomes:
- {id: o, objective: b, metric: orders, ceo: Orders that came., owner: me, unit: orders per month, baseline: {value: 1, period: 2026-01-01..2026-01-31}, target: {value: 2, by: 2026-12-31}}
kpis:
- {id: k, outcome: o, metric: link_clicks_lifetime, owner: me, why: They click., baseline: {value: 1, period: 2026-01-01..2026-01-31}, target: {value: 2, by: 2026-12-31}}
- {id: k_ig, outcome: o, metric: link_clicks_lifetime, scope: {platform: [instagram]}, owner: me, why: They click., baseline: {value: 1, period: 2026-01-01..2026-01-31}, target: {value: 2, by: 2026-12-31}}
)");
  const std::string head = "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,URL Clicks\n";
  const auto post = [](const char* id, const char* day, const char* text, int clicks) {
    return std::string(id) + ",\"" + day + "\"," + text + ",https://x.com/brand/status/" + id +
           ",1000,10,30," + std::to_string(clicks) + "\n";
  };
  brand.Write("exports/account_analytics_content_2026-03-01_2026-03-20.csv",
              head + post("1801", "Mon, Mar 2, 2026", "Quiet day", 5) +
                  post("1802", "Thu, Mar 5, 2026", "Map is here https://a.example/x", 9));
  brand.Write("exports/account_analytics_content_2026-02-01_2026-04-01.csv",
              head + post("1801", "Mon, Mar 2, 2026", "Quiet day", 6) +
                  post("1802", "Thu, Mar 5, 2026", "Map is here https://a.example/x", 40) +
                  post("1803", "Mon, Mar 9, 2026", "Nobody clicked", 0) +
                  post("1799", "Fri, Feb 6, 2026", "Of the month before", 800));
  brand.Write("notes/2026-03-05-map.md", "node: k\n# The map\nWe drew it by hand.\n");
  Silence talk;
  auto opened = Workspace::Open({.workspace = brand.path.string(), .threads = 1, .memory = ""});
  ASSERT_TRUE(opened.ok()) << ToSentence(opened.error());
  Workspace& workspace = opened.value();
  IngestCommand command;
  command.paths = {workspace.PathOf("exports")};
  const auto read = Ingest(workspace, command, talk);
  ASSERT_TRUE(read.ok()) << ToSentence(read.error());
  ScoreOptions options;
  options.period = "2026-03";
  const auto card = MakeScorecard(workspace, options, ParseIsoDay("2026-04-02").value(), talk);
  ASSERT_TRUE(card.ok()) << ToSentence(card.error());
  ASSERT_EQ(card.value().examples.size(), 1U) << "none of instagram\n" << read.value().out << talk.said;
  const ExamplePost& best = card.value().examples[0];
  EXPECT_EQ(best.node, "k");
  EXPECT_EQ(best.platform, "x");
  EXPECT_EQ(best.reference, "1802");
  EXPECT_EQ(best.number, 40) << "the newest reading counts, not the sum of both";
  EXPECT_EQ(best.measure, "link_clicks");
  EXPECT_EQ(best.among, 3) << "posts of March";
  EXPECT_EQ(best.text, "Map is here");
  EXPECT_EQ(best.day, ParseIsoDay("2026-03-05").value());
  const auto asks = [](const std::string& sql) { return sql.find("author_type") != std::string::npos; };
  EXPECT_TRUE(std::any_of(card.value().sql.begin(), card.value().sql.end(), asks)) << "own posts only";
  ASSERT_EQ(card.value().notes.size(), 1U);
  EXPECT_EQ(card.value().notes[0].title, "The map");
}

}  // namespace
}  // namespace backcast
