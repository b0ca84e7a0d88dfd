// SPDX-License-Identifier: Apache-2.0
#include "desk/picture_questions.h"

#include <algorithm>
#include <map>
#include <set>

#include "desk/minimum_cases.h"
#include "desk/question.h"
#include "plan/data/reading.h"

namespace backcast {
namespace {

constexpr std::chrono::days kStepDays{28};
constexpr std::size_t kPagesTold = 5;

class Asker {
 public:
  Asker(Workspace& workspace, const Ready& ready, DataPicture& picture)
      : workspace_(workspace), ready_(ready), catalogue_(workspace.catalogue()), picture_(picture) {}

  Result<Done> Fill() {
    BACKCAST_CHECK(Steps());
    BACKCAST_CHECK(CasesOfKpis());
    BACKCAST_CHECK(Totals());
    return Untagged();
  }

 private:
  /// The metric can have a number that means something in any window.
  const Metric* Askable(const std::string& id) const {
    const Metric* metric = catalogue_.Find(id);
    const bool fits = metric != nullptr && metric->HasFormula() &&
                      metric->additivity != Additivity::kUnique && metric->additivity != Additivity::kIndex;
    return fits && LackingFacts(*metric, catalogue_, picture_.rows).empty() ? metric : nullptr;
  }

  /// How often something happened: of a ratio, how often its upper part did; where less is better, how often
  /// there was an occasion.
  static std::optional<double> EventsOf(const Metric& metric, const Table& table) {
    const auto value = NumberAt(table, metric.id + "@0", 0), base = NumberAt(table, metric.id + "@0:base", 0);
    if (!base) return value;
    if (*base <= 0 || metric.direction == "lower") return *base;
    return value ? std::optional(*value * *base) : std::nullopt;
  }

  Result<Done> Steps() {
    std::set<std::string> ids;
    for (const Kpi& kpi : workspace_.plan()->kpis) {
      for (const PathStep& step : kpi.path) {
        if (Askable(step.metric) != nullptr) ids.insert(step.metric);
      }
    }
    if (ids.empty()) return Done{};
    const Day after = picture_.as_of + std::chrono::days{1};
    BACKCAST_TRY(
        const Table table,
        AskLake(workspace_, ready_, {{ids.begin(), ids.end()}, {}, {}, {{after - kStepDays, after}}}));
    for (const std::string& id : ids) picture_.steps.push_back({id, EventsOf(*catalogue_.Find(id), table)});
    return Done{};
  }

  /// Whether every fact of the metric has the columns of the scope, as a card would demand.
  bool Fits(const Metric& metric, const Scope& scope) const {
    const std::vector<std::string> known = DimensionsOf(catalogue_, workspace_.schemas(), metric);
    return std::all_of(scope.begin(), scope.end(), [&](const auto& part) {
      return std::find(known.begin(), known.end(), part.first) != known.end();
    });
  }

  Result<Done> CasesOfKpis() {
    std::map<Scope, std::set<std::string>> by_scope;
    for (const Kpi& kpi : workspace_.plan()->kpis) {
      const Metric* metric = Askable(kpi.metric);
      if (metric != nullptr && NeededCases(*metric) && Fits(*metric, kpi.scope))
        by_scope[kpi.scope].insert(kpi.metric);
    }
    std::map<std::pair<Scope, std::string>, double> cases;
    for (const auto& [scope, metrics] : by_scope) {
      Question question{{metrics.begin(), metrics.end()}, {}, {}, {picture_.period}};
      for (const auto& [dimension, values] : scope) question.filters.push_back({dimension, values});
      BACKCAST_TRY(const Table table, AskLake(workspace_, ready_, question));
      for (const std::string& id : metrics) {
        if (const auto base = NumberAt(table, id + "@0:base", 0)) cases[{scope, id}] = *base;
      }
    }
    for (const Kpi& kpi : workspace_.plan()->kpis) {
      const auto found = cases.find({kpi.scope, kpi.metric});
      if (found == cases.end()) continue;
      picture_.cases.push_back({kpi.id, found->second, *NeededCases(*catalogue_.Find(kpi.metric))});
    }
    return Done{};
  }

  /// ClaimedSales count as sales only where the platforms also report what they were worth.
  Result<Done> Totals() {
    Question question{{}, {}, {}, {picture_.period}};
    const bool claims =
        Askable("ad_conversions") != nullptr && Askable("roas") != nullptr && Askable("orders") != nullptr;
    if (claims) question.metrics = {"ad_conversions", "roas", "orders"};
    if (Askable("bot_session_share") != nullptr) question.metrics.emplace_back("bot_session_share");
    if (question.metrics.empty()) return Done{};
    BACKCAST_TRY(const Table table, AskLake(workspace_, ready_, question));
    const auto claimed = NumberAt(table, "ad_conversions@0", 0), own = NumberAt(table, "orders@0", 0);
    if (claims && claimed && own && NumberAt(table, "roas@0", 0))
      picture_.claims = ClaimedSales{*claimed, *own};
    picture_.automatic_share = NumberAt(table, "bot_session_share@0", 0);
    return Done{};
  }

  static bool IsSourceless(const std::string& group) { return group.empty() || group == "direct"; }

  Result<Done> Untagged() {
    const Metric* sessions = Askable("sessions");
    if (sessions == nullptr || !Fits(*sessions, {{"channel_group", {}}, {"landing_page", {}}})) return Done{};
    BACKCAST_TRY(const Table groups,
                 AskLake(workspace_, ready_, {{"sessions"}, {"channel_group"}, {}, {picture_.period}}));
    const Column* name = groups.Find("channel_group");
    const Column* total = groups.Find("is_total");
    double all = 0, sourceless = 0;
    for (std::size_t row = 0; row < groups.rows; ++row) {
      const double count = NumberAt(groups, "sessions@0", row).value_or(0);
      if (total->numbers[row] == 1) {
        all = count;
      } else if (IsSourceless(name->words[row])) {
        sourceless += count;
      }
    }
    if (all <= 0) return Done{};
    picture_.untagged = UntaggedVisits{sourceless / all, {}};
    if (sourceless <= 0) return Done{};
    BACKCAST_TRY(
        const Table pages,
        AskLake(workspace_, ready_,
                {{"sessions"}, {"landing_page"}, {{"channel_group", {"direct", ""}}}, {picture_.period}}));
    std::vector<std::pair<double, std::string>> most;
    for (std::size_t row = 0; row < pages.rows; ++row) {
      const std::string& page = pages.Find("landing_page")->words[row];
      const double count = NumberAt(pages, "sessions@0", row).value_or(0);
      // Who types an address types the home page; a deep page without a source was a link.
      if (pages.Find("is_total")->numbers[row] == 1 || page.empty() || page == "/" || count <= 0) continue;
      most.emplace_back(-count, page);
    }
    const std::size_t told = std::min(most.size(), kPagesTold);
    std::partial_sort(most.begin(), most.begin() + static_cast<std::ptrdiff_t>(told), most.end());
    for (std::size_t i = 0; i < told; ++i) picture_.untagged->pages.push_back(most[i].second);
    return Done{};
  }

  Workspace& workspace_;
  const Ready& ready_;
  const Catalogue& catalogue_;
  DataPicture& picture_;
};

}  // namespace

Result<Done> AskForPicture(Workspace& workspace, const Ready& ready, DataPicture& picture) {
  return Asker(workspace, ready, picture).Fill();
}

}  // namespace backcast
