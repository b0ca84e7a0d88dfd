// SPDX-License-Identifier: Apache-2.0
#include "money/cost_verdict.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "measure/benjamini_hochberg.h"

namespace backcast {
namespace {

constexpr double kFalseCalls = 0.05;
/// A difference that a business would want to see: half as much again.
constexpr double kWorthSeeing = 1.5;

/// One side of a comparison, or why it is none.
struct Side {
  CostCount counted;
  int weeks = 0;
  std::string why_not;
  bool no_cost = false;
};

Side SideOf(const JudgedCost& row, Headline headline) {
  const auto count = HeadlineCount(row.channel.counts, headline);
  const auto& cost = row.channel.cost;
  Side side;
  if (row.channel.channel.empty()) {
    side.why_not = "costs and counts that name no channel do not belong together";
  } else if (!cost.withheld.empty()) {
    side.why_not = cost.withheld;
  } else if (!count) {
    side.why_not = "the count is not reported";
  } else if (!cost.full || *cost.full == 0) {
    side.why_not = "no cost is booked";
    side.no_cost = true;
  } else if (*cost.full < 0) {
    side.why_not = "credits outweigh the costs";
  } else {
    side.counted = {*cost.full, *count, row.dispersion.factor};
    side.weeks = row.dispersion.weeks;
  }
  return side;
}

/// All other rows that can be compared, as one.
Side Others(const std::vector<Side>& sides, std::size_t but) {
  Side all;
  double varied = 0;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    if (i == but || !sides[i].why_not.empty()) continue;
    all.counted.cost += sides[i].counted.cost;
    all.counted.count += sides[i].counted.count;
    varied += sides[i].counted.count * sides[i].counted.dispersion;
    all.weeks = all.weeks == 0 ? sides[i].weeks : std::min(all.weeks, sides[i].weeks);
  }
  if (all.counted.cost == 0) all.why_not = "no other channel can be compared";
  if (all.counted.count > 0) all.counted.dispersion = varied / all.counted.count;
  return all;
}

using Kind = std::pair<const char*, std::optional<double> CostParts::*>;
constexpr std::array<Kind, 4> kKinds = {{{"media", &CostParts::media},
                                         {"labour", &CostParts::labour},
                                         {"tools", &CostParts::tools},
                                         {"fees", &CostParts::fees}}};

std::vector<std::string> KindsApart(const CostParts& one, const CostParts& other) {
  std::vector<std::string> apart;
  for (const auto& [name, part] : kKinds) {
    if ((one.*part).value_or(0) != 0 && (other.*part).value_or(0) == 0) apart.emplace_back(name);
    if ((one.*part).value_or(0) == 0 && (other.*part).value_or(0) != 0) apart.emplace_back(name);
  }
  return apart;
}

JudgedCost Counted(const ChannelCost& channel, const CostQuestion& question) {
  JudgedCost row;
  row.channel = channel;
  row.dispersion = DispersionOf(channel.weekly, question.period_weeks);
  const CostParts& cost = channel.cost;
  const ChannelCounts& counts = channel.counts;
  const auto headline = HeadlineCount(counts, question.headline);
  const double factor = row.dispersion.factor;
  row.full = CostPerOne(cost.full, headline, factor);
  row.media = CostPerOne(cost.media, headline, factor);
  // Weeks that share their good and bad days: what is beyond chance grows with the count.
  const auto factor_of = [&](double count) {
    return headline && *headline > 0 ? 1 + (factor - 1) * std::max(1.0, count / *headline) : factor;
  };
  row.all = CostPerOne(cost.full, counts.all, factor_of(counts.all.value_or(0)));
  if (counts.all && counts.suspected) {
    const double gross = *counts.all + *counts.suspected;
    row.gross = CostPerOne(cost.full, gross, factor_of(gross));
  }
  for (CostPer* per : {&row.full, &row.media, &row.all, &row.gross}) {
    if (cost.withheld.empty() && !channel.channel.empty()) continue;
    per->value = std::nullopt;
    per->too_few = false;
    per->withheld = true;
    per->why_not = channel.channel.empty() ? "costs and counts that name no channel do not belong together"
                                           : cost.withheld;
  }
  return row;
}

/// Everything but the adjustment over rows; true when there is a p.
bool Compare(JudgedCost& row, const Side& own, const Side& reference) {
  if (!own.why_not.empty()) {
    row.verdict = own.no_cost ? CostVerdict::kNoCost : CostVerdict::kNotCompared;
    row.because = own.why_not;
    return false;
  }
  if (!reference.why_not.empty()) {
    row.because = "nothing to be held against: " + reference.why_not;
    return false;
  }
  row.reference = CostPerOne(reference.counted.cost, reference.counted.count, reference.counted.dispersion);
  const double smaller = std::min(own.counted.count, reference.counted.count);
  const double varied = std::max(own.counted.dispersion, reference.counted.dispersion);
  row.verdict = CostVerdict::kTooLittle;
  if (smaller < kCountToCompare) {
    row.have = smaller;
    row.needed = std::max(kCountToCompare, std::ceil(CountNeeded(kWorthSeeing, varied)));
    row.because =
        own.counted.count <= reference.counted.count ? "too few of them" : "too few on the other side";
    return false;
  }
  if (std::min(own.weeks, reference.weeks) < kWeeksForDispersion) {
    row.because = "fewer than " + std::to_string(kWeeksForDispersion) +
                  " whole weeks of counts, so nobody knows how much they vary";
    return false;
  }
  const auto ratio = CompareCosts(own.counted, reference.counted);
  if (!ratio.ok()) {
    row.because = ratio.error().what;
    return false;
  }
  row.ratio = ratio.value();
  row.have = smaller;
  row.needed = std::ceil(CountNeeded(kWorthSeeing, varied));
  return true;
}

void CompareBefore(JudgedCost& row, const Side& own) {
  const auto& before = row.channel.count_before;
  const auto& cost = row.channel.cost_before;
  if (!own.why_not.empty() || own.weeks < kWeeksForDispersion || own.counted.count < kCountToCompare) return;
  if (!before || *before < kCountToCompare || !cost || *cost <= 0) return;
  const auto change = CompareCosts(own.counted, {*cost, *before, own.counted.dispersion});
  if (change.ok()) row.change = change.value();
}

}  // namespace

std::string_view ToWord(CostVerdict verdict) {
  switch (verdict) {
    case CostVerdict::kReference:
      return "reference";
    case CostVerdict::kCheaper:
      return "cheaper";
    case CostVerdict::kDearer:
      return "dearer";
    case CostVerdict::kNoDifference:
      return "no_difference_shown";
    case CostVerdict::kTooLittle:
      return "too_little_data";
    case CostVerdict::kNoCost:
      return "no_cost_booked";
    case CostVerdict::kNotCompared:
      return "not_compared";
  }
  return "";
}

std::vector<JudgedCost> JudgeCosts(const std::vector<ChannelCost>& channels, const CostQuestion& question) {
  std::vector<JudgedCost> rows;
  std::vector<Side> sides;
  std::optional<std::size_t> reference;
  for (const ChannelCost& channel : channels) {
    if (!question.against.empty() && channel.channel == question.against) reference = rows.size();
    rows.push_back(Counted(channel, question));
    sides.push_back(SideOf(rows.back(), question.headline));
  }
  std::vector<std::size_t> compared, changed;
  std::vector<double> p, change_p;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CompareBefore(rows[i], sides[i]);
    if (rows[i].change) {
      changed.push_back(i);
      change_p.push_back(rows[i].change->p);
    }
    if (reference == i) {
      rows[i].verdict = sides[i].no_cost ? CostVerdict::kNoCost : CostVerdict::kReference;
      rows[i].because = sides[i].why_not;
      continue;
    }
    Side other = reference ? sides[*reference] : Others(sides, i);
    if (!question.against.empty() && !reference) other.why_not = "it has neither costs nor counts";
    if (!Compare(rows[i], sides[i], other)) continue;
    if (reference) rows[i].kinds_apart = KindsApart(rows[i].channel.cost, rows[*reference].channel.cost);
    compared.push_back(i);
    p.push_back(rows[i].ratio->p);
  }
  const std::vector<double> adjusted = BenjaminiHochberg(p), change_adjusted = BenjaminiHochberg(change_p);
  for (std::size_t i = 0; i < compared.size(); ++i) {
    JudgedCost& row = rows[compared[i]];
    row.adjusted_p = adjusted[i];
    row.verdict = adjusted[i] > kFalseCalls ? CostVerdict::kNoDifference
                  : row.ratio->ratio < 1    ? CostVerdict::kCheaper
                                            : CostVerdict::kDearer;
    if (row.verdict != CostVerdict::kNoDifference) row.have = row.needed = std::nullopt;
  }
  for (std::size_t i = 0; i < changed.size(); ++i)
    rows[changed[i]].change_shown = change_adjusted[i] <= kFalseCalls;
  return rows;
}

std::string ReferenceOf(const std::vector<ChannelCost>& channels, const std::vector<std::string>& wished,
                        Headline headline) {
  for (const std::string& name : wished) {
    for (const ChannelCost& one : channels) {
      if (one.channel != name || name.empty()) continue;
      if (one.cost.full.value_or(0) > 0 && HeadlineCount(one.counts, headline)) return name;
    }
  }
  return "";
}

}  // namespace backcast
