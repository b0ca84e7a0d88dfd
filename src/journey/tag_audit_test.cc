// SPDX-License-Identifier: Apache-2.0
#include "journey/tag_audit.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace backcast {
namespace {

std::vector<TagFinding> Of(const std::vector<TagFinding>& findings, TagFinding::Kind kind) {
  std::vector<TagFinding> found;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(found),
               [&](const TagFinding& finding) { return finding.kind == kind; });
  return found;
}

TEST(TagAudit, OneNameInSeveralSpellings) {
  EXPECT_TRUE(AreOneName("Always-On", "always_on"));
  EXPECT_TRUE(AreOneName("Spring sale 2026", "SpringSale2026"));
  EXPECT_TRUE(AreOneName("newsletter", "newsleter"));
  EXPECT_TRUE(AreOneName("TH | Prospecting | Families", "TH | Prospekting | Familes"));
  EXPECT_FALSE(AreOneName("spring_2025", "spring_2026"));
  EXPECT_FALSE(AreOneName("video_a", "video_b"));
  EXPECT_FALSE(AreOneName("cpc", "cpm"));
  EXPECT_FALSE(AreOneName("", "-"));
  EXPECT_FALSE(AreOneName(std::string(5000, 'a'), std::string(5000, 'b')));
}

TEST(TagAudit, MoneyThatNoVisitNames) {
  const auto findings = AuditTags({{"facebook", "paid_social", "Families", "paid_social", 300}},
                                  {{"meta_ads", "Families", "paid_social", 900, 400},
                                   {"meta_ads", "Tourers", "paid_social", 700, 350},
                                   {"meta_ads", "Paused", "paid_social", 0, 0}});
  const auto unvisited = Of(findings, TagFinding::Kind::kSpendWithoutVisits);
  ASSERT_EQ(unvisited.size(), 1);
  EXPECT_EQ(unvisited[0].names, std::vector<std::string>{"Tourers"});
  EXPECT_DOUBLE_EQ(unvisited[0].spend, 700);
  EXPECT_EQ(findings.size(), 1);
}

TEST(TagAudit, ASpellingOfThePlatformIsProposed) {
  const auto findings = AuditTags({{"facebook", "paid_social", "families-2026", "paid_social", 5000},
                                   {"facebook", "paid_social", "Families 2026", "paid_social", 10}},
                                  {{"meta_ads", "Families 2026", "paid_social", 900, 400}});
  ASSERT_EQ(findings.size(), 1);
  EXPECT_EQ(findings[0].kind, TagFinding::Kind::kSpellings);
  EXPECT_EQ(findings[0].proposed, "Families 2026");
  EXPECT_EQ(findings[0].names, (std::vector<std::string>{"families-2026", "Families 2026"}));
  EXPECT_DOUBLE_EQ(findings[0].sessions, 5010);
  EXPECT_DOUBLE_EQ(findings[0].spend, 900);
}

TEST(TagAudit, VisitsWithoutAName) {
  const auto findings = AuditTags({{"google", "cpc", "(not set)", "paid_search", 40},
                                   {"google", "cpc", "", "paid_search", 2},
                                   {"google", "organic", "(organic)", "organic_search", 900},
                                   {"letter", "email", "", "email", 60}},
                                  {{"google_ads", "Brand", "paid_search", 500, 40}});
  const auto nameless = Of(findings, TagFinding::Kind::kVisitsWithoutCampaign);
  ASSERT_EQ(nameless.size(), 2);
  EXPECT_DOUBLE_EQ(nameless[0].sessions, 42);
  EXPECT_DOUBLE_EQ(nameless[0].spend, 500);
  EXPECT_EQ(nameless[1].channel_group, "email");
}

TEST(TagAudit, PaidVisitsThatCountAsUnpaid) {
  const auto findings = AuditTags({{"facebook", "social", "Families", "organic_social", 120},
                                   {"facebook", "paid_social", "families", "paid_social", 80}},
                                  {{"meta_ads", "Families", "paid_social", 300, 250}});
  const auto conflicts = Of(findings, TagFinding::Kind::kConflict);
  ASSERT_EQ(conflicts.size(), 1);
  EXPECT_EQ(conflicts[0].counted_as, "organic_social");
  EXPECT_DOUBLE_EQ(conflicts[0].sessions, 120);
  EXPECT_DOUBLE_EQ(conflicts[0].spend, 300);
}

TEST(TagAudit, TheOrderOfTheRowsDoesNotMatter) {
  std::vector<TaggedVisits> visits = {{"Twitter", "social", "always_on", "organic_social", 10},
                                      {"twitter", "Social", "Always-On", "organic_social", 30},
                                      {"x", "social", "alwayson", "organic_social", 20}};
  const auto once = AuditTags(visits, {});
  std::reverse(visits.begin(), visits.end());
  const auto again = AuditTags(visits, {});
  ASSERT_EQ(once.size(), again.size());
  for (std::size_t i = 0; i < once.size(); ++i) {
    EXPECT_EQ(once[i].names, again[i].names);
    EXPECT_EQ(once[i].proposed, again[i].proposed);
  }
  EXPECT_TRUE(AuditTags({}, {}).empty());
}

}  // namespace
}  // namespace backcast
