// SPDX-License-Identifier: Apache-2.0
// Creators of a period from the lake: deliverables, cost, orders by code and link, samples of followers.
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "base/number.h"
#include "compile/compile.h"
#include "desk/influence_data.h"
#include "desk/question.h"

namespace backcast {
namespace {

using std::chrono::days;

/// Whole weeks before the period's end from which the variation of orders is known.
constexpr int kWeeksBack = 26;

std::string DayText(const Day& day) { return "date " + QuoteText(ToIso(day)); }

std::string Within(const std::string& column, const Window& window) {
  return column + " >= " + DayText(window.from) + " and " + column + " < " + DayText(window.to);
}

std::optional<Day> DayAt(const Table& table, const std::string& column, std::size_t row) {
  const auto number = NumberAt(table, column, row);
  if (!number) return std::nullopt;
  return Day{days{static_cast<int>(*number)}};
}

std::vector<std::string> Split(const std::string& joined) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from < joined.size();) {
    const std::size_t end = std::min(joined.find('\n', from), joined.size());
    if (end > from) parts.push_back(joined.substr(from, end - from));
    from = end + 1;
  }
  return parts;
}

/// How a code, a campaign and a handle are compared: codes are typed by people, handles come with an @.
std::string Folded(const std::string& column) { return "lower(trim(" + column + "))"; }
std::string Handle(const std::string& column) { return "ltrim(" + Folded(column) + ", '@')"; }

class CreatorReader {
 public:
  CreatorReader(Workspace& workspace, const Ready& ready, InfluenceAnswer& answer)
      : workspace_(workspace), ready_(ready), answer_(answer), period_(ready.request.period) {}

  Result<Done> Run() {
    if (HasRows(ready_.coverage, "collaboration")) BACKCAST_CHECK(Deliverables());
    if (answer_.creators.empty()) {
      return Error{Code::kTooLittle, ToWords(period_), "no creator published or was due",
                   "a file of collaborations is needed, one row for each deliverable (docs/influence.md)"};
    }
    BACKCAST_CHECK(Costs());
    BACKCAST_CHECK(Faults());
    BACKCAST_CHECK(Keys());
    if (HasRows(ready_.coverage, "order")) BACKCAST_CHECK(OwnOrders());
    if (HasRows(ready_.coverage, "session")) BACKCAST_CHECK(Visits());
    for (Creator& creator : answer_.creators) {
      creator.from = creator.own_orders        ? OrdersFrom::kBooks
                     : creator.reported_orders ? OrdersFrom::kReported
                                               : OrdersFrom::kNobody;
    }
    if (HasRows(ready_.coverage, "follower_sample")) BACKCAST_CHECK(Samples());
    return Done{};
  }

 private:
  DuckDb& engine() { return workspace_.engine(); }

  Creator* Find(const std::string& name) {
    const auto found = std::find_if(answer_.creators.begin(), answer_.creators.end(),
                                    [&](const Creator& creator) { return creator.name == name; });
    return found == answer_.creators.end() ? nullptr : &*found;
  }

  Result<Done> Deliverables() {
    const auto joined = [](const std::string& value, const char* name) {
      return "coalesce(string_agg(distinct " + value + ", chr(10) order by " + value + "), '') as " + name;
    };
    BACKCAST_TRY(
        const Table table,
        engine().Run(
            "select coalesce(creator, '') as creator, " + joined("platform", "platforms") +
            ", count(*) as deliverables, count(*) filter (where unpublished is distinct from true) as "
            "published, count(due) as due, count(*) filter (where date <= due and unpublished is distinct "
            "from true) as on_time, count(disclosed) as marked, count(*) filter (where disclosed) as "
            "disclosed, sum(engagements)::double as engagements, sum(orders)::double as orders, "
            "avg(target_audience_share) as target_share from collaboration where " +
            Within("date", period_) + " group by 1 order by 1"));
    for (std::size_t row = 0; row < table.rows; ++row) {
      Creator creator;
      const auto number = [&](const char* column) { return NumberAt(table, column, row).value_or(0); };
      creator.name = WordAt(table, "creator", row);
      creator.platforms = Split(WordAt(table, "platforms", row));
      creator.deliverables = number("deliverables");
      creator.out = number("published");
      creator.due = number("due");
      creator.on_time = number("on_time");
      creator.marked = number("marked");
      creator.disclosed = number("disclosed");
      creator.engagements = NumberAt(table, "engagements", row);
      creator.reported_orders = NumberAt(table, "orders", row);
      creator.told_target_share = NumberAt(table, "target_share", row);
      answer_.creators.push_back(std::move(creator));
    }
    BACKCAST_TRY(
        const Table posts,
        engine().Run("select coalesce(creator, '') as creator, engagements::double as engagements from "
                     "collaboration where engagements is not null and " +
                     Within("date", period_) + " order by date, collaboration_id, deliverable_id"));
    for (std::size_t row = 0; row < posts.rows; ++row) {
      if (Creator* creator = Find(WordAt(posts, "creator", row)))
        creator->post_engagements.push_back(NumberAt(posts, "engagements", row).value_or(0));
    }
    return Done{};
  }

  /// "EUR and USD" by creator: in what the fees of the period stand.
  Result<std::map<std::string, std::string>> FeeCurrencies() {
    BACKCAST_TRY(
        const Table table,
        engine().Run("select coalesce(creator, '') as creator, string_agg(distinct currency, ' and ' "
                     "order by currency) as codes from collaboration where (fee is not null or "
                     "product_cost is not null) and " +
                     Within("date", period_) + " group by 1"));
    std::map<std::string, std::string> codes;
    for (std::size_t row = 0; row < table.rows; ++row)
      codes[WordAt(table, "creator", row)] = WordAt(table, "codes", row);
    return codes;
  }

  Result<Done> Costs() {
    BACKCAST_TRY(const auto codes, FeeCurrencies());
    const bool converted = ready_.foreign.contains("collaboration");
    BACKCAST_TRY(const Table table, AskLake(workspace_, ready_,
                                            {.metrics = {"influencer_cost"},
                                             .by = {"creator"},
                                             .filters = {},
                                             .windows = {period_},
                                             .series = {}}));
    for (std::size_t row = 0; row < table.rows; ++row) {
      Creator* creator = IsTotal(table, row) ? nullptr : Find(WordAt(table, "creator", row));
      if (creator == nullptr) continue;
      const auto found = codes.find(creator->name);
      const std::string code = found == codes.end() ? "" : found->second;
      const bool several = NumberAt(table, "influencer_cost@0:currencies", row).value_or(0) > 1;
      if (several || (!converted && !code.empty() && code != answer_.currency)) {
        creator->cost_withheld = true;
        creator->no_cost = "the fees are in " + code + " and the answer is in " +
                           (ready_.currency.empty() ? "no currency that is named" : answer_.currency) +
                           "; give rates in rates.csv, or ask with --currency";
      } else {
        creator->cost = NumberAt(table, "influencer_cost@0", row);
      }
    }
    for (Creator& creator : answer_.creators) {
      if (!creator.cost && creator.no_cost.empty()) creator.no_cost = "no fee and no product is booked";
    }
    return Done{};
  }

  Result<Done> Faults() {
    const std::string end = DayText(std::min(period_.to - days{1}, ready_.request.as_of));
    BACKCAST_TRY(
        const Table table,
        engine().Run(
            "select coalesce(creator, '') as creator, coalesce(collaboration_id, '') as collaboration, "
            "coalesce(deliverable_id, '') as id, due, case when unpublished then null else date end as "
            "published, (disclosed is not null and not disclosed) as undisclosed, case when unpublished "
            "then " +
            end +
            " - due else date - due end as days, coalesce(unpublished, false) as open from "
            "collaboration where " +
            Within("date", period_) + " order by creator, date, collaboration_id, deliverable_id"));
    for (std::size_t row = 0; row < table.rows; ++row) {
      Deliverable one;
      one.creator = WordAt(table, "creator", row);
      one.collaboration = WordAt(table, "collaboration", row);
      one.id = WordAt(table, "id", row);
      one.due = DayAt(table, "due", row);
      one.published = DayAt(table, "published", row);
      one.days = static_cast<int>(NumberAt(table, "days", row).value_or(0));
      const bool open = NumberAt(table, "open", row).value_or(0) != 0;
      if (!open && NumberAt(table, "undisclosed", row).value_or(0) != 0) answer_.faults.push_back(one);
      if (one.days <= 0) continue;
      one.fault = open ? Deliverable::Fault::kOverdue : Deliverable::Fault::kLate;
      answer_.faults.push_back(one);
    }
    return Done{};
  }

  /// Codes and campaigns of each creator up to the period's end, in the engine as well, so that an order that
  /// names both counts once. One that several creators have counts for nobody.
  Result<Done> Keys() {
    BACKCAST_CHECK(engine().Do(
        "create or replace temp table creator_key as with told as (select distinct coalesce(creator, '') as "
        "creator, 'code' as kind, " +
        Folded("code") + " as word from collaboration where trim(code) <> '' and date < " +
        DayText(period_.to) + " union select distinct coalesce(creator, ''), 'campaign', " +
        Folded("campaign") + " from collaboration where trim(campaign) <> '' and date < " +
        DayText(period_.to) + ") select *, count(*) over (partition by kind, word) as owners from told"));
    BACKCAST_TRY(const Table table,
                 engine().Run("select creator, kind, word, owners from creator_key order by 1, 2, 3"));
    std::set<std::string> shared;
    for (std::size_t row = 0; row < table.rows; ++row) {
      const std::string kind = WordAt(table, "kind", row), word = WordAt(table, "word", row);
      if (NumberAt(table, "owners", row).value_or(1) > 1) {
        shared.insert(kind + " " + word);
        continue;
      }
      Creator* creator = Find(WordAt(table, "creator", row));
      if (creator != nullptr) (kind == "code" ? creator->codes : creator->campaigns).push_back(word);
    }
    answer_.shared.assign(shared.begin(), shared.end());
    return Done{};
  }

  /// Orders in which somebody could have seen the creator: an order's coupon says more than its campaign.
  static std::string NamedOrders() {
    return "select o.*, coalesce(k.creator, c.creator) as by_creator from \"order\" o left join creator_key "
           "k on k.kind = 'code' and k.owners = 1 and k.word = " +
           Folded("o.coupon") +
           " left join creator_key c on c.kind = 'campaign' and c.owners = 1 and c.word = " +
           Folded("o.campaign") +
           " where o.cancelled is distinct from true and o.test is distinct from true and (k.creator is not "
           "null or c.creator is not null)";
  }

  /// Whether the own books could have named a creator: without coupons and campaigns, none is no nought.
  bool CanName(const Creator& creator) const {
    const auto told = ready_.statistics.find("order");
    const auto filled = [&](const char* column) {
      return told != ready_.statistics.end() && !told->second.missing.contains(column);
    };
    return (!creator.codes.empty() && filled("coupon")) || (!creator.campaigns.empty() && filled("campaign"));
  }

  Result<Done> OwnOrders() {
    for (Creator& creator : answer_.creators) {
      if (!CanName(creator)) continue;
      creator.own_orders = creator.first_orders = 0;
      creator.no_revenue = "no order has an amount";
    }
    BACKCAST_TRY(const Table table,
                 engine().Run("select by_creator as creator, count(*) as orders, count(*) filter (where "
                              "is_first_order) as first_orders, count(is_first_order) as known, "
                              "sum(net)::double as net, count(distinct currency) filter (where net is not "
                              "null) as currencies, max(currency) as currency from (" +
                              NamedOrders() + ") where " + Within("date", period_) + " group by 1"));
    for (std::size_t row = 0; row < table.rows; ++row) {
      Creator* creator = Find(WordAt(table, "creator", row));
      if (creator == nullptr || !creator->own_orders) continue;
      creator->own_orders = NumberAt(table, "orders", row);
      creator->first_orders =
          NumberAt(table, "known", row).value_or(0) > 0 ? NumberAt(table, "first_orders", row) : std::nullopt;
      const double currencies = NumberAt(table, "currencies", row).value_or(0);
      if (currencies > 1 || (currencies == 1 && WordAt(table, "currency", row) != answer_.currency)) {
        creator->no_revenue = "the orders are in another currency than the answer";
      } else if (const auto net = NumberAt(table, "net", row)) {
        creator->revenue = net;
      }
    }
    BACKCAST_TRY(const auto weeks,
                 Weeks("select by_creator as creator, date from (" + NamedOrders() + ")", "order"));
    for (const auto& [name, counts] : weeks) {
      Creator* creator = Find(name);
      if (creator != nullptr && creator->own_orders) creator->weekly = counts;
    }
    return Done{};
  }

  /// Counts of whole weeks up to the period's end by creator, from `rows` with `creator` and `date`; the fact
  /// that they come from begins at its first day. Weeks before a creator's first are no weeks of nought.
  Result<std::map<std::string, std::vector<double>>> Weeks(const std::string& rows, const std::string& fact) {
    const Day from = period_.to - days{7 * kWeeksBack};
    BACKCAST_TRY(const Table first, engine().Run("select min(date) as first from " + QuoteName(fact)));
    const Day known = DayAt(first, "first", 0).value_or(from);
    const std::int64_t skipped = known <= from ? 0 : ((known - from).count() + 6) / 7;
    BACKCAST_TRY(const Table table,
                 engine().Run("select creator, (date - " + DayText(from) +
                              ") // 7 as week, count(*) as n from (" + rows + ") where " +
                              Within("date", {from, period_.to}) + " group by 1, 2 order by 1, 2"));
    std::map<std::string, std::vector<double>> weeks;
    std::map<std::string, std::int64_t> begun;
    for (std::size_t row = 0; row < table.rows; ++row) {
      const auto week = static_cast<std::int64_t>(NumberAt(table, "week", row).value_or(-1));
      if (week < skipped || week >= kWeeksBack) continue;
      const std::string name = WordAt(table, "creator", row);
      const std::int64_t start = begun.try_emplace(name, week).first->second;
      std::vector<double>& own = weeks[name];
      if (own.empty()) own.assign(static_cast<std::size_t>(kWeeksBack - start), 0);
      own[static_cast<std::size_t>(week - start)] = NumberAt(table, "n", row).value_or(0);
    }
    return weeks;
  }

  Result<Done> Visits() {
    const auto told = ready_.statistics.find("session");
    if (told != ready_.statistics.end() && told->second.missing.contains("campaign")) return Done{};
    for (Creator& creator : answer_.creators) {
      if (!creator.campaigns.empty()) creator.visits = 0;
    }
    const std::string visits =
        "select c.creator, s.date from session s join creator_key c on c.kind = 'campaign' "
        "and c.owners = 1 and c.word = " +
        Folded("s.campaign") + " where s.bot is distinct from true";
    BACKCAST_TRY(const Table table, engine().Run("select creator, count(*) as visits from (" + visits +
                                                 ") where " + Within("date", period_) + " group by 1"));
    for (std::size_t row = 0; row < table.rows; ++row) {
      Creator* creator = Find(WordAt(table, "creator", row));
      if (creator != nullptr) creator->visits = NumberAt(table, "visits", row);
    }
    BACKCAST_TRY(const auto weeks, Weeks(visits, "session"));
    for (const auto& [name, counts] : weeks) {
      if (Creator* creator = Find(name)) creator->weekly_visits = counts;
    }
    return Done{};
  }

  /// The newest sample of every account that bears a creator's name, up to the period's end.
  Result<Done> Samples() {
    BACKCAST_TRY(
        const Table table,
        engine().Run(
            "with named as (select distinct coalesce(creator, '') as creator, platform, " +
            Handle("creator") + " as handle from collaboration where " + Within("date", period_) +
            "), newest as (select platform, account, max(sampled_on) as sampled_on from follower_sample "
            "where "
            "sampled_on < " +
            DayText(period_.to) +
            " group by 1, 2) select n.creator, strftime(s.sampled_on, '%Y-%m-%d') as sampled_on, "
            "coalesce(s.bot_rule, '') as bot_rule, count(*) as sampled, count(suspected) as told, count(*) "
            "filter (where suspected) as suspected, count(in_target) as placed, count(*) filter (where "
            "in_target) as in_target, count(*) filter (where suspected is not null and in_target is not "
            "null) "
            "as judged, count(*) filter (where not suspected and in_target) as good from named n join newest "
            "w "
            "on " +
            Handle("w.account") +
            " = n.handle and (w.platform = n.platform or n.platform is null) join follower_sample s on "
            "s.platform is not distinct from w.platform and s.account is not distinct from w.account and "
            "s.sampled_on = w.sampled_on group by 1, 2, 3 order by 1, 2, 3"));
    for (std::size_t row = 0; row < table.rows; ++row) {
      Creator* creator = Find(WordAt(table, "creator", row));
      if (creator == nullptr) continue;
      const auto number = [&](const char* column) { return NumberAt(table, column, row).value_or(0); };
      FollowerCounts counts;
      counts.sampled = number("sampled");
      counts.told = number("told");
      counts.suspected = number("suspected");
      counts.placed = number("placed");
      counts.in_target = number("in_target");
      counts.judged = number("judged");
      counts.good = number("good");
      CountReasons(WordAt(table, "bot_rule", row), counts.suspected, counts.reasons);
      creator->followers.Add(counts);
      creator->sampled_on = std::max(creator->sampled_on, WordAt(table, "sampled_on", row));
    }
    return Done{};
  }

  Workspace& workspace_;
  const Ready& ready_;
  InfluenceAnswer& answer_;
  Window period_;
};

}  // namespace

Result<Done> ReadCreators(Workspace& workspace, const Ready& ready, InfluenceAnswer& answer) {
  return CreatorReader(workspace, ready, answer).Run();
}

}  // namespace backcast
