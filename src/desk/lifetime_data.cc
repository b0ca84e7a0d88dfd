// SPDX-License-Identifier: Apache-2.0
#include "desk/lifetime_data.h"

#include <algorithm>

#include "base/number.h"
#include "compile/currency_sql.h"
#include "desk/conversion.h"
#include "desk/question.h"

namespace backcast {
namespace {

constexpr int kUsualAges[] = {30, 90, 180, 365, 730};

/// The orders that count, one row each; amounts in the workspace's currency.
std::string OrdersSql(const Ready& ready, const Window& days) {
  const bool converts = ready.foreign.contains("order");
  const std::string& into = ready.currency;
  const std::string net = converts ? ConvertedSql("net", into) : "f.\"net\"",
                    cost = converts ? ConvertedSql("cost_of_goods", into) : "f.\"cost_of_goods\"",
                    code = converts ? ReadCurrencySql(into) : "f.\"currency\"";
  return (converts ? "with\n" + RatesSql(into, days) + "\n" : "") +
         "select f.\"person\", f.\"date\" as \"day\", cast(" + net + " as double) as \"net\", cast(" + net +
         " - " + cost +
         " as double) as \"margin\", f.\"is_first_order\" as \"first\", f.\"channel_group\" as \"group\", " +
         code + " as \"currency\"\nfrom \"order\" as f\n" + (converts ? RateJoin("f.\"date\"") + "\n" : "") +
         "where f.\"net\" is not null and not coalesce(f.\"cancelled\", false) and not coalesce(f.\"test\", "
         "false)\n"
         "order by f.\"person\", f.\"date\", f.\"order_id\"";
}

class Reader {
 public:
  Reader(Workspace& workspace, const Ready& ready, const Window& cohort, int horizon)
      : workspace_(workspace), ready_(ready) {
    lifetime_.cohort = cohort;
    for (const int age : kUsualAges) {
      if (age < horizon) lifetime_.ages.push_back(age);
    }
    lifetime_.ages.push_back(horizon);
  }

  Result<Lifetime> Read(bool by_group) {
    BACKCAST_TRY(const std::vector<CustomerOrder> orders, ReadOrders());
    const Cohort cohort = CohortOf(orders, lifetime_.cohort, lifetime_.seen_until);
    lifetime_.before = cohort.before;
    lifetime_.first_known = cohort.first_known;
    BACKCAST_CHECK(ReadCosts());
    BACKCAST_CHECK(AddGroup(cohort, "", true));
    std::set<std::string> groups;
    for (const Customer& customer : cohort.customers) groups.insert(customer.group);
    for (const std::string& group : groups) {
      if (by_group) BACKCAST_CHECK(AddGroup(cohort, group, false));
    }
    return std::move(lifetime_);
  }

 private:
  Result<std::vector<CustomerOrder>> ReadOrders() {
    const auto coverage = std::find_if(ready_.coverage.begin(), ready_.coverage.end(),
                                       [](const FactCoverage& fact) { return fact.fact == "order"; });
    if (coverage == ready_.coverage.end() || !coverage->last) {
      return Error{Code::kTooLittle, "", "there are no orders",
                   "have 0 customers, need " + std::to_string(kFewestAtRisk) +
                       " seen for the whole horizon: an export of orders that names its buyers"};
    }
    lifetime_.seen_until = *coverage->last;
    std::optional<Day> read_on;
    for (const LoadRecord& load : ready_.loads) {
      const auto day = ParseIsoDay(std::string_view(load.loaded_at).substr(0, 10));
      if (day.ok() && (!read_on || *read_on < day.value())) read_on = day.value();
    }
    if (read_on && *read_on < lifetime_.seen_until) lifetime_.read_on = read_on;
    const Window days{*coverage->first, *coverage->last + std::chrono::days{1}};
    if (lifetime_.cohort.days() == 0) lifetime_.cohort = days;
    lifetime_.sql.push_back(OrdersSql(ready_, days));
    BACKCAST_TRY(const Table table, workspace_.engine().Run(Statement{lifetime_.sql.back(), {}}));
    BACKCAST_CHECK(OneCurrency(table, days));
    std::vector<CustomerOrder> orders;
    const auto number = [&](std::size_t column, std::size_t row) -> std::optional<double> {
      if (table.columns[column].present[row] == 0) return std::nullopt;
      return table.columns[column].numbers[row];
    };
    for (std::size_t row = 0; row < table.rows; ++row) {
      ++lifetime_.orders;
      const auto person = number(0, row);
      if (!person) ++lifetime_.nameless;
      if (!person || !number(1, row)) continue;
      CustomerOrder order;
      order.person = static_cast<std::int64_t>(*person);
      order.day = Day{std::chrono::days{static_cast<int>(*number(1, row))}};
      order.net = number(2, row).value_or(0);
      order.margin = number(3, row);
      if (const auto first = number(4, row)) order.first = *first != 0;
      if (table.columns[5].present[row] != 0) order.group = table.columns[5].words[row];
      orders.push_back(std::move(order));
    }
    return orders;
  }

  /// Amounts of the orders have one currency.
  Result<Done> OneCurrency(const Table& table, const Window& days) {
    std::set<std::string> codes;
    const Column& column = *table.Find("currency");
    for (std::size_t row = 0; row < table.rows; ++row) {
      if (column.is_text && column.present[row] != 0) codes.insert(column.words[row]);
    }
    const bool converts = ready_.foreign.contains("order");
    if (codes.empty() || (codes.size() == 1 && (!converts || *codes.begin() == ready_.currency)))
      return Done{};
    BACKCAST_TRY(const std::vector<ConvertedMoney> conversions,
                 ReadConversions(workspace_, ready_, {"order"}, {days}));
    std::string why = WordsOf(conversions, ready_).withheld["order"];
    if (why.empty()) {
      for (const std::string& code : codes) why += (why.empty() ? "" : " and ") + code;
      why += ", and currencies are never added";
    }
    return Error{Code::kInput, "", "the orders are in " + why,
                 "give the rates in rates.csv (date, currency, base, rate)"};
  }

  Result<Done> ReadCosts() {
    for (const std::string& by : {std::string(), std::string("channel_group")}) {
      const std::vector<std::string> dimensions = by.empty() ? std::vector<std::string>{} : std::vector{by};
      BACKCAST_TRY(const Table table,
                   AskLake(workspace_, ready_, {{"full_cost"}, dimensions, {}, {lifetime_.cohort}, {}},
                           &lifetime_.sql));
      for (std::size_t row = 0; row < table.rows; ++row) {
        const bool total = table.Find("is_total")->numbers[row] == 1;
        const auto cost = NumberAt(table, "full_cost@0", row);
        if (total != by.empty() || !cost) continue;
        const Column* group = by.empty() ? nullptr : table.Find(by);
        const std::string name = group == nullptr || group->present[row] == 0 ? "" : group->words[row];
        if (NumberAt(table, "full_cost@0:currencies", row).value_or(0) > 1) {
          mixed_costs_ = true;
        } else {
          by.empty() ? static_cast<void>(all_costs_ = *cost) : static_cast<void>(costs_[name] = *cost);
        }
      }
    }
    return Done{};
  }

  Result<Done> AddGroup(const Cohort& cohort, const std::string& name, bool total) {
    LifetimeGroup group{.group = name, .is_total = total};
    std::vector<CustomerHistory> revenue, margin;
    for (const Customer& customer : cohort.customers) {
      if (!total && customer.group != name) continue;
      revenue.push_back(customer.revenue);
      if (customer.has_margin) margin.push_back(customer.margin);
      if (customer.revenue.seen < kRepeatDays) continue;
      ++group.repeat_base;
      group.repeated += customer.second && *customer.second <= kRepeatDays;
    }
    group.customers = static_cast<int>(revenue.size());
    auto points = LifetimeValue(revenue, lifetime_.ages);
    if (!points.ok()) {
      if (total || points.error().code != Code::kTooLittle) return points.error();
      group.no_revenue = points.error().what + "; " + points.error().hint;
    } else {
      group.revenue = std::move(points).value();
    }
    AddMargin(revenue.size(), margin, group);
    AddCost(name, total, margin, group);
    lifetime_.groups.push_back(std::move(group));
    return Done{};
  }

  /// A mean over those customers only whose orders name their cost would be one of other customers.
  void AddMargin(std::size_t customers, const std::vector<CustomerHistory>& margin,
                 LifetimeGroup& group) const {
    if (margin.size() < customers) {
      group.offers_margin = false;
      group.no_margin = "the orders of " + std::to_string(customers - margin.size()) + " of " +
                        Counted(static_cast<std::int64_t>(customers), "customer") + " name no cost of goods";
      return;
    }
    auto points = LifetimeValue(margin, lifetime_.ages);
    if (points.ok()) {
      group.margin = std::move(points).value();
    } else {
      group.no_margin = points.error().what + "; " + points.error().hint;
    }
  }

  void AddCost(const std::string& name, bool total, const std::vector<CustomerHistory>& margin,
               LifetimeGroup& group) const {
    const auto found = costs_.find(name);
    if (total) {
      group.cost = all_costs_;
    } else if (found != costs_.end() && !name.empty()) {
      group.cost = found->second;
    }
    if (!group.cost)
      group.no_cost = mixed_costs_ ? "the costs are in several currencies" : "no cost is known";
    if (group.cost && group.customers > 0) group.cost_per_customer = *group.cost / group.customers;
    if (!group.cost_per_customer) {
      group.no_payback = group.no_cost;
    } else if (group.margin.empty()) {
      group.no_payback = group.no_margin;
    } else if (group.payback = AgeReaching(margin, *group.cost_per_customer); !group.payback) {
      group.no_payback = "not reached within " + std::to_string(GreatestAge(margin)) + " days";
    }
  }

  Workspace& workspace_;
  const Ready& ready_;
  std::optional<double> all_costs_;
  std::map<std::string, double> costs_;  ///< by channel group
  bool mixed_costs_ = false;
  Lifetime lifetime_;
};

}  // namespace

Result<Lifetime> ReadLifetime(Workspace& workspace, const Ready& ready, const Window& cohort, int horizon,
                              bool by_group) {
  return Reader(workspace, ready, cohort, horizon).Read(by_group);
}

}  // namespace backcast
