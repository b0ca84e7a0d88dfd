// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "demo/b2b.h"
#include "demo/truth_json.h"

namespace backcast::demo::b2b {
namespace {

using Json = nlohmann::ordered_json;

Json ParametersJson() {
  const Parameters& p = BrandParameters();
  Json out;
  for (const WayRates& way : p.ways)
    out["ways"].push_back({{"id", way.id},
                           {"group", way.group},
                           {"visits_per_day", way.visits_per_day},
                           {"target_share", way.target_share},
                           {"engaged", way.engaged},
                           {"new_share", way.new_share},
                           {"lead", way.lead}});
  for (const Topic& topic : p.topics)
    out["topics"].push_back({{"id", topic.id},
                             {"share_of_posts", topic.weight},
                             {"engagement", topic.engagement},
                             {"link_clicks", topic.clicks}});
  for (const Campaign& campaign : p.campaigns)
    out["campaigns"].push_back({{"name", campaign.name},
                                {"spend_per_day", campaign.spend_per_day},
                                {"cpc", campaign.cpc},
                                {"click_rate", campaign.click_rate}});
  out["season_by_month"] = p.season;
  out["demand_by_weekday"] = p.weekday;
  out["page"] = {{"followers", p.followers},
                 {"posts_per_week", p.posts_per_week},
                 {"views_per_follower", p.views_per_follower},
                 {"link_click", p.link_click},
                 {"click_to_visit", p.click_to_visit},
                 {"tagged_share", p.tagged_share}};
  out["desk"] = {{"answer_minutes", p.answer_minutes},
                 {"never_answered", p.never_answered},
                 {"never_answered_lost", p.never_answered_lost},
                 {"sql_if_quick", p.sql_if_quick},
                 {"sql_if_late", p.sql_if_late},
                 {"win_share", p.win_share},
                 {"deal_median", p.deal_median},
                 {"deal_sigma", p.deal_sigma}};
  return out;
}

Json EventsJson(const Brand& brand) {
  Json out = Json::array();
  for (const Event& e : BrandParameters().events)
    out.push_back(EventJson({e.id, e.title, e.metric, e.owner, e.from, e.to, e.effect, !e.expected.empty()},
                            brand.history(), BrandParameters().end));
  return out;
}

/// What happened in each calendar month that lies whole in the history.
Json MonthsJson(const Brand& brand) {
  Json out = Json::array();
  for (const Window& month : WholeMonths(brand.history())) {
    const LeadSum all = SumLeads(brand, month, kAll), social = SumLeads(brand, month, kSocial);
    const DealSum deals = SumDeals(brand, month);
    out.push_back({{"month", ToIso(month.from).substr(0, 7)},
                   {"targeted_sessions_social", SumSite(brand, month, kSocial, true).sessions},
                   {"leads", all.leads},
                   {"leads_social", social.leads},
                   {"leads_target", all.target},
                   {"never_contacted", all.never_contacted},
                   {"contacted_within_2d", all.within_2d},
                   {"social_contacted_within_2d", social.within_2d},
                   {"deals_won", deals.won},
                   {"won_cents", deals.cents}});
  }
  return out;
}

/// Totals that a reader of the exports must find.
Json ExportsJson(const Brand& brand) {
  PostCounts posts;
  for (const PagePost& post : brand.posts)
    for (const PostCounts& day : post.days) posts += day;
  AdDay ads;
  for (const AdDay& row : brand.ads) {
    ads.impressions += row.impressions;
    ads.clicks += row.clicks;
    ads.spend += row.spend;
    ads.claimed += row.claimed;
  }
  const SiteCell site = SumSite(brand, brand.history(), kAll, false);
  const LeadSum leads = SumLeads(brand, brand.history(), kAll);
  const DealSum won = SumDeals(brand, brand.history());
  std::int64_t deals = 0, cost = 0;
  for (const Lead& lead : brand.leads) deals += lead.deal_day >= 0;
  for (const CostLine& line : Costs(brand)) cost += line.cents;
  return {
      {"posts",
       {{"linkedin",
         {{"rows", brand.posts.size()},
          {"impressions", posts.views},
          {"likes", posts.likes},
          {"comments", posts.comments},
          {"shares", posts.shares},
          {"link_clicks", posts.link_clicks}}}}},
      {"ads",
       {{"linkedin_ads",
         {{"rows", brand.ads.size()},
          {"impressions", ads.impressions},
          {"clicks", ads.clicks},
          {"spend_cents", ads.spend},
          {"leads_claimed", ads.claimed}}}}},
      {"site", {{"sessions", site.sessions}, {"engaged_sessions", site.engaged}, {"key_events", site.leads}}},
      {"crm",
       {{"contacts", leads.leads},
        {"never_contacted", leads.never_contacted},
        {"deals", deals},
        {"won", won.won},
        {"won_cents", won.cents}}},
      {"costs", {{"cents", cost}}}};
}

Json DailyJson(const Brand& brand) {
  const Parameters& p = BrandParameters();
  Json out = {{"first", ToIso(brand.start)}};
  for (int way = 0; way < kWays; ++way) {
    std::vector<std::int64_t> sessions, targeted, leads;
    for (int day = 0; day < brand.days; ++day) {
      const Window one{brand.At(day), brand.At(day + 1)};
      const SiteCell here = SumSite(brand, one, {static_cast<Way>(way)}, false);
      sessions.push_back(here.sessions);
      leads.push_back(here.leads);
      targeted.push_back(SumSite(brand, one, {static_cast<Way>(way)}, true).sessions);
    }
    out["site"][std::string(p.ways[static_cast<std::size_t>(way)].id)] = {
        {"sessions", sessions}, {"targeted_sessions", targeted}, {"leads", leads}};
  }
  for (const PageDay& day : brand.page) {
    out["page"]["impressions"].push_back(day.counts.views);
    out["page"]["link_clicks"].push_back(day.counts.link_clicks);
    out["page"]["followers"].push_back(day.followers);
  }
  return out;
}

}  // namespace

std::string TruthFile(const Brand& brand, const std::vector<std::string>& files) {
  Json out = TruthHead(brand.options, brand.history());
  out["parameters"] = ParametersJson();
  out["events"] = EventsJson(brand);
  out["expected_verdicts"] = {{"k_pickup", "missed"}};
  if (VisitsRose(brand)) out["expected_verdicts"]["k_visit"] = "met";
  out["expected_weakest"] = "k_pickup";
  out["months"] = MonthsJson(brand);
  out["exports"] = ExportsJson(brand);
  out["daily"] = DailyJson(brand);
  out["posts"] = Json::array();
  for (const PagePost& post : brand.posts)
    out["posts"].push_back({{"platform", "linkedin"},
                            {"id", post.id},
                            {"date", ToIso(brand.At(post.day))},
                            {"theme", BrandParameters().topics[static_cast<std::size_t>(post.topic)].id}});
  out["files"] = files;
  return TruthText(out);
}

}  // namespace backcast::demo::b2b
