// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "desk/claims_data.h"
#include "desk/exhibit_parts.h"

namespace backcast {
namespace {

ExhibitCell RatioCell(const std::optional<ClaimRatio>& ratio) {
  if (!ratio) return WordsCell("");
  std::optional<Interval> interval = ratio->interval;
  if (interval && !std::isfinite(interval->high)) interval.reset();
  return NumberCell(ratio->value, "score", "", interval, ratio->own);
}

std::vector<ExhibitCell> Row(const std::string& name, double claimed, const std::optional<double>& own,
                             const std::optional<ClaimRatio>& ratio, const std::optional<double>& view_only) {
  return {
      WordsCell(name), NumberCell(claimed, "count", "", {}, claimed),
      NumberCell(own, "count", "no row of the own books names this platform's channel", {}, own),
      RatioCell(ratio),
      view_only && claimed > 0 ? NumberCell(*view_only / claimed, "ratio", "", {}, claimed) : WordsCell("")};
}

Quantity Count(const char* name, double value) { return {.name = name, .value = value, .unit = "count"}; }

std::vector<Claim> ClaimsOf(const ClaimKind& kind) {
  std::vector<Claim> claims;
  const ClaimTotal& total = kind.total;
  if (!total.real) return claims;
  const ClaimWords words = {{"things", kind.id}};
  const bool bounded = total.ratio && total.ratio->interval && std::isfinite(total.ratio->interval->high);
  if (total.too_many && bounded) {
    Say(claims, "claims.too_many",
        {Count("claimed", total.claimed),
         Count("real", *total.real),
         {.name = "ratio",
          .value = total.ratio->value,
          .low = total.ratio->interval->low,
          .high = total.ratio->interval->high,
          .n = static_cast<std::int64_t>(total.ratio->own),
          .unit = "score"}},
        words);
  } else {
    Say(claims, "claims.fit", {Count("claimed", total.claimed), Count("real", *total.real)}, words);
  }
  if (total.doubles.at_least > 0) {
    std::vector<Quantity> quantities = {Count("at_least", total.doubles.at_least)};
    if (total.doubles.at_most) quantities.push_back(Count("at_most", *total.doubles.at_most));
    Say(claims, total.doubles.at_most ? "claims.doubles.both" : "claims.doubles", std::move(quantities),
        words);
  }
  return claims;
}

Exhibit ExhibitOf(const ClaimKind& kind) {
  Exhibit exhibit =
      NewExhibit("claims", "backcast claims", {"platform", "claimed", "measured", "ratio", "no_click"});
  exhibit.subject = kind.id;
  for (const PlatformRow& row : kind.platforms) {
    exhibit.rows.push_back(Row(row.claim.platform, row.claim.claimed, row.claim.own,
                               row.claim.own ? RatioOfClaim(row.claim.claimed, *row.claim.own) : std::nullopt,
                               row.claim.view_only));
  }
  exhibit.rows.push_back(Row("all platforms", kind.total.claimed, kind.total.real, kind.total.ratio, {}));
  exhibit.claims = ClaimsOf(kind);
  if (!kind.no_own.empty()) exhibit.notes.push_back("Nothing to compare with: " + kind.no_own + ".");
  return exhibit;
}

}  // namespace

Result<Exhibits> ClaimExhibits(Workspace& workspace, const Ready& ready, Talk& /*talk*/) {
  BACKCAST_TRY(const Claims claims, ReadClaims(workspace, ready));
  Exhibits exhibits;
  for (const ClaimKind& kind : claims.kinds) exhibits.exhibits.push_back(ExhibitOf(kind));
  if (!exhibits.exhibits.empty()) exhibits.sql = claims.sql;
  return exhibits;
}

}  // namespace backcast
