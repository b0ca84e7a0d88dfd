// SPDX-License-Identifier: Apache-2.0
#include "demo/world.h"

namespace backcast::demo {
namespace {

std::vector<Stream> Streams(const Parameters& p) {
  using C = Channel;
  std::vector<Stream> streams = {
      {C::kInstagram, "instagram", "social", "always_on", "Organic Social"},
      {C::kInstagram, "l.instagram.com", "referral", "(referral)", "Organic Social"},
      {C::kFacebook, "facebook", "social", "always_on", "Organic Social"},
      {C::kFacebook, "m.facebook.com", "referral", "(referral)", "Organic Social"},
      {C::kX, "x", "social", "always_on", "Organic Social"},
      {C::kX, "t.co", "referral", "(referral)", "Organic Social"},
      {C::kYouTube, "youtube", "social", "always_on", "Organic Social"},
      {C::kYouTube, "youtube.com", "referral", "(referral)", "Organic Social"},
      {C::kEmail, "newsletter", "email", "weekly_letter", "Email"},
      {C::kOrganicSearch, "google", "organic", "(organic)", "Organic Search"},
      {C::kOrganicSearch, "bing", "organic", "(organic)", "Organic Search"},
      {C::kDirect, "(direct)", "(none)", "(direct)", "Direct"},
      {C::kReferral, "radreise-forum.example", "referral", "(referral)", "Referral"},
  };
  for (const AdCampaign& campaign : p.campaigns) {
    const bool search = campaign.channel == C::kGoogleAds;
    streams.push_back({campaign.channel, search ? "google" : "facebook", search ? "cpc" : "paid_social",
                       campaign.name, search ? "Paid Search" : "Paid Social", campaign.quality});
  }
  return streams;
}

}  // namespace

PostCounts& PostCounts::operator+=(const PostCounts& more) {
  views += more.views;
  reach += more.reach;
  likes += more.likes;
  comments += more.comments;
  shares += more.shares;
  saves += more.saves;
  link_clicks += more.link_clicks;
  profile_clicks += more.profile_clicks;
  other_clicks += more.other_clicks;
  follows += more.follows;
  media_views += more.media_views;
  return *this;
}

SiteCell& SiteCell::operator+=(const SiteCell& more) {
  sessions += more.sessions;
  bots += more.bots;
  engaged += more.engaged;
  users += more.users;
  new_users += more.new_users;
  carts += more.carts;
  checkouts += more.checkouts;
  orders += more.orders;
  opt_ins += more.opt_ins;
  leads += more.leads;
  revenue += more.revenue;
  return *this;
}

SiteCell& World::Cell(int day, int stream, int country) {
  const std::size_t row = static_cast<std::size_t>(day) * streams.size() + static_cast<std::size_t>(stream);
  return site[row * kAllCountries + static_cast<std::size_t>(country)];
}

const SiteCell& World::Cell(int day, int stream, int country) const {
  return const_cast<World*>(this)->Cell(day, stream, country);
}

World Simulate(const DemoOptions& options) {
  const Parameters& p = BrandParameters();
  World world;
  world.options = options;
  world.days = options.days;
  world.start = p.end - std::chrono::days{options.days - 1};
  world.streams = Streams(p);
  world.site.resize(static_cast<std::size_t>(world.days) * world.streams.size() * kAllCountries);
  SimulatePosts(world);
  SimulateAds(world);
  SimulateSite(world);
  SimulateOrders(world);
  SimulateSales(world);
  SimulateClaims(world);
  return world;
}

Person PersonOf(int number) {
  static constexpr std::array<std::string_view, 32> kFirst = {
      "Anna", "Ben",  "Clara", "David", "Emil",  "Frieda", "Greta", "Hannes", "Ida",   "Jakob", "Karla",
      "Lena", "Mats", "Nora",  "Oskar", "Paula", "Rieke",  "Simon", "Thea",   "Urs",   "Vera",  "Wim",
      "Jule", "Till", "Mila",  "Finn",  "Jana",  "Lars",   "Ronja", "Sven",   "Tilda", "Jörg"};
  static constexpr std::array<std::string_view, 29> kLast = {
      "Ahrens",  "Böhm",   "Claasen", "Dierks",  "Ehmke", "Fink",     "Gerdes", "Hagen",  "Ibsen",  "Jessen",
      "Köster",  "Lüders", "Maurer",  "Niemann", "Otten", "Petersen", "Quast",  "Rohde",  "Seidel", "Thoms",
      "Ullrich", "Vogt",   "Wulff",   "Zander",  "Brehm", "Steiner",  "Huber",  "Gruber", "Moser"};
  Person person;
  person.first = kFirst[static_cast<std::size_t>(number * 7 % 32)];
  person.last = kLast[static_cast<std::size_t>(number * 11 % 29)];
  std::string plain;
  const std::string name = person.first + "." + person.last;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    if (c == 0xC3 && i + 1 < name.size()) {  // the two umlauts of the lists
      plain += static_cast<unsigned char>(name[++i]) == 0xB6 ? "oe" : "ue";
    } else {
      plain += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
  }
  person.email = plain + "." + std::to_string(number) + (number % 3 == 0 ? "@example.org" : "@example.com");
  return person;
}

const std::vector<Product>& Products() {
  static const std::vector<Product> products = {
      {"Pannier bag Deich 22 l", "TH-DEICH-22", 6900, 1.6},
      {"Pannier bag Deich 40 l pair", "TH-DEICH-40", 12900, 0.9},
      {"Handlebar bag Möwe", "TH-MOEWE-07", 5400, 1.1},
      {"Frame bag Priel", "TH-PRIEL-04", 4900, 1.0},
      {"Child trailer Kogge", "TH-KOGGE-2", 48900, 0.12},
      {"Trailer rain cover", "TH-KOGGE-RC", 3900, 0.3},
      {"Rain jacket Schauer", "TH-SCHAU-M", 11900, 0.6},
      {"Rain trousers Schauer", "TH-SCHAU-T", 8900, 0.4},
      {"Repair kit Flickzeug", "TH-FLICK-01", 1990, 1.4},
      {"Touring tent Warft 2", "TH-WARFT-2", 24900, 0.2},
      {"Camping mug", "TH-MUG-03", 1290, 1.2},
      {"Straps, set of four", "TH-STRAP-4", 990, 1.3},
      {"Map holder", "TH-MAP-01", 1890, 0.7},
      {"Head torch", "TH-LAMP-02", 2990, 0.6},
  };
  return products;
}

}  // namespace backcast::demo
