// SPDX-License-Identifier: Apache-2.0
// What is written can be read back, adds up to the truth, and is the same for the same seed.
#include "demo/demo.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "base/sha256.h"
#include "base/yaml.h"
#include "demo/world.h"

namespace backcast::demo {
namespace {

namespace fs = std::filesystem;
using Rows = std::vector<std::vector<std::string>>;

DemoOptions Small(std::uint64_t seed = 7) { return {.seed = seed, .days = 420, .scale = 0.2}; }

std::string Folder(const std::string& name) {
  // Tests run side by side, each in a process of its own.
  const std::string folder = ::testing::TempDir() + "backcast_demo_" + std::to_string(getpid()) + "_" + name;
  fs::remove_all(folder);
  return folder;
}

std::string Read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// One demo for all tests that only look.
const std::string& Written() {
  static const std::string folder = [] {
    std::string made = Folder("shared");
    const auto files = WriteDemo(made, Small());
    EXPECT_TRUE(files.ok()) << (files.ok() ? "" : ToSentence(files.error()));
    return made;
  }();
  return folder;
}

nlohmann::json Truth() { return nlohmann::json::parse(Read(Written() + "/truth.json")); }

std::string Ascii(const std::string& bytes) {  // of UTF-16LE; what is not ASCII becomes a question mark
  std::string text;
  for (std::size_t i = 2; i + 1 < bytes.size(); i += 2)
    text += bytes[i + 1] == 0 && bytes[i] > 0 ? bytes[i] : '?';
  return text;
}

/// A plain reader of comma-separated text, with no mercy for platforms.
Rows Parse(std::string text, int skip_lines = 0) {
  if (text.rfind("\xFF\xFE", 0) == 0) text = Ascii(text);
  if (text.rfind("\xEF\xBB\xBF", 0) == 0) text.erase(0, 3);
  for (; skip_lines > 0; --skip_lines) text.erase(0, text.find('\n') + 1);
  Rows rows(1, {""});
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"')
      rows.back().back() += text[++i];
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && c == ',')
      rows.back().emplace_back();
    else if (!quoted && c == '\n')
      rows.push_back({""});
    else
      rows.back().back() += c;
  }
  rows.pop_back();
  return rows;
}

std::int64_t Number(std::string text, double scale) {
  text.erase(std::remove(text.begin(), text.end(), ','), text.end());
  return text.empty() ? 0 : std::llround(std::stod(text) * scale);
}

/// Files of a folder whose name begins so.
std::vector<fs::path> Files(const std::string& folder, const std::string& begin) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(Written() + "/exports/" + folder))
    if (entry.path().filename().string().rfind(begin, 0) == 0) files.push_back(entry.path());
  EXPECT_FALSE(files.empty()) << folder << "/" << begin;
  return files;
}

/// Adds up one column over files; rows whose `key` cell is empty or begins with Total or Grand are left out.
struct Reader {
  Rows rows;
  std::map<std::string, std::size_t> columns;

  Reader(const std::vector<fs::path>& files, int skip, const std::string& key) {
    for (const fs::path& file : files) {
      Rows table = Parse(Read(file), skip);
      for (const auto& row : table) EXPECT_EQ(row.size(), table[0].size()) << file << ": " << row[0];
      columns.clear();
      for (std::size_t i = 0; i < table[0].size(); ++i) columns.emplace(table[0][i], i);
      for (std::size_t i = 1; i < table.size(); ++i) {
        const std::string& cell = table[i][columns.at(key)];
        if (!cell.empty() && cell.rfind("Total", 0) != 0 && cell.rfind("Grand", 0) != 0)
          rows.push_back(table[i]);
      }
    }
  }

  std::int64_t Sum(const std::string& column, double scale = 1) const {
    std::int64_t sum = 0;
    for (const auto& row : rows) sum += Number(row[columns.at(column)], scale);
    return sum;
  }
};

std::map<std::string, std::string> Hashes(const std::string& folder) {
  std::map<std::string, std::string> hashes;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      hashes[fs::relative(entry.path(), folder).string()] = Sha256Hex(Read(entry.path()));
  return hashes;
}

TEST(Demo, SameSeedSameBytesOtherSeedOthers) {
  const std::string again = Folder("again"), other = Folder("other");
  ASSERT_TRUE(WriteDemo(again, Small()).ok());
  ASSERT_TRUE(WriteDemo(other, Small(8)).ok());
  EXPECT_EQ(Hashes(Written()), Hashes(again));
  const auto here = Hashes(Written()), there = Hashes(other);
  for (const char* file : {"plan.yaml", "exports/shopify/orders_export_1.csv", "truth.json"})
    EXPECT_NE(here.at(file), there.at(file)) << file;
}

TEST(Demo, PostsAddUpToTheTruth) {
  const auto truth = Truth()["exports"]["posts"];
  const Reader x(Files("x", "tweet_activity"), 0, "Tweet id");
  EXPECT_EQ(static_cast<std::int64_t>(x.rows.size()), truth["x"]["rows"]);
  EXPECT_EQ(x.Sum("impressions"), truth["x"]["views"]);
  EXPECT_EQ(x.Sum("likes"), truth["x"]["likes"]);
  EXPECT_EQ(x.Sum("url clicks"), truth["x"]["link_clicks"]);
  const Reader days(Files("x", "daily_tweet"), 0, "Date");
  EXPECT_EQ(days.rows.size(), 420U);
  EXPECT_EQ(days.Sum("impressions"), truth["x"]["views"]) << "both grains hold the whole history";
  EXPECT_EQ(days.Sum("url clicks"), truth["x"]["link_clicks"]);
  const auto whole = Truth();
  std::int64_t gained = 0;
  for (const auto& value : whole["daily"]["platforms"]["x"]["followers_gained"])
    gained += value.get<std::int64_t>();
  EXPECT_EQ(days.Sum("follows"), gained) << "bots too";

  const Reader instagram(Files("meta/instagram", "J"), 0, "Post ID");
  const Reader autumn(Files("meta/instagram", "Sep"), 0, "Post ID");
  EXPECT_EQ(instagram.Sum("Views") + autumn.Sum("Views"), truth["instagram"]["views"]);
  EXPECT_EQ(instagram.Sum("Saves") + autumn.Sum("Saves"), truth["instagram"]["saves"]);
  const Reader facebook(Files("meta/facebook", "J"), 0, "Post ID");
  const Reader older(Files("meta/facebook", "Sep"), 0, "Post ID");
  EXPECT_EQ(facebook.Sum("Views") + older.Sum("Impressions"), truth["facebook"]["views"]);
  EXPECT_EQ(facebook.Sum("Link Clicks") + older.Sum("Link Clicks"), truth["facebook"]["link_clicks"]);
  EXPECT_EQ(static_cast<std::int64_t>(facebook.rows.size() + older.rows.size()), truth["facebook"]["rows"]);
}

TEST(Demo, VideosAddUpToTheirTotalRowAndGeographiesDoNot) {
  const auto truth = Truth()["exports"]["posts"]["youtube"];
  const std::string folder = "youtube/Content 2025-09-07_2026-11-01 Tannhoop";
  const Reader videos(Files(folder, "Table"), 0, "Content");
  EXPECT_EQ(videos.Sum("Views"), truth["views"]);
  EXPECT_EQ(Reader(Files(folder, "Totals"), 0, "Date").Sum("Views"), truth["views"]);
  const std::string zip = Read(Files("youtube", "Geography")[0]);
  const std::size_t begin = zip.find("Geography,Views");
  const Rows table = Parse(zip.substr(begin, zip.find("PK\x03\x04", begin) - begin) + "\n");
  std::int64_t sum = 0;
  for (std::size_t i = 2; i + 1 < table.size(); ++i) sum += std::stoll(table[i][1]);
  EXPECT_EQ(std::stoll(table[1][1]), truth["views"]);
  EXPECT_LT(sum, std::stoll(table[1][1])) << "small geographies are withheld";
}

TEST(Demo, AdsAddUpToTheTruthAndToTheirTotals) {
  const auto truth = Truth()["exports"]["ads"];
  const auto meta_files = Files("meta-ads", "Tannhoop");
  const Reader meta(meta_files, 0, "Ad name");
  EXPECT_EQ(meta.Sum("Amount spent (EUR)", 100), truth["meta_ads"]["spend_cents"]);
  EXPECT_EQ(meta.Sum("Link clicks"), truth["meta_ads"]["link_clicks"]);
  EXPECT_EQ(meta.Sum("Purchases"), truth["meta_ads"]["purchases_claimed"]);
  const Rows raw = Parse(Read(meta_files[0]));
  EXPECT_EQ(Number(raw[1][meta.columns.at("Amount spent (EUR)")], 100), truth["meta_ads"]["spend_cents"]);
  EXPECT_LT(Number(raw[1][meta.columns.at("Reach")], 1), meta.Sum("Reach")) << "people are not added up";
  const Reader google(Files("google-ads", "Campaign"), 2, "Day");
  EXPECT_EQ(google.Sum("Cost", 100), truth["google_ads"]["spend_cents"]);
  EXPECT_EQ(google.Sum("Impr."), truth["google_ads"]["impressions"]);
  EXPECT_EQ(static_cast<std::int64_t>(google.rows.size()), truth["google_ads"]["rows"]);
}

TEST(Demo, SiteAddsUpToTheTruth) {
  const auto truth = Truth()["exports"]["site"];
  const Reader site(Files("ga4", "traffic"), 9, "Date");
  EXPECT_EQ(site.Sum("Sessions"), truth["sessions"]);
  EXPECT_EQ(site.Sum("Engaged sessions"), truth["engaged_sessions"]);
  EXPECT_EQ(site.Sum("Add to carts"), truth["add_to_carts"]);
  EXPECT_EQ(site.Sum("Ecommerce purchases"), truth["purchases"]);
  EXPECT_EQ(site.Sum("Total revenue", 100), truth["revenue_cents"]);
  EXPECT_EQ(site.Sum("Key events"), truth["key_events"]);
  std::int64_t daily = 0;
  const auto whole = Truth();
  for (const auto& channel : whole["daily"]["site"])
    for (const auto& value : channel["orders"]) daily += value.get<std::int64_t>();
  EXPECT_EQ(daily, truth["purchases"]);
}

TEST(Demo, ShopAddsUpToTheTruth) {
  const auto truth = Truth()["exports"]["shop"];
  const Reader shop(Files("shopify", "orders"), 0, "Name");
  EXPECT_EQ(static_cast<std::int64_t>(shop.rows.size()), truth["rows"]);
  EXPECT_EQ(shop.Sum("Total", 100), truth["total_cents"]) << "later lines of an order carry no totals";
  EXPECT_EQ(shop.Sum("Refunded Amount", 100), truth["refunded_cents"]);
  std::int64_t net = 0, lines = 0, orders = 0;
  for (const auto& row : shop.rows) {
    lines += Number(row[shop.columns.at("Lineitem price")], 100) *
             std::stoll(row[shop.columns.at("Lineitem quantity")]);
    if (row[shop.columns.at("Financial Status")].empty()) continue;
    ++orders;
    if (!row[shop.columns.at("Cancelled at")].empty()) continue;
    net +=
        Number(row[shop.columns.at("Subtotal")], 100) - Number(row[shop.columns.at("Refunded Amount")], 100);
  }
  EXPECT_EQ(orders, truth["orders"]);
  EXPECT_EQ(net, truth["revenue_net_cents"]);
  EXPECT_EQ(lines, shop.Sum("Subtotal", 100) + shop.Sum("Discount Amount", 100));
  for (const auto& row : shop.rows) {
    const std::string& mail = row[shop.columns.at("Email")];
    EXPECT_TRUE(mail.find("@example.com") != std::string::npos ||
                mail.find("@example.org") != std::string::npos)
        << mail;
  }
}

TEST(Demo, PeopleAndCostsAddUpToTheTruth) {
  const auto truth = Truth()["exports"];
  const Reader contacts(Files("hubspot", "hubspot-crm-exports-all-contacts"), 0, "Record ID");
  EXPECT_EQ(static_cast<std::int64_t>(contacts.rows.size()), truth["crm"]["contacts"]);
  std::int64_t never = 0;
  for (const auto& row : contacts.rows) {
    const std::string& first = row[contacts.columns.at("First outreach date")];
    never += first.empty();
    if (!first.empty()) {
      EXPECT_LE(row[contacts.columns.at("Create Date")], first);
    }
  }
  EXPECT_EQ(never, truth["crm"]["never_contacted"]);
  const Reader deals(Files("hubspot", "hubspot-crm-exports-all-deals"), 0, "Record ID");
  EXPECT_EQ(static_cast<std::int64_t>(deals.rows.size()), truth["crm"]["deals"]);
  const Reader readers(Files("mailchimp", "subscribed"), 0, "Email Address");
  const Reader gone(Files("mailchimp", "unsubscribed"), 0, "Email Address");
  EXPECT_EQ(static_cast<std::int64_t>(readers.rows.size() + gone.rows.size()), truth["letters"]["confirmed"]);
  EXPECT_EQ(static_cast<std::int64_t>(gone.rows.size()), truth["letters"]["left"]);
  EXPECT_EQ(Reader({fs::path(Written()) / "costs.csv"}, 0, "date").Sum("amount", 100),
            truth["costs"]["cents"]);
}

TEST(Demo, FilesCarryTheirQuirks) {
  EXPECT_EQ(Read(Files("meta/facebook", "Jul")[0]).substr(0, 2), "\xFF\xFE");
  EXPECT_EQ(Read(Files("meta/facebook", "Sep")[0]).substr(0, 3), "\xEF\xBB\xBF");
  EXPECT_NE(Read(Files("meta/facebook", "Jan")[0]).find("An error occurred while computing metadata"),
            std::string::npos);
  EXPECT_NE(Read(Files("google-ads", "Campaign")[0]).find("Total: Account, --, --,EUR,\""),
            std::string::npos);
  const std::string zip = Read(Files("youtube", "Geography")[0]);
  EXPECT_EQ(zip.substr(0, 4), "PK\x03\x04");
  EXPECT_EQ(zip.substr(zip.size() - 22, 4), "PK\x05\x06");
}

TEST(Demo, PlanAndCalendarAreYaml) {
  for (const char* file : {"plan.yaml", "calendar.yaml"}) {
    const std::string text = Read(Written() + "/" + file);
    EXPECT_EQ(text.find('@'), std::string::npos) << "a placeholder is left in " << file;
    const auto root = ParseYaml(text, file);
    ASSERT_TRUE(root.ok()) << ToSentence(root.error());
    EXPECT_TRUE(root.value().IsMap());
  }
}

TEST(Demo, ReplacesADemoAndNothingElse) {
  const std::string folder = Folder("replace");
  ASSERT_TRUE(WriteDemo(folder, Small()).ok());
  std::ofstream(folder + "/mine.txt") << "keep";
  const DemoOptions shorter{.seed = 7, .days = 100, .scale = 0.1};
  const auto files = WriteDemo(folder, shorter);
  ASSERT_TRUE(files.ok());
  std::size_t found = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) found += entry.is_regular_file();
  EXPECT_EQ(found, files.value().size() + 1) << "no file of the longer demo is left";
  EXPECT_TRUE(fs::exists(folder + "/mine.txt"));

  const std::string foreign = Folder("foreign");
  fs::create_directories(foreign);
  std::ofstream(foreign + "/plan.yaml") << "mine: true\n";
  const auto refused = WriteDemo(foreign, shorter);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kUsage);
  EXPECT_EQ(Read(foreign + "/plan.yaml"), "mine: true\n");
}

TEST(Demo, NeverDeletesOutsideItsFolder) {
  const std::string folder = Folder("edited"), outside = ::testing::TempDir() + "backcast_demo_outside.txt";
  fs::create_directories(folder);
  std::ofstream(outside) << "keep";
  std::ofstream(folder + "/truth.json")
      << R"({"schema": "backcast/demo-truth/1", "files": ["../backcast_demo_outside.txt", ")" << outside
      << R"("]})";
  ASSERT_TRUE(WriteDemo(folder, {.days = 60, .scale = 0.05}).ok());
  EXPECT_TRUE(fs::exists(outside));
}

TEST(Demo, RefusesWhatItCannotDo) {
  for (const DemoOptions& options : {DemoOptions{.kind = "b3c"}, DemoOptions{.days = 5},
                                     DemoOptions{.scale = 0}, DemoOptions{.scale = -1}}) {
    const auto refused = WriteDemo(Folder("refused"), options);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, Code::kUsage);
    EXPECT_FALSE(fs::exists(::testing::TempDir() + "backcast_demo_refused")) << "nothing was written";
  }
}

}  // namespace
}  // namespace backcast::demo
