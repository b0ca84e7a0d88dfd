// SPDX-License-Identifier: Apache-2.0
#include "demo/parameters.h"
#include "demo/voices.h"

namespace backcast::demo {
namespace {

VoiceParameters Make() {
  using std::chrono::year;
  const Day never{year{2100} / 1 / 1};
  const Parameters& p = BrandParameters();
  const auto window = [&p](EventId id) { return std::pair(p.At(id).from, p.At(id).to); };
  const auto [guide, guide_ends] = window(EventId::kSizeGuide);
  const auto [leave, leave_ends] = window(EventId::kSalesLeave);
  const auto [card, card_ends] = window(EventId::kBrokenCheckout);
  VoiceParameters v{};
  v.topics = {{
      {"late", "Parcel comes late", "The carrier fetches parcels once a day", 0.30, 5.0,
       Day{year{2026} / 8 / 3}, never, 0.30},
      {"size", "Bag does not fit the rack", "Two size tables on the site until March", 0.19, 1.9, guide,
       guide_ends, 0.50},
      {"back", "Request not answered", "No stand-in when the sales owner is away", 0.04, 0.2, leave,
       leave_ends, 4.0},
      {"card", "Card payment fails", "Update of the checkout", 0.01, 0.1, card, card_ends, 20.0},
      {"zip", "Zip breaks", "Quality of the sliders of the 2025 bags", 0.13, 0.5, never, never, 1.0},
      {"return", "Refund and return", "Refunds are paid once a week", 0.13, 0, never, never, 1.0},
      {"advice", "Which bag for which tour", "No advice by tour on the product page", 0.15, 0, never, never,
       1.0},
      {"other", "Other", "", 0.05, 0, never, never, 1.0},
  }};
  v.brands = {{
      {"Tannhoop", 7.0, {0.12, 0.36, 0.52}},
      {"Speichenhof", 5.0, {0.24, 0.40, 0.36}},
      {"Taschenwal", 3.0, {0.14, 0.46, 0.40}},
  }};
  v.topic_tones = {0.78, 0.16, 0.06};
  v.spam = 0.02;
  v.speaks_of_fix = 0.2;
  v.ways = {{
      {"email", 3.6, 210, 0.03, false},
      {"instagram", 1.9, 55, 0.09, false},
      {"facebook", 1.5, 75, 0.06, true},
      {"x", 0.6, 40, 0.15, false},
  }};
  v.calls_per_day = 4.4;  // on a working day
  v.call_abandoned = 0.08;
  v.resolved_by_reply = 0.82;
  v.opened_again = 0.07;
  v.asked_after_contact = 0.6;
  v.answers_survey = 0.34;
  v.content = 0.81;
  v.recommends = {0.16, 0.30, 0.54};
  v.creators = {{
      {"@mia.rollt", "instagram", "MIA", "", 38000, 9000, 17, 2300, 0.06, 0.72, true},
      {"Kettenfunk", "youtube", "KETTENFUNK", "creator_kettenfunk", 52000, 13000, 26, 3100, 0.04, 0.66, true},
      {"@alpenlotte", "instagram", "LOTTE", "", 165000, 24000, 16, 6200, 0.05, 0.58, true},
      {"@radstern", "instagram", "RADSTERN", "", 42000, 6900, 9, 5400, 0.43, 0.50, false},
  }};
  v.threads_per_day = 1.6;
  v.asks_question = 0.6;
  v.answered_by_peer = 0.72;
  v.answered_by_staff = 0.5;
  v.peer_hours = 5;
  v.thanks = 0.45;
  v.forum_opens = Day{year{2026} / 1 / 12};
  return v;
}

}  // namespace

const VoiceParameters& BrandVoices() {
  static const VoiceParameters parameters = Make();
  return parameters;
}

}  // namespace backcast::demo
