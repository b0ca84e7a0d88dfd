// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "desk/attribute_words.h"
#include "desk/exhibit_parts.h"
#include "facts/channel_groups.h"

namespace backcast {
namespace {

constexpr std::size_t kMostChannels = 10;

std::vector<Claim> ClaimsOf(const AskedJourneys& asked, const Credits& credits, const CreditWords& words) {
  std::vector<Claim> claims;
  const ModelCredit& headline = *words.headline();
  const auto title = [&](int channel) { return ChannelTitle(words.Name(channel)); };
  Say(claims, "credit.covered",
      {{.name = "credited", .value = credits.totals.conversions, .unit = "count", .exact = true},
       {.name = "all", .value = asked.conversions, .unit = "count", .exact = true}},
      {{"subject", asked.subject}});
  const ChannelCredit& most = *words.Ranked().front();
  Say(claims, "credit.most",
      {{.name = "credited",
        .value = most.credit,
        .low = most.low,
        .high = most.high,
        .n = static_cast<std::int64_t>(credits.totals.conversions),
        .unit = "count"},
       {.name = "all", .value = credits.totals.conversions, .unit = "count", .exact = true}},
      {{"model", WithBlanks(headline.id)}, {"channel", title(most.channel)}, {"subject", asked.subject}});
  if (!credits.spread.empty() && credits.models.size() > 1) {
    const CreditSpread& widest = credits.spread.front();
    Say(claims, "credit.disagree",
        {{.name = "points", .value = widest.points(), .unit = "percent_points"},
         {.name = "least", .value = widest.least, .unit = "ratio"},
         {.name = "most", .value = widest.most, .unit = "ratio"}},
        {{"channel", title(widest.channel)},
         {"least_model", WithBlanks(widest.least_model)},
         {"most_model", WithBlanks(widest.most_model)}});
  }
  for (const HoldOut& test : asked.hold_outs) {
    std::string channels;
    for (const int channel : test.channels) channels += (channels.empty() ? "" : ", ") + title(channel);
    Say(claims, "credit.caused",
        {{.name = "caused",
          .value = test.caused,
          .low = test.low,
          .high = test.high,
          .n = test.n,
          .unit = "ratio"},
         {.name = "share", .value = words.CreditedShare(test), .unit = "ratio"}},
        {{"channel", channels}, {"model", WithBlanks(headline.id)}});
  }
  return claims;
}

Exhibit ExhibitOf(const AskedJourneys& asked, const Credits& credits, const CreditWords& words) {
  Exhibit exhibit =
      NewExhibit("attribution", "backcast attribute", {"channel", "credit", "share", "value", "band"});
  exhibit.subject = asked.subject;
  const auto ranked = words.Ranked();
  for (std::size_t i = 0; i < ranked.size() && i < kMostChannels; ++i) {
    const ChannelCredit& one = *ranked[i];
    const auto interval = [](const std::optional<double>& low, const std::optional<double>& high) {
      return low && high ? std::optional(Interval{*low, *high}) : std::nullopt;
    };
    const auto spread = std::find_if(credits.spread.begin(), credits.spread.end(),
                                     [&](const CreditSpread& each) { return each.channel == one.channel; });
    exhibit.rows.push_back(
        {WordsCell(ChannelTitle(words.Name(one.channel))),
         NumberCell(one.credit, "count", "", interval(one.low, one.high), credits.totals.conversions),
         NumberCell(one.share, "ratio", "", interval(one.share_low, one.share_high),
                    credits.totals.conversions),
         NumberCell(one.value, asked.currency.empty() ? "currency" : asked.currency, "",
                    interval(one.value_low, one.value_high), credits.totals.conversions),
         WordsCell(spread == credits.spread.end()
                       ? ""
                       : ShareInWords(spread->low.value_or(spread->least)) + " to " +
                             ShareInWords(spread->high.value_or(spread->most)))});
  }
  exhibit.claims = ClaimsOf(asked, credits, words);
  if (std::string band = words.Band(); !band.empty()) exhibit.notes.push_back(std::move(band));
  for (const CoverageCause& cause : asked.causes)
    exhibit.notes.push_back(CountInWords(cause.conversions) +
                            (cause.credited ? " of these: " : " without: ") + cause.says + ". " + cause.fix);
  return exhibit;
}

}  // namespace

Result<Exhibits> CreditExhibits(Workspace& workspace, const Ready& ready, Talk& /*talk*/) {
  Exhibits exhibits;
  // A card of one channel or region would be credited with the journeys of all.
  if (!ready.request.filters.empty()) return exhibits;
  const AttributeCommand command;
  BACKCAST_TRY(const AskedJourneys asked, ReadJourneysOfLake(workspace, ready, command));
  const Credits credits = CreditsOf(asked, command);
  const CreditWords words(asked, credits);
  if (words.headline() != nullptr && credits.totals.conversions >= kFewestConversions)
    exhibits.exhibits.push_back(ExhibitOf(asked, credits, words));
  return exhibits;
}

}  // namespace backcast
