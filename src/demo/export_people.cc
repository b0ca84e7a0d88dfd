// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "demo/exports.h"

namespace backcast::demo {
namespace {

constexpr int kLeadPeople = 500000;    ///< numbers of people who asked, apart from those who bought
constexpr int kReaderPeople = 800000;  ///< and from those who only read

struct Origin {
  std::string group, first, second;
};

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

std::string When(const World& world, int day, int minute) {
  return day < 0 ? "" : ToIso(world.At(day)) + " " + Clock(minute);
}

std::string LeadStatus(const Lead& lead) {
  if (lead.contact_day < 0) return "New";
  if (lead.deal_day >= 0) return "Open deal";
  return lead.sql_day >= 0 ? "In progress" : "Unqualified";
}

std::string Stage(const Lead& lead) {
  if (lead.won) return "Customer";
  if (lead.deal_day >= 0) return "Opportunity";
  return lead.sql_day >= 0 ? "Sales Qualified Lead" : "Lead";
}

std::string RecordId(std::int64_t base, int number) {
  return std::to_string(base + std::int64_t{number} * 251);
}

std::string Contacts(const World& world) {
  Csv csv({"Record ID", "First Name", "Last Name", "Email", "Country/Region", "Create Date", "Lead Status",
           "Lifecycle Stage", "Original Traffic Source", "Original Traffic Source Drill-Down 1",
           "Original Traffic Source Drill-Down 2", "Contact owner", "First outreach date", "Last Contacted",
           "Became a Sales Qualified Lead Date", "Became an Opportunity Date", "Became a Customer Date",
           "First Conversion"},
          Csv::Quotes::kAlways);
  for (const Lead& lead : world.leads) {
    const Person person = PersonOf(kLeadPeople + lead.person);
    const Origin origin = OriginOf(world.streams[static_cast<std::size_t>(lead.stream)]);
    const std::string contact = When(world, lead.contact_day, lead.contact_minute);
    csv.Row({RecordId(60100000000, lead.number), person.first, person.last, person.email,
             std::string(kCountries[static_cast<std::size_t>(lead.country)]),
             When(world, lead.day, lead.minute), LeadStatus(lead), Stage(lead), origin.group, origin.first,
             origin.second, "Tarek Sievers", contact, contact, When(world, lead.sql_day, 600),
             When(world, lead.deal_day, 660), lead.won ? When(world, lead.closed_day, 900) : "",
             "Fitting advice and fleets: Contact form"});
  }
  return csv.text();
}

std::string Deals(const World& world) {
  Csv csv({"Record ID", "Deal Name", "Deal Stage", "Pipeline", "Amount", "Currency", "Create Date",
           "Close Date", "Deal owner", "Is Closed Won", "Is closed lost", "Original Traffic Source",
           "Original Traffic Source Drill-Down 1", "Associated Contact IDs"},
          Csv::Quotes::kAlways);
  for (const Lead& lead : world.leads) {
    if (lead.deal_day < 0) continue;
    const Origin origin = OriginOf(world.streams[static_cast<std::size_t>(lead.stream)]);
    const bool closed = lead.closed_day >= 0;
    csv.Row({RecordId(19200000000, lead.number),
             "Fleet " + PersonOf(kLeadPeople + lead.person).last + " " + Whole(lead.number),
             lead.won ? "Closed Won"
             : closed ? "Closed Lost"
                      : "Quote sent",
             "Fleets and clubs", Money(lead.amount), "EUR", When(world, lead.deal_day, 660),
             When(world, lead.closed_day, 900), "Tarek Sievers", lead.won ? "true" : "false",
             closed && !lead.won ? "true" : "false", origin.group, origin.first,
             RecordId(60100000000, lead.number)});
  }
  return csv.text();
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
    for (const std::string& cell : {left ? gone : confirmed, std::to_string(44000000 + entry.number),
                                    "e" + std::to_string(7700000 + entry.number), std::string(),
                                    std::string("\"Letter\",\"Packing list\"")})
      row.push_back(cell);
    csv.Row(row);
  }
  return csv.text();
}

}  // namespace

DemoFiles ExportCrm(const World& world) {
  const std::string day = ToIso(WholeHistory(world).to);
  return {{"exports/hubspot/hubspot-crm-exports-all-contacts-" + day + ".csv", Contacts(world)},
          {"exports/hubspot/hubspot-crm-exports-all-deals-" + day + ".csv", Deals(world)}};
}

DemoFiles ExportLetters(const World& world) {
  return {{"exports/mailchimp/subscribed_email_audience_export_4b1f3.csv", Audience(world, false)},
          {"exports/mailchimp/unsubscribed_email_audience_export_4b1f3.csv", Audience(world, true)}};
}

}  // namespace backcast::demo
