// SPDX-License-Identifier: Apache-2.0
#include "desk/shared_costs.h"

#include <gtest/gtest.h>

namespace backcast {
namespace {

Day DayOf(std::string_view iso) { return ParseIsoDay(iso).value(); }

Tactic Books(const std::string& id, Scope scope, std::optional<Window> window = {}) {
  Tactic tactic;
  tactic.id = id;
  tactic.scope = std::move(scope);
  tactic.window = window;
  return tactic;
}

CostKind Line(const std::string& campaign, const std::string& channel = "instagram") {
  return {{DayOf("2026-03-01"), DayOf("2026-04-01")},
          {{"kind", "media"}, {"channel", channel}, {"campaign", campaign}}};
}

std::string Found(std::vector<Tactic> tactics, const std::vector<CostKind>& lines) {
  Plan plan;
  plan.tactics = std::move(tactics);
  std::string found;
  for (const SharedCost& shared : FindSharedCosts(plan, lines))
    found += shared.first + "+" + shared.second + ": " + shared.line + "\n";
  return found;
}

const Scope kSpring = {{"campaign", {"spring"}}}, kInstagram = {{"channel", {"facebook", "instagram"}}},
            kCountry = {{"country", {"DE"}}, {"campaign", {"spring"}}};

TEST(SharedCosts, TwoScopesOverOneLine) {
  EXPECT_EQ(
      Found({Books("a", kSpring), Books("b", kInstagram)}, {Line("spring"), Line("spring", "facebook")}),
      "a+b: media, instagram, spring\n")
      << "once for each pair";
  EXPECT_EQ(Found({Books("a", kSpring), Books("b", kSpring), Books("c", kSpring)}, {Line("spring")}),
            "a+b: media, instagram, spring\na+c: media, instagram, spring\nb+c: media, instagram, spring\n");
}

TEST(SharedCosts, OtherLinesOtherDaysOtherColumns) {
  EXPECT_EQ(Found({Books("a", kSpring), Books("b", kInstagram)}, {Line("autumn"), Line("spring", "search")}),
            "");
  EXPECT_EQ(Found({Books("a", {}), Books("b", {})}, {Line("spring")}), "") << "no scope books nothing";
  EXPECT_EQ(Found({Books("a", kCountry), Books("b", kSpring)}, {Line("spring")}), "")
      << "a cost line has no country";
  const Window march{DayOf("2026-03-01"), DayOf("2026-03-16")},
      april{DayOf("2026-03-16"), DayOf("2026-05-01")}, may{DayOf("2026-05-01"), DayOf("2026-06-01")};
  EXPECT_EQ(Found({Books("a", kSpring, march), Books("b", kSpring, april)}, {Line("spring")}), "");
  EXPECT_EQ(Found({Books("a", kSpring, may), Books("b", kSpring)}, {Line("spring")}), "");
}

TEST(SharedCosts, EndsAtAHundredPairs) {
  std::vector<Tactic> tactics;
  for (int i = 0; i < 500; ++i) tactics.push_back(Books("t" + std::to_string(i), kSpring));
  Plan plan;
  plan.tactics = std::move(tactics);
  EXPECT_EQ(FindSharedCosts(plan, {Line("spring")}).size(), 100U);
}

}  // namespace
}  // namespace backcast
