// SPDX-License-Identifier: Apache-2.0
// Reads a picture of the data from a case's YAML; keys are the fields of DataPicture.
#pragma once

#include <functional>
#include <string>

#include "base/yaml.h"
#include "plan/data_picture.h"
#include "plan/plan_cases.h"

namespace backcast {

inline double NumberUnder(const Yaml& map, std::string_view key) {
  const Yaml* value = map.Find(key);
  EXPECT_TRUE(value != nullptr && value->Number()) << key << " is missing in line " << map.place.line;
  return value == nullptr ? 0 : value->Number().value_or(0);
}

inline int IntegerUnder(const Yaml& map, std::string_view key) {
  return static_cast<int>(NumberUnder(map, key));
}

inline std::vector<std::string> WordsUnder(const Yaml& map, std::string_view key) {
  const Yaml* value = map.Find(key);
  return value == nullptr ? std::vector<std::string>() : value->Texts();
}

/// Sets one field. A list replaces the list; rows replace the named facts only.
inline void SetField(DataPicture& picture, const std::string& key, const Yaml& value) {
  const auto list = [&value](auto& field, auto read) {
    field.clear();
    for (const Yaml& item : value.items) field.push_back(read(item));
  };
  using Y = const Yaml&;
  const std::map<std::string, std::function<void()>> fields = {
      {"as_of", [&] { picture.as_of = DayOf(value.text); }},
      {"rows",
       [&] {
         for (const Yaml::Entry& entry : value.entries)
           picture.rows[entry.key] = static_cast<std::int64_t>(entry.value.Number().value_or(0));
       }},
      {"sources",
       [&] {
         list(picture.sources, [](Y y) {
           return SourceReach{y.Text("source"), y.Text("fact"), DayOf(y.Text("last")),
                              IntegerUnder(y, "longest_gap")};
         });
       }},
      {"changes",
       [&] {
         list(picture.changes, [](Y y) {
           return DefinitionChange{y.Text("fact"), WordsUnder(y, "columns"), y.Text("native"),
                                   DayOf(y.Text("day"))};
         });
       }},
      {"steps",
       [&] {
         list(picture.steps, [](Y y) {
           const Yaml* events = y.Find("events");
           return StepEvents{y.Text("metric"), events == nullptr ? std::nullopt : events->Number()};
         });
       }},
      {"cases",
       [&] {
         list(picture.cases,
              [](Y y) { return KpiCases{y.Text("kpi"), NumberUnder(y, "n"), NumberUnder(y, "needed")}; });
       }},
      {"closures",
       [&] {
         list(picture.closures, [](Y y) {
           return ClosureSeen{y.Text("outcome"), NumberUnder(y, "outcome_before"),
                              NumberUnder(y, "outcome_now"), NumberUnder(y, "closure_before"),
                              NumberUnder(y, "closure_now")};
         });
       }},
      {"links",
       [&] {
         list(picture.links, [](Y y) {
           return LinkSeen{y.Text("kpi"), y.Text("evidence"), IntegerUnder(y, "weeks"),
                           IntegerUnder(y, "kpi_trend"), IntegerUnder(y, "outcome_trend")};
         });
       }},
      {"claims",
       [&] { picture.claims = ClaimedSales{NumberUnder(value, "claimed"), NumberUnder(value, "own")}; }},
      {"open_days",
       [&] {
         picture.open_days =
             OpenDays{IntegerUnder(value, "open"), IntegerUnder(value, "days"), WordsUnder(value, "facts")};
       }},
      {"unnamed_spend",
       [&] {
         list(picture.unnamed_spend,
              [](Y y) { return UnnamedSpend{y.Text("account"), IntegerUnder(y, "rows")}; });
       }},
      {"automatic_share", [&] { picture.automatic_share = value.Number(); }},
      {"untagged",
       [&] { picture.untagged = UntaggedVisits{NumberUnder(value, "share"), WordsUnder(value, "pages")}; }},
      {"segments",
       [&] {
         list(picture.segments, [](Y y) {
           return SegmentMix{y.Text("segment"), IntegerUnder(y, "first_version"),
                             IntegerUnder(y, "last_version")};
         });
       }},
      {"runs",
       [&] { list(picture.runs, [](Y y) { return TargetRun{y.Text("node"), IntegerUnder(y, "times")}; }); }},
      {"improvements",
       [&] {
         list(picture.improvements, [](Y y) {
           return ImprovementSeen{y.Text("improvement"), y.Find("fell")->Boolean().value_or(false),
                                  y.Find("beyond_chance")->Boolean().value_or(false)};
         });
       }},
      {"shared_costs",
       [&] {
         list(picture.shared_costs,
              [](Y y) { return SharedCost{y.Text("line"), y.Text("first"), y.Text("second")}; });
       }},
      {"broken",
       [&] {
         list(picture.broken, [](Y y) { return BrokenStep{y.Text("kpi"), y.Text("step"), y.Text("owner")}; });
       }},
  };
  const auto field = fields.find(key);
  ASSERT_NE(field, fields.end()) << "a picture has no field " << key;
  field->second();
}

}  // namespace backcast
