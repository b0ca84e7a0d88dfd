// SPDX-License-Identifier: Apache-2.0
// Requests and deals as HubSpot exports them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "demo/csv.h"
#include "demo/world.h"

namespace backcast::demo {

/// HubSpot's words for where a contact came from: Original Traffic Source and its two drill-downs.
struct Origin {
  std::string group, first, second;
};

/// One brand's desk.
struct Crm {
  Day start{};  ///< day 0 of the leads
  Day export_day{};
  std::vector<Lead> leads;
  std::function<Origin(const Lead&)> origin;
  std::string owner;       ///< of every contact and deal
  std::string conversion;  ///< the form
  std::string pipeline;
  std::string deal;  ///< first word of a deal's name
  int people = 0;    ///< added to the number of a lead's person
};

/// Record IDs of contacts: the first, and what each next one is more.
inline constexpr std::int64_t kFirstContact = 60100000000;
inline constexpr std::int64_t kContactStep = 251;

/// Contacts and deals, one file each under exports/hubspot/.
DemoFiles CrmFiles(const Crm& crm);

}  // namespace backcast::demo
