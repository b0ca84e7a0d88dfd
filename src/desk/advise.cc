// SPDX-License-Identifier: Apache-2.0
// The command advise: which belief of the plan is most worth a test.
#include "chain/advice.h"
#include "desk/chain.h"
#include "desk/chain_json.h"

namespace backcast {
namespace {

/// Different countries among the newest rows of the outcomes' facts: regions that a hold-out could use.
Result<int> Regions(Workspace& workspace, const ReadChain& read) {
  int most = 0;
  for (const FactCoverage& coverage : read.ready.coverage) {
    const Fact* fact = workspace.schemas().Find(coverage.fact);
    if (fact == nullptr || coverage.rows == 0 || fact->Find("country") == nullptr ||
        fact->Find("date") == nullptr)
      continue;
    BACKCAST_TRY(const Table table,
                 workspace.engine().Run(
                     Statement{"select count(distinct \"country\") from " + QuoteName(fact->id), {}}));
    if (table.rows == 1 && table.columns[0].present[0] != 0)
      most = std::max(most, static_cast<int>(table.columns[0].numbers[0]));
  }
  return most;
}

}  // namespace

Result<Answer> ShowAdvice(Workspace& workspace, const ScoreOptions& options, Talk& talk) {
  BACKCAST_TRY(ReadChain read, ReadWholeChain(workspace, options, talk));
  BACKCAST_TRY(const int regions, Regions(workspace, read));
  const std::vector<LinkEvidence>& evidence = EvidenceOf(workspace, read);
  const std::vector<Advice> advice = Advise(read.chain, read.data, evidence, regions);
  Answer answer;
  if (options.format != Format::kJson) {
    for (const Advice& each : advice) {
      for (const Claim& claim : each.claims) answer.out += claim.text() + "\n";
    }
    if (advice.empty())
      answer.out = "No belief of the plan has eight weeks of numbers at both ends and is still open.\n";
    return answer;
  }
  Json list = Json::array();
  for (const Advice& each : advice) {
    list.push_back({{"from", each.from},
                    {"to", each.to},
                    {"owner", each.owner.empty() ? Json() : Json(each.owner)},
                    {"design", ToWord(each.design)},
                    {"weeks", each.weeks},
                    {"push", each.push},
                    {"effect_wanted", each.effect_wanted},
                    {"detectable_in_26_weeks", each.detectable},
                    {"at_stake", each.at_stake},
                    {"weekly_sd", each.weekly_sd},
                    {"n", each.weeks_seen},
                    {"claims", ToJson(each.claims)}});
  }
  answer.out = Dump(ChainEnvelope("advise", workspace.name(), read.data,
                                  {{"tests", std::move(list)}, {"regions", regions}}));
  return answer;
}

}  // namespace backcast
