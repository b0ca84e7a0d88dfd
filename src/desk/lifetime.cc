// SPDX-License-Identifier: Apache-2.0
#include "desk/lifetime.h"

#include <cmath>

#include "base/number.h"
#include "desk/chain_json.h"
#include "desk/conversion.h"
#include "desk/lifetime_data.h"
#include "plan/rulebook.h"
#include "report/hostile.h"

namespace backcast {
namespace {

struct Answered {
  const Ready& ready;
  const Lifetime& lifetime;
  std::string workspace;
  std::vector<Finding> findings;
};

std::string NameOf(const LifetimeGroup& group) {
  return group.is_total ? "all customers" : group.group.empty() ? "(not reported)" : group.group;
}

/// What the reader must know of how customers were told.
std::vector<std::string> Remarks(const Lifetime& lifetime) {
  std::vector<std::string> remarks;
  if (!lifetime.first_known)
    remarks.push_back(
        "The shop does not say which orders are first ones, so who bought before the data begin looks new.");
  if (lifetime.before > 0)
    remarks.push_back(Counted(lifetime.before, "person") +
                      " whose first order is not in the data are left out.");
  if (lifetime.nameless > 0)
    remarks.push_back(std::to_string(lifetime.nameless) + " of " + Counted(lifetime.orders, "order") +
                      " name no buyer and are left out.");
  if (lifetime.read_on)
    remarks.push_back("Some orders are dated after " + ToIso(*lifetime.read_on) +
                      ", the day on which they were read: all customers count as seen until " +
                      ToIso(lifetime.seen_until) + ", which makes them look older than they are.");
  remarks.emplace_back("Nothing is projected: who was seen for less than an age counts until then.");
  return remarks;
}

Json PointJson(const std::vector<LifetimePoint>& points, std::size_t i, const std::string& unit, bool offered,
               const std::string& missing) {
  if (i >= points.size()) {
    Json json = ValueJson({}, unit, 0, missing);
    if (offered) json["state"] = "too_little_data";
    return json;
  }
  const LifetimePoint& point = points[i];
  return ValueJson(point.value, point.interval.low, point.interval.high, unit, point.at_risk);
}

/// Margin where all orders have one, else revenue.
const std::vector<LifetimePoint>& Best(const LifetimeGroup& group) {
  return group.margin.empty() ? group.revenue : group.margin;
}

Json LtvCacJson(const LifetimeGroup& group) {
  const auto& points = Best(group);
  if (points.empty() || !group.cost_per_customer || *group.cost_per_customer <= 0) {
    return ValueJson({}, "ratio", 0,
                     points.empty()          ? group.no_revenue
                     : group.no_cost.empty() ? "winning them cost nothing"
                                             : group.no_cost);
  }
  const double cost = *group.cost_per_customer;
  const LifetimePoint& last = points.back();
  return ValueJson(last.value / cost, last.interval.low / cost, last.interval.high / cost, "ratio",
                   last.at_risk);
}

Json RepeatJson(const LifetimeGroup& group) {
  if (group.repeat_base < kFewestForRepeat) {
    Json json =
        ValueJson({}, "ratio", group.repeat_base,
                  "have " + std::to_string(group.repeat_base) + " customers seen for " +
                      std::to_string(kRepeatDays) + " days, need " + std::to_string(kFewestForRepeat));
    json["state"] = "too_little_data";
    return json;
  }
  const Interval limits = WilsonInterval(group.repeated, group.repeat_base).value();
  return ValueJson(static_cast<double>(group.repeated) / group.repeat_base, limits.low, limits.high, "ratio",
                   group.repeat_base);
}

Json GroupJson(const LifetimeGroup& group, const Answered& answered) {
  const std::string& unit = answered.ready.currency;
  Json ages = Json::array();
  for (std::size_t i = 0; i < answered.lifetime.ages.size(); ++i) {
    ages.push_back(
        {{"age_days", answered.lifetime.ages[i]},
         {"at_risk", i < group.revenue.size() ? Json(group.revenue[i].at_risk) : Json()},
         {"revenue_net", PointJson(group.revenue, i, unit, true, group.no_revenue)},
         {"gross_margin", PointJson(group.margin, i, unit, group.offers_margin, group.no_margin)}});
  }
  Json payback = ValueJson(group.payback, "days", group.payback ? group.customers : 0, group.no_payback);
  return {
      {"group", group.is_total ? Json::object()
                               : Json({{"channel_group", group.group.empty() ? Json() : Json(group.group)}})},
      {"customers", group.customers},
      {"ages", std::move(ages)},
      {"cost", ValueJson(group.cost, unit, group.customers, group.no_cost)},
      {"cac", ValueJson(group.cost_per_customer, unit, group.customers, group.no_cost)},
      {"ltv_cac", LtvCacJson(group)},
      {"ltv_cac_of", group.margin.empty() ? "revenue_net" : "gross_margin"},
      {"cac_payback_days", std::move(payback)},
      {"repeat_purchase_rate", RepeatJson(group)}};
}

std::string ToJsonText(const Answered& answered) {
  const Lifetime& lifetime = answered.lifetime;
  Json groups = Json::array(), findings = Json::array();
  for (const LifetimeGroup& group : lifetime.groups) groups.push_back(GroupJson(group, answered));
  for (const Finding& finding : answered.findings) findings.push_back(ToJson(finding));
  Json json = Envelope("lifetime", answered.workspace,
                       {{"seen_until", ToIso(lifetime.seen_until)},
                        {"horizon_days", lifetime.ages.back()},
                        {"orders", lifetime.orders},
                        {"orders_without_buyer", lifetime.nameless},
                        {"groups", std::move(groups)},
                        {"remarks", Remarks(lifetime)},
                        {"sql", lifetime.sql}});
  json["as_of"] = ToIso(answered.ready.request.as_of);
  json["period"] = {{"from", ToIso(lifetime.cohort.from)},
                    {"to", ToIso(lifetime.cohort.to - std::chrono::days{1})}};
  json["findings"] = std::move(findings);
  return Dump(json);
}

std::string AmountWords(const LifetimePoint& point, const std::string& unit) {
  return FormatNumber(point.value, unit, true) + " (" + FormatNumber(point.interval.low, unit, true) +
         " to " + FormatNumber(point.interval.high, unit, true) + ", n = " + std::to_string(point.at_risk) +
         ")";
}

std::string RatioWords(double ratio) {
  char buffer[32];
  std::snprintf(buffer, sizeof(buffer), "%.2f", ratio);
  return buffer;
}

/// Lines about one group, without its name.
std::vector<std::string> Lines(const LifetimeGroup& group, const Answered& answered) {
  std::vector<std::string> lines;
  const std::string& unit = answered.ready.currency;
  const auto add = [&](const std::string& what, const std::vector<LifetimePoint>& points, bool offered,
                       const std::string& none) {
    if (points.empty()) lines.push_back(what + (offered ? ": too little data: " : ": not offered: ") + none);
    for (const LifetimePoint& point : points)
      lines.push_back(what + " in the first " + std::to_string(static_cast<int>(point.age)) +
                      " days: " + AmountWords(point, unit));
  };
  add("net revenue", group.revenue, true, group.no_revenue);
  add("margin", group.margin, group.offers_margin, group.no_margin);
  if (group.cost_per_customer) {
    lines.push_back("cost of winning one: " + FormatNumber(*group.cost_per_customer, unit, true) +
                    " (all cost of the days over " + Counted(group.customers, "new customer") + ")");
    const auto& points = Best(group);
    if (!points.empty() && *group.cost_per_customer > 0) {
      const double cost = *group.cost_per_customer;
      lines.push_back(std::string(group.margin.empty() ? "net revenue" : "margin") +
                      " over that cost: " + RatioWords(points.back().value / cost) + " (" +
                      RatioWords(points.back().interval.low / cost) + " to " +
                      RatioWords(points.back().interval.high / cost) + ")");
    }
  } else {
    lines.push_back("cost of winning one: " + group.no_cost);
  }
  if (group.payback) {
    lines.push_back("the margin of a customer reaches that cost after " +
                    Counted(static_cast<std::int64_t>(*group.payback), "day"));
  }
  if (group.repeat_base >= kFewestForRepeat) {
    const Interval limits = WilsonInterval(group.repeated, group.repeat_base).value();
    lines.push_back(
        "came again within " + std::to_string(kRepeatDays) +
        " days: " + FormatNumber(static_cast<double>(group.repeated) / group.repeat_base, "ratio", true) +
        " (" + FormatNumber(limits.low, "ratio", true) + " to " + FormatNumber(limits.high, "ratio", true) +
        ", n = " + std::to_string(group.repeat_base) + ")");
  }
  return lines;
}

std::string Title(const Answered& answered) {
  return "What a customer has brought, by first orders of " + ToWords(answered.lifetime.cohort) +
         ", seen until " + ToIso(answered.lifetime.seen_until);
}

std::string ToText(const Answered& answered, bool markdown) {
  std::string out = (markdown ? "# " : "") + Title(answered) + "\n";
  for (const LifetimeGroup& group : answered.lifetime.groups) {
    const std::string name = markdown ? EscapeMarkdown(NameOf(group)) : Shortened(NameOf(group));
    out += "\n" + std::string(markdown ? "## " : "") + name + ", " + Counted(group.customers, "customer") +
           "\n" + (markdown ? "\n" : "");
    for (const std::string& line : Lines(group, answered)) out += (markdown ? "- " : "  ") + line + "\n";
  }
  out += "\n";
  for (const std::string& remark : Remarks(answered.lifetime)) out += remark + "\n";
  for (const Finding& finding : answered.findings) out += finding.rule + " " + finding.message + "\n";
  return out;
}

std::string Plain(double number) {
  char buffer[40];
  std::snprintf(buffer, sizeof(buffer), "%.10g", number);
  return buffer;
}

std::string ToCsv(const Answered& answered) {
  std::string out = "channel_group,measure,age_days,value,low,high,at_risk,customers,currency\r\n";
  for (const LifetimeGroup& group : answered.lifetime.groups) {
    for (const auto& [measure, points] :
         {std::pair("revenue_net", &group.revenue), std::pair("gross_margin", &group.margin)}) {
      for (const LifetimePoint& point : *points) {
        out += EscapeCsv(group.is_total ? "" : NameOf(group), true) + "," + measure + "," + Plain(point.age) +
               "," + Plain(point.value) + "," + Plain(point.interval.low) + "," + Plain(point.interval.high) +
               "," + std::to_string(point.at_risk) + "," + std::to_string(group.customers) + "," +
               EscapeCsv(answered.ready.currency, true) + "\r\n";
      }
    }
  }
  return out;
}

}  // namespace

Result<Answer> ShowLifetime(Workspace& workspace, const LifetimeCommand& command, Talk& talk) {
  const std::vector<std::string>& by = command.card.by;
  if (by.size() > 1 || (by.size() == 1 && by[0] != "channel_group")) {
    return Error{Code::kUsage, "", "customers are told apart by the channel of their first order only",
                 "--by channel_group"};
  }
  if (command.horizon < 1)
    return Error{Code::kUsage, "", "a horizon is a number of days from 1 on",
                 "for example --horizon-days 365"};
  BACKCAST_TRY(const Ready ready, Prepare(workspace, command.card, talk));
  const Window cohort = command.card.period.empty() ? Window{} : ready.request.period;
  BACKCAST_TRY(const Lifetime lifetime, ReadLifetime(workspace, ready, cohort, command.horizon, !by.empty()));
  BACKCAST_TRY(const std::vector<ConvertedMoney> conversions,
               ReadConversions(workspace, ready, {"order", "ad_day", "cost"},
                               {{lifetime.cohort.from, lifetime.seen_until + std::chrono::days{1}}}));
  const Answered answered{ready, lifetime, workspace.name(), ConversionFindings(conversions)};
  Answer answer;
  if (command.card.sql) {
    for (const std::string& statement : lifetime.sql) answer.out += statement + ";\n\n";
    return answer;
  }
  switch (command.card.format) {
    case Format::kText:
      answer.out = ToText(answered, false);
      break;
    case Format::kJson:
      answer.out = ToJsonText(answered);
      break;
    case Format::kCsv:
      answer.out = ToCsv(answered);
      break;
    case Format::kMarkdown:
      answer.out = ToText(answered, true);
      break;
  }
  return answer;
}

}  // namespace backcast
