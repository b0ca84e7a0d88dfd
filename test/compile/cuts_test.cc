// SPDX-License-Identifier: Apache-2.0
// One truth, reported again and again: by channel, by landing page, by both, by month. Whatever reports lie
// side by side, a number is the truth or, where no report can tell, missing; it is never the sum of two.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "compile/compile.h"
#include "test/compile/world.h"

namespace backcast {
namespace {

const std::vector<std::string> kChannels = {"organic_social", "email", "direct"};
const std::vector<std::string> kPages = {"/", "/shop", "/blog"};

struct Visit {
  std::string property, day, channel, page;
  int sessions = 0, purchases = 0;
};

std::vector<Visit> MakeTruth(std::mt19937& random) {
  std::vector<Visit> truth;
  for (const char* property : {"shop", "blog"}) {
    for (const char* day : {"2026-01-03", "2026-01-17", "2026-01-31", "2026-02-01", "2026-02-27"}) {
      for (const std::string& channel : kChannels) {
        for (const std::string& page : kPages)
          truth.push_back({property, day, channel, page, static_cast<int>(random() % 50),
                           static_cast<int>(random() % 5)});
      }
    }
  }
  return truth;
}

/// One kind of report.
struct Report {
  std::string breakdown;
  bool by_channel, by_page, by_month, sessions, purchases;
};

const std::vector<Report> kReports = {
    {"channel_group", true, false, false, true, false},
    {"landing_page", false, true, false, true, false},
    {"channel_group, landing_page", true, true, false, true, false},
    {"event_name", false, false, false, true, true},
    {"period, channel_group", true, false, true, true, true},
    {"period, landing_page", false, true, true, true, false},
};

void AddReport(const Report& report, const std::vector<Visit>& truth, const std::string& property,
               std::vector<WorldRow>& rows) {
  std::map<std::vector<std::string>, std::pair<int, int>> sums;
  for (const Visit& visit : truth) {
    if (visit.property != property) continue;
    const std::string day = !report.by_month        ? visit.day
                            : visit.day < "2026-02" ? "2026-01-31"
                                                    : "2026-02-28";
    auto& [sessions, purchases] =
        sums[{day, report.by_channel ? visit.channel : "", report.by_page ? visit.page : ""}];
    sessions += visit.sessions;
    purchases += visit.purchases;
  }
  for (const auto& [key, sum] : sums) {
    WorldRow row = {{"property", property}, {"date", key[0]}, {"breakdown", report.breakdown}};
    if (report.by_channel) row["channel_group"] = key[1];
    if (report.by_page) row["landing_page"] = key[2];
    if (report.sessions) row["sessions"] = static_cast<double>(sum.first);
    if (report.purchases) row["purchases"] = static_cast<double>(sum.second);
    rows.push_back(std::move(row));
  }
}

std::set<std::string> MeasuresOf(const Report& report) {
  std::set<std::string> measures;
  if (report.sessions) measures.insert("sessions");
  if (report.purchases) measures.insert("purchases");
  return measures;
}

class Cuts : public ShippedTest {
 protected:
  /// The answer by the value of `by` ("" for missing); the total under "total".
  std::map<std::string, double> Ask(const std::string& metric, const std::string& by) {
    Question question;
    question.metrics = {metric};
    if (!by.empty()) question.by = {by};
    question.windows = {{ParseIsoDay("2026-01-01").value(), ParseIsoDay("2026-03-01").value()}};
    const auto compiled = Compile(catalogue_, schemas_, question, DuckDbDialect(), hints_);
    EXPECT_TRUE(compiled.ok()) << ToSentence(compiled.error());
    sql_ = compiled.value().sql.text;
    const auto table = engine_->Run(compiled.value().sql);
    EXPECT_TRUE(table.ok()) << ToSentence(table.error()) << "\n" << sql_;
    std::map<std::string, double> answer;
    if (!table.ok()) return answer;
    const Column& value = *table.value().Find(metric + "@0");
    for (std::size_t row = 0; row < table.value().rows; ++row) {
      if (value.present[row] == 0) continue;
      const bool total = table.value().Find("is_total")->numbers[row] == 1;
      const Column* group = by.empty() ? nullptr : table.value().Find(by);
      const bool named = group != nullptr && group->present[row] != 0;
      answer[total ? "total" : named ? group->words[row] : ""] += value.numbers[row];
    }
    return answer;
  }

  CompileHints hints_;
  std::string sql_;
};

TEST_F(Cuts, ReportsOfTheSameDaysAreNeverAdded) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::vector<Visit> truth = MakeTruth(random);
    World world;
    std::map<std::string, std::set<std::string>> cuts;
    std::map<std::string, std::vector<Report>> reports;
    for (const char* property : {"shop", "blog"}) {
      for (const Report& report : kReports) {
        if (random() % 2 == 0) continue;
        AddReport(report, truth, property, world["site_day"]);
        cuts[report.breakdown] = MeasuresOf(report);
        reports[property].push_back(report);
      }
    }
    hints_.cuts.clear();
    if (!cuts.empty()) hints_.cuts["site_day"] = {cuts, {"property"}};
    ASSERT_TRUE(tables_.Fill(world).ok());

    const auto any = [&](const std::string& property, auto has) {
      return std::any_of(reports[property].begin(), reports[property].end(), has);
    };
    std::map<std::string, double> total, by_channel, by_page, social;
    for (const Visit& visit : truth) {
      const std::string& property = visit.property;
      if (any(property, [](const Report& r) { return r.sessions; })) total["total"] += visit.sessions;
      const bool channels = any(property, [](const Report& r) { return r.by_channel; });
      const bool pages = any(property, [](const Report& r) { return r.by_page; });
      if (!reports[property].empty()) {
        by_channel[channels ? visit.channel : ""] += visit.sessions;
        by_page[pages ? visit.page : ""] += visit.sessions;
        by_channel["total"] += visit.sessions;
        by_page["total"] += visit.sessions;
      }
      if (channels && visit.channel == "organic_social") social["total"] += visit.sessions;
    }
    EXPECT_EQ(Ask("sessions", ""), total) << sql_;
    EXPECT_EQ(Ask("sessions", "channel_group"), by_channel) << sql_;
    EXPECT_EQ(Ask("sessions", "landing_page"), by_page) << sql_;
    if (!social.empty()) {
      EXPECT_EQ(Ask("social_sessions", "")["total"], social["total"]) << sql_;
      EXPECT_EQ(Ask("social_sessions", "landing_page")["total"], social["total"]) << sql_;
    }
  }
}

TEST_F(Cuts, AShareTakesBothPartsFromAReportThatHasThem) {
  std::mt19937 random(7);
  const std::vector<Visit> truth = MakeTruth(random);
  World world;
  for (const std::size_t report : {0u, 1u, 3u}) AddReport(kReports[report], truth, "shop", world["site_day"]);
  hints_.cuts["site_day"] = {{{"channel_group", {"sessions"}},
                              {"event_name", {"sessions", "purchases"}},
                              {"landing_page", {"sessions"}}},
                             {}};
  ASSERT_TRUE(tables_.Fill(world).ok());
  double sessions = 0, purchases = 0;
  for (const Visit& visit : truth) {
    if (visit.property != "shop") continue;
    sessions += visit.sessions;
    purchases += visit.purchases;
  }
  EXPECT_NEAR(Ask("conversion_rate", "")["total"], purchases / sessions, 1e-12) << sql_;
}

TEST_F(Cuts, RowsShowTheReportThatCounts) {
  std::mt19937 random(3);
  const std::vector<Visit> truth = MakeTruth(random);
  World world;
  for (const std::size_t report : {0u, 1u}) AddReport(kReports[report], truth, "shop", world["site_day"]);
  hints_.cuts["site_day"] = {{{"channel_group", {"sessions"}}, {"landing_page", {"sessions"}}}, {}};
  ASSERT_TRUE(tables_.Fill(world).ok());
  for (const std::string_view lineage : kLineage)
    ASSERT_TRUE(engine_->Do("alter table site_day add column " + QuoteName(lineage) + " bigint").ok());
  const Window window{ParseIsoDay("2026-01-01").value(), ParseIsoDay("2026-03-01").value()};
  const auto rows = CompileRows(catalogue_, schemas_, "sessions", {}, window, 1000, DuckDbDialect(), hints_);
  ASSERT_TRUE(rows.ok()) << ToSentence(rows.error());
  const auto table = engine_->Run(rows.value());
  ASSERT_TRUE(table.ok()) << ToSentence(table.error()) << "\n" << rows.value().text;
  ASSERT_EQ(table.value().rows, 15);
  for (const std::string& cut : table.value().Find("breakdown")->words) EXPECT_EQ(cut, "channel_group");

  // Who is targeted is worked out from the landing page here, so the report that has it counts.
  hints_.targeted_by["site_day"] = {"landing_page"};
  const auto targeted =
      CompileRows(catalogue_, schemas_, "targeted_sessions", {}, window, 1000, DuckDbDialect(), hints_);
  ASSERT_TRUE(targeted.ok()) << ToSentence(targeted.error());
  ASSERT_TRUE(engine_->Do("update site_day set in_target = true").ok());
  const auto found = engine_->Run(targeted.value());
  ASSERT_TRUE(found.ok()) << ToSentence(found.error());
  ASSERT_EQ(found.value().rows, 15);
  for (const std::string& cut : found.value().Find("breakdown")->words) EXPECT_EQ(cut, "landing_page");
}

}  // namespace
}  // namespace backcast
