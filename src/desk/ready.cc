// SPDX-License-Identifier: Apache-2.0
#include "desk/ready.h"

#include <algorithm>
#include <filesystem>

#include "base/nearest.h"
#include "desk/attribution_settings.h"
#include "desk/bots_view.h"
#include "desk/channels_view.h"
#include "desk/conversations_view.h"
#include "desk/conversion.h"
#include "desk/coverage.h"
#include "desk/follower_view.h"
#include "desk/instant.h"
#include "desk/maturity.h"
#include "desk/own_brand.h"
#include "desk/plan_ledger.h"
#include "desk/tags.h"
#include "desk/targeting.h"
#include "desk/tone_view.h"

namespace backcast {
namespace {

/// The last whole calendar month that ends no later than `last`, when it has data; else all days there are.
Window DefaultPeriod(bool has_plan, Day first, Day last) {
  const Window all{first, last + std::chrono::days{1}};
  if (!has_plan) return all;
  const auto months = LastGrains(all, Grain::kMonth, 2);
  if (GrainOf(months[1]) == Grain::kMonth) return months[1];
  return months[0].to > first ? months[0] : all;
}

Result<CardRequest> RequestOf(const ScoreOptions& options, const Workspace& workspace, Day first, Day last) {
  CardRequest request;
  request.as_of = last;
  if (options.period.empty()) {
    request.period = DefaultPeriod(workspace.plan().has_value() && options.metrics.empty(), first, last);
  } else {
    BACKCAST_TRY(request.period, ParsePeriod(options.period, last));
  }
  BACKCAST_TRY(request.compare, ParseComparison(options.compare, request.period, last));
  request.by = options.by;
  request.metrics = options.metrics;
  request.filters = options.filters;
  for (const std::string& id : options.metrics) {
    if (workspace.catalogue().Find(id) != nullptr) continue;
    std::string hint = DidYouMean(id, workspace.catalogue().ids());
    return Error{Code::kUsage, "", "there is no metric '" + id + "'",
                 hint.empty() ? "backcast metrics list names them all" : hint};
  }
  return request;
}

Error NothingYet(const Workspace& workspace) {
  return {Code::kInput, workspace.folder(), "this workspace has no data yet",
          "put exports into " + workspace.PathOf("exports") + " and run backcast ingest"};
}

/// Names of tags.yaml, where there is one.
Result<Done> ApplyTagsOf(Workspace& workspace) {
  const std::string path = workspace.PathOf("tags.yaml");
  if (!std::filesystem::exists(path)) return Done{};
  BACKCAST_TRY(const std::string text, ReadTextFile(path));
  BACKCAST_TRY(const std::vector<TagName> names, ReadTagNames(text, path));
  return ApplyTagNames(names, workspace.schemas(), workspace.engine());
}

/// Facts that will be read, when nothing but metrics was asked for; nothing when that is not known yet.
std::optional<std::set<std::string>> FactsAskedFor(const Workspace& workspace, const ScoreOptions& options) {
  if (options.metrics.empty() || !options.rows.empty() || options.chain) return std::nullopt;
  std::set<std::string> facts;
  for (const std::string& id : options.metrics) {
    const Metric* metric = workspace.catalogue().Find(id);
    if (metric == nullptr || !metric->HasFormula()) return std::nullopt;
    for (const std::string& fact : workspace.catalogue().FactsOf(*metric)) facts.insert(fact);
  }
  return facts;
}

/// What files left open: whether a visit is a machine's, and which channel brought a row.
Result<Done> FillWhatIsOpen(Workspace& workspace, const ScoreOptions& options,
                            const LakeStatistics& statistics) {
  LakeStatistics open = statistics;
  if (const auto asked = FactsAskedFor(workspace, options)) {
    const bool visits = asked->contains("session");
    std::erase_if(open, [&](const auto& fact) {
      return !asked->contains(fact.first) && !(visits && fact.first == "site_event");
    });
  }
  BACKCAST_TRY(const BotRules bots, ShippedBotRules());
  BACKCAST_CHECK(ApplyBotRules(bots, workspace.schemas(), open, workspace.engine()));
  BACKCAST_CHECK(ApplyFollowerRules(bots, workspace.schemas(), open, workspace.engine()));
  BACKCAST_TRY(const ChannelRules channels, ReadChannelRules(workspace));
  return ApplyChannels(channels, workspace.schemas(), open, workspace.engine());
}

}  // namespace

Result<Ready> Prepare(Workspace& workspace, const ScoreOptions& options, Talk& talk) {
  if (workspace.plan_error()) return *workspace.plan_error();
  RecordPlan(workspace, talk);
  BACKCAST_CHECK(workspace.OpenLake(talk));
  std::optional<Day> as_of;
  if (!options.as_of.empty()) {
    BACKCAST_TRY(as_of, ParseIsoDay(options.as_of));
  }
  Ready ready;
  BACKCAST_TRY(ready.statistics, workspace.lake().Attach(workspace.engine(), as_of));
  BACKCAST_CHECK(ApplyTagsOf(workspace));
  BACKCAST_CHECK(FillWhatIsOpen(workspace, options, ready.statistics));
  const auto asked = FactsAskedFor(workspace, options);
  if (!asked || asked->contains("conversation") || asked->contains("message"))
    BACKCAST_CHECK(ApplyConversations(workspace.schemas(), ready.statistics, workspace.engine()));
  if (workspace.plan()) {
    BACKCAST_CHECK(ApplySegments(*workspace.plan(), workspace.schemas(), workspace.engine()));
    BACKCAST_CHECK(ApplyOwnBrand(*workspace.plan(), ready.statistics, workspace.engine()));
  }
  BACKCAST_CHECK(ApplyTone(workspace.schemas(), workspace.engine()));
  BACKCAST_CHECK(CountOneSetting(workspace, options, ready));
  BACKCAST_TRY(ready.coverage, ReadCoverage(workspace.engine(), workspace.schemas(), ready.statistics));
  const Day today = std::chrono::floor<std::chrono::days>(Now()) + std::chrono::days{1};  // anywhere on earth
  const auto first = FirstDay(ready.coverage);
  BACKCAST_TRY(const auto last, LastDayUpTo(workspace.engine(), workspace.schemas(), ready.coverage, today));
  if (!first || !last) return NothingYet(workspace);
  if (const auto furthest = LastDay(ready.coverage); *furthest > *last && options.period.empty())
    talk.Say("there are rows of days to come, up to " + ToIso(*furthest) + "; time stands at " +
             ToIso(*last));
  BACKCAST_CHECK(ChooseCurrency(workspace, options.currency, ready));
  BACKCAST_TRY(ready.request, RequestOf(options, workspace, *first, *last));
  BACKCAST_TRY(ready.loads, workspace.lake().Loads());
  BACKCAST_CHECK(AddMaturity(ready.loads, ready.coverage));
  return ready;
}

bool HasRows(const std::vector<FactCoverage>& coverage, std::string_view fact) {
  return std::any_of(coverage.begin(), coverage.end(),
                     [&](const FactCoverage& each) { return each.fact == fact && each.rows > 0; });
}

std::set<std::string> FactsOf(const Outline& outline, const Catalogue& catalogue) {
  std::set<std::string> facts;
  for (const Scoped& scoped : outline.scopes) {
    for (const std::string& id : scoped.metrics) {
      for (const std::string& fact : catalogue.FactsOf(*catalogue.Find(id))) facts.insert(fact);
    }
  }
  return facts;
}

std::string CurrencyOf(const Workspace& workspace, const std::vector<FactCoverage>& coverage) {
  if (workspace.plan() && !workspace.plan()->currency.empty()) return workspace.plan()->currency;
  for (const FactCoverage& fact : coverage) {
    const Fact* known = workspace.schemas().Find(fact.fact);
    if (fact.currencies.size() == 1 && (known == nullptr || !known->is_reference)) return fact.currencies[0];
  }
  return "";
}

}  // namespace backcast
