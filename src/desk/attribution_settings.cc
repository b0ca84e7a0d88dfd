// SPDX-License-Identifier: Apache-2.0
#include "desk/attribution_settings.h"

#include <algorithm>

#include "plan/rulebook.h"

namespace backcast {
namespace {

constexpr const char* kSame = "\"ad\", \"date\", \"placement\", \"breakdown\"";

/// Whether more than one setting can be in the lake, by what its files say of themselves.
bool MayDiffer(const LakeStatistics& statistics) {
  const auto told = statistics.find("ad_day");
  if (told == statistics.end()) return true;
  const auto range = told->second.words.find("attribution_setting");
  if (range != told->second.words.end()) return range->second.first != range->second.second;
  return told->second.rows > 0 && !told->second.missing.contains("attribution_setting");
}

bool AsksBySetting(const ScoreOptions& options) {
  return std::find(options.by.begin(), options.by.end(), "attribution_setting") != options.by.end() ||
         std::any_of(options.filters.begin(), options.filters.end(),
                     [](const Filter& filter) { return filter.dimension == "attribution_setting"; });
}

/// Different ads under different settings may be added; the reader is told.
Result<Done> NoteMixedSettings(DuckDb& engine, Ready& ready) {
  BACKCAST_TRY(
      const Table mixed,
      engine.Run(Statement{
          "select coalesce(\"platform\", '') as platform, string_agg(distinct \"attribution_setting\", '; ' "
          "order by \"attribution_setting\") as settings from \"ad_day\" where \"conversions\" > 0 group by "
          "1 "
          "having count(distinct \"attribution_setting\") > 1 order by 1",
          {}}));
  for (std::size_t row = 0; row < mixed.rows; ++row) {
    ready.notes.push_back("ad_day: conversions of " + Shortened(mixed.columns[0].words[row]) +
                          " are counted under several settings (" +
                          Shortened(mixed.columns[1].words[row], 160) +
                          "), and sums mix them; ask --by attribution_setting");
  }
  return Done{};
}

}  // namespace

Result<Done> CountOneSetting(Workspace& workspace, const ScoreOptions& options, Ready& ready) {
  if (!MayDiffer(ready.statistics) || AsksBySetting(options)) return Done{};
  DuckDb& engine = workspace.engine();
  BACKCAST_TRY(const Table twice,
               engine.Run(Statement{
                   "select distinct unnest(settings) as setting from (select list(distinct "
                   "\"attribution_setting\") as settings from \"ad_day\" where \"spend\" > 0 group by " +
                       std::string(kSame) + " having count(distinct \"attribution_setting\") > 1) order by 1",
                   {}}));
  if (twice.rows == 0) return NoteMixedSettings(engine, ready);
  std::string settings;
  for (std::size_t row = 0; row < twice.rows; ++row)
    settings += (settings.empty() ? "" : "; ") + Shortened(twice.columns[0].words[row]);
  ready.notes.push_back("ad_day: the same ads were exported under several attribution settings (" + settings +
                        "); of each day the one read last counts, so that no spend counts twice; ask --by "
                        "attribution_setting to see them all");
  ready.one_setting = true;
  const std::string all = "\"ad_day_of_every_setting\"";
  BACKCAST_CHECK(engine.Do("drop view if exists " + all));
  BACKCAST_CHECK(engine.Do("alter view \"ad_day\" rename to \"ad_day_of_every_setting\""));
  BACKCAST_CHECK(engine.Do(
      "create view \"ad_day\" as select * from " + all +
      " qualify count(distinct case when \"spend\" > 0 then \"attribution_setting\" end) over (partition "
      "by " +
      kSame +
      ") < 2 or \"attribution_setting\" is not distinct from first_value(\"attribution_setting\") over "
      "(partition by " +
      kSame +
      " order by \"load_id\" desc, \"attribution_setting\" rows between unbounded preceding and unbounded "
      "following)"));
  return Done{};
}

}  // namespace backcast
