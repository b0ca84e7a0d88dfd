// SPDX-License-Identifier: Apache-2.0
#include "care/satisfaction.h"

#include <map>
#include <tuple>

namespace backcast {
namespace {

constexpr double kTopTwo = 0.75;
constexpr double kPromoter = 9, kDetractor = 6;

struct Counts {
  Satisfaction so_far;
  double top = 0, promoters = 0, detractors = 0;
  std::vector<double> sums, numbers;  ///< by person; those not known one by one
  std::map<double, std::size_t> persons;
};

void Count(const SurveyAnswer& answer, Counts& counts) {
  ++counts.so_far.asked;
  if (!answer.score) {
    counts.so_far.asked_known = true;
    return;
  }
  const double score = *answer.score;
  if (!(score >= answer.scale_min && score <= answer.scale_max)) {
    ++counts.so_far.off_scale;
    --counts.so_far.asked;
    return;
  }
  ++counts.so_far.answered;
  const double range = answer.scale_max - answer.scale_min;
  counts.top += score - answer.scale_min >= kTopTwo * range;
  counts.promoters += score >= kPromoter;
  counts.detractors += score <= kDetractor;
  std::size_t at = counts.sums.size();
  if (answer.person >= 0) at = counts.persons.try_emplace(answer.person, at).first->second;
  if (at == counts.sums.size()) {
    counts.sums.push_back(0);
    counts.numbers.push_back(0);
  }
  counts.sums[at] += score;
  counts.numbers[at] += 1;
}

Satisfaction Judge(Counts& counts) {
  Satisfaction& one = counts.so_far;
  if (one.asked_known) {
    if (const auto share = WilsonInterval(one.answered, one.asked); share.ok())
      one.response_interval = share.value();
  }
  const int fewest = one.kind == "nps" ? kFewestForNps : kFewestAnswers;
  if (one.answered < fewest) {
    one.needs = "have " + std::to_string(one.answered) + " answers, need about " + std::to_string(fewest);
  } else if (one.kind == "csat") {
    one.value = counts.top / one.answered;
    if (const auto share = WilsonInterval(counts.top, one.answered); share.ok()) one.interval = share.value();
  } else if (one.kind == "nps" && (one.scale_min != 0 || one.scale_max != 10)) {
    one.needs = "a promoter score needs answers from 0 to 10";
  } else if (one.kind == "nps") {
    if (const auto score = NpsInterval(counts.promoters, counts.detractors, one.answered); score.ok()) {
      one.value = score.value().value;
      one.interval = score.value().interval;
    }
  } else if (const auto mean = RatioInterval(counts.sums, counts.numbers); mean.ok()) {
    one.value = mean.value().value;
    one.interval = mean.value().interval;
  } else {
    one.needs = "all answers are of one person";
  }
  return std::move(one);
}

}  // namespace

std::vector<Satisfaction> ReadSatisfaction(std::span<const SurveyAnswer> answers) {
  std::map<std::tuple<std::string, double, double>, Counts> kinds;
  for (const SurveyAnswer& answer : answers) {
    if (answer.kind != "csat" && answer.kind != "nps" && answer.kind != "ces") continue;
    Counts& counts = kinds[{answer.kind, answer.scale_min, answer.scale_max}];
    counts.so_far.kind = answer.kind;
    counts.so_far.scale_min = answer.scale_min;
    counts.so_far.scale_max = answer.scale_max;
    Count(answer, counts);
  }
  std::vector<Satisfaction> all;
  for (auto& [key, counts] : kinds) all.push_back(Judge(counts));
  return all;
}

}  // namespace backcast
