// SPDX-License-Identifier: Apache-2.0
#include "plan/plan.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "plan/driver_trees.h"
#include "plan/plan_cases.h"
#include "plan/shape.h"

namespace backcast {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(ReadPlan, KeepsEverythingWithItsPlace) {
  const Plan plan = ReadSoundly(CaseText("healthy.yaml")).plan;
  EXPECT_EQ(plan.brand, "Radwerk");
  EXPECT_EQ(plan.currency, "EUR");
  EXPECT_EQ(plan.version, 2);
  ASSERT_NE(plan.FindOutcome("o_lead"), nullptr);
  EXPECT_EQ(plan.FindOutcome("o_lead")->goal.baseline_period,
            (Window{DayOf("2026-01-01"), DayOf("2026-04-01")}));
  const Kpi* kpi = plan.FindKpi("k_visit");
  ASSERT_NE(kpi, nullptr);
  EXPECT_EQ(kpi->goal.baseline, 900);
  EXPECT_EQ(kpi->goal.target, 1200);
  EXPECT_EQ(kpi->goal.by, DayOf("2026-12-31"));
  EXPECT_EQ(kpi->path.size(), 3U);
  EXPECT_EQ(kpi->path[2].metric, "orders");
  EXPECT_GT(kpi->place.line, 40);
  EXPECT_EQ(plan.tactics[1].budget.at("media"), 9000);
  EXPECT_EQ(plan.tactics[1].window->to, DayOf("2026-11-01")) << "the last day counts";
  EXPECT_EQ(plan.FindPerson("ole")->function, "operations");
  EXPECT_EQ(plan.FindPerson("nobody"), nullptr);
}

TEST(ReadPlan, TakesShortForms) {
  const Plan plan = ReadSoundly(
                        "brand: Radwerk\n"
                        "outcomes:\n"
                        "- {id: o, metric: orders, scope: {channel.group: social, country: [DE]}, target: "
                        "72000, baseline: 42000}\n"
                        "kpis:\n"
                        "- {id: k, outcome: o, metric: views, segment: g, path: [views, orders]}\n")
                        .plan;
  EXPECT_EQ(plan.brand, "Radwerk");
  const Outcome& outcome = plan.outcomes.at(0);
  EXPECT_THAT(outcome.scope, ElementsAre(Pair("channel_group", ElementsAre("organic_social", "paid_social")),
                                         Pair("country", ElementsAre("DE"))));
  EXPECT_EQ(outcome.goal.target, 72000);
  EXPECT_EQ(outcome.goal.baseline, 42000);
  EXPECT_TRUE(outcome.owner.empty());
  EXPECT_THAT(plan.kpis.at(0).segments, ElementsAre("g"));
  EXPECT_EQ(plan.kpis.at(0).path.at(1).metric, "orders");
}

TEST(ReadPlan, PutsSentencesTogetherAgain) {
  const Plan plan =
      ReadSoundly("outcomes: [{id: o, metric: orders, ceo: Bikes für 6,000 EUR, sold here, owner: tom}]\n")
          .plan;
  EXPECT_EQ(plan.outcomes.at(0).ceo, "Bikes für 6,000 EUR, sold here");
  EXPECT_EQ(plan.outcomes.at(0).owner, "tom");
}

TEST(ReadPlan, RefusesOnlyWhatIsNoYaml) {
  const auto refused = ReadPlan("outcomes: [Is it safe?, {id: x]\n", "p.yaml", ShippedCatalogue());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kInput);
  EXPECT_THAT(refused.error().where, testing::StartsWith("p.yaml:1:"));
  EXPECT_THAT(refused.error().hint, testing::HasSubstr("quotes around sentences"));
}

TEST(ReadPlan, OwnMetricsKeepTheirLines) {
  const std::string text =
      "brand: x\n"
      "custom_metrics:\n"
      "  repair_hours:\n"
      "    title: Hours \"on the bench\"\n"
      "    formula: sum(post_day.views) / 2\n"
      "    version: 1\n";
  const Result<Yaml> own = ParseYaml(CustomMetricsYaml(ReadSoundly(text).plan), "plan.yaml");
  ASSERT_TRUE(own.ok()) << ToSentence(own.error());
  const Yaml& entry = own.value().items.at(0);
  EXPECT_EQ(entry.Text("id"), "repair_hours");
  EXPECT_EQ(entry.Text("title"), "Hours \"on the bench\"");
  EXPECT_EQ(entry.Find("formula")->place.line, 5);
  EXPECT_EQ(entry.Find("version")->Number(), 1);
  EXPECT_EQ(CustomMetricsYaml(ReadSoundly("brand: x\n").plan), "");
  const Plan listed = ReadSoundly("custom_metrics:\n- id: a\n  formula: count(order)\n").plan;
  EXPECT_EQ(ParseYaml(CustomMetricsYaml(listed), "p").value().items.at(0).Find("formula")->place.line, 3);
}

TEST(ReadPlan, OwnMetricsJoinTheCatalogue) {
  const std::string text =
      "outcomes: [{id: o, metric: phone_orders}]\n"
      "custom_metrics:\n"
      "  phone_orders:\n"
      "    title: Orders by phone\n"
      "    formula: count(order where not cancelled and not test)\n"
      "    unit: count\n"
      "    basis: period\n"
      "    additivity: additive\n"
      "    level: outcome\n"
      "    direction: higher\n"
      "    stage: do\n"
      "    element: commerce\n"
      "    role: outcome\n"
      "    sources: [our own]\n"
      "    gaming: Orders are entered twice.\n"
      "    goodhart: causal\n"
      "    minimum: none\n"
      "    interval: none\n"
      "    description: Orders that a clerk types in.\n"
      "    example: {rows: {order: [{order_id: a, cancelled: false, test: false}]}, value: 1}\n";
  const Plan plan = ReadSoundly(text).plan;
  Catalogue catalogue = ShippedCatalogue();
  const auto schemas = Schemas::Shipped();
  ASSERT_TRUE(schemas.ok());
  for (const Error& fault : catalogue.Add(CustomMetricsYaml(plan), plan.file, schemas.value())) {
    ADD_FAILURE() << ToSentence(fault);
  }
  const auto is_unknown = [](const Finding& finding) { return finding.rule == "P25"; };
  const auto before = ExamineChain(plan, ShippedCatalogue(), DayOf("2026-06-15"));
  const auto after = ExamineChain(plan, catalogue, DayOf("2026-06-15"));
  EXPECT_TRUE(std::any_of(before.begin(), before.end(), is_unknown));
  EXPECT_TRUE(std::none_of(after.begin(), after.end(), is_unknown));
  const auto again = ReadPlan(text, plan.file, catalogue);
  ASSERT_TRUE(again.ok());
  for (const Finding& finding : again.value().findings) EXPECT_NE(finding.rule, "T05") << ToLine(finding);
}

TEST(PlanSchema, IsAboutTheSameKeysAsTheTextLayer) {
  const auto schema = nlohmann::json::parse(PlanSchema());
  EXPECT_EQ(schema.at("$schema"), "https://json-schema.org/draft/2020-12/schema");
  for (const Shape& shape : Shapes::Shipped().all()) {
    const auto& block = shape.name == "file" ? schema : schema.at("$defs").at(shape.name);
    EXPECT_EQ(block.at("properties").size(), shape.keys.size()) << shape.name;
    for (const ShapeKey& key : shape.keys)
      EXPECT_FALSE(block.at("properties").at(key.name).at("description").empty()) << key.name;
  }
  EXPECT_EQ(schema.at("$defs").at("person").at("properties").at("function").at("enum").at(0), "marketing");
}

TEST(PlanPage, ExplainsEveryKey) {
  const std::string page = ReadText(std::filesystem::path(BACKCAST_SOURCE_DIR) / "docs/formats/plan.md");
  for (const Shape& shape : Shapes::Shipped().all()) {
    for (const ShapeKey& key : shape.keys) {
      EXPECT_THAT(page, testing::HasSubstr("| `" + key.name + "` |")) << shape.name;
      EXPECT_THAT(page, testing::HasSubstr(key.note)) << shape.name << "." << key.name;
    }
  }
}

TEST(PlanPage, BeginsWithAPlanThatCanBeRead) {
  const std::string page = ReadText(std::filesystem::path(BACKCAST_SOURCE_DIR) / "docs/formats/plan.md");
  const std::size_t from = page.find("```yaml\n") + 8;
  const std::string text = page.substr(from, page.find("```", from) - from);
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 20);
  for (const Finding& finding : ReadSoundly(text).findings)
    EXPECT_EQ(ToWord(finding.severity), "advice") << ToLine(finding);
  EXPECT_EQ(ReadSoundly(text).plan.outcomes.size(), 1U);
}

TEST(DriverTrees, NameMetricsOfTheCatalogue) {
  const DriverTreeSet& shipped = DriverTreeSet::Shipped();
  EXPECT_EQ(shipped.all().size(), 12U);
  EXPECT_EQ(shipped.own(), 0U);
  for (const DriverTree& tree : shipped.all()) {
    std::vector<std::string> metrics = tree.costs;
    metrics.insert(metrics.end(), tree.guards.begin(), tree.guards.end());
    metrics.push_back(tree.outcome);
    for (const DriverFactor& factor : tree.identity) metrics.push_back(factor.metric);
    for (const DriverLead& lead : tree.leads) metrics.push_back(lead.metric);
    for (const std::string& metric : metrics) {
      EXPECT_TRUE(std::any_of(ShippedCatalogue().all().begin(), ShippedCatalogue().all().end(),
                              [&](const Metric& known) { return known.id == metric; }))
          << tree.id << " names " << metric;
    }
  }
}

TEST(DriverTrees, SayEachCostAndGuardInOnePlace) {
  const DriverTreeSet& shipped = DriverTreeSet::Shipped();
  std::set<std::string> paired;
  for (const MetricPair& pair : shipped.pairs())
    EXPECT_TRUE(paired.insert(pair.metric).second) << pair.metric;
  for (const DriverTree& tree : shipped.all()) {
    std::set<std::string> said;
    const auto add = [&](const std::string& metric) {
      const MetricPair* pair = shipped.FindPair(metric);
      if (pair != nullptr) said.insert({pair->cost, pair->guard});
    };
    for (const DriverFactor& factor : tree.identity) add(factor.metric);
    for (const DriverLead& lead : tree.leads) add(lead.metric);
    for (const std::string& cost : tree.costs) EXPECT_EQ(said.count(cost), 0U) << tree.id << " " << cost;
    for (const std::string& guard : tree.guards) EXPECT_EQ(said.count(guard), 0U) << tree.id << " " << guard;
  }
}

constexpr std::string_view kOwnTrees =
    "brand: Radwerk\n"
    "outcomes: [{id: o_shop, metric: revenue_net, tree: by_order}]\n"
    "driver_trees:\n"
    "- {id: by_order, outcome: revenue_net, identity: [{metric: orders, cap: 0.5}, {metric: aov}]}\n"
    "- {id: opt_ins, outcome: opt_ins, identity: [{metric: social_sessions}, {metric: opt_in_rate}]}\n";

TEST(DriverTrees, APlanBringsItsOwn) {
  const Plan plan = ReadSoundly(std::string(kOwnTrees)).plan;
  EXPECT_EQ(plan.driver_trees.own(), 2U);
  EXPECT_EQ(plan.driver_trees.all().size(), 13U);  // one that ships is replaced
  ASSERT_NE(plan.driver_trees.Find("by_order"), nullptr);
  EXPECT_EQ(plan.driver_trees.For("revenue_net")->id, "by_order");
  EXPECT_EQ(plan.driver_trees.Find("opt_ins")->identity.front().metric, "social_sessions");
  EXPECT_EQ(plan.driver_trees.Find("by_order")->identity.front().cap, 0.5);
  EXPECT_NE(plan.driver_trees.Find("inquiries"), nullptr);
  EXPECT_EQ(DriverTreeSet::Shipped().Find("by_order"), nullptr);
}

TEST(DriverTrees, EveryShippedTreeWouldPassAsAPlansOwn) {
  for (const DriverTree& tree : DriverTreeSet::Shipped().all()) {
    if (tree.identity.empty()) continue;
    std::string text = "outcomes: [{id: o, metric: " + tree.outcome +
                       ", tree: own}]\ndriver_trees:\n- {id: own, outcome: " + tree.outcome + ", identity: [";
    for (const DriverFactor& factor : tree.identity) text += "{metric: " + factor.metric + "}, ";
    text.resize(text.size() - 2);
    const PlanReading reading = ReadSoundly(text + "]}\n");
    for (const Finding& finding : ExamineChain(reading.plan, ShippedCatalogue(), DayOf("2026-11-02")))
      EXPECT_TRUE(finding.rule != "P62" && finding.rule != "P63" && finding.rule != "P64") << ToLine(finding);
  }
}

/// Rule, line and column of what both layers say about a wrong tree.
std::vector<std::string> FaultsOf(std::string text) {
  const PlanReading reading = ReadSoundly(text);
  std::vector<Finding> findings = reading.findings;
  const std::vector<Finding> chain = ExamineChain(reading.plan, ShippedCatalogue(), DayOf("2026-11-02"));
  findings.insert(findings.end(), chain.begin(), chain.end());
  std::vector<std::string> faults;
  for (const Finding& finding : findings) {
    const bool of_a_tree =
        finding.rule == "P62" || finding.rule == "P63" || finding.rule == "P25" || finding.rule[0] == 'T';
    if (of_a_tree && finding.severity == Severity::kError)
      faults.push_back(finding.rule + " " + std::to_string(finding.place.line) + ":" +
                       std::to_string(finding.place.column));
  }
  return faults;
}

TEST(DriverTrees, WrongOnesAreErrorsWithTheirPlace) {
  const std::string head = "outcomes: [{id: o, metric: revenue_net, tree: own}]\ndriver_trees:\n";
  const auto tree = [](const std::string& id, const std::string& outcome, const std::string& identity) {
    return "- id: " + id + "\n  outcome: " + outcome + "\n  identity: [" + identity + "]\n";
  };
  using Faults = std::vector<std::string>;
  EXPECT_EQ(FaultsOf(head + tree("own", "revenue_net", "{metric: orders}, {metric: aov}")), Faults());
  EXPECT_EQ(FaultsOf(head + tree("own", "revenue_net", "{metric: ordres}, {metric: aov}")),
            Faults{"P25 5:23"});
  EXPECT_EQ(FaultsOf(head + tree("own", "revenue_net", "{metric: orders}, {metric: add_to_cart_rate}")),
            Faults{"P62 5:13"});
  EXPECT_EQ(FaultsOf(head + tree("own", "revenue_net", "{metric: aov}, {metric: orders}, {metric: aov}")),
            (Faults{"P62 5:56", "P62 5:13"}));
  EXPECT_EQ(FaultsOf(head + tree("own", "revenue_net", "{metric: orders}, {metric: aov}") +
                     tree("behind", "orders", "{metric: leads}, {metric: lead_rate}") +
                     tree("first", "leads", "{metric: orders}, {metric: lead_rate}")),
            (Faults{"P63 8:13", "P63 11:13"}));
}

}  // namespace
}  // namespace backcast
