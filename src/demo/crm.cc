// SPDX-License-Identifier: Apache-2.0
#include "demo/crm.h"

#include <chrono>

namespace backcast::demo {
namespace {

std::string When(Day start, int day, int minute) {
  return day < 0 ? "" : ToIso(start + std::chrono::days{day}) + " " + Clock(minute);
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
  return std::to_string(base + std::int64_t{number} * kContactStep);
}

std::string Contacts(const Crm& crm) {
  Csv csv({"Record ID", "First Name", "Last Name", "Email", "Country/Region", "Create Date", "Lead Status",
           "Lifecycle Stage", "Original Traffic Source", "Original Traffic Source Drill-Down 1",
           "Original Traffic Source Drill-Down 2", "Contact owner", "First outreach date", "Last Contacted",
           "Became a Sales Qualified Lead Date", "Became an Opportunity Date", "Became a Customer Date",
           "First Conversion"},
          Csv::Quotes::kAlways);
  for (const Lead& lead : crm.leads) {
    const Person person = PersonOf(crm.people + lead.person);
    const Origin origin = crm.origin(lead);
    const std::string contact = When(crm.start, lead.contact_day, lead.contact_minute);
    csv.Row({RecordId(kFirstContact, lead.number), person.first, person.last, person.email,
             std::string(kCountries[static_cast<std::size_t>(lead.country)]),
             When(crm.start, lead.day, lead.minute), LeadStatus(lead), Stage(lead), origin.group,
             origin.first, origin.second, crm.owner, contact, contact, When(crm.start, lead.sql_day, 600),
             When(crm.start, lead.deal_day, 660), lead.won ? When(crm.start, lead.closed_day, 900) : "",
             crm.conversion});
  }
  return csv.text();
}

std::string Deals(const Crm& crm) {
  Csv csv({"Record ID", "Deal Name", "Deal Stage", "Pipeline", "Amount", "Currency", "Create Date",
           "Close Date", "Deal owner", "Is Closed Won", "Is closed lost", "Original Traffic Source",
           "Original Traffic Source Drill-Down 1", "Associated Contact IDs"},
          Csv::Quotes::kAlways);
  for (const Lead& lead : crm.leads) {
    if (lead.deal_day < 0) continue;
    const Origin origin = crm.origin(lead);
    const bool closed = lead.closed_day >= 0;
    csv.Row({RecordId(19200000000, lead.number),
             crm.deal + " " + PersonOf(crm.people + lead.person).last + " " + Whole(lead.number),
             lead.won ? "Closed Won"
             : closed ? "Closed Lost"
                      : "Quote sent",
             crm.pipeline, Money(lead.amount), "EUR", When(crm.start, lead.deal_day, 660),
             When(crm.start, lead.closed_day, 900), crm.owner, lead.won ? "true" : "false",
             closed && !lead.won ? "true" : "false", origin.group, origin.first,
             RecordId(kFirstContact, lead.number)});
  }
  return csv.text();
}

}  // namespace

DemoFiles CrmFiles(const Crm& crm) {
  const std::string day = ToIso(crm.export_day);
  return {{"exports/hubspot/hubspot-crm-exports-all-contacts-" + day + ".csv", Contacts(crm)},
          {"exports/hubspot/hubspot-crm-exports-all-deals-" + day + ".csv", Deals(crm)}};
}

}  // namespace backcast::demo
