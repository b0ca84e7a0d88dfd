// SPDX-License-Identifier: Apache-2.0
// The sales desk: who is called back, who is worth an offer, and the few who sign after months.
#include <algorithm>

#include "demo/b2b.h"
#include "demo/office.h"
#include "demo/random.h"

namespace backcast::demo::b2b {
namespace {

void Answer(const Brand& brand, Lead& lead, Random& random) {
  const Parameters& p = BrandParameters();
  const bool lost = p.Active(EventId::kLostRouting, brand.At(lead.day));
  const bool never = random.Chance(lost ? p.never_answered_lost : p.never_answered);
  const auto minutes = static_cast<int>(p.answer_minutes * random.Gamma(1.1)) + 1;
  if (never) return;
  int day = lead.day, minute = lead.minute;
  PassOfficeTime(brand.start, day, minute, minutes);
  if (day >= brand.days) return;
  lead.contact_day = day;
  lead.contact_minute = minute;
}

void Qualify(const Brand& brand, Lead& lead, Random& random) {
  const Parameters& p = BrandParameters();
  const double draw = random.Uniform();
  const int steps[3] = {1 + random.Below(9), 4 + random.Below(20), 25 + random.Below(110)};
  const bool wins = random.Chance(p.win_share);
  const double amount = p.deal_median * StableExp(p.deal_sigma * random.Normal());
  if (lead.contact_day < 0) return;
  const bool quick = lead.contact_day - lead.day <= 3;
  const double share = lead.country >= kTargetCountries ? p.sql_foreign
                       : quick                          ? p.sql_if_quick
                                                        : p.sql_if_late;
  if (draw >= share || lead.contact_day + steps[0] >= brand.days) return;
  lead.sql_day = lead.contact_day + steps[0];
  if (lead.sql_day + steps[1] >= brand.days) return;
  lead.deal_day = lead.sql_day + steps[1];
  lead.amount = static_cast<std::int64_t>(std::max(15.0, amount / 100)) * 10000;  // offers are whole hundreds
  if (lead.deal_day + steps[2] >= brand.days) return;
  lead.closed_day = lead.deal_day + steps[2];
  lead.won = wins;
}

}  // namespace

void SimulateDesk(Brand& brand) {
  Random random(brand.options.seed, "b2b/desk");
  for (Lead& lead : brand.leads) {
    Answer(brand, lead, random);
    Qualify(brand, lead, random);
  }
}

}  // namespace backcast::demo::b2b
