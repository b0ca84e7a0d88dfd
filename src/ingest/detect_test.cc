// SPDX-License-Identifier: Apache-2.0
// Headers that several platforms share a part of, and which layout they are.
#include "ingest/detect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace backcast {
namespace {

const Sources& All() {
  static const Schemas facts = Schemas::Shipped().value();
  static const Sources sources = Sources::Shipped(facts).value();
  return sources;
}

std::string SourceOf(std::vector<std::string> header, std::string_view file = "export.csv") {
  Head head;
  head.header = std::move(header);
  return DetectSource(head, file, All()).source;
}

TEST(Detect, AdPlatformsAreToldApart) {
  EXPECT_EQ(SourceOf({"Campaign name", "Reporting starts", "Reporting ends", "Amount spent (EUR)",
                      "Impressions", "Clicks (all)"}),
            "meta_ads");
  EXPECT_EQ(SourceOf({"Day", "Campaign", "Cost", "Impressions", "Clicks"}), "google_ads");
  EXPECT_EQ(SourceOf({"Campaign", "Day", "Amount spent (USD)", "Impressions", "Link clicks"}), "meta_ads");
}

TEST(Detect, PlatformsWithoutALayoutAreNotTakenForOthers) {
  EXPECT_EQ(SourceOf({"Campaign name", "Ad group name", "Ad name", "By Day", "Cost", "CPC (destination)",
                      "Impressions", "Clicks (destination)", "Conversions"}),
            "");
  EXPECT_EQ(SourceOf({"Campaign", "Delivery", "Clicks", "Impr.", "CTR", "Avg. CPC", "Spend", "Conv."}), "");
  EXPECT_EQ(
      SourceOf({"Start Date (in UTC)", "Campaign Name", "Total Spent", "Impressions", "Clicks", "Leads"}),
      "");
  EXPECT_EQ(SourceOf({"Date", "Campaign Name", "Amount Spent (USD)", "Impressions", "Clicks", "eCPM"}), "");
}

TEST(Detect, ListsOfFewCommonWordsAreNoPlatforms) {
  EXPECT_EQ(SourceOf({"Date", "Campaign", "Cost", "Currency"}), "");
  EXPECT_EQ(SourceOf({"Campaign", "Status", "Cost"}), "");
  EXPECT_EQ(SourceOf({"Date", "Users"}), "");
  EXPECT_EQ(SourceOf({"Event name", "Date", "Location"}), "");
}

TEST(Detect, GoogleReportsOfFewColumnsShowThemselves) {
  EXPECT_EQ(SourceOf({"Week", "Campaign", "Currency code", "Cost"}), "google_ads");
  EXPECT_EQ(SourceOf({"Event name", "Event count", "Total users"}), "ga4_report");
  EXPECT_EQ(SourceOf({"City", "Active users", "Engaged sessions"}), "ga4_report");
}

TEST(Detect, TheOrderOfColumnsAndUnknownOnesDoNotMatter) {
  EXPECT_EQ(SourceOf({"Something new", "Clicks", "Impr.", "Cost", "Campaign type", "Campaign", "Another"}),
            "google_ads");
  EXPECT_EQ(SourceOf({"Saves", "Reach", "Something new", "Publish time", "Post ID", "Account ID"}),
            "meta_business_content");
}

}  // namespace
}  // namespace backcast
