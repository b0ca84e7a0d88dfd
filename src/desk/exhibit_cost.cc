// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "desk/cost.h"
#include "desk/exhibit_parts.h"

namespace backcast {
namespace {

constexpr std::size_t kMostClaims = 4;

/// The word of `cost --per` that counts the cases of a metric: the metric itself, else one of the same fact.
std::string PerOf(const std::string& metric, const Catalogue& catalogue) {
  const Metric* known = catalogue.Find(metric);
  if (known == nullptr) return "";
  const std::vector<std::string> facts = catalogue.FactsOf(*known);
  std::string related;
  for (const auto& [id, countings] : TheCostWords().per) {
    for (const CostCounting& counting : countings) {
      if (counting.count == metric) return id;
      const Metric* count = catalogue.Find(counting.count);
      if (count == nullptr || !related.empty()) continue;
      const std::vector<std::string> others = catalogue.FactsOf(*count);
      if (!facts.empty() && others == facts) related = id;
    }
  }
  return related;
}

std::vector<std::string> AskedFor(const Plan& plan, const Catalogue& catalogue) {
  std::vector<std::string> asked;
  const auto add = [&](const std::string& per) {
    if (!per.empty() && std::find(asked.begin(), asked.end(), per) == asked.end()) asked.push_back(per);
  };
  for (const Outcome& outcome : plan.outcomes) add(PerOf(outcome.metric, catalogue));
  add("visit");
  return asked;
}

/// What nobody booked is no cost of nought, and no number that an export withholds.
ExhibitCell Booked(const CostParts& cost, const std::optional<double>& part, const std::string& currency) {
  if (part) return NumberCell(part, currency, "");
  return WordsCell(cost.withheld.empty() ? "none booked" : "withheld: " + cost.withheld);
}

Exhibit ExhibitOf(const CostAnswer& answer) {
  Exhibit exhibit = NewExhibit("cost", "backcast cost --per " + answer.per,
                               {"channel", "media", "full_cost", "count", "cost_per", "verdict"});
  exhibit.subject = ThingOf(answer);
  for (std::size_t i = 0; i < answer.rows.size(); ++i) {
    const JudgedCost& row = answer.rows[i];
    const std::optional<double> count = HeadlineCount(row.channel.counts, answer.headline);
    exhibit.rows.push_back({WordsCell(row.channel.title),
                            Booked(row.channel.cost, row.channel.cost.media, answer.currency),
                            Booked(row.channel.cost, row.channel.cost.full, answer.currency),
                            NumberCell(count, "count", "not reported", {}, count),
                            CostCell(row.full, answer.currency), WordsCell(WithBlanks(ToWord(row.verdict)))});
    const bool told = row.verdict == CostVerdict::kCheaper || row.verdict == CostVerdict::kDearer;
    if (told && i < answer.say.size() && !answer.say[i].empty() && exhibit.claims.size() < kMostClaims)
      exhibit.claims.push_back(answer.say[i].front());
  }
  exhibit.notes = answer.notes;
  if (!answer.not_final.empty()) exhibit.notes.push_back("Not final: " + answer.not_final);
  return exhibit;
}

}  // namespace

Result<Exhibits> CostExhibits(Workspace& workspace, const Ready& ready, Talk& /*talk*/) {
  Exhibits costs;
  for (const std::string& per : AskedFor(*workspace.plan(), workspace.catalogue())) {
    CostCommand command;
    command.per = per;
    command.card.compare = "none";
    const auto answer = ReadCosts(workspace, ready, command);
    if (!answer.ok()) {
      const Code code = answer.error().code;
      if (code == Code::kUnavailable || code == Code::kInterrupted) return answer.error();
      continue;
    }
    costs.exhibits.push_back(ExhibitOf(answer.value()));
    costs.sql.insert(costs.sql.end(), answer.value().sql.begin(), answer.value().sql.end());
  }
  return costs;
}

}  // namespace backcast
