// SPDX-License-Identifier: Apache-2.0
#include "catalog/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/embedded.h"

namespace backcast {
namespace {

using testing::HasSubstr;

const Schemas& Facts() {
  static const Schemas schemas = Schemas::Shipped().value();
  return schemas;
}

/// All faults of entries with these formulas, as sentences; ids are m0, m1, ...
std::string FaultsOf(const std::vector<std::string>& formulas, const std::string& more = "") {
  std::string yaml = "metrics:\n";
  for (std::size_t i = 0; i < formulas.size(); ++i) {
    yaml += "- id: m" + std::to_string(i) + "\n  formula: \"" + formulas[i] + "\"\n" + more;
  }
  Catalogue catalogue;
  std::string sentences;
  for (const Error& fault : catalogue.Add(yaml, "mine.yaml", Facts())) sentences += ToSentence(fault) + "\n";
  return sentences;
}

TEST(Catalogue, ShipsMoreThanAHundredFormulasWithSourceAndExample) {
  const auto catalogue = Catalogue::Shipped(Facts());
  ASSERT_TRUE(catalogue.ok()) << ToSentence(catalogue.error());
  const Yaml sources = ParseYaml(*Embedded("metrics/sources.yaml"), "sources.yaml").value();
  std::set<std::string> known;
  for (const Yaml& source : sources.Find("sources")->items) known.insert(source.Text("id"));
  int formulas = 0;
  for (const Metric& metric : catalogue.value().all()) {
    SCOPED_TRACE(metric.id);
    formulas += metric.HasFormula() ? 1 : 0;
    EXPECT_FALSE(metric.sources.empty());
    for (const std::string& source : metric.sources) EXPECT_TRUE(known.count(source) != 0) << source;
  }
  EXPECT_GE(formulas, 100);
  EXPECT_EQ(*catalogue.value().Alias("channel_group", "social"),
            (std::vector<std::string>{"organic_social", "paid_social"}));
  EXPECT_EQ(catalogue.value().FactsOf(*catalogue.value().Find("cost_per_order")),
            (std::vector<std::string>{"ad_day", "cost", "order"}));
}

TEST(Catalogue, RefusesWithTheNearestName) {
  EXPECT_THAT(FaultsOf({"sum(post_day.impresions)"}),
              HasSubstr("fact post_day has no column 'impresions'; did you mean 'impressions'?"));
  EXPECT_THAT(FaultsOf({"sum(post_dya.views)"}),
              HasSubstr("there is no fact 'post_dya'; did you mean 'post_day'?"));
  EXPECT_THAT(FaultsOf({"sum(post_day.views)", "m00 / 2"}),
              HasSubstr("formula of m1, character 1: there is no metric 'm00'"));
  EXPECT_THAT(FaultsOf({"summ(post_day.views)"}),
              HasSubstr("there is no aggregate 'summ'; did you mean 'sum'?"));
  EXPECT_THAT(FaultsOf({"count(order)"}, "  directon: higher\n"),
              HasSubstr("mine.yaml:4:3: a metric has no key 'directon'; did you mean 'direction'?"));
}

TEST(Catalogue, RefusesToAddPeopleAndLevels) {
  EXPECT_THAT(FaultsOf({"sum(account_day.reach_unique)"}), HasSubstr("people are not added"));
  EXPECT_THAT(FaultsOf({"avg(post_snapshot.reach_unique)"}), HasSubstr("people are not added"));
  EXPECT_THAT(FaultsOf({"last(account_day.reach_unique)"}), HasSubstr("people are not added"));
  EXPECT_THAT(FaultsOf({"sum(account_day.followers_end)"}), HasSubstr("days of it are not added"));
  EXPECT_EQ(FaultsOf({"last(account_day.followers_end)"}), "");
}

TEST(Catalogue, UnitsAndBasesAgree) {
  EXPECT_THAT(FaultsOf({"sum(order.net) + count(order)"}), HasSubstr("the units do not agree"));
  EXPECT_THAT(FaultsOf({"sum(order.net)"}),
              HasSubstr("the formula gives currency and the entry says unit: count"));
  EXPECT_THAT(FaultsOf({"sum(post_day.views) + sum(post_snapshot.views)"}),
              HasSubstr("lifetime counters and daily rows stand in one formula"));
  EXPECT_EQ(FaultsOf({"sum(post_day.views) / sum(post_snapshot.views)"}, "  basis: mixed\n"), "");
  EXPECT_THAT(FaultsOf({"sum(post_snapshot.views)"}),
              HasSubstr("reads lifetime facts and the entry says basis: period"));
}

TEST(Catalogue, FindsCyclesAndUnfoldingWithoutEnd) {
  EXPECT_THAT(FaultsOf({"m1 + 1", "m2 + 1", "m0 + 1"}),
              HasSubstr("the metric refers to itself: m0 -> m1 -> m2 -> m0"));
  std::vector<std::string> doubling = {"count(order)"};
  for (int i = 0; i < 40; ++i) doubling.push_back("m" + std::to_string(i) + " + m" + std::to_string(i));
  EXPECT_THAT(FaultsOf(doubling), HasSubstr("more than 200 aggregates"));
}

TEST(Catalogue, ReportsAllFaultsAtOnceAndKeepsTheSoundEntries) {
  Catalogue catalogue;
  const auto faults = catalogue.Add(
      "metrics:\n- {id: good, formula: count(order)}\n- {id: bad, formula: sum(order.nett)}\n- {id: worse, "
      "formula: good +}\n- {id: uses, formula: bad / good}\n",
      "mine.yaml", Facts());
  EXPECT_EQ(faults.size(), 3u);
  EXPECT_NE(catalogue.Find("good"), nullptr);
  EXPECT_EQ(catalogue.Find("bad"), nullptr);
  EXPECT_EQ(catalogue.Find("uses"), nullptr);
}

TEST(Formula, TypesOfRowsAgree) {
  EXPECT_THAT(FaultsOf({"count(order where channel = 3)"}), HasSubstr("compares a text with a number"));
  EXPECT_THAT(FaultsOf({"count(order where channel)"}), HasSubstr("channel is a text, not a condition"));
  EXPECT_THAT(FaultsOf({"sum(lead.first_contact_at - created_at)"}),
              HasSubstr("seconds(from, to) gives the time between two instants"));
  EXPECT_THAT(FaultsOf({"sum(order.channel)"}), HasSubstr("sum() takes numbers, and channel is a text"));
  EXPECT_THAT(FaultsOf({"sum(post_day.views + ad_day.clicks)"}),
              HasSubstr("one aggregate reads one fact, and this one reads post_day and ad_day"));
  EXPECT_THAT(FaultsOf({"count(deal where won on amount)"}),
              HasSubstr("'amount' is no day column of fact deal"));
  EXPECT_THAT(FaultsOf({"exact(order.items)"}), HasSubstr("exact() needs a fact with period_start"));
}

TEST(Formula, HostileTextEndsInASentence) {
  std::string deep(3000, '(');
  for (const std::string& text : {deep,
                                  "sum(" + deep,
                                  "count(order where " + deep,
                                  "count(order where " + std::string(1500, '-') + "1 > 2)",
                                  std::string(5000, '1'),
                                  std::string("1e999"),
                                  std::string("'"),
                                  std::string("sum(post_day.views where paid = 'x"),
                                  std::string("a;b"),
                                  std::string("\xff\xfe"),
                                  std::string(""),
                                  std::string("sum("),
                                  std::string("sum(.)"),
                                  std::string("quantile(2, order.net)"),
                                  std::string("count(order where a in ())"),
                                  std::string("count(where)"),
                                  std::string("total(1)"),
                                  std::string("1 +"),
                                  std::string("not"),
                                  std::string("\0", 1)}) {
    const auto parsed = ParseFormula(text);
    ASSERT_FALSE(parsed.ok()) << text.substr(0, 40);
    EXPECT_EQ(parsed.error().where.rfind("character ", 0), 0u) << text.substr(0, 40);
    EXPECT_LT(parsed.error().what.size(), 200u);
  }
}

TEST(Formula, CanonicalTextIsOneForOneMeaning) {
  const auto text = [](const char* formula) { return ToText(ParseFormula(formula).value()); };
  EXPECT_EQ(text("sum( post_day.views where paid='organic' )"),
            text("sum(post_day.views where post_day.paid = 'organic')"));
  EXPECT_EQ(text("1 - 2 - 3"), "((1 - 2) - 3)");
  EXPECT_EQ(text("1 + 2 * 3"), "(1 + (2 * 3))");
  EXPECT_EQ(text("count(order where not a and b or c)"), "count(order where ((not (a) and b) or c))");
  EXPECT_EQ(text("count(order where (a + b) > 3 and (x or y))"),
            "count(order where (((a + b) > 3) and (x or y)))");
  EXPECT_EQ(text("count(order where a not in ('x', 'it''s'))"),
            "count(order where not (a in ('x', 'it''s')))");
  EXPECT_EQ(text("median(order.net)"), "quantile(0.5, order: net)");
}

}  // namespace
}  // namespace backcast
