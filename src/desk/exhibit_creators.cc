// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/number.h"
#include "desk/exhibit_parts.h"
#include "desk/influence_data.h"

namespace backcast {
namespace {

constexpr std::size_t kMostCreators = 12, kMostFaults = 6;

/// "creators.dearer" and "creators.cheaper"; others make no sentence.
void SayVerdict(Exhibit& exhibit, const JudgedCost& cost, const std::string& currency) {
  const bool told = cost.verdict == CostVerdict::kDearer || cost.verdict == CostVerdict::kCheaper;
  if (!told || !cost.full.value || !cost.reference.value) return;
  const auto number = [&](const char* name, const CostPer& per) {
    return Quantity{.name = name,
                    .value = *per.value,
                    .low = per.interval.low,
                    .high = per.interval.high,
                    .n = per.n,
                    .unit = currency};
  };
  Say(exhibit.claims, "creators." + std::string(ToWord(cost.verdict)),
      {number("cost", cost.full), number("reference", cost.reference)}, {{"creator", cost.channel.title}});
}

Exhibit CostsOf(const InfluenceAnswer& answer) {
  Exhibit exhibit =
      NewExhibit("creators", "backcast influence", {"creator", "full_cost", "orders", "cost_per", "verdict"});
  for (std::size_t i = 0; i < answer.creators.size() && i < kMostCreators; ++i) {
    const Creator& creator = answer.creators[i];
    const JudgedCost& cost = answer.judged[i];
    const auto orders = creator.orders();
    exhibit.rows.push_back({WordsCell(creator.name.empty() ? "(not said)" : creator.name),
                            NumberCell(creator.cost, answer.currency, creator.no_cost),
                            NumberCell(orders, "count", "nobody counted them", {}, orders),
                            CostCell(cost.full, answer.currency),
                            WordsCell(WithBlanks(ToWord(cost.verdict)))});
    SayVerdict(exhibit, cost, answer.currency);
    if (creator.cost_withheld)
      exhibit.notes.push_back("The cost of " + creator.name + " is withheld: " + creator.no_cost + ".");
    if (creator.from == OrdersFrom::kReported)
      exhibit.notes.push_back("Orders of " + creator.name + " are as reported, not from the own books.");
  }
  for (std::size_t i = 0; i < answer.faults.size() && i < kMostFaults; ++i) {
    const Deliverable& fault = answer.faults[i];
    const std::string what = fault.fault == Deliverable::Fault::kUndisclosed
                                 ? "does not say that it is paid for"
                                 : "is " + std::string(ToWord(fault.fault));
    exhibit.notes.push_back(fault.creator + ", deliverable " + fault.id + " of " + fault.collaboration + " " +
                            what + ".");
  }
  for (const std::string& shared : answer.shared)
    exhibit.notes.push_back("Several creators have the " + shared + "; its orders count for none of them.");
  return exhibit;
}

template <class Share>
ExhibitCell SampledCell(const std::optional<Share>& share, const char* unit) {
  return NumberCell(share ? std::optional(share->value) : std::nullopt, unit,
                    "no sample of the followers tells", share ? std::optional(share->interval) : std::nullopt,
                    share ? std::optional(share->n) : std::nullopt);
}

Exhibit AudiencesOf(const InfluenceAnswer& answer) {
  Exhibit exhibit = NewExhibit("creator_audiences", "backcast influence",
                               {"creator", "engagements", "suspected", "authentic", "quality"});
  const bool scored = !answer.framework.criteria.empty();
  if (scored) exhibit.columns.push_back({"creator_score", ""});
  bool partly = false;
  for (std::size_t i = 0; i < answer.creators.size() && i < kMostCreators; ++i) {
    const Creator& creator = answer.creators[i];
    exhibit.rows.push_back({WordsCell(creator.name.empty() ? "(not said)" : creator.name),
                            NumberCell(creator.engagements, "count", "none are reported"),
                            SampledCell(creator.suspected, "ratio"), SampledCell(creator.authentic, "count"),
                            SampledCell(creator.quality, "ratio")});
    if (!scored) continue;
    exhibit.rows.back().push_back(NumberCell(creator.score ? creator.score->score : std::nullopt, "score",
                                             "no criterion of the plan is known"));
    partly = partly || (creator.score && creator.score->score && creator.score->known < creator.score->all);
  }
  if (partly) exhibit.notes.emplace_back("Some scores rest on a part of the criteria only.");
  return exhibit;
}

}  // namespace

Result<Exhibits> CreatorExhibits(Workspace& workspace, const Ready& ready, Talk& /*talk*/) {
  Exhibits exhibits;
  if (!HasRows(ready.coverage, "collaboration") || !ready.request.filters.empty()) return exhibits;
  BACKCAST_TRY(const InfluenceAnswer answer, ReadInfluence(workspace, ready));
  exhibits.exhibits.push_back(CostsOf(answer));
  const bool seen = std::any_of(answer.creators.begin(), answer.creators.end(), [](const Creator& creator) {
    return creator.engagements || creator.followers.sampled > 0 || creator.score;
  });
  if (seen) exhibits.exhibits.push_back(AudiencesOf(answer));
  return exhibits;
}

}  // namespace backcast
