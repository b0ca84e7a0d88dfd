// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "demo/crm.h"
#include "demo/exports.h"

namespace backcast::demo {
namespace {

constexpr int kLeadPeople = 500000;    ///< numbers of people who asked, apart from those who bought
constexpr int kReaderPeople = 800000;  ///< and from those who only read

/// HubSpot's words for where a contact came from.
Origin OriginOf(const Stream& stream) {
  const std::string source(stream.source), campaign(stream.campaign);
  switch (stream.channel) {
    case Channel::kInstagram:
      return {"Organic Social", "Instagram", campaign};
    case Channel::kFacebook:
      return {"Organic Social", "Facebook", campaign};
    case Channel::kX:
      return {"Organic Social", "Twitter", campaign};
    case Channel::kYouTube:
      return {"Organic Social", "YouTube", campaign};
    case Channel::kMetaAds:
      return {"Paid Social", "Facebook", campaign};
    case Channel::kGoogleAds:
      return {"Paid Search", campaign, "google"};
    case Channel::kEmail:
      return {"Email Marketing", campaign, ""};
    case Channel::kOrganicSearch:
      return {"Organic Search", source, "Unknown keywords (SSL)"};
    case Channel::kDirect:
      return {"Direct Traffic", "tannhoop.example/beratung", ""};
    case Channel::kReferral:
      break;
  }
  return {"Referrals", source, ""};
}

/// Mailchimp: addresses, coordinates and IP numbers stand in it; tags are quoted inside quotes.
std::string Audience(const World& world, bool left) {
  std::vector<std::string> header = {
      "Email Address", "First Name", "Last Name", "UTM Source",   "UTM Medium", "UTM Campaign",
      "MEMBER_RATING", "OPTIN_TIME", "OPTIN_IP",  "CONFIRM_TIME", "CONFIRM_IP", "LATITUDE",
      "LONGITUDE",     "GMTOFF",     "DSTOFF",    "TIMEZONE",     "CC",         "REGION"};
  if (left)
    for (const char* name : {"UNSUB_TIME", "UNSUB_CAMPAIGN_TITLE", "UNSUB_CAMPAIGN_ID", "UNSUB_REASON"})
      header.emplace_back(name);
  for (const char* name : {"LAST_CHANGED", "LEID", "EUID", "NOTES", "TAGS"}) header.emplace_back(name);
  Csv csv(header);
  for (const OptIn& entry : world.opt_ins) {
    if (entry.confirm_day < 0 || (entry.left_day >= 0) != left) continue;
    const Person person = PersonOf(kReaderPeople + entry.person);
    const Stream& stream = world.streams[static_cast<std::size_t>(entry.stream)];
    const std::string asked = InUtc(world.At(entry.day), entry.minute) + ":00";
    const std::string confirmed = InUtc(world.At(entry.confirm_day), entry.confirm_minute) + ":00";
    std::vector<std::string> row = {person.email,
                                    person.first,
                                    person.last,
                                    std::string(stream.source),
                                    std::string(stream.medium),
                                    std::string(stream.campaign),
                                    left ? "1" : std::to_string(2 + entry.number % 4),
                                    asked,
                                    "192.0.2.7",
                                    confirmed,
                                    "192.0.2.7",
                                    "",
                                    "",
                                    "",
                                    "",
                                    "Europe/Berlin",
                                    std::string(kCountryCodes[static_cast<std::size_t>(entry.country)]),
                                    ""};
    const std::string gone = entry.left_day < 0 ? "" : ToIso(world.At(entry.left_day)) + " 08:15:00";
    if (left)
      for (const std::string& cell : {gone, std::string("Weekly letter"), std::string("b1f3"),
                                      std::string("N/A (Unsubscribed by user)")})
        row.push_back(cell);
    for (const std::string& cell : {left ? gone : confirmed, std::to_string(kFirstReader + entry.number),
                                    "e" + std::to_string(7700000 + entry.number), std::string(),
                                    std::string("\"Letter\",\"Packing list\"")})
      row.push_back(cell);
    csv.Row(row);
  }
  return csv.text();
}

}  // namespace

DemoFiles ExportCrm(const World& world) {
  return CrmFiles({.start = world.start,
                   .export_day = WholeHistory(world).to,
                   .leads = world.leads,
                   .origin =
                       [&world](const Lead& lead) {
                         return OriginOf(world.streams[static_cast<std::size_t>(lead.stream)]);
                       },
                   .owner = "Tarek Sievers",
                   .conversion = "Fitting advice and fleets: Contact form",
                   .pipeline = "Fleets and clubs",
                   .deal = "Fleet",
                   .people = kLeadPeople});
}

DemoFiles ExportLetters(const World& world) {
  return {{"exports/mailchimp/subscribed_email_audience_export_4b1f3.csv", Audience(world, false)},
          {"exports/mailchimp/unsubscribed_email_audience_export_4b1f3.csv", Audience(world, true)}};
}

}  // namespace backcast::demo
