// SPDX-License-Identifier: Apache-2.0
// The site's own log in Backcast's plain tables: nobody has told its channels yet, so that addresses, click
// ids and referrers must.
#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "demo/crm.h"
#include "demo/exports.h"
#include "demo/visit_log.h"

namespace backcast::demo {
namespace {

/// What the address and the request of a visit carried.
struct Trail {
  std::string source, medium, campaign, referrer, click_id;
};

/// Someone in the team typed the tags of a campaign by hand in October.
bool TypedByHand(const World& world, const Visit& visit) {
  const std::chrono::year_month_day date{world.At(visit.day)};
  return date.month() == std::chrono::October && visit.visitor % 9 == 4;
}

/// The campaign of a creator's link, by which a third of the channel's tagged visits come in the three weeks
/// after each deliverable.
std::string_view LinkOf(const World& world, const Visit& visit, Channel channel) {
  for (const Deliverable& made : world.voices.deliverables) {
    const CreatorDeal& deal = BrandVoices().creators[static_cast<std::size_t>(made.creator)];
    const bool here = BrandParameters().channels[static_cast<std::size_t>(channel)].id == deal.platform;
    const bool soon = visit.day >= made.day && visit.day < made.day + 21;
    if (here && soon && !deal.campaign.empty() && (visit.minute * 7 + visit.visitor) % 3 == 0)
      return deal.campaign;
  }
  return "";
}

Trail TrailOf(const World& world, const Visit& visit) {
  const Stream& stream = world.streams[static_cast<std::size_t>(visit.stream)];
  const std::string source(stream.source), medium(stream.medium), campaign(stream.campaign);
  switch (stream.channel) {
    case Channel::kInstagram:
    case Channel::kFacebook:
    case Channel::kX:
    case Channel::kYouTube:
      if (medium != "social") return {"", "", "", source, ""};
      if (TypedByHand(world, visit))
        return {stream.channel == Channel::kX ? "Twitter" : source, "Social", "Always-On", "", ""};
      if (const std::string_view link = LinkOf(world, visit, stream.channel); !link.empty())
        return {source, medium, std::string(link), "", ""};
      return {source, medium, campaign, "", ""};
    case Channel::kMetaAds:
      return {source, medium, campaign, "m.facebook.com", "fbclid"};
    case Channel::kGoogleAds:
      return {"", "", campaign, "www.google.com", "gclid"};
    case Channel::kEmail:
      return {source, medium, campaign, "", ""};
    case Channel::kOrganicSearch:
      return {"", "", "", "www." + source + ".com", ""};
    case Channel::kDirect:
      return {};
    case Channel::kReferral:
      break;
  }
  return {"", "", "", source, ""};
}

std::string AgentName(const Visit& visit) {
  static constexpr std::array<std::string_view, 4> kBrowsers = {"Chrome 141", "Safari 26", "Firefox 143",
                                                                "Edge 141"};
  static constexpr std::array<std::string_view, 3> kCrawlers = {"Mozilla/5.0 (compatible; AhrefsBot/7.0)",
                                                                "Mozilla/5.0 (compatible; Googlebot/2.1)",
                                                                "python-requests/2.32"};
  const auto number = static_cast<std::size_t>(visit.visitor) + static_cast<std::size_t>(visit.minute);
  if (visit.agent == Agent::kCrawler) return std::string(kCrawlers[number % kCrawlers.size()]);
  return std::string(kBrowsers[number % kBrowsers.size()]);
}

std::string VisitorName(int visitor) { return visitor == 0 ? "" : "v" + std::to_string(visitor); }
std::string VisitName(std::size_t visit) { return "s" + std::to_string(visit + 1); }

std::string Visits(const World& world, const VisitLog& log, const Window& month) {
  static constexpr std::array<std::string_view, 3> kDevices = {"mobile", "desktop", "tablet"};
  Csv csv({"session_id", "person", "started_at", "date", "source_name", "medium", "campaign", "referrer",
           "click_id", "landing_page", "device", "country", "user_agent", "automated", "events", "seconds",
           "pages", "engaged", "is_new_visitor"});
  for (std::size_t i = 0; i < log.visits.size(); ++i) {
    const Visit& visit = log.visits[i];
    const Day day = world.At(visit.day);
    if (day < month.from || day >= month.to) continue;
    const Trail trail = TrailOf(world, visit);
    csv.Row({VisitName(i), VisitorName(visit.visitor), InUtc(day, visit.minute), ToIso(day), trail.source,
             trail.medium, trail.campaign, trail.referrer, trail.click_id,
             visit.stream % 3 == 0 ? "/touren" : "/taschen",
             std::string(kDevices[static_cast<std::size_t>(visit.visitor % 7 % 3)]),
             std::string(kCountryCodes[static_cast<std::size_t>(visit.country)]), AgentName(visit),
             visit.agent == Agent::kAutomated ? "true" : "false", Whole(visit.events), Whole(visit.seconds),
             Whole(visit.pages), visit.engaged ? "true" : "false", visit.fresh ? "true" : "false"});
  }
  return csv.text();
}

/// The name of what an event made, as the export that has it calls it.
std::string ObjectOf(const VisitEvent& event) {
  if (event.kind == VisitEvent::Kind::kPurchase) return "#" + std::to_string(event.object);
  if (event.kind == VisitEvent::Kind::kLead)
    return std::to_string(kFirstContact + std::int64_t{event.object} * kContactStep);
  if (event.kind == VisitEvent::Kind::kOptIn) return std::to_string(kFirstReader + event.object);
  return "";
}

std::string Events(const World& world, const VisitLog& log) {
  static constexpr std::array<std::string_view, 5> kNames = {"add_to_cart", "begin_checkout", "purchase",
                                                             "sign_up", "generate_lead"};
  Csv csv({"event_id", "session_id", "person", "occurred_at", "date", "name", "object_id"});
  for (std::size_t i = 0; i < log.events.size(); ++i) {
    const VisitEvent& event = log.events[i];
    const auto at = static_cast<std::size_t>(event.visit);
    const Visit& visit = log.visits[at];
    csv.Row({"e" + std::to_string(i + 1), VisitName(at), VisitorName(visit.visitor),
             InUtc(world.At(visit.day), event.minute), ToIso(world.At(visit.day)),
             std::string(kNames[static_cast<std::size_t>(event.kind)]), ObjectOf(event)});
  }
  return csv.text();
}

std::string SignIns(const World& world, const VisitLog& log) {
  Csv csv({"person", "same_as", "date", "how"});
  for (const SignIn& one : log.sign_ins)
    csv.Row({VisitorName(one.visitor), PersonOf(one.customer).email, ToIso(world.At(one.day)), "login"});
  return csv.text();
}

}  // namespace

DemoFiles ExportVisits(const World& world) {
  const VisitLog log = LogVisits(world);
  DemoFiles files;
  const Day first = world.At(log.first_day), end = world.At(world.days);
  for (Day from = first; from < end;) {
    const std::chrono::year_month_day date{from};
    const auto next = std::chrono::year_month{date.year(), date.month()} + std::chrono::months{1};
    const Window month{from, std::min(end, Day{next / 1})};
    files.push_back(
        {"exports/site/visits-" + ToIso(month.from).substr(0, 7) + ".csv", Visits(world, log, month)});
    from = month.to;
  }
  files.push_back({"exports/site/events.csv", Events(world, log)});
  files.push_back({"exports/site/sign-ins.csv", SignIns(world, log)});
  return files;
}

}  // namespace backcast::demo
