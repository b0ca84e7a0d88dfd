// SPDX-License-Identifier: Apache-2.0
#include "text/log_odds.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "measure/benjamini_hochberg.h"

namespace backcast {
namespace {

constexpr double kLeastZ = 3;
constexpr double kGreatestQ = 0.05;

}  // namespace

Result<std::vector<SaidMore>> CompareTerms(std::span<const double> first, std::span<const double> second,
                                           double prior) {
  const auto bad = [](double count) { return !std::isfinite(count) || count < 0; };
  if (first.size() != second.size() || std::any_of(first.begin(), first.end(), bad) ||
      std::any_of(second.begin(), second.end(), bad) || !(prior > 0))
    return Error{Code::kInternal, "", "terms were counted wrongly", ""};
  const double firsts = std::accumulate(first.begin(), first.end(), 0.0);
  const double seconds = std::accumulate(second.begin(), second.end(), 0.0);
  if (firsts == 0 || seconds == 0)
    return Error{Code::kTooLittle, "", "one of the two groups says nothing that is counted",
                 "take a longer period or a larger group"};
  std::vector<SaidMore> terms(first.size());
  std::vector<double> p(first.size());
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const double expected = prior * (first[i] + second[i]) / (firsts + seconds);
    p[i] = 1;
    if (expected == 0) continue;
    const double here = first[i] + expected, there = second[i] + expected;
    // A term that is all that is said has no odds.
    const double else_here = firsts + prior - here, else_there = seconds + prior - there;
    if (else_here <= 0 || else_there <= 0) continue;
    SaidMore& term = terms[i];
    term.log_odds = std::log(here / else_here) - std::log(there / else_there);
    term.z = term.log_odds / std::sqrt(1 / here + 1 / there);
    term.p = p[i] = std::erfc(std::abs(term.z) / std::sqrt(2.0));
  }
  const std::vector<double> q = BenjaminiHochberg(p);
  for (std::size_t i = 0; i < terms.size(); ++i) {
    terms[i].q = q[i];
    terms[i].sure = std::abs(terms[i].z) > kLeastZ && q[i] <= kGreatestQ;
  }
  return terms;
}

}  // namespace backcast
