// SPDX-License-Identifier: Apache-2.0
// channels unknown: what files say of where rows come from and no rule recognises.
#include <algorithm>
#include <map>
#include <tuple>

#include "base/number.h"
#include "desk/answer_table.h"
#include "desk/chain_json.h"
#include "desk/channels.h"
#include "desk/channels_view.h"
#include "desk/ready.h"

namespace backcast {
namespace {

struct Unrecognised {
  std::string fact, source, medium;
  std::string delivered;  ///< what the file itself calls the group; empty: nothing
  double visits = 0, rows = 0;
};

/// What counts in the fact: visits where it has them, else its rows.
std::string CountOf(const Fact& fact) {
  return fact.Find("sessions") != nullptr ? "sum(f.sessions)" : "count(*)";
}

/// The view as files delivered it, before rules of the program named channels.
Result<std::string> DeliveredView(const Fact& fact, DuckDb& engine) {
  BACKCAST_TRY(const Table found, engine.Run("select view_name from duckdb_views() where view_name = " +
                                             QuoteText(fact.id + "_before_channels")));
  return fact.id + (found.rows > 0 ? "_before_channels" : "");
}

Result<Done> Collect(const ChannelRules& rules, const Fact& fact, const TableStatistics& told,
                     const Window& period, DuckDb& engine, std::vector<Unrecognised>& all) {
  BACKCAST_TRY(const OriginSql origin, ReadOriginSql(fact, told, engine));
  if (!origin.tells) return Done{};
  BACKCAST_TRY(const std::string view, DeliveredView(fact, engine));
  // Reports of one week that are cut in several ways tell of the same visits: the fullest of them counts.
  const std::string cut =
      fact.Find(kBreakdown) != nullptr ? "coalesce(f." + QuoteName(kBreakdown) + ", '')" : std::string("''");
  BACKCAST_TRY(const Table ways,
               engine.Run("select " + origin.Select() + ", coalesce(f.channel_group, '') as delivered, " +
                          cut + " as cut, " + CountOf(fact) + " as visits, count(*) as lines from " +
                          QuoteName(view) + " f where f." + QuoteName(fact.day) + " >= date " +
                          QuoteText(ToIso(period.from)) + " and f." + QuoteName(fact.day) + " < date " +
                          QuoteText(ToIso(period.to)) + " group by all order by all"));
  std::map<std::tuple<std::string, std::string, std::string>, std::map<std::string, Unrecognised>> pairs;
  for (std::size_t row = 0; row < ways.rows; ++row) {
    const Arrival arrival = ArrivalAt(ways, row);
    if (rules.Classify(arrival)) continue;
    const std::string& named = arrival.of(Origin::kSource);
    const std::string source = !named.empty() ? named : arrival.of(Origin::kChannel);
    const std::string& delivered = ways.Find("delivered")->words[row];
    if (!delivered.empty() && delivered != "other") continue;  // the file knows better
    Unrecognised& one = pairs[{source, arrival.of(Origin::kMedium), delivered}][ways.Find("cut")->words[row]];
    one.fact = fact.id;
    one.source = source;
    one.medium = arrival.of(Origin::kMedium);
    one.delivered = delivered;
    const Column& visits = *ways.Find("visits");
    if (visits.present[row] != 0) one.visits += visits.numbers[row];
    one.rows += ways.Find("lines")->numbers[row];
  }
  for (auto& [key, by_cut] : pairs) {
    const auto fullest = std::max_element(by_cut.begin(), by_cut.end(), [](const auto& a, const auto& b) {
      return a.second.visits < b.second.visits;
    });
    all.push_back(fullest->second);
  }
  return Done{};
}

}  // namespace

Result<Answer> ListUnknownChannels(Workspace& workspace, const ScoreOptions& options, Talk& talk) {
  BACKCAST_TRY(const ChannelRules rules, ReadChannelRules(workspace));
  BACKCAST_TRY(const Ready ready, Prepare(workspace, options, talk));
  std::vector<Unrecognised> all;
  for (const std::string& id : rules.facts()) {
    const Fact* fact = workspace.schemas().Find(id);
    const auto told = ready.statistics.find(id);
    if (fact == nullptr || told == ready.statistics.end() || told->second.rows == 0) continue;
    BACKCAST_CHECK(Collect(rules, *fact, told->second, ready.request.period, workspace.engine(), all));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Unrecognised& a, const Unrecognised& b) { return a.visits > b.visits; });
  Answer answer;
  if (options.format == Format::kJson) {
    Json list = Json::array();
    for (const Unrecognised& one : all) {
      list.push_back({{"fact", one.fact},
                      {"source", one.source.empty() ? Json() : Json(one.source)},
                      {"medium", one.medium.empty() ? Json() : Json(one.medium)},
                      {"delivered_group", one.delivered.empty() ? Json() : Json(one.delivered)},
                      {"visits", ValueJson(one.visits, "count", one.rows, "")}});
    }
    Json json = Envelope("channels-unknown", workspace.name(), {{"pairs", std::move(list)}});
    json["as_of"] = ToIso(ready.request.as_of);
    json["period"] = {{"from", ToIso(ready.request.period.from)},
                      {"to", ToIso(ready.request.period.to - std::chrono::days{1})}};
    answer.out = Dump(json);
    return answer;
  }
  AnswerTable table{
      {"fact", "source", "medium", "file says", "visits or rows"}, {false, false, false, false, true}, {}};
  for (const Unrecognised& one : all) {
    table.rows.push_back({one.fact, one.source.empty() ? "(nothing)" : one.source,
                          one.medium.empty() ? "(nothing)" : one.medium,
                          one.delivered.empty() ? "—" : one.delivered,
                          FormatNumber(one.visits, "count", false)});
  }
  if (options.format == Format::kCsv) {
    answer.out = table.ToCsv();
  } else if (options.format == Format::kMarkdown) {
    answer.out = table.ToMarkdown();
  } else if (all.empty()) {
    answer.out =
        "Every row of " + ToWords(ready.request.period) + " that says where it comes from is recognised.\n";
  } else {
    answer.out =
        "No rule recognises these, " + ToWords(ready.request.period) + "\n\n" + table.ToText() + "\n" +
        Wrapped("A rule for one of them goes into channels.yaml beside plan.yaml (docs/journey.md).");
  }
  return answer;
}

}  // namespace backcast
