// SPDX-License-Identifier: Apache-2.0
#include "desk/example_posts.h"

#include <gtest/gtest.h>

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
- {id: k_x, outcome: o, metric: link_clicks_lifetime, scope: {platform: [x]}, owner: me, why: They click., baseline: {value: 1, period: 2026-01-01..2026-01-31}, target: {value: 2, by: 2026-12-31}}
)");
  brand.Write("exports/backcast_post.csv",
              "platform,post_id,published_on,text,author_type\n"
              "instagram,p1,2026-03-02,Quiet day,own\n"
              "instagram,p2,2026-03-05,Map is here https://a.example/x,own\n"
              "instagram,p3,2026-03-06,Not ours,influencer\n"
              "instagram,p4,2026-02-06,Older,own\n"
              "x,p5,2026-03-09,Short,\n");
  brand.Write("exports/backcast_post_snapshot.csv",
              "post,observed_on,published_on,platform,paid,link_clicks\n"
              "instagram:p1,2026-04-01,2026-03-02,instagram,organic,5\n"
              "instagram:p2,2026-03-20,2026-03-05,instagram,organic,9\n"
              "instagram:p2,2026-04-01,2026-03-05,instagram,organic,40\n"
              "instagram:p3,2026-04-01,2026-03-06,instagram,organic,900\n"
              "instagram:p4,2026-04-01,2026-02-06,instagram,organic,800\n"
              "x:p5,2026-04-01,2026-03-09,x,organic,7\n");
  brand.Write("notes/2026-03-05-map.md", "node: k\n# The map\nWe drew it by hand.\n");
  Silence talk;
  auto opened = Workspace::Open({.workspace = brand.path.string(), .threads = 1, .memory = ""});
  ASSERT_TRUE(opened.ok()) << ToSentence(opened.error());
  Workspace& workspace = opened.value();
  const auto read = Ingest(workspace, {}, talk);
  ASSERT_TRUE(read.ok()) << ToSentence(read.error());
  ScoreOptions options;
  options.period = "2026-03";
  const auto card = MakeScorecard(workspace, options, ParseIsoDay("2026-04-02").value(), talk);
  ASSERT_TRUE(card.ok()) << ToSentence(card.error());
  ASSERT_EQ(card.value().examples.size(), 2U) << read.value().out << talk.said;
  const ExamplePost& best = card.value().examples[0];
  EXPECT_EQ(best.node, "k");
  EXPECT_EQ(best.reference, "p2");
  EXPECT_EQ(best.number, 40) << "the newest reading counts, not the sum of both";
  EXPECT_EQ(best.among, 3) << "posts of March that are our own";
  EXPECT_EQ(best.text, "Map is here");
  EXPECT_EQ(best.day, ParseIsoDay("2026-03-05").value());
  EXPECT_EQ(card.value().examples[1].reference, "p5");
  ASSERT_EQ(card.value().notes.size(), 1U);
  EXPECT_EQ(card.value().notes[0].title, "The map");
}

}  // namespace
}  // namespace backcast
