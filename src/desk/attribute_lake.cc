// SPDX-License-Identifier: Apache-2.0
// Journeys of a workspace: visits and touches of persons before orders, leads, deals, opt-ins or other
// conversions.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/embedded.h"
#include "base/nearest.h"
#include "base/number.h"
#include "compile/currency_sql.h"
#include "desk/attribute_asked.h"
#include "desk/attribute_people.h"
#include "desk/attribute_touches.h"
#include "desk/conversion.h"
#include "desk/coverage.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

constexpr std::int64_t kDay = 86'400'000'000;

/// A fact whose rows are conversions, by catalogue/attribution/conversions.yaml.
struct ConversionFact {
  std::string id, plural, key, object, at, day, value, currency, where;
};

const std::vector<ConversionFact>& ConversionFacts() {
  static const std::vector<ConversionFact> facts = [] {
    std::vector<ConversionFact> list;
    const auto yaml =
        ParseYaml(Embedded("attribution/conversions.yaml").value_or(""), "attribution/conversions.yaml");
    const Yaml* entries = yaml.ok() ? yaml.value().Find("facts") : nullptr;
    if (entries == nullptr) return list;
    for (const Yaml::Entry& entry : entries->entries) {
      const Yaml& fact = entry.value;
      list.push_back({entry.key, fact.Text("plural"), fact.Text("id"), fact.Text("object"), fact.Text("at"),
                      fact.Text("day"), fact.Text("value"), fact.Text("currency"), fact.Text("where")});
    }
    return list;
  }();
  return facts;
}

const ConversionFact* FactOfOutcome(const Outcome& outcome, const Catalogue& catalogue) {
  const Metric* metric = catalogue.Find(outcome.metric);
  if (metric == nullptr) return nullptr;
  const auto facts = catalogue.FactsOf(*metric);
  for (const ConversionFact& fact : ConversionFacts()) {
    if (std::find(facts.begin(), facts.end(), fact.id) != facts.end()) return &fact;
  }
  return nullptr;
}

struct Subject {
  const ConversionFact* fact = nullptr;
  const Outcome* outcome = nullptr;
};

Result<Subject> SubjectOf(const Workspace& workspace, const Ready& ready, const std::string& id) {
  const auto& plan = workspace.plan();
  if (!id.empty()) {
    BACKCAST_CHECK(workspace.NeedPlan());
    const Outcome* outcome = plan->FindOutcome(id);
    if (outcome == nullptr) {
      std::vector<std::string> known;
      for (const Outcome& each : plan->outcomes) known.push_back(each.id);
      return Error{Code::kUsage, "", "the plan has no outcome '" + Shortened(id) + "'",
                   DidYouMean(id, known)};
    }
    const ConversionFact* fact = FactOfOutcome(*outcome, workspace.catalogue());
    if (fact != nullptr) return Subject{fact, outcome};
    return Error{Code::kUsage, "", "outcome " + Shortened(id) + " is not made of single conversions",
                 "attribute credits orders, leads, deals, opt-ins and the fact conversion"};
  }
  if (HasRows(ready.coverage, "conversion")) return Subject{&ConversionFacts().front(), nullptr};
  if (plan) {
    for (const Outcome& outcome : plan->outcomes) {
      const ConversionFact* fact = FactOfOutcome(outcome, workspace.catalogue());
      if (fact != nullptr && HasRows(ready.coverage, fact->id)) return Subject{fact, &outcome};
    }
  }
  for (const ConversionFact& fact : ConversionFacts()) {
    if (HasRows(ready.coverage, fact.id)) return Subject{&fact, nullptr};
  }
  return Error{
      Code::kTooLittle, workspace.folder(), "there is no conversion to credit",
      "ingest orders, leads, deals, opt-ins or a file of conversions; --paths takes a file as it is"};
}

/// The window: asked for, of the plan's outcome, or the usual one of the market.
int WindowDays(const AttributeCommand& command, const Subject& subject, const Workspace& workspace) {
  if (command.window_days) return *command.window_days;
  if (subject.outcome != nullptr) {
    for (const Yaml& outcome : workspace.plan()->root.Items("outcomes")) {
      const Yaml* attribution = outcome.Find("attribution");
      if (outcome.Text("id") != subject.outcome->id || attribution == nullptr) continue;
      const double days = attribution->Number("window_days", 0);
      if (days >= 1) return static_cast<int>(days);
    }
  }
  return workspace.plan() && workspace.plan()->market == "b2b" ? 90 : 30;
}

std::string DaysBetween(const std::string& column, Day from, Day to) {
  return column + " >= date " + QuoteText(ToIso(from)) + " and " + column + " < date " + QuoteText(ToIso(to));
}

/// Persons who are one: declared, and by the event that made an order, lead or opt-in.
Result<Done> JoinPeople(DuckDb& engine, const ConversionFact& fact, People& people) {
  const auto join = [&](const RowBatch& batch) -> Result<Done> {
    for (std::size_t row = 0; row < batch.rows; ++row)
      people.Join(batch.columns[0].integers[row], batch.columns[1].integers[row]);
    return Done{};
  };
  BACKCAST_CHECK(engine.Stream(
      Statement{"select person, same_as from identity where person is not null and same_as is not null", {}},
      join));
  return engine.Stream(Statement{"select e.person, c.person from site_event e join " + QuoteName(fact.id) +
                                     " c on e.object_id = c." + QuoteName(fact.object) +
                                     " where e.person is not null and c.person is not null",
                                 {}},
                       join);
}

/// Visits by people and other touches of the days, with the column that names the channel, in any order.
std::string TouchesSql(const std::string& by, Day from, Day to) {
  const std::string other = by == "channel_group" ? "channel" : "channel_group";
  const std::string channel = "coalesce(" + by + ", " + other + ", 'unknown')";
  return "select person, coalesce(started_at, date::timestamp), " + channel +
         " from session where person is not null and not coalesce(bot, false) and " +
         DaysBetween("date", from, to) + " union all select person, coalesce(touched_at, date::timestamp), " +
         channel + " from touch where person is not null and " + DaysBetween("date", from, to) +
         " and (session_id is null or session_id not in (select session_id from session where session_id is "
         "not null))";
}

/// `into`: the currency in which values are read; empty: as they stand.
std::string ConversionsSql(const ConversionFact& fact, Day from, Day to, const std::string& into) {
  const std::string value = into.empty() ? fact.value : "(" + fact.value + ") * coalesce(rate_into, 1)";
  const std::string currency = into.empty() ? fact.currency
                                            : "case when rate_into is not null then " + QuoteText(into) +
                                                  " else " + fact.currency + " end";
  return (into.empty() ? "" : "with " + RatesSql(into, {from, to}) + "\n") +
         "select coalesce(c.person, v.person), epoch_us(coalesce(" + fact.at + ", (" + fact.day +
         ")::timestamp + interval 1 day - interval 1 microsecond)), (" + value + ")::double, " + currency +
         " from " + QuoteName(fact.id) + " c " +
         (into.empty() ? ""
                       : "left join (select currency as rate_of, day as rate_on, rate as rate_into from " +
                             QuoteName(kRates) + ") on rate_of = " + fact.currency + " and rate_on = (" +
                             fact.day + ") ") +
         "left join (select object_id as made, min(person) as person from site_event "
         "where object_id is not null and person is not null group by 1) v on v.made = c." +
         QuoteName(fact.object) + " where " + fact.where + " and " +
         DaysBetween("(" + fact.day + ")", from, to) + " order by c." + QuoteName(fact.key);
}

/// How many rows there are at most, as far as memory is worth asking for at once.
std::size_t RowsToExpect(const std::vector<FactCoverage>& coverage) {
  constexpr std::int64_t kMost = 1 << 24;
  std::int64_t rows = 0;
  for (const FactCoverage& fact : coverage) {
    if (fact.fact == "session" || fact.fact == "touch") rows += fact.rows;
  }
  return static_cast<std::size_t>(std::min(rows, kMost));
}

struct Loaded {
  double without_person = 0, without_value = 0;
  std::set<std::string> currencies;
};

/// The codes of a table's channels, with the names met last at hand: a lake has few, and each very often.
class RecentChannels {
 public:
  explicit RecentChannels(TouchTable& table) : table_(table) {}
  Result<ChannelCode> Of(std::string_view name) {
    if (name.empty()) return kNoChannel;
    const auto byte = [&](std::size_t at) -> std::size_t { return static_cast<unsigned char>(name[at]); };
    Met& met = met_[(name.size() + 7 * byte(0) + 31 * byte(name.size() - 1)) % met_.size()];
    if (met.name != name) {
      Count(met);
      BACKCAST_TRY(met.code, table_.ChannelOf(name));
      met.name = name;
    } else {
      ++met.again;
    }
    return met.code;
  }
  /// Tells the table how often each was met: the spelling met most often is the one that is shown.
  void Finish() {
    for (Met& met : met_) Count(met);
  }

 private:
  struct Met {
    std::string name;
    ChannelCode code = kNoChannel;
    double again = 0;  // since the table was asked
  };
  void Count(Met& met) {
    if (met.again > 0) table_.channels().CodeOf(met.name, met.again);
    met.again = 0;
  }
  TouchTable& table_;
  std::array<Met, 64> met_;
};

Result<Done> LoadTouches(DuckDb& engine, const std::string& sql, People& people, TouchTable& table) {
  RecentChannels channels(table);
  const Result<Done> read = engine.Stream(Statement{sql, {}}, [&](const RowBatch& batch) -> Result<Done> {
    for (std::size_t row = 0; row < batch.rows; ++row) {
      BACKCAST_TRY(const ChannelCode channel, channels.Of(batch.columns[2].words[row]));
      if (channel != kNoChannel)
        table.Add(people.NumberOf(batch.columns[0].integers[row]), {batch.columns[1].integers[row], channel});
    }
    return Done{};
  });
  channels.Finish();
  return read;
}

Result<Done> LoadConversions(DuckDb& engine, const std::string& sql, std::int64_t count_from, People& people,
                             TouchTable& table, Loaded& loaded) {
  return engine.Stream(Statement{sql, {}}, [&](const RowBatch& batch) -> Result<Done> {
    const ColumnBuffer &person = batch.columns[0], &value = batch.columns[2], &currency = batch.columns[3];
    for (std::size_t row = 0; row < batch.rows; ++row) {
      const std::int64_t at = batch.columns[1].integers[row];
      const bool counts = at >= count_from;
      if (person.present[row] == 0) {
        loaded.without_person += counts ? 1 : 0;
        continue;
      }
      TouchTable::Row one{at, kNoChannel, true, 0};
      if (value.present[row] != 0 && value.numbers[row] >= 0) {
        one.value = value.numbers[row];
        if (counts && currency.present[row] != 0) loaded.currencies.emplace(currency.words[row]);
      } else if (counts) {
        ++loaded.without_value;
      }
      table.Add(people.NumberOf(person.integers[row]), one);
    }
    return Done{};
  });
}

}  // namespace

Result<AskedJourneys> ReadJourneysOfLake(Workspace& workspace, const Ready& ready,
                                         const AttributeCommand& command) {
  const std::vector<std::string> columns = {"channel_group", "channel", "source_name", "campaign"};
  if (std::find(columns.begin(), columns.end(), command.by) == columns.end()) {
    return Error{Code::kUsage, "", "journeys cannot be told by '" + Shortened(command.by) + "'",
                 "--by channel_group, channel, source_name or campaign"};
  }
  BACKCAST_TRY(const Subject subject, SubjectOf(workspace, ready, command.outcome));
  AskedJourneys asked;
  JourneyRules rules;
  rules.window_days = WindowDays(command, subject, workspace);
  rules.most_touches = command.most_touches.value_or(20);
  rules.half_life_days = command.half_life_days.value_or(
      workspace.plan() && workspace.plan()->market == "b2b" ? rules.window_days / 3.0 : 7);
  rules.collapse = command.collapse;
  rules.drop_direct = command.drop_direct;
  const Window period = ready.request.period;
  rules.count_from = period.from.time_since_epoch().count() * kDay;
  const Day since = period.from - std::chrono::days{rules.window_days};

  DuckDb& engine = workspace.engine();
  People people;
  TouchTable table;
  Loaded loaded;
  table.Reserve(RowsToExpect(ready.coverage));
  BACKCAST_CHECK(JoinPeople(engine, *subject.fact, people));
  BACKCAST_CHECK(LoadTouches(engine, TouchesSql(command.by, since, period.to), people, table));
  BACKCAST_CHECK(
      LoadConversions(engine,
                      ConversionsSql(*subject.fact, since, period.to,
                                     ready.foreign.contains(subject.fact->id) ? ready.currency : ""),
                      rules.count_from, people, table, loaded));
  // The engine's threads give rows in any order, and resamples draw persons by their order.
  table.PutInOrder(people.Ordered());
  if (table.rows() == 0 || table.channels().size() == 0) {
    asked.notes.emplace_back(
        "No visit or touch of a single person is loaded; daily totals of site analytics cannot be credited. "
        "Load "
        "visits with a visitor's id.");
  }
  table.Finish(rules, loaded.without_person, asked, command.threads);
  asked.subject = subject.fact->plural;
  asked.period = period;
  asked.last = LastDay(ready.coverage);
  BACKCAST_TRY(const std::vector<ConvertedMoney> conversions,
               ReadConversions(workspace, ready, {subject.fact->id}, {period}));
  for (const Finding& finding : ConversionFindings(conversions)) asked.notes.push_back(finding.message);
  if (loaded.currencies.size() == 1) asked.currency = *loaded.currencies.begin();
  if (loaded.currencies.size() > 1)
    asked.notes.emplace_back(
        "The values are in several currencies and were added as they are; do not use them.");
  if (loaded.without_value > 0 && subject.fact->value.find("null") == std::string::npos) {
    asked.notes.push_back(FormatNumber(loaded.without_value, "count", false) +
                          " conversions have no value and count with the value nought.");
  }
  asked.notes.push_back("Channels are told apart by " + command.by +
                        "; visits of bots are left out; ids that belong to one person are joined.");
  if (subject.outcome != nullptr) AddHoldOuts(*workspace.plan(), *subject.outcome, asked);
  return asked;
}

}  // namespace backcast
