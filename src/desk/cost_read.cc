// SPDX-License-Identifier: Apache-2.0
// Two questions to the lake, one for the periods and one by week, and the rows of a cost answer made of them.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "base/nearest.h"
#include "compile/dimensions.h"
#include "desk/conversion.h"
#include "desk/cost.h"
#include "desk/cost_claims.h"
#include "desk/cost_notes.h"
#include "desk/cost_row.h"
#include "desk/question.h"
#include "facts/channel_groups.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

using std::chrono::days;

/// Half a year tells how counts vary; more would take the season for chance.
constexpr int kWeeksBack = 26;
constexpr std::size_t kNow = 0, kBefore = 1;

class CostReader {
 public:
  CostReader(Workspace& workspace, const Ready& ready, const CostCommand& command)
      : workspace_(workspace), ready_(ready), command_(command) {}

  Result<CostAnswer> Read() {
    BACKCAST_TRY(ways_, TheCostWords().Find(command_.per, workspace_.catalogue()));
    BACKCAST_CHECK(CheckDimension());
    answer_.per = command_.per;
    answer_.spread = command_.spread;
    answer_.period = ready_.request.period;
    answer_.compare = ready_.request.compare;
    answer_.as_of = ready_.request.as_of;
    ReadCurrency();
    BACKCAST_CHECK(ReadPeriods());
    BACKCAST_CHECK(EnoughForAnything());
    BACKCAST_CHECK(ReadWeeks());
    SpreadShared(channels_, answer_.spread);
    BACKCAST_CHECK(ChooseReference());
    Judge();
    AddNotes(answer_);
    if (!mixed_.empty()) answer_.notes.push_back(mixed_);
    BACKCAST_TRY(answer_.tests, ReadTestReturns(workspace_, ready_));
    ReadOpenDays();
    return std::move(answer_);
  }

 private:
  Result<Done> CheckDimension() {
    const std::vector<std::string>& by = command_.card.by;
    answer_.by = by.empty() ? "channel_group" : PlainName(by[0]);
    if (by.size() > 1 || (answer_.by != "channel_group" && answer_.by != "channel")) {
      return Error{Code::kUsage, "", "costs are told by channel_group or by channel",
                   "leave --by out, or --by channel"};
    }
    std::vector<CostCounting> possible;
    for (const CostCounting& way : ways_) {
      const Metric& metric = *workspace_.catalogue().Find(way.count);
      const auto names = DimensionsOf(workspace_.catalogue(), workspace_.schemas(), metric);
      if (std::find(names.begin(), names.end(), answer_.by) != names.end()) possible.push_back(way);
    }
    ways_ = std::move(possible);
    if (!ways_.empty()) return Done{};
    return Error{Code::kUsage, "", "'" + command_.per + "' is not told by " + answer_.by,
                 "ask for something whose export names the channel, such as lead or visit"};
  }

  void ReadCurrency() {
    std::set<std::string> codes;
    const Metric* full = workspace_.catalogue().Find(TheCostWords().full);
    for (const std::string& id : workspace_.catalogue().FactsOf(*full)) {
      if (ready_.foreign.contains(id)) converted_.insert(id);
      for (const FactCoverage& fact : ready_.coverage) {
        if (fact.fact == id) codes.insert(fact.currencies.begin(), fact.currencies.end());
      }
    }
    if (!converted_.empty()) {
      answer_.currency = ready_.currency;
      return;
    }
    if (codes.size() == 1) answer_.currency = *codes.begin();
    if (codes.empty()) {
      answer_.currency = ready_.currency;
      if (answer_.currency.empty()) answer_.currency = "currency";
      answer_.notes.emplace_back("no cost names its currency; amounts are taken to be in one");
    }
    if (codes.size() < 2) return;
    std::string list;
    for (const std::string& code : codes) list += (list.empty() ? "" : " and ") + code;
    answer_.currency = list;
    mixed_ = "the costs are in " + list + ", and currencies are never added";
  }

  Result<Done> ReadPeriods() {
    const CostWords& words = TheCostWords();
    Question question;
    question.metrics = {words.full, words.media, words.labour, words.tools, words.fees};
    for (const CostCounting& way : ways_) {
      for (const std::string& id : {way.count, way.targeted, way.untargeted, way.gross}) {
        if (id.empty()) continue;
        if (std::find(question.metrics.begin(), question.metrics.end(), id) == question.metrics.end())
          question.metrics.push_back(id);
      }
    }
    question.by = {answer_.by};
    question.filters = ready_.request.filters;
    question.windows = {answer_.period};
    if (answer_.compare.days() > 0) question.windows.push_back(answer_.compare);
    BACKCAST_TRY(const std::vector<ConvertedMoney> conversions,
                 ReadConversions(workspace_, ready_, converted_, question.windows));
    for (const Finding& finding : ConversionFindings(conversions))
      answer_.notes.push_back(finding.message.substr(0, finding.message.size() - 1));
    BACKCAST_TRY(const Table table, AskLake(workspace_, ready_, question, &answer_.sql));
    std::size_t total = 0;
    while (total < table.rows && !IsTotal(table, total)) ++total;
    answer_.counting = ways_[0];
    for (auto way = ways_.rbegin(); way != ways_.rend(); ++way) {
      if (NumberAt(table, way->count + "@0", total)) answer_.counting = *way;
    }
    for (std::size_t row = 0; row < table.rows; ++row) {
      ChannelCost channel = Row(table, row);
      if (IsTotal(table, row))
        total_ = std::move(channel);
      else if (channel.cost.full || channel.counts.all.value_or(0) > 0 || !channel.cost.withheld.empty())
        channels_.push_back(std::move(channel));
    }
    return Done{};
  }

  ChannelCost Row(const Table& table, std::size_t row) {
    ChannelCost channel;
    channel.channel = WordAt(table, answer_.by, row);
    channel.title = IsTotal(table, row) ? "all together" : ChannelTitle(channel.channel);
    channel.cost = CostsAt(table, row, kNow, mixed_);
    channel.counts = CountsAt(table, row, kNow, answer_.counting);
    if (IsTotal(table, row)) {
      const bool known = channel.counts.targeted.has_value();
      answer_.headline = command_.headline.value_or(known ? Headline::kTargeted : Headline::kAll);
    }
    if (answer_.compare.days() > 0) {
      channel.cost_before = CostsAt(table, row, kBefore, mixed_).full;
      channel.count_before = HeadlineCount(CountsAt(table, row, kBefore, answer_.counting), answer_.headline);
    }
    return channel;
  }

  Result<Done> EnoughForAnything() {
    const std::string& many = answer_.counting.many;
    if (answer_.headline == Headline::kTargeted && !total_.counts.targeted) {
      return Error{Code::kTooLittle, command_.per, "nobody knows which " + many + " are of the target group",
                   "give the plan segments with rules, or ask --count all"};
    }
    const auto count = HeadlineCount(total_.counts, answer_.headline);
    if (!count) {
      return Error{Code::kTooLittle, command_.per, "no export tells of " + many + " in this period",
                   "backcast status shows what there is, and to which day"};
    }
    if (*count < kCountToShow) {
      return Error{Code::kTooLittle, command_.per, "too little data to say what one costs",
                   "have " + std::to_string(std::llround(*count)) + ", need about " +
                       std::to_string(static_cast<int>(kCountToShow)) + "; ask a longer period"};
    }
    if (!total_.cost.full && total_.cost.withheld.empty()) {
      return Error{Code::kTooLittle, command_.per, "no cost is booked in this period",
                   "read an export of an ad platform, or write costs.csv"};
    }
    return Done{};
  }

  /// Whole weeks, Monday to Sunday, that end with the period or before.
  Result<Done> ReadWeeks() {
    const std::string& metric =
        answer_.headline == Headline::kTargeted ? answer_.counting.targeted : answer_.counting.count;
    const Day end = std::min(answer_.period.to, answer_.as_of + days{1});
    const Day to = end - (std::chrono::weekday{end} - std::chrono::Monday);
    const Day from = to - days{7 * kWeeksBack};
    Question question;
    question.metrics = {metric};
    question.by = {answer_.by, "week"};
    question.filters = ready_.request.filters;
    question.windows = {{from, to}};
    BACKCAST_TRY(const Table table, AskLake(workspace_, ready_, question, &answer_.sql));
    std::map<std::string, std::vector<double>> weeks;
    const auto none = std::vector<double>(kWeeksBack, std::numeric_limits<double>::quiet_NaN());
    int first = kWeeksBack;
    total_.weekly = none;
    for (std::size_t row = 0; row < table.rows; ++row) {
      const auto day = ParseIsoDay(WordAt(table, "week", row));
      const auto count = NumberAt(table, metric + "@0", row);
      if (IsTotal(table, row) || !day.ok() || !count) continue;
      const auto week = static_cast<int>((day.value() - from).count() / 7);
      if (week < 0 || week >= kWeeksBack) continue;
      first = std::min(first, week);
      auto& own = weeks.try_emplace(WordAt(table, answer_.by, row), none).first->second;
      own[static_cast<std::size_t>(week)] = *count;
      double& all = total_.weekly[static_cast<std::size_t>(week)];
      all = (std::isnan(all) ? 0 : all) + *count;
    }
    // The first week may have begun before the export does.
    if (const auto reach = FirstDayOf(metric); reach && *reach > from + days{7 * first}) ++first;
    for (ChannelCost& channel : channels_) {
      const auto own = weeks.find(channel.channel);
      if (own != weeks.end()) channel.weekly = Filled(own->second, first);
    }
    total_.weekly = Filled(total_.weekly, first);
    return Done{};
  }

  std::optional<Day> FirstDayOf(const std::string& metric) const {
    std::optional<Day> first;
    for (const std::string& id : workspace_.catalogue().FactsOf(*workspace_.catalogue().Find(metric))) {
      for (const FactCoverage& fact : ready_.coverage) {
        if (fact.fact == id && fact.first && (!first || *fact.first > *first)) first = fact.first;
      }
    }
    return first;
  }

  /// From the channel's own first week on, a week without a row brought nothing.
  static std::vector<double> Filled(std::vector<double> weeks, int first) {
    auto begin = weeks.begin() + std::min<std::ptrdiff_t>(first, kWeeksBack);
    begin = std::find_if(begin, weeks.end(), [](double count) { return !std::isnan(count); });
    std::vector<double> filled(begin, weeks.end());
    for (double& count : filled) {
      if (std::isnan(count)) count = 0;
    }
    return filled;
  }

  Result<Done> ChooseReference() {
    if (command_.against == "others") return Done{};
    if (command_.against.empty()) {
      std::vector<std::string> wished = TheCostWords().against;
      if (workspace_.plan()) {
        for (const Kpi& kpi : workspace_.plan()->kpis) {
          for (const std::string& word : kpi.compare_with) wished.push_back(ChannelGroupOf(word));
        }
      }
      if (mixed_.empty()) answer_.against = ReferenceOf(channels_, wished, answer_.headline);
      return Done{};
    }
    std::vector<std::string> known = {"others"};
    for (const std::string& name : {command_.against, ChannelGroupOf(command_.against)}) {
      for (const ChannelCost& channel : channels_) {
        if (channel.channel != name || name.empty()) continue;
        answer_.against = name;
        return Done{};
      }
    }
    for (const ChannelCost& channel : channels_) {
      if (!channel.channel.empty()) known.push_back(channel.channel);
    }
    std::string list;
    for (const std::string& name : known) list += (list.empty() ? "" : ", ") + Shortened(name);
    std::string hint = DidYouMean(command_.against, known);
    return Error{Code::kUsage, "",
                 "no cost and no count is of the channel '" + Shortened(command_.against) + "'",
                 hint.empty() ? "there are " + list : hint};
  }

  void Judge() {
    CostQuestion question{answer_.headline, answer_.period.days() / 7.0, answer_.against};
    answer_.rows = JudgeCosts(channels_, question);
    std::stable_sort(answer_.rows.begin(), answer_.rows.end(), [](const JudgedCost& a, const JudgedCost& b) {
      const auto rank = [](const JudgedCost& row) {
        return std::tuple(row.channel.channel.empty(), !row.full.value.has_value(),
                          row.full.value.value_or(0), std::string_view(row.channel.channel));
      };
      return rank(a) < rank(b);
    });
    ChannelCost named = total_;  // a total is of no channel, and yet it has a cost per one
    named.channel = "all";
    answer_.total = JudgeCosts({named}, {answer_.headline, question.period_weeks, "all"})[0];
    answer_.total.channel.channel.clear();
    for (const JudgedCost& row : answer_.rows) answer_.say.push_back(ClaimsOf(answer_, row));
  }

  void ReadOpenDays() {
    const Day last = answer_.period.to - days{1};
    std::set<std::string> facts;
    for (const std::string& metric : {TheCostWords().full, answer_.counting.count}) {
      for (const std::string& id : workspace_.catalogue().FactsOf(*workspace_.catalogue().Find(metric)))
        facts.insert(id);
    }
    std::optional<Day> settled;
    for (const FactCoverage& fact : ready_.coverage) {
      if (facts.contains(fact.fact) && fact.settled_through && *fact.settled_through < last)
        settled = std::min(settled.value_or(*fact.settled_through), *fact.settled_through);
    }
    if (settled)
      answer_.not_final = "days after " + ToIso(*settled) + " may still be restated by the platform";
  }

  Workspace& workspace_;
  const Ready& ready_;
  const CostCommand& command_;
  std::vector<CostCounting> ways_;
  std::string mixed_;                ///< why no amount may be shown
  std::set<std::string> converted_;  ///< facts of costs whose amounts are read in another currency
  std::vector<ChannelCost> channels_;
  ChannelCost total_;
  CostAnswer answer_;
};

}  // namespace

Result<CostAnswer> ReadCosts(Workspace& workspace, const Ready& ready, const CostCommand& command) {
  return CostReader(workspace, ready, command).Read();
}

}  // namespace backcast
