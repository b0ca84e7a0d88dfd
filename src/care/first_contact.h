// SPDX-License-Identifier: Apache-2.0
// Settled at first contact: chains of contacts by person and issue. A long first reply that says nothing
// brings the person back, and the chain has two links.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "measure/interval.h"

namespace backcast {

inline constexpr double kChainDays = 7;

struct Contact {
  std::string chain;     ///< person and issue
  double opened = 0;     ///< seconds since 1970
  bool settled = false;  ///< resolved, and not opened again
  bool asked = false;    ///< began in the period asked about
  std::string group;     ///< the team, channel ... that had it
};

struct FirstContact {
  int chains = 0;   ///< that began in the period and are old enough to tell
  int settled = 0;  ///< of one contact, which settled it
  int young = 0;    ///< that began in the period and may still grow
  Interval share;   ///< Wilson, of settled; none of 0 chains
};

struct FirstContacts {
  FirstContact whole;
  std::map<std::string, FirstContact> groups;  ///< by the group that had the first contact of the chain
};

/// Contacts of one chain within kChainDays of the one before are one chain, whichever groups had them: who is
/// sent from one team to the next is not settled. `seen_until`: the extract, seconds since 1970; a chain that
/// began under kChainDays before it is too young. `contacts` in any order; those outside the period tell
/// whether one inside is the first.
FirstContacts ReadFirstContacts(std::span<const Contact> contacts, double seen_until);

}  // namespace backcast
