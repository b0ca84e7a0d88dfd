// SPDX-License-Identifier: Apache-2.0
#include "demo/parameters.h"

#include <chrono>
#include <utility>

namespace backcast::demo {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

Day On(int y, unsigned m, unsigned d) { return Day{year{y} / month{m} / day{d}}; }

std::array<Event, kEvents> Events() {
  const Day open = On(2100, 1, 1);
  using E = EventId;
  return {{
      {E::kBlackFriday, "black_friday", "Week of Black Friday: code TOUR15 for 15 %", "demand", "i.brandes",
       On(2025, 11, 24), On(2025, 12, 1), 1.75, "orders", "higher"},
      {E::kGiveaway, "giveaway", "Prize draw for a trailer on Instagram", "engagement", "j.reimers",
       On(2026, 4, 13), On(2026, 4, 27), 4.0, "targeted_sessions", "higher"},
      {E::kSizeGuide, "size_guide", "One size guide with photos of customers' bicycles", "return_rate",
       "m.adomeit", On(2026, 3, 16), open, 0.60, "return_rate", "lower"},
      {E::kProductPages, "product_pages", "New product pages with weight, volume and fitting racks",
       "add_to_cart_rate", "m.adomeit", On(2026, 5, 4), open, 1.14, "add_to_cart_rate", "higher"},
      {E::kBotBurst, "bot_burst", "Bot followers and bot visits on X: extra visits a day", "bots", "",
       On(2026, 6, 8), On(2026, 6, 22), 190, "", ""},
      {E::kReelsPush, "reels_push", "Instagram shows short clips to more people; clicks stay where they were",
       "views", "", On(2026, 6, 15), open, 1.8, "", ""},
      {E::kSalesLeave, "sales_leave",
       "Sales owner on leave, nobody stands in: more than half is never answered", "unworked_lead_share",
       "t.sievers", On(2026, 7, 6), On(2026, 8, 10), 11.0, "", ""},
      {E::kLinkSeries, "link_series",
       "Packing lists and routes every week, each with one link to the right page", "link_clicks",
       "j.reimers", On(2026, 7, 1), open, 1.45, "targeted_sessions", "higher"},
      {E::kMoreBudget, "more_budget", "Half as much again for Meta prospecting", "ad_spend", "kreisel",
       On(2026, 8, 1), open, 1.5, "targeted_sessions", "higher"},
      {E::kBrokenCheckout, "broken_checkout", "Card payment fails in the checkout after an update",
       "checkout_completion_rate", "m.adomeit", On(2026, 8, 10), On(2026, 8, 17), 0.5, "", ""},
      {E::kPriceRise, "price_rise", "Prices up by 6 %", "add_to_cart_rate", "p.ehlers", On(2026, 9, 1), open,
       0.86, "aov", "higher"},
      {E::kAdFatigue, "ad_fatigue", "Prospecting ads not renewed: click rate times this factor every day",
       "link_ctr", "kreisel", On(2026, 8, 15), open, 0.994, "", ""},
  }};
}

Parameters Make() {
  Parameters p{};
  p.channels = {{
      {"instagram", "organic_social", 0, 0.84, 0.56, 0.62, 0.040, 0.017, 0.0042, 1},
      {"facebook", "organic_social", 0, 0.88, 0.54, 0.52, 0.042, 0.014, 0.0048, 1},
      {"x", "organic_social", 0, 0.66, 0.47, 0.60, 0.032, 0.011, 0.0030, 4},
      {"youtube", "organic_social", 0, 0.74, 0.63, 0.66, 0.046, 0.019, 0.0046, 0},
      {"meta_ads", "paid_social", 0, 0.97, 0.45, 0.78, 0.036, 0.012, 0.0034, 3},
      {"google_ads", "paid_search", 0, 0.98, 0.61, 0.70, 0.066, 0.008, 0.0046, 1},
      {"email", "email", 0, 0.97, 0.68, 0.10, 0.085, 0.0, 0.0022, 0},
      {"organic_search", "organic_search", 430, 0.89, 0.60, 0.68, 0.056, 0.009, 0.0036, 2},
      {"direct", "direct", 230, 0.87, 0.58, 0.42, 0.062, 0.007, 0.0038, 12},
      {"referral", "referral", 48, 0.82, 0.57, 0.64, 0.044, 0.010, 0.0040, 3},
  }};
  p.platforms = {{
      {"tannhoop", 36800, 5, 0.30, 0.80, 0.034, 0.0030, 0.0022, 0.0046, 0.0105, 0.004, 0.00062, 0.00022},
      {"Tannhoop Touring", 21400, 4, 0.27, 0.83, 0.016, 0.0026, 0.0020, 0.0, 0.0170, 0.003, 0.00030, 0.00018},
      {"tannhoop", 6400, 9, 0.28, 0.88, 0.011, 0.0012, 0.0016, 0.0, 0.0085, 0.005, 0.00050, 0.00030},
      {"Tannhoop", 5300, 1, 0.95, 0.72, 0.042, 0.0038, 0.0030, 0.0, 0.0190, 0.0, 0.0040, 0.00015},
  }};
  p.themes = {
      {"people", "#unterwegsmit", 0.20, 2.0, 1.0},  {"routes", "#tourentipp", 0.20, 1.15, 1.15},
      {"repair", "#flickstunde", 0.16, 1.10, 1.20}, {"tips", "#packliste", 0.16, 1.0, 1.35},
      {"product", "#neuimladen", 0.28, 0.75, 1.25},
  };
  p.campaigns = {
      {Channel::kMetaAds, "m1", "TH | Prospecting | Families", "OUTCOME_SALES", 62, 8.2, 0, 0.0125, 0, 1.0},
      {Channel::kMetaAds, "m2", "TH | Prospecting | Tourers", "OUTCOME_SALES", 48, 9.1, 0, 0.0115, 0, 0.95},
      {Channel::kMetaAds, "m3", "TH | Retargeting | Cart", "OUTCOME_SALES", 16, 12.5, 0, 0.0180, 0, 2.1},
      {Channel::kGoogleAds, "g1", "Search | Brand", "Sales", 0, 0, 430, 0.125, 0.34, 1.35},
      {Channel::kGoogleAds, "g2", "Search | Pannier bags", "Sales", 0, 0, 3900, 0.031, 0.82, 0.95},
      {Channel::kGoogleAds, "g3", "Search | Child trailers", "Sales", 0, 0, 2500, 0.027, 1.05, 0.85},
  };
  p.events = Events();
  p.end = On(2026, 10, 31);
  p.season = {0.74, 0.80, 0.96, 1.09, 1.20, 1.18, 1.10, 1.02, 0.98, 0.93, 0.94, 1.00};
  p.weekday = {0.99, 0.95, 0.95, 0.96, 0.91, 1.05, 1.19};
  p.click_to_visit_social = 0.86;
  p.click_to_visit_meta = 0.80;
  p.click_to_visit_search = 0.93;
  p.tagged_share = 0.78;
  p.checkout_at_once = 0.50;
  p.return_share = 0.36;
  p.return_checkout = 0.80;
  p.completion = 0.62;
  p.confirm_share = 0.74;
  p.return_rate = 0.15;
  p.cancel_rate = 0.010;
  p.repeat_share = 0.24;
  p.source_lost = 0.04;
  p.answer_minutes = 38;
  p.never_answered = 0.05;
  p.never_answered_on_leave = 0.55;
  p.sql_if_quick = 0.42;
  p.sql_if_late = 0.15;
  p.win_share = 0.46;
  p.foreign_cart = 0.12;
  p.newsletter_readers = 9200;
  p.newsletter_click = 0.021;
  return p;
}

}  // namespace

const Parameters& BrandParameters() {
  static const Parameters parameters = Make();
  return parameters;
}

int WeekdayOf(Day when) { return static_cast<int>(std::chrono::weekday{when}.iso_encoding()) - 1; }

std::string_view Holiday(Day when) {
  const std::chrono::year_month_day date{when};
  const unsigned code = unsigned{date.month()} * 100 + unsigned{date.day()};
  switch (code) {
    case 101:
      return "New Year";
    case 501:
      return "Labour Day";
    case 1003:
      return "Day of German Unity";
    case 1225:
      return "Christmas Day";
    case 1226:
      return "Second day of Christmas";
    default:
      break;
  }
  const int y = int{date.year()};  // Gauss's rule, Gregorian, years 1900 to 2099
  const int d = (19 * (y % 19) + 24) % 30;
  const int e = (2 * (y % 4) + 4 * (y % 7) + 6 * d + 5) % 7;
  const int late = (d == 29 && e == 6) || (d == 28 && e == 6 && y % 19 > 10) ? 7 : 0;
  const Day easter = On(y, 3, 22) + std::chrono::days{d + e - late};
  switch ((when - easter).count()) {
    case -2:
      return "Good Friday";
    case 1:
      return "Easter Monday";
    case 39:
      return "Ascension Day";
    case 50:
      return "Whit Monday";
    default:
      return "";
  }
}

double Parameters::Effect(EventId id, Day when) const { return Active(id, when) ? At(id).effect : 1.0; }

double Season(const std::array<double, 12>& months, Day when) {
  const std::chrono::year_month_day date{when};
  const int m = static_cast<int>(unsigned{date.month()}) - 1;
  const double along =
      (static_cast<double>(unsigned{date.day()}) - 15.5) / 30.5;  // -0.5 .. 0.5 around mid-month
  const double here = months[static_cast<std::size_t>(m)];
  const double there = months[static_cast<std::size_t>((m + (along < 0 ? 11 : 1)) % 12)];
  return here + (there - here) * (along < 0 ? -along : along);
}

double Parameters::Demand(Day when) const {
  const std::chrono::year_month_day date{when};
  double factor = Season(season, when);
  factor *= weekday[static_cast<std::size_t>(WeekdayOf(when))];
  if (!Holiday(when).empty()) factor *= 0.88;
  const unsigned code = unsigned{date.month()} * 100 + unsigned{date.day()};
  if (code >= 1221 && code <= 1231) factor *= 0.62;
  return factor * Effect(EventId::kBlackFriday, when);
}

}  // namespace backcast::demo
