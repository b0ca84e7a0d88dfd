// SPDX-License-Identifier: Apache-2.0
#include <chrono>

#include "demo/b2b.h"

namespace backcast::demo::b2b {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

Day On(int y, unsigned m, unsigned d) { return Day{year{y} / month{m} / day{d}}; }

std::array<Event, kEvents> Events() {
  const Day open = On(2100, 1, 1);
  using E = EventId;
  return {{
      {E::kFair, "fair", "Three days at the trade fair in Essen", "direct_visits", "l.wiebe", On(2026, 2, 10),
       On(2026, 2, 14), 2.6, "leads", "higher"},
      {E::kThesisPrize, "thesis_prize", "Prize for student theses: visits and requests from abroad",
       "link_clicks", "f.marten", On(2026, 3, 2), On(2026, 3, 30), 1.8, "targeted_sessions", "higher"},
      {E::kCalculator, "calculator", "Savings calculator instead of a bare form", "lead_rate", "r.thoma",
       On(2026, 5, 4), open, 1.45, "lead_rate", "higher"},
      {E::kLessReach, "less_reach", "LinkedIn shows the page's posts to fewer people", "impressions", "",
       On(2026, 7, 1), open, 0.72, "", ""},
      {E::kMoreBudget, "more_budget", "Twice the budget for ads to network operators", "ad_spend", "f.marten",
       On(2026, 8, 1), open, 2.0, "targeted_sessions", "higher"},
      {E::kLostRouting, "lost_routing",
       "The form's rule for the sales desk is lost after an update: most requests reach nobody",
       "never_answered", "s.brandt", On(2026, 10, 1), On(2026, 11, 1), 0.62, "", ""},
  }};
}

std::vector<Topic> Topics() {
  return {
      {"plant",
       "#leitwarte",
       0.30,
       1.0,
       1.2,
       {"Night shift in the control room: what the operator sees at 3 am.",
        "One network, four plants, one screen. How Bruchstedt runs it.",
        "Before and after: the old panel and what stands there now."}},
      {"people",
       "#teamwaerme",
       0.24,
       1.9,
       0.7,
       {"Meet Nele, who has read more heat meters than anybody.",
        "Our apprentices rebuilt the training rig. Well done!", "Twenty years at Fernwart: thank you, Jo."}},
      {"numbers",
       "#netzverluste",
       0.26,
       0.9,
       1.5,
       {"Four degrees less on the return line: what it saves in a year.",
        "How to find the ten worst substations in an afternoon.",
        "Losses by pipe and month: the sheet that we start with."}},
      {"product",
       "#fernwart",
       0.20,
       0.6,
       1.0,
       {"Release 9 reads meters of three more makers.", "The alarm list now sorts itself.",
        "Reports for the regulator in one click."}},
  };
}

Parameters Make() {
  Parameters p{};
  p.ways = {{
      {"linkedin", "organic_social", 0, 0.83, 0.58, 0.55, 0.0125},
      {"linkedin_ads", "paid_social", 0, 0.97, 0.44, 0.80, 0.0150},
      {"organic_search", "organic_search", 96, 0.86, 0.62, 0.66, 0.0105},
      {"email", "email", 10, 0.96, 0.66, 0.08, 0.0080},
      {"direct", "direct", 44, 0.88, 0.55, 0.40, 0.0095},
      {"referral", "referral", 15, 0.90, 0.60, 0.62, 0.0120},
  }};
  p.sources = {
      {Way::kLinkedIn, "linkedin", "social", "page", "Organic Social"},
      {Way::kLinkedIn, "linkedin.com", "referral", "(referral)", "Organic Social"},
      {Way::kLinkedInAds, "linkedin", "paid_social", "FW | Network operators", "Paid Social"},
      {Way::kLinkedInAds, "linkedin", "paid_social", "FW | Visitors again", "Paid Social"},
      {Way::kSearch, "google", "organic", "(organic)", "Organic Search"},
      {Way::kEmail, "newsletter", "email", "heat_letter", "Email"},
      {Way::kDirect, "(direct)", "(none)", "(direct)", "Direct"},
      {Way::kReferral, "waermeverband.example", "referral", "(referral)", "Referral"},
  };
  p.topics = Topics();
  p.campaigns = {{"FW | Network operators", "Municipal utilities DE AT CH", 88, 4.6, 0.0062},
                 {"FW | Visitors again", "Visited in 90 days", 26, 3.1, 0.0095}};
  p.events = Events();
  p.end = On(2026, 10, 31);
  p.season = {1.00, 1.04, 1.08, 1.02, 1.00, 0.98, 0.90, 0.86, 1.04, 1.08, 1.10, 0.90};
  p.weekday = {1.25, 1.32, 1.30, 1.26, 1.03, 0.40, 0.44};
  p.followers = 13800;
  p.posts_per_week = 4;
  p.views_per_follower = 0.52;
  p.reach_share = 0.66;
  p.like = 0.016;
  p.comment = 0.0013;
  p.share = 0.0011;
  p.link_click = 0.0112;
  p.follow = 0.0011;
  p.unfollow = 0.00014;
  p.click_to_visit = 0.85;
  p.tagged_share = 0.76;
  p.prize_target_share = 0.47;
  p.foreign_lead = 0.6;
  p.answer_minutes = 95;
  p.never_answered = 0.05;
  p.never_answered_lost = p.At(EventId::kLostRouting).effect;
  p.sql_if_quick = 0.28;
  p.sql_if_late = 0.10;
  p.sql_foreign = 0.02;
  p.win_share = 0.20;
  p.deal_median = 16000;
  p.deal_sigma = 1.05;
  return p;
}

}  // namespace

const Parameters& BrandParameters() {
  static const Parameters parameters = Make();
  return parameters;
}

double Parameters::Demand(Day when) const {
  const std::chrono::year_month_day date{when};
  double factor = Season(season, when) * weekday[static_cast<std::size_t>(WeekdayOf(when))];
  if (!Holiday(when).empty()) factor *= 0.45;
  const unsigned code = unsigned{date.month()} * 100 + unsigned{date.day()};
  if (code >= 1222 || code <= 105) factor *= 0.40;
  return factor;
}

}  // namespace backcast::demo::b2b
