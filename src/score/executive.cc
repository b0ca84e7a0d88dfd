// SPDX-License-Identifier: Apache-2.0
#include "score/executive.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "score/verdict.h"

namespace backcast {
namespace {

constexpr std::size_t kOutcomes = 2;

Quantity Count(const char* name, std::int64_t count) {
  return {.name = name, .value = static_cast<double>(count), .n = count, .unit = "count"};
}

Quantity Number(const char* name, double value, const ScoreLine& line) {
  return {.name = name, .value = value, .n = line.value.n, .unit = line.value.unit};
}

std::string TitleOf(const ScoreLine& line) { return line.title.empty() ? line.id : line.title; }

/// A role says more to a reader than a name in the plan.
const std::string& OwnerOf(const ScoreLine& line) {
  return line.owner_role.empty() ? line.owner : line.owner_role;
}

/// Of a wording with a day: the one without when the plan names none.
std::optional<Claim> MakeDated(const std::string& key, const std::string& ending,
                               const std::vector<Quantity>& quantities, const ClaimWords& words) {
  if (auto dated = Claim::Make(key + ending, quantities, words)) return dated;
  return Claim::Make(key + ".no_day" + ending, quantities, words);
}

std::optional<Claim> WithoutNumber(const ScoreLine& line, const Window& period, const ClaimWords& words) {
  if (line.value.state == State::kTooLittleData && line.value.n)
    return Claim::Make("headline.too_few", {Count("have", *line.value.n)}, words);
  if (!line.days_with_data || line.value.state == State::kWithheld) return std::nullopt;
  return Claim::Make("headline.no_days", {Count("days", *line.days_with_data), Count("all", period.days())},
                     words);
}

bool IsTotal(const ScoreLine& line, NodeKind kind) { return line.kind == kind && line.group.empty(); }

/// What the evidence of a link is called in the wordings of this page.
std::string BeliefOf(const std::string& evidence) {
  if (evidence == "component") return "arithmetic";
  if (evidence == "correlated") return "tentative";
  if (evidence == "predictive" || evidence == "experimental") return "firm";
  if (evidence == "none_found" || evidence == "against_plan" || evidence == "broken") return "doubtful";
  return "asserted";
}

bool BackedByNumbers(const ScoreLine& line) {
  const std::string belief = BeliefOf(line.evidence);
  return belief == "arithmetic" || belief == "tentative" || belief == "firm";
}

const ScoreLine* WeakestLine(const Scorecard& card) {
  const auto found =
      std::find_if(card.lines.begin(), card.lines.end(), [](const ScoreLine& line) { return line.weakest; });
  return found == card.lines.end() ? nullptr : &*found;
}

std::optional<Claim> Believe(const Scorecard& card, const ScoreLine& outcome) {
  std::vector<Quantity> quantities = {Count("open", outcome.open_days), Count("all", card.period.days())};
  std::int64_t steps = 0, measured = 0;
  for (const ScoreLine& line : card.lines) {
    if (!IsTotal(line, NodeKind::kKpi)) continue;
    ++steps;
    measured += BackedByNumbers(line);
  }
  if (steps == 0) return Claim::Make("believe.days", quantities);
  quantities.push_back(Count("measured", measured));
  quantities.push_back(Count("steps", steps));
  const ScoreLine* weakest = WeakestLine(card);
  if (weakest == nullptr) return Claim::Make("believe.steps", quantities);
  return Claim::Make("believe.step." + BeliefOf(weakest->evidence), quantities,
                     {{"link", TitleOf(*weakest)}});
}

/// The two numbers of a sentence about a link that is behind.
std::vector<Quantity> Behind(const ScoreLine& line) {
  std::vector<Quantity> both = {Number("value", *line.judged, line),
                                Number("expected", *line.expected, line)};
  SetApart(both);
  both[0].low = line.judged_low;
  both[0].high = line.judged_high;
  return both;
}

}  // namespace

std::optional<Claim> HeadlineOf(const ScoreLine& line, const Window& period) {
  const ClaimWords words = {{"outcome", line.sentence.empty() ? TitleOf(line) : line.sentence},
                            {"period", ToWords(period)},
                            {"by", line.target_by ? InWords(*line.target_by) : ""}};
  if (!line.value.value) return WithoutNumber(line, period, words);
  std::vector<Quantity> quantities = {Number("value", *line.value.value, line)};
  quantities[0].low = line.value.low;
  quantities[0].high = line.value.high;
  quantities[0].level = line.value.level;
  if (line.verdict == Verdict::kNone || !line.judged || !line.target)
    return Claim::Make("headline.none", quantities, words);
  quantities.push_back(Number("judged", *line.judged, line));
  quantities.push_back(Number("target", *line.target, line));
  SetApart(quantities);
  const std::string counted = *line.judged == *line.value.value ? "" : ".counted";
  std::string key = "headline." + KeyOf(line.verdict);
  if (line.verdict == Verdict::kMissed && line.target_by && *line.target_by < period.to) key += ".due";
  return MakeDated(key, counted, quantities, words);
}

std::optional<Claim> WeakestOf(const ScoreLine& line) {
  if (!line.weakest || !line.judged || !line.expected) return std::nullopt;
  return Claim::Make(OwnerOf(line).empty() ? "weakest.unowned" : "weakest.owned", Behind(line),
                     {{"link", TitleOf(line)}, {"owner", OwnerOf(line)}});
}

std::vector<Claim> ExecutiveOf(const Scorecard& card) {
  std::vector<Claim> paragraph;
  const auto add = [&](std::optional<Claim> claim) {
    if (claim && paragraph.size() < kExecutiveSentences) paragraph.push_back(std::move(*claim));
  };
  const ScoreLine* first = nullptr;
  std::size_t told = 0;
  for (const ScoreLine& line : card.lines) {
    if (!IsTotal(line, NodeKind::kOutcome) || told == kOutcomes) continue;
    if (first == nullptr) first = &line;
    add(HeadlineOf(line, card.period));
    ++told;
  }
  if (first == nullptr) return paragraph;
  const ScoreLine* weakest = WeakestLine(card);
  if (!card.why.empty()) {
    add(card.why.front());
  } else if (weakest != nullptr) {
    add(WeakestOf(*weakest));
  }
  if (first->value.value) add(Believe(card, *first));
  if (weakest != nullptr && weakest->judged && weakest->expected)
    add(Claim::Make("ask.owner", Behind(*weakest),
                    {{"owner", OwnerOf(*weakest)}, {"link", TitleOf(*weakest)}}));
  return paragraph;
}

void AddClaims(Scorecard& card) {
  const auto first = std::find_if(card.lines.begin(), card.lines.end(),
                                  [](const ScoreLine& line) { return IsTotal(line, NodeKind::kOutcome); });
  const ScoreLine* weakest = WeakestLine(card);
  card.headline = first == card.lines.end() ? std::nullopt : HeadlineOf(*first, card.period);
  card.weakest = weakest == nullptr ? std::nullopt : WeakestOf(*weakest);
  card.executive = ExecutiveOf(card);
}

}  // namespace backcast
