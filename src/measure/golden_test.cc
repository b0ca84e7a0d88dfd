// SPDX-License-Identifier: Apache-2.0
// Every value of the shared reference vectors, computed there by independent code, to 1e-9. They lie beside
// the repository; the tests beside each method have cases of their own.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "measure/attribution.h"
#include "measure/decompose.h"
#include "measure/interval.h"
#include "measure/kaplan_meier.h"
#include "measure/shrinkage.h"

namespace backcast {
namespace {

using Json = nlohmann::json;

std::filesystem::path GoldenPath() {
  const char* data = std::getenv("BACKCAST_SHARED");
  const std::filesystem::path shared = data != nullptr
                                           ? std::filesystem::path(data).parent_path()
                                           : std::filesystem::path(BACKCAST_SOURCE_DIR) / "../shared";
  return shared / "metrics/checks/golden.json";
}

// 1e-9, of the value where it is larger than one.
void ExpectSame(double own, const Json& golden, const std::string& what) {
  const double expected = golden.get<double>();
  EXPECT_NEAR(own, expected, 1e-9 * std::max(1.0, std::abs(expected))) << what;
}

void ExpectSame(const std::vector<double>& own, const Json& golden, const std::string& what) {
  ASSERT_EQ(own.size(), golden.size()) << what;
  for (std::size_t at = 0; at < own.size(); ++at)
    ExpectSame(own[at], golden[at], what + " " + std::to_string(at));
}

std::vector<double> Numbers(const Json& list) { return list.get<std::vector<double>>(); }

class Golden : public testing::Test {
 protected:
  void SetUp() override {
    std::ifstream file(GoldenPath());
    if (!file) GTEST_SKIP() << "the shared reference vectors are not here: " << GoldenPath();
    golden_ = Json::parse(file);
    for (const Json& entry : golden_["paths"]) {
      JourneyCount journey{{}, entry["conv"], entry["null"]};
      for (const std::string channel : entry["path"]) journey.path.push_back(channel[0] - 'a');
      journeys_.push_back(journey);
    }
  }

  void ExpectByChannel(const std::vector<double>& own, const Json& by_name, const std::string& what) {
    ASSERT_EQ(own.size(), by_name.size());
    for (const auto& [name, value] : by_name.items()) {
      ExpectSame(own[static_cast<std::size_t>(name[0] - 'a')], value, what + " " + name);
    }
  }

  void ExpectMarkov(const Result<MarkovAttribution>& own, const Json& golden) {
    ASSERT_TRUE(own.ok());
    ExpectSame(own.value().conversion_rate, golden["base"], "rate");
    ExpectByChannel(own.value().removal_effect, golden["removal"], "removal");
    ExpectByChannel(own.value().credit, golden["credit"], "credit");
  }

  Json golden_;
  std::vector<JourneyCount> journeys_;
};

TEST_F(Golden, MarkovAttribution) {
  ExpectMarkov(MarkovRemoval(journeys_, 3, 1), golden_["markov1"]);
  ExpectMarkov(MarkovRemovalByInverse(journeys_, 3), golden_["markov1"]);
  ExpectMarkov(MarkovRemoval(journeys_, 3, 2), golden_["markov2"]);
}

TEST_F(Golden, ShapleyAttribution) {
  ExpectByChannel(VolumeShapley(journeys_, 3).value(), golden_["shapley_volume"], "volume");
  ExpectByChannel(RateShapley(journeys_, 3).value().value, golden_["shapley_rate"], "rate");
  const auto ordered = OrderedShapley(journeys_, 3).value();
  ASSERT_EQ(ordered.size(), golden_["shapley_ordered"].size());
  for (const PositionCredit& at : ordered) {
    const std::string name =
        std::string(1, static_cast<char>('a' + at.channel)) + "@" + std::to_string(at.position);
    ASSERT_TRUE(golden_["shapley_ordered"].contains(name)) << name;
    ExpectSame(at.credit, golden_["shapley_ordered"][name], name);
  }
}

TEST_F(Golden, TouchWeights) {
  ExpectSame(TouchWeights(CreditRule::kPosition, 5).value(), golden_["weights"]["position5"], "position");
  const std::vector<double> ages{14, 7, 0};
  ExpectSame(TouchWeights(CreditRule::kDecay, 3, ages, 7).value(), golden_["weights"]["decay"], "decay");
}

TEST_F(Golden, Intervals) {
  for (const Json& entry : golden_["wilson"]) {
    const Interval own = WilsonInterval(entry["k"], entry["n"]).value();
    ExpectSame({own.low, own.high}, entry["ci"], "wilson " + entry["k"].dump());
  }
  for (const Json& entry : golden_["poisson"]) {
    const Interval own = PoissonInterval(entry["k"]).value();
    ExpectSame({own.low, own.high}, entry["ci"], "poisson " + entry["k"].dump());
  }
  for (const Json& entry : golden_["nps"]) {
    const NetPromoterScore own = NpsInterval(entry["p"], entry["d"], entry["n"]).value();
    ExpectSame({own.value, own.interval.low, own.interval.high}, entry["out"], "nps");
  }
  const Json& ratio = golden_["ratio_delta"];
  const RatioEstimate own = RatioInterval(Numbers(ratio["num"]), Numbers(ratio["den"])).value();
  ExpectSame({own.value, own.interval.low, own.interval.high}, ratio["out"], "ratio");
}

TEST_F(Golden, Decomposition) {
  const Json& product = golden_["lmdi"];
  const auto before = Numbers(product["f0"]), now = Numbers(product["f1"]);
  const Decomposition own = LmdiContributions(before, now).value();
  EXPECT_EQ(own.method, DecompositionMethod::kLogMean);
  ExpectSame(own.parts, product["lmdi"], "lmdi");
  ExpectSame(ShapleyOverFactors(before, now).value().parts, product["shapley"], "shapley");
  const Json& mix = golden_["mix_rate"];
  const MixRate split =
      MixAndRate(Numbers(mix["w0"]), Numbers(mix["r0"]), Numbers(mix["w1"]), Numbers(mix["r1"])).value();
  ExpectSame(split.mix, mix["mix"], "mix");
  ExpectSame(split.rate, mix["rate"], "rate");
}

TEST_F(Golden, Shrinkage) {
  const Json& groups = golden_["eb"];
  const auto own = EmpiricalBayes(Numbers(groups["mean"]), Numbers(groups["se"])).value();
  std::vector<double> estimate, deviation;
  for (const ShrunkenEffect& group : own.groups) {
    estimate.push_back(group.plain_estimate);
    deviation.push_back(group.plain_sd);
  }
  ExpectSame(estimate, groups["out"][0], "estimate");
  ExpectSame(deviation, groups["out"][1], "sd");
  ExpectSame(own.mean, groups["out"][2], "mean");
  ExpectSame(own.between_variance, groups["out"][3], "between");
}

TEST_F(Golden, KaplanMeier) {
  std::vector<Wait> waits;
  for (std::size_t item = 0; item < golden_["km"]["t"].size(); ++item) {
    waits.push_back({golden_["km"]["t"][item], golden_["km"]["event"][item] == 1});
  }
  const auto own = QuantileOfCurve(SurvivalCurve(waits).value(), 0.5);
  ASSERT_TRUE(own.has_value());
  ExpectSame(*own, golden_["km"]["q50"], "median");
}

TEST_F(Golden, TheilSen) {
  ExpectSame(TheilSenSlope(Numbers(golden_["theil_sen"]["y"])).value(), golden_["theil_sen"]["slope"],
             "slope");
}

}  // namespace
}  // namespace backcast
