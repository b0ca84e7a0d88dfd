// SPDX-License-Identifier: Apache-2.0
// LinkedIn's numbers are typed into plain tables, one per fact; the site and the desk export as their tools
// do.
#include <algorithm>

#include "demo/b2b.h"
#include "demo/crm.h"
#include "demo/ga4.h"

namespace backcast::demo::b2b {
namespace {

constexpr int kPeople = 300000;  ///< numbers of people apart from those of other brands
constexpr std::string_view kPage = "fernwart";
constexpr std::string_view kAccount = "508113377";

Origin OriginOf(const Lead& lead) {
  const Source& source = BrandParameters().sources[static_cast<std::size_t>(lead.stream)];
  const std::string from(source.source), campaign(source.campaign);
  switch (source.way) {
    case Way::kLinkedIn:
      return {"Organic Social", "LinkedIn", campaign};
    case Way::kLinkedInAds:
      return {"Paid Social", "LinkedIn", campaign};
    case Way::kSearch:
      return {"Organic Search", from, "Unknown keywords (SSL)"};
    case Way::kEmail:
      return {"Email Marketing", campaign, ""};
    case Way::kDirect:
      return {"Direct Traffic", "fernwart.example/rechner", ""};
    case Way::kReferral:
      break;
  }
  return {"Referrals", from, ""};
}

std::vector<std::string> Numbers(const SiteCell& cell) {
  std::vector<std::string> row;
  for (const std::int64_t value : {cell.sessions, cell.engaged, cell.users, cell.new_users, cell.leads})
    row.push_back(Whole(value));
  return row;
}

}  // namespace

DemoFiles ExportPage(const Brand& brand) {
  Csv posts({"natural", "platform", "account", "post_id", "published_on", "media_type", "text", "theme",
             "author_type"});
  Csv days({"post", "date", "platform", "account", "paid", "media_type", "impressions", "reach_unique",
            "reactions", "comments", "shares", "link_clicks", "other_clicks"});
  for (const PagePost& post : brand.posts) {
    posts.Row({post.id, "linkedin", std::string(kPage), post.id, ToIso(brand.At(post.day)),
               std::string(post.format), post.text,
               std::string(BrandParameters().topics[static_cast<std::size_t>(post.topic)].id), "own"});
    for (std::size_t i = 0; i < post.days.size(); ++i) {
      const PostCounts& c = post.days[i];
      days.Row({post.id, ToIso(brand.At(post.day + static_cast<int>(i))), "linkedin", std::string(kPage),
                "organic", std::string(post.format), Whole(c.views), Whole(c.reach), Whole(c.likes),
                Whole(c.comments), Whole(c.shares), Whole(c.link_clicks), Whole(c.other_clicks)});
    }
  }
  Csv page({"platform", "account", "date", "followers_end", "followers_gained", "followers_lost",
            "impressions", "reactions", "comments", "shares", "link_clicks", "posts_published"});
  for (int day = 0; day < brand.days; ++day) {
    const PageDay& here = brand.page[static_cast<std::size_t>(day)];
    const PostCounts& c = here.counts;
    page.Row({"linkedin", std::string(kPage), ToIso(brand.At(day)), Whole(here.followers), Whole(here.gained),
              Whole(here.lost), Whole(c.views), Whole(c.likes), Whole(c.comments), Whole(c.shares),
              Whole(c.link_clicks), Whole(here.published)});
  }
  return {{"exports/linkedin/posts.csv", posts.text()},
          {"exports/linkedin/post_days.csv", days.text()},
          {"exports/linkedin/page_days.csv", page.text()}};
}

DemoFiles ExportAds(const Brand& brand) {
  Csv csv({"platform", "account", "ad", "date", "campaign", "ad_group", "placement", "attribution_setting",
           "channel", "channel_group", "currency", "spend", "impressions", "clicks", "link_clicks",
           "landing_page_views", "leads"});
  for (const AdDay& row : brand.ads) {
    const Campaign& campaign = BrandParameters().campaigns[static_cast<std::size_t>(row.campaign)];
    csv.Row({"linkedin_ads", std::string(kAccount), std::to_string(70001 + row.campaign),
             ToIso(brand.At(row.day)), std::string(campaign.name), std::string(campaign.ad_group), "feed",
             "30-day click, 7-day view", "linkedin", "paid_social", "EUR", Money(row.spend),
             Whole(row.impressions), Whole(row.clicks), Whole(row.clicks), Whole(row.visits),
             Whole(row.claimed)});
  }
  return {{"exports/linkedin/ad_days.csv", csv.text()}};
}

DemoFiles ExportSite(const Brand& brand) {
  const auto sources = static_cast<int>(BrandParameters().sources.size());
  DemoFiles files;
  for (const Window& quarter : Quarters(brand.history())) {
    Csv csv({"Date", "Session source / medium", "Session campaign", "Session default channel group",
             "Country", "Sessions", "Engaged sessions", "Total users", "New users", "Key events"},
            Csv::Quotes::kNeeded, Ga4Preamble("Fernwart", "Fernwart site", quarter));
    SiteCell sum = SumSite(brand, quarter, kAll, false);
    sum.users = sum.users * 68 / 100;  // people of the whole quarter: fewer than the days together
    std::vector<std::string> total = {"Grand total", "", "", "", ""};
    for (std::string& cell : Numbers(sum)) total.push_back(std::move(cell));
    csv.Row(total);
    const auto first = static_cast<int>((quarter.from - brand.start).count());
    for (int day = first; day < first + quarter.days(); ++day) {
      for (int s = 0; s < sources; ++s) {
        const Source& source = BrandParameters().sources[static_cast<std::size_t>(s)];
        for (int country = 0; country < kAllCountries; ++country) {
          const SiteCell& cell = brand.Cell(day, s, country);
          if (cell.sessions == 0) continue;
          std::vector<std::string> row = {Compact(brand.At(day)),
                                          std::string(source.source) + " / " + std::string(source.medium),
                                          std::string(source.campaign), std::string(source.ga_group),
                                          std::string(kCountries[static_cast<std::size_t>(country)])};
          for (std::string& number : Numbers(cell)) row.push_back(std::move(number));
          csv.Row(row);
        }
      }
    }
    files.push_back({Ga4Path(quarter), csv.text()});
  }
  return files;
}

DemoFiles ExportCrm(const Brand& brand) {
  return CrmFiles({.start = brand.start,
                   .export_day = brand.history().to,
                   .leads = brand.leads,
                   .origin = OriginOf,
                   .owner = "Silke Brandt",
                   .conversion = "Savings calculator: request an offer",
                   .pipeline = "Networks",
                   .deal = "Network",
                   .people = kPeople});
}

}  // namespace backcast::demo::b2b
