// SPDX-License-Identifier: Apache-2.0
#include "desk/hold_out.h"

#include <algorithm>
#include <optional>

#include "base/nearest.h"
#include "base/number.h"
#include "chain/claim.h"
#include "desk/chain_json.h"
#include "desk/record_result.h"
#include "desk/region_weeks.h"
#include "desk/test_return_json.h"
#include "measure/random.h"
#include "plan/data/words.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

/// One test with its answer, or why there is none.
struct Answered {
  RegionTest test;
  RegionWeeks read;
  std::optional<HoldOutResult> result;
  std::optional<Error> refused;
  std::vector<Claim> claims;
  std::optional<TestReturn> returned;
};

std::string_view ToWord(HoldOutResult::Verdict verdict) {
  switch (verdict) {
    case HoldOutResult::Verdict::kCaused:
      return "caused";
    case HoldOutResult::Verdict::kNoEffectShown:
      return "no_effect_shown";
    case HoldOutResult::Verdict::kApartBefore:
      return "apart_before";
  }
  return "";
}

std::string TitleOf(const ValueChain& chain, const std::string& id) {
  const ChainNode* node = chain.Find(id);
  return node == nullptr ? id : node->title;
}

void SayResult(Answered& answered, const ValueChain& chain) {
  const HoldOutResult& result = *answered.result;
  const std::int64_t regions = result.changed + result.compared;
  const ClaimWords words = {{"from", TitleOf(chain, answered.test.from)},
                            {"to", TitleOf(chain, answered.test.to)}};
  Say(answered.claims, "holdout." + std::string(ToWord(result.verdict)),
      {{.name = "effect",
        .value = result.effect,
        .low = result.low,
        .high = result.high,
        .n = regions,
        .unit = "relative"}},
      words);
  if (result.verdict == HoldOutResult::Verdict::kCaused) {
    Say(answered.claims, "holdout.extra",
        {{.name = "extra",
          .value = result.extra,
          .low = result.extra_low,
          .high = result.extra_high,
          .n = regions,
          .unit = answered.read.unit},
         {.name = "weeks", .value = static_cast<double>(answered.read.weeks), .unit = "count"}});
  }
  Say(answered.claims, "holdout.power",
      {{.name = "smallest", .value = result.smallest, .n = regions, .unit = "relative"}});
}

Result<Answered> Work(Workspace& workspace, const Ready& ready, const ValueChain& chain,
                      const RegionTest& test) {
  Answered answered;
  answered.test = test;
  const ChainNode* to = chain.FindByName(test.to);
  const std::string metric = to == nullptr ? "" : to->metric;
  if (test.measure.empty() && metric.empty()) {
    answered.refused =
        Error{Code::kInput, test.id, "nothing says what was counted in the regions",
              "name a node of the plan with a metric under link.to, or a measure of region_day"};
    return answered;
  }
  const auto read = ReadRegionWeeks(workspace, ready, test, metric);
  if (!read.ok()) {
    if (read.error().code == Code::kUnavailable || read.error().code == Code::kInterrupted)
      return read.error();
    answered.refused = read.error();
    return answered;
  }
  answered.read = read.value();
  auto result = TestHoldOut(answered.read.regions, SeedOf(test.id + ToIso(test.days.from)));
  if (!result.ok()) {
    answered.refused = result.error();
    answered.refused->where = test.id;
    return answered;
  }
  answered.result = result.value();
  SayResult(answered, chain);
  BACKCAST_TRY(answered.returned,
               ReadTestReturn(workspace, test, answered.read,
                              answered.result->verdict == HoldOutResult::Verdict::kApartBefore));
  return answered;
}

std::string ToText(const Answered& answered, const ValueChain& chain) {
  const RegionTest& test = answered.test;
  std::string out = Shortened(test.id) + ": " + Shortened(TitleOf(chain, test.from)) + " → " +
                    Shortened(TitleOf(chain, test.to)) + ", " + ToWords(test.days) + "\n";
  if (answered.refused) {
    Error refused = *answered.refused;
    refused.where.clear();
    return out + "  cannot tell: " + ToSentence(refused) + "\n";
  }
  const HoldOutResult& result = *answered.result;
  for (const Claim& claim : answered.claims) out += "  " + claim.text() + "\n";
  out +=
      "  " + std::to_string(result.changed) + " regions with it, " + std::to_string(result.compared) +
      " without; " + std::to_string(kWeeksBeforeHoldOut) + " weeks before and " +
      std::to_string(answered.read.weeks) + " of the test; p = " + FormatNumber(result.p, "score", true) +
      " over " + FormatNumber(result.assignments, "count", false) +
      (result.all_assignments ? " ways to choose the regions (all)" : " ways to choose the regions (drawn)") +
      "; before the test p = " + FormatNumber(result.p_before, "score", true) + "\n";
  if (answered.returned) {
    for (const Claim& claim : answered.returned->claims) out += "  " + claim.text() + "\n";
    if (!answered.returned->result)
      out += "  no incremental return on ad spend: it needs " + answered.returned->needs + "\n";
  }
  if (!answered.read.left_aside.empty())
    out += "  left aside, a week is missing: " + Listed(answered.read.left_aside) + "\n";
  if (!answered.read.unknown.empty())
    out += "  named in the plan, not in the data: " + Listed(answered.read.unknown) + "\n";
  return out;
}

Json ToJson(const Answered& answered) {
  const RegionTest& test = answered.test;
  Json with = Json::array(), without = Json::array();
  for (const TestRegion& region : answered.read.regions)
    (region.changed ? with : without).push_back(region.name);
  Json json = {{"id", test.id},
               {"from", test.from},
               {"to", test.to},
               {"first_day", ToIso(test.days.from)},
               {"last_day", ToIso(test.days.to - std::chrono::days{1})},
               {"regions_with", std::move(with)},
               {"regions_without", std::move(without)},
               {"left_aside", answered.read.left_aside},
               {"unknown", answered.read.unknown},
               {"weeks_before", kWeeksBeforeHoldOut},
               {"weeks", answered.read.weeks}};
  if (answered.refused) {
    json["verdict"] = answered.refused->code == Code::kTooLittle ? "too_little_data" : "cannot_tell";
    json["needs"] = ToSentence({Code::kInput, "", answered.refused->what, answered.refused->hint});
    return json;
  }
  const HoldOutResult& result = *answered.result;
  const double n = result.changed + result.compared;
  json["verdict"] = ToWord(result.verdict);
  json["effect"] = ValueJson(result.effect, result.low, result.high, "ratio", n);
  json["extra"] = ValueJson(result.extra, result.extra_low, result.extra_high, answered.read.unit, n);
  json["smallest"] = ValueJson(result.smallest, {}, {}, "ratio", n);
  json["p"] = result.p;
  json["p_before"] = result.p_before;
  json["assignments"] = result.assignments;
  json["all_assignments"] = result.all_assignments;
  json["claims"] = ToJson(answered.claims);
  json["return"] = answered.returned ? ToJson(*answered.returned) : Json();
  return json;
}

Error NoSuchTest(const std::vector<RegionTest>& tests, const std::string& id) {
  std::vector<std::string> known;
  for (const RegionTest& test : tests) known.push_back(test.id);
  std::string hint = DidYouMean(id, known);
  if (hint.empty())
    hint =
        "an experiment of the plan has id, link {from, to}, from, to and regions, as docs/holdout.md shows";
  return {Code::kUsage, "", "the plan declares no test by region '" + Shortened(id) + "'", std::move(hint)};
}

Result<Done> Record(const Workspace& workspace, const Answered& answered, Talk& talk) {
  if (!workspace.has_own_plan())
    return Error{Code::kUsage, "--record", "the plan of this workspace is not its own file", ""};
  if (answered.result->verdict == HoldOutResult::Verdict::kApartBefore) {
    return Error{Code::kUsage, "--record",
                 "the regions had moved apart before the test, so its result is no evidence",
                 "repeat the test with other regions"};
  }
  const HoldOutResult& result = *answered.result;
  BACKCAST_TRY(const std::string text,
               WithResult(workspace.plan_text(), workspace.plan()->file, answered.test.id,
                          {result.effect, result.low, result.high, result.changed + result.compared}));
  BACKCAST_CHECK(WriteWhole(workspace.PathOf("plan.yaml"), text));
  talk.Say("written into plan.yaml at the experiment " + Shortened(answered.test.id));
  return Done{};
}

}  // namespace

Result<Answer> ShowHoldOuts(Workspace& workspace, const HoldOutCommand& command, Talk& talk) {
  BACKCAST_CHECK(workspace.NeedPlan());
  std::vector<RegionTest> tests = RegionTests(*workspace.plan());
  if (!command.id.empty()) {
    const Error unknown = NoSuchTest(tests, command.id);
    std::erase_if(tests, [&](const RegionTest& test) { return test.id != command.id; });
    if (tests.empty()) return unknown;
  } else if (command.record) {
    return Error{Code::kUsage, "--record", "say which experiment", "for example: holdout e_ads --record"};
  }
  BACKCAST_TRY(const Ready ready, Prepare(workspace, command.card, talk));
  const ValueChain chain = BuildValueChain(*workspace.plan(), workspace.catalogue());
  std::vector<Answered> all;
  for (const RegionTest& test : tests) {
    BACKCAST_TRY(Answered answered, Work(workspace, ready, chain, test));
    all.push_back(std::move(answered));
  }
  if (!command.id.empty() && all[0].refused) return *all[0].refused;
  if (command.record) BACKCAST_CHECK(Record(workspace, all[0], talk));
  Answer answer;
  if (command.card.format != Format::kJson) {
    for (const Answered& each : all) answer.out += ToText(each, chain);
    if (all.empty())
      answer.out = "The plan declares no test by region: an experiment with link, from, to and regions.\n";
    return answer;
  }
  Json list = Json::array();
  for (const Answered& each : all) list.push_back(ToJson(each));
  Json json = Envelope("holdout", workspace.name(), {{"tests", std::move(list)}});
  json["as_of"] = ToIso(ready.request.as_of);
  answer.out = Dump(json);
  return answer;
}

}  // namespace backcast
