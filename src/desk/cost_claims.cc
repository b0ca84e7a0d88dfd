// SPDX-License-Identifier: Apache-2.0
#include "desk/cost_claims.h"

#include "facts/channel_groups.h"

namespace backcast {
namespace {

Quantity Number(std::string name, double value, std::string unit) {
  Quantity quantity;
  quantity.name = std::move(name);
  quantity.value = value;
  quantity.unit = std::move(unit);
  return quantity;
}

Quantity PerOne(std::string name, const CostPer& per, const std::string& currency) {
  Quantity quantity = Number(std::move(name), *per.value, currency);
  quantity.low = per.interval.low;
  quantity.high = per.interval.high;
  quantity.n = per.n;
  return quantity;
}

Quantity ChangeOf(const CostRatio& change, std::int64_t n) {
  Quantity quantity = Number("change", change.ratio - 1, "relative");
  quantity.low = change.interval.low - 1;
  quantity.high = change.interval.high - 1;
  quantity.n = n;
  return quantity;
}

/// The verdict's quantities; none where its wording would stay open.
std::vector<Quantity> QuantitiesOf(const CostAnswer& answer, const JudgedCost& row) {
  std::vector<Quantity> quantities;
  switch (row.verdict) {
    case CostVerdict::kCheaper:
    case CostVerdict::kDearer:
    case CostVerdict::kNoDifference:
      quantities = {PerOne("cost", row.full, answer.currency),
                    PerOne("reference", row.reference, answer.currency)};
      break;
    case CostVerdict::kReference:
      if (row.full.value) quantities = {PerOne("cost", row.full, answer.currency)};
      break;
    case CostVerdict::kTooLittle:
      if (row.have && row.needed)
        quantities = {Number("have", *row.have, "count"), Number("needed", *row.needed, "count")};
      break;
    case CostVerdict::kNoCost:
      if (const auto count = HeadlineCount(row.channel.counts, answer.headline); count && *count > 0)
        quantities = {Number("count", *count, "count")};
      break;
    case CostVerdict::kNotCompared:
      break;
  }
  return quantities;
}

}  // namespace

std::string ThingOf(const CostAnswer& answer) {
  const std::string& one = answer.counting.one;
  if (answer.headline == Headline::kAll) return one;
  const std::size_t blank = one.find(' ');
  const std::string article = one.substr(0, blank == std::string::npos ? 0 : blank);
  if (article != "a" && article != "an") return one;
  return "a targeted" + one.substr(blank);
}

std::vector<Claim> ClaimsOf(const CostAnswer& answer, const JudgedCost& row) {
  const ClaimWords words = {
      {"thing", ThingOf(answer)},
      {"many", (answer.headline == Headline::kTargeted ? "targeted " : "") + answer.counting.many},
      {"channel", row.channel.title},
      {"other", answer.against.empty() ? "all other channels" : ChannelTitle(answer.against)}};
  std::vector<Claim> claims;
  Say(claims, "cost." + std::string(ToWord(row.verdict)), QuantitiesOf(answer, row), words);
  if (row.change && row.change_shown) Say(claims, "cost.change", {ChangeOf(*row.change, row.full.n)}, words);
  return claims;
}

}  // namespace backcast
