// SPDX-License-Identifier: Apache-2.0
#include "demo/captions.h"

#include <array>
#include <chrono>
#include <map>
#include <vector>

namespace backcast::demo {
namespace {

const std::map<std::string_view, std::vector<std::string_view>>& Sentences() {
  static const std::map<std::string_view, std::vector<std::string_view>> sentences = {
      {"people",
       {"Merle and her twins rode home from the sea, 61 km, two ice creams each.",
        "Jonte sews every strap himself. We asked him why. \"Because I ride them too,\" he said.",
        "Meet Onno, 74: he has packed parcels here since the first day.",
        "Three sisters, one tent, eleven days. This is what they would leave at home next time.",
        "Our apprentice Ilse crossed the Alps last week. She is back, and tired, and proud."}},
      {"routes",
       {"Weser in a weekend: 118 km, flat, with a ferry that takes trailers.",
        "A quiet loop around the Müritz, good for children of six and up.",
        "Where to sleep between Passau and Linz without a booking.",
        "Four stops with drinking water on the Baltic path."}},
      {"repair",
       {"How to mend a torn liner in ten minutes, with a needle and patience.",
        "Your buckle broke? Spare buckles are free. Here is how to change one.",
        "Reproofing a jacket: wash, spray, warm, done.", "Zip stuck? Candle wax, then patience."}},
      {"tips",
       {"What goes at the bottom: tools, stove, wet things.",
        "One bag for each child: the packing list for a weekend.",
        "Which size fits which rack? The short answer in one picture.",
        "Seven things nobody needs on tour, and two that everybody forgets."}},
      {"product",
       {"New in the shop: Priel, the frame bag in moss green.",
        "Deich 22 l is back, now with a lighter hook.", "The Schauer jacket, tested at 10,000 mm.",
        "Kogge, the trailer for two, ships again from Monday."}}};
  return sentences;
}

}  // namespace

int BerlinOffset(Day day) {
  const std::chrono::year year = std::chrono::year_month_day{day}.year();
  const Day begins{year / std::chrono::March / std::chrono::Sunday[std::chrono::last]};
  const Day ends{year / std::chrono::October / std::chrono::Sunday[std::chrono::last]};
  return begins < day && day <= ends ? 120 : 60;
}

std::string PostId(Channel channel, Day day, int minute, int number) {
  const std::int64_t seconds =
      day.time_since_epoch().count() * std::int64_t{86400} + std::int64_t{60} * (minute - BerlinOffset(day));
  switch (channel) {
    case Channel::kX:
      return std::to_string(((seconds * 1000 - 1288834974657) << 22) | (number & 0xFFF));
    case Channel::kInstagram:
      return std::to_string(17900000000000000 + seconds * 100 + number);
    case Channel::kFacebook:
      return "122" + std::to_string(100000000000 + seconds * 7 + number);
    default:
      break;
  }
  static constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string id;
  for (std::uint64_t rest = static_cast<std::uint64_t>(number + 1) * 0x9E3779B97F4A7C15ULL; id.size() < 11;
       rest = rest * 31 + 7)
    id += kLetters[(rest >> 40) & 63];
  if (number % 9 == 4) id[0] = '-';
  return id;
}

std::string Caption(Channel channel, const Theme& theme, bool giveaway, int number, Random& random) {
  const auto& choices = Sentences().at(theme.id);
  std::string text(choices[static_cast<std::size_t>(random.Below(static_cast<int>(choices.size())))]);
  if (giveaway) text = "Win a trailer: like, tag a friend and follow us until Sunday! " + text;
  if (random.Chance(0.3)) text += channel == Channel::kYouTube ? " | Tannhoop" : " \xF0\x9F\x9A\xB2";
  if (channel == Channel::kYouTube) return text + " (" + std::to_string(number + 1) + ")";
  text += random.Chance(0.4) ? "\n\n" : " ";
  return text + std::string(theme.hashtag) + " #tannhoop";
}

}  // namespace backcast::demo
