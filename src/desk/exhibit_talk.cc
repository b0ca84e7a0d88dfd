// SPDX-License-Identifier: Apache-2.0
#include "base/number.h"
#include "desk/exhibit_parts.h"
#include "desk/listening.h"

namespace backcast {
namespace {

constexpr std::size_t kMostBrands = 8;

ExhibitCell NetCell(const ToneCounts& counts) {
  const auto net = NetOf(counts);
  return net ? NumberCell(net->value, "ratio", "", net->interval, net->n)
             : NumberCell({}, "ratio", "no mention could be classified");
}

Exhibit ExhibitOf(const Listening& heard) {
  Exhibit exhibit = NewExhibit("talk", "backcast listen",
                               {"brand", "mentions", "share", "net_sentiment", "before", "change_of_tone"});
  for (std::size_t i = 0; i < heard.brands.size() && i < kMostBrands; ++i) {
    const HeardGroup& brand = heard.brands[i];
    const double mentions = brand.now.all();
    // A brand that was collected from another day on has no share that compares.
    const bool comparable = brand.collection.empty() && heard.mentions_now > 0;
    exhibit.rows.push_back(
        {WordsCell(brand.name.empty() ? "(not said)" : brand.name),
         NumberCell(mentions, "count", "", {}, mentions),
         NumberCell(comparable ? std::optional(mentions / heard.mentions_now) : std::nullopt, "ratio",
                    brand.collection, {}, heard.mentions_now),
         NetCell(brand.now), NetCell(brand.before), WordsCell(WithBlanks(ToWord(brand.change.verdict)))});
  }
  if (heard.brands.size() > kMostBrands)
    exhibit.notes.push_back(Counted(static_cast<std::int64_t>(heard.brands.size() - kMostBrands), "brand") +
                            " with fewer mentions are left out here.");
  exhibit.notes.insert(exhibit.notes.end(), heard.warnings.begin(), heard.warnings.end());
  if (!heard.reading.not_corrected.empty()) exhibit.notes.push_back(heard.reading.not_corrected);
  return exhibit;
}

}  // namespace

Result<Exhibits> TalkExhibits(Workspace& workspace, const Ready& ready, Talk& /*talk*/) {
  Exhibits exhibits;
  if (!HasRows(ready.coverage, "mention") || !ready.request.filters.empty()) return exhibits;
  BACKCAST_TRY(const Listening heard, ReadListening(workspace, ready, {}));
  if (heard.mentions_now == 0) return exhibits;
  exhibits.exhibits.push_back(ExhibitOf(heard));
  exhibits.sql = heard.sql;
  return exhibits;
}

}  // namespace backcast
