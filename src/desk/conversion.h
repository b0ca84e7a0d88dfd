// SPDX-License-Identifier: Apache-2.0
// Amounts in several currencies, read in one: which facts need it, at which rates it happened, and which days
// have none.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "desk/ready.h"

namespace backcast {

/// Amounts of one fact in one foreign currency, in the days that were asked about.
struct ConvertedMoney {
  std::string fact, from, into;
  std::int64_t rows = 0;
  int days = 0;                     ///< with such rows
  int carried = 0;                  ///< of them, those at the rate of a day before
  std::optional<double> low, high;  ///< rates: units of `into` for one of `from`; none where no day has one
  int lacking = 0;                  ///< days without a rate
  std::optional<Day> first, last;   ///< of the days without a rate
};

/// Fills ready.currency and ready.foreign. `asked`: the option --currency. Amounts are converted when
/// somebody asked for a currency or the lake has rates, and into it, else into the plan's, else into the only
/// one. Errors: kUsage when `asked` is no currency code.
Result<Done> ChooseCurrency(const Workspace& workspace, const std::string& asked, Ready& ready);

/// What conversion did to the amounts of `facts` in the windows; empty when nothing is converted. Errors:
/// those of the engine.
Result<std::vector<ConvertedMoney>> ReadConversions(Workspace& workspace, const Ready& ready,
                                                    const std::set<std::string>& facts,
                                                    const std::vector<Window>& windows);

/// "USD is read in EUR at 0.91 to 0.93"; empty where no day has a rate.
std::string ConvertedWords(const ConvertedMoney& money);
/// "no rate for USD on 2026-03-02"; empty where every day has one.
std::string LackingWords(const ConvertedMoney& money);

/// By fact, both in sentences, for lines and nodes.
struct MoneyWords {
  std::map<std::string, std::string> converted, withheld;
};
MoneyWords WordsOf(const std::vector<ConvertedMoney>& conversions, const Ready& ready);

/// Findings M01 (converted, advice) and M02 (withheld for want of a rate, warning), for answers that carry
/// findings.
std::vector<Finding> ConversionFindings(const std::vector<ConvertedMoney>& conversions);

}  // namespace backcast
