// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>

#include "demo/truth_json.h"
#include "demo/workspace.h"

namespace backcast::demo {
namespace {

using Json = nlohmann::ordered_json;

std::string_view IdOf(Channel channel) {
  return BrandParameters().channels[static_cast<std::size_t>(channel)].id;
}

Channel ChannelOf(const World& world, int stream) {
  return world.streams[static_cast<std::size_t>(stream)].channel;
}

Json ParametersJson() {
  const Parameters& p = BrandParameters();
  Json out;
  for (const ChannelRates& c : p.channels)
    out["channels"].push_back({{"id", c.id},
                               {"group", c.group},
                               {"visits_per_day", c.visits_per_day},
                               {"target_share", c.target_share},
                               {"engaged", c.engaged},
                               {"new_share", c.new_share},
                               {"cart", c.cart},
                               {"opt_in", c.opt_in},
                               {"lead", c.lead},
                               {"bots_per_day", c.bots_per_day}});
  for (const PlatformRates& r : p.platforms)
    out["platforms"].push_back({{"account", r.account},
                                {"followers", r.followers},
                                {"posts_per_week", r.posts_per_week},
                                {"views_per_follower", r.views_per_follower},
                                {"reach_share", r.reach_share},
                                {"like", r.like},
                                {"comment", r.comment},
                                {"share", r.share},
                                {"save", r.save},
                                {"link_click", r.link_click},
                                {"follow", r.follow},
                                {"unfollow", r.unfollow}});
  for (const Theme& t : p.themes)
    out["themes"].push_back({{"id", t.id},
                             {"hashtag", t.hashtag},
                             {"share_of_posts", t.weight},
                             {"engagement", t.engagement},
                             {"link_clicks", t.clicks}});
  for (const AdCampaign& c : p.campaigns)
    out["campaigns"].push_back({{"id", c.id},
                                {"channel", IdOf(c.channel)},
                                {"name", c.name},
                                {"quality", c.quality},
                                {"click_rate", c.click_rate},
                                {"cpm", c.cpm},
                                {"cpc", c.cpc}});
  out["season_by_month"] = p.season;
  out["demand_by_weekday"] = p.weekday;
  out["site"] = {{"click_to_visit_social", p.click_to_visit_social},
                 {"click_to_visit_meta", p.click_to_visit_meta},
                 {"click_to_visit_search", p.click_to_visit_search},
                 {"tagged_share", p.tagged_share},
                 {"checkout_at_once", p.checkout_at_once},
                 {"return_share", p.return_share},
                 {"return_checkout", p.return_checkout},
                 {"completion", p.completion},
                 {"confirm_share", p.confirm_share},
                 {"foreign_cart", p.foreign_cart}};
  out["orders"] = {{"return_rate", p.return_rate},
                   {"cancel_rate", p.cancel_rate},
                   {"repeat_share", p.repeat_share},
                   {"source_lost", p.source_lost}};
  out["sales"] = {{"answer_minutes", p.answer_minutes},
                  {"never_answered", p.never_answered},
                  {"never_answered_on_leave", p.never_answered_on_leave},
                  {"sql_if_quick", p.sql_if_quick},
                  {"sql_if_late", p.sql_if_late},
                  {"win_share", p.win_share}};
  return out;
}

Json EventsJson(const World& world) {
  Json out = Json::array();
  const Window all = WholeHistory(world);
  for (const Event& e : BrandParameters().events)
    out.push_back(EventJson({e.id, e.title, e.metric, e.owner, e.from, e.to, e.effect, !e.expected.empty()},
                            all, BrandParameters().end));
  return out;
}

Json SiteJson(const World& world) {
  struct Column {
    const char* name;
    std::function<std::int64_t(const SiteCell&, bool)> value;
  };
  const std::vector<Column> columns = {
      {"sessions", [](const SiteCell& c, bool) { return c.sessions; }},
      {"targeted_sessions", [](const SiteCell& c, bool target) { return target ? c.sessions : 0; }},
      {"bot_sessions", [](const SiteCell& c, bool) { return c.bots; }},
      {"engaged_sessions", [](const SiteCell& c, bool) { return c.engaged; }},
      {"carts", [](const SiteCell& c, bool) { return c.carts; }},
      {"checkouts", [](const SiteCell& c, bool) { return c.checkouts; }},
      {"orders", [](const SiteCell& c, bool) { return c.orders; }},
      {"opt_ins", [](const SiteCell& c, bool) { return c.opt_ins; }},
      {"leads", [](const SiteCell& c, bool) { return c.leads; }},
      {"revenue_cents", [](const SiteCell& c, bool) { return c.revenue; }}};
  Json out;
  for (int channel = 0; channel < kChannels; ++channel) {
    Json& here = out[std::string(IdOf(static_cast<Channel>(channel)))];
    for (const Column& column : columns) {
      std::vector<std::int64_t> days(static_cast<std::size_t>(world.days));
      for (int day = 0; day < world.days; ++day)
        for (std::size_t s = 0; s < world.streams.size(); ++s)
          for (int c = 0;
               c < kAllCountries && ChannelOf(world, static_cast<int>(s)) == static_cast<Channel>(channel);
               ++c)
            days[static_cast<std::size_t>(day)] +=
                column.value(world.Cell(day, static_cast<int>(s), c), c < kTargetCountries);
      here[column.name] = std::move(days);
    }
    std::vector<std::int64_t> net(static_cast<std::size_t>(world.days));
    for (const Order& order : world.orders)
      if (ChannelOf(world, order.stream) == static_cast<Channel>(channel))
        net[static_cast<std::size_t>(order.day)] += order.Net();
    here["revenue_net_cents"] = std::move(net);
  }
  return out;
}

Json PlatformsJson(const World& world) {
  Json out;
  for (std::size_t i = 0; i < kPlatforms; ++i) {
    Json& here = out[std::string(IdOf(static_cast<Channel>(i)))];
    for (const char* name : {"posts", "views", "engagements", "link_clicks", "followers", "followers_gained",
                             "followers_lost", "bots_gained"})
      here[name] = Json::array();
    for (const AccountDay& day : world.accounts[i]) {
      here["posts"].push_back(day.published);
      here["views"].push_back(day.counts.views);
      here["engagements"].push_back(day.counts.Engagements());
      here["link_clicks"].push_back(day.counts.link_clicks);
      here["followers"].push_back(day.followers);
      here["followers_gained"].push_back(day.gained);
      here["followers_lost"].push_back(day.lost);
      here["bots_gained"].push_back(day.bots_gained);
    }
  }
  return out;
}

Json PostsJson(const World& world) {
  Json out = Json::array();
  for (const Post& post : world.posts)
    out.push_back({{"platform", IdOf(post.channel)},
                   {"id", post.id},
                   {"date", ToIso(world.At(post.day))},
                   {"theme", BrandParameters().themes[static_cast<std::size_t>(post.theme)].id},
                   {"prize_draw", post.giveaway}});
  return out;
}

/// What each theme does to engagement, as times the usual: over the geometric mean of the themes.
Json ContentJson() {
  const std::vector<Theme>& themes = BrandParameters().themes;
  double usual = 0;
  for (const Theme& theme : themes) usual += std::log(theme.engagement) / static_cast<double>(themes.size());
  Json out = {{"times_usual", Json::object()}, {"truly_more", Json::array()}, {"truly_less", Json::array()}};
  for (const Theme& theme : themes) {
    const double times = theme.engagement / std::exp(usual);
    out["times_usual"][std::string(theme.id)] = times;
    if (times >= 1.25) out["truly_more"].push_back(theme.id);
    if (times <= 0.8) out["truly_less"].push_back(theme.id);
  }
  return out;
}

Json PostSumsJson(const World& world) {
  Json out;
  const auto posts = [&world](Channel channel) {
    PostCounts sum;
    std::int64_t count = 0;
    for (const Post& post : world.posts)
      if (post.channel == channel) {
        sum += post.life;
        ++count;
      }
    return Json{{"rows", count},
                {"views", sum.views},
                {"reach_not_to_be_added", sum.reach},
                {"likes", sum.likes},
                {"comments", sum.comments},
                {"shares", sum.shares},
                {"saves", sum.saves},
                {"link_clicks", sum.link_clicks},
                {"follows", sum.follows}};
  };
  for (int i = 0; i < kPlatforms; ++i)
    out[std::string(IdOf(static_cast<Channel>(i)))] = posts(static_cast<Channel>(i));
  return out;
}

Json AdSumsJson(const World& world) {
  Json out;
  for (const char* name : {"meta_ads", "google_ads"}) {
    AdDay sum;
    std::int64_t rows = 0;
    for (const AdDay& row : world.ads)
      if (IdOf(BrandParameters().campaigns[static_cast<std::size_t>(row.campaign)].channel) == name) {
        sum.impressions += row.impressions;
        sum.clicks += row.clicks;
        sum.link_clicks += row.link_clicks;
        sum.spend += row.spend;
        sum.claimed += row.claimed;
        ++rows;
      }
    out[name] = {{"rows", rows},
                 {"impressions", sum.impressions},
                 {"clicks", sum.clicks},
                 {"link_clicks", sum.link_clicks},
                 {"spend_cents", sum.spend},
                 {"purchases_claimed", sum.claimed}};
  }
  return out;
}

/// Totals that a reader of the exports must find.
Json ExportsJson(const World& world) {
  Json out;
  out["posts"] = PostSumsJson(world);
  out["ads"] = AdSumsJson(world);
  std::vector<Channel> all;
  for (int i = 0; i < kChannels; ++i) all.push_back(static_cast<Channel>(i));
  const SiteCell site = SumSite(world, WholeHistory(world), all, false);
  out["site"] = {{"sessions", site.sessions + site.bots},
                 {"engaged_sessions", site.engaged},
                 {"add_to_carts", site.carts},
                 {"checkouts", site.checkouts},
                 {"purchases", site.orders},
                 {"revenue_cents", site.revenue},
                 {"key_events", site.opt_ins + site.leads + site.orders}};
  std::int64_t lines = 0, subtotal = 0, refunded = 0, total = 0, cancelled = 0;
  for (const Order& order : world.orders) {
    lines += static_cast<std::int64_t>(order.lines.size());
    subtotal += order.goods - order.discount;
    refunded += order.refunded;
    total += order.total;
    cancelled += order.cancelled;
  }
  out["shop"] = {{"rows", lines},
                 {"orders", world.orders.size()},
                 {"cancelled", cancelled},
                 {"subtotal_cents", subtotal},
                 {"refunded_cents", refunded},
                 {"total_cents", total},
                 {"revenue_net_cents", NetRevenue(world, WholeHistory(world), all)}};
  std::int64_t untouched = 0, deals = 0, won = 0, amount = 0, confirmed = 0, left = 0, cost = 0;
  for (const Lead& lead : world.leads) {
    untouched += lead.contact_day < 0;
    deals += lead.deal_day >= 0;
    won += lead.won;
    amount += lead.won ? lead.amount : 0;
  }
  for (const OptIn& entry : world.opt_ins) {
    confirmed += entry.confirm_day >= 0;
    left += entry.left_day >= 0;
  }
  for (const CostLine& line : Costs(world)) cost += line.cents;
  out["crm"] = {{"contacts", world.leads.size()},
                {"never_contacted", untouched},
                {"deals", deals},
                {"won", won},
                {"won_cents", amount}};
  out["letters"] = {{"confirmed", confirmed}, {"left", left}};
  out["costs"] = {{"cents", cost}};
  return out;
}

/// Sales and what was paid back for them, by the day of the order and by the day of the payment.
Json MoneyJson(const World& world) {
  std::vector<std::int64_t> sold(static_cast<std::size_t>(world.days)), of_order = sold, of_payment = sold;
  for (const Order& order : world.orders) {
    if (order.cancelled) continue;
    sold[static_cast<std::size_t>(order.day)] += order.goods - order.discount;
    of_order[static_cast<std::size_t>(order.day)] += order.refunded;
    if (order.refund_day >= 0) of_payment[static_cast<std::size_t>(order.refund_day)] += order.refunded;
  }
  return {{"goods_sold_cents", sold}, {"refunds_cohort_cents", of_order}, {"refunds_cash_cents", of_payment}};
}

Json LeadsJson(const World& world) {
  Json out;
  const Parameters& p = BrandParameters();
  for (const bool away : {false, true}) {
    std::int64_t all = 0, never = 0, sql = 0, won = 0;
    for (const Lead& lead : world.leads) {
      if (p.Active(EventId::kSalesLeave, world.At(lead.day)) != away) continue;
      ++all;
      never += lead.contact_day < 0;
      sql += lead.sql_day >= 0;
      won += lead.won;
    }
    out[away ? "during_leave" : "otherwise"] = {
        {"leads", all}, {"never_contacted", never}, {"qualified", sql}, {"won", won}};
  }
  return out;
}

}  // namespace

std::string TruthFile(const World& world, const std::vector<std::string>& files) {
  const Window all = WholeHistory(world), base = BaselineWindow(world), last = LastMonth(world);
  Json out = TruthHead(world.options, all);
  out["parameters"] = ParametersJson();
  out["events"] = EventsJson(world);
  out["expected_verdicts"] = {
      {"k_visit", "met"}, {"k_cart", "missed"}, {"k_checkout", "can't tell"}, {"k_optin", "can't tell"}};
  for (const auto& [name, period] : {std::pair{"baseline", base}, std::pair{"last_month", last}}) {
    const SiteCell social = SumSite(world, period, kSocialChannels, false);
    out["social"][name] = {
        {"targeted_sessions", SumSite(world, period, kSocialChannels, true).sessions},
        {"sessions", social.sessions},
        {"bot_sessions", social.bots},
        {"orders", social.orders},
        {"opt_ins", social.opt_ins},
        {"leads", social.leads},
        {"revenue_net_cents", NetRevenue(world, period, kSocialChannels)},
        {"revenue_net_with_source_cents", NetRevenue(world, period, kSocialChannels, true)}};
  }
  out["leads"] = LeadsJson(world);
  out["exports"] = ExportsJson(world);
  out["log"] = LogJson(world);
  out["voices"] = VoicesJson(world);
  out["daily"] = {{"first", ToIso(all.from)},
                  {"site", SiteJson(world)},
                  {"money", MoneyJson(world)},
                  {"platforms", PlatformsJson(world)},
                  {"newsletter_readers", world.readers}};
  out["posts"] = PostsJson(world);
  out["content"] = ContentJson();
  out["files"] = files;
  return TruthText(out);
}

std::vector<std::string> FilesOfTruth(const std::string& json) {
  const Json truth = Json::parse(json, nullptr, false);
  if (!truth.is_object() || truth.value("schema", Json()) != kTruthSchema || !truth.contains("files"))
    return {};
  std::vector<std::string> files;
  for (const Json& file : truth["files"])
    if (file.is_string()) files.push_back(file.get<std::string>());
  return files;
}

}  // namespace backcast::demo
