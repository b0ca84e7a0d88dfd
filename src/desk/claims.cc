// SPDX-License-Identifier: Apache-2.0
#include "desk/claims.h"

#include <cmath>

#include "desk/chain_json.h"
#include "desk/claims_table.h"
#include "desk/conversion.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

std::vector<Finding> FindingsOf(const Claims& claims, const Ready& ready,
                                const std::vector<ConvertedMoney>& conversions) {
  std::vector<Finding> findings = ConversionFindings(conversions);
  const auto add = [&](const char* rule, Severity severity, std::string message, std::string why,
                       std::string fix) {
    findings.push_back({.rule = rule,
                        .severity = severity,
                        .file = "",
                        .place = {},
                        .message = std::move(message),
                        .why = std::move(why),
                        .fix = std::move(fix),
                        .seed = "attribution",
                        .node = ""});
  };
  if (ready.one_setting) {
    add("M04", Severity::kWarning, ready.notes.front() + ".",
        "Each export has all of the spend, and its own count of the same sales.",
        "Export the ads under one setting.");
  }
  for (const ClaimKind& kind : claims.kinds) {
    if (kind.total.too_many) {
      add("M03", Severity::kWarning,
          "Ad platforms together claim " + ClaimCountWords(kind.total.claimed) + " " + kind.id +
              ", and there were " + ClaimCountWords(*kind.total.real) +
              " in all, ads or not: " + ClaimRatioWords(kind.total.ratio->value) + " times as many.",
          "Each platform counts every sale it touched; added up, sales are counted several times.",
          "Judge by the own books and one attribution model, and show the claims beside them.");
    }
    for (const PlatformRow& row : kind.platforms) {
      std::string settings;
      for (const auto& [setting, count] : row.settings)
        settings += (settings.empty() ? "" : "; ") + (setting.empty() ? "not named" : Shortened(setting));
      if (row.settings.size() < 2) continue;
      add("M05", Severity::kAdvice,
          Shortened(row.claim.platform) + " counts its " + kind.id + " under " +
              std::to_string(row.settings.size()) + " settings, and their sum mixes them: " + settings + ".",
          "A longer window claims more of the same sales, so sums over windows compare with nothing.",
          "Ask --by attribution_setting, or give the ads one setting.");
    }
  }
  return findings;
}

Json MaybeJson(const std::optional<double>& value, const std::string& unit, double n,
               const std::string& missing) {
  return ValueJson(value, unit, n, missing);
}

Json RatioJson(const std::optional<ClaimRatio>& ratio, const std::string& missing) {
  if (!ratio) return ValueJson({}, "ratio", 0, missing);
  const bool both = ratio->interval && std::isfinite(ratio->interval->high) && std::llround(ratio->own) > 0;
  return ValueJson(ratio->value, both ? std::optional(ratio->interval->low) : std::nullopt,
                   both ? std::optional(ratio->interval->high) : std::nullopt, "ratio", ratio->own);
}

Json PlatformJson(const PlatformRow& row, const ClaimKind& kind, const ClaimsAnswer& answered) {
  const std::string no_value = answered.claims.money_withheld.empty()
                                   ? "the platform reports no value of them"
                                   : answered.claims.money_withheld;
  const std::string no_own =
      kind.no_own.empty() ? "nothing came by the platform's paid channels" : kind.no_own;
  Json settings = Json::array();
  for (const auto& [setting, count] : row.settings)
    settings.push_back({{"setting", setting.empty() ? Json() : Json(setting)},
                        {"claimed", ValueJson(count, "count", count, "")}});
  const double claimed = row.claim.claimed;
  const std::optional<double> share =
      row.claim.view_only && claimed > 0 ? std::optional(*row.claim.view_only / claimed) : std::nullopt;
  return {{"platform", row.claim.platform},
          {"claimed", ValueJson(claimed, "count", claimed, "")},
          {"claimed_value", MaybeJson(row.claimed_value, answered.ready.currency, claimed, no_value)},
          {"view_through_share",
           MaybeJson(share, "ratio", claimed, "the export does not tell clicks from views")},
          {"spend", MaybeJson(row.spend, answered.ready.currency, 0, no_value)},
          {"own", MaybeJson(row.claim.own, "count", row.claim.own.value_or(0), no_own)},
          {"own_value", MaybeJson(row.own_value, answered.ready.currency, row.claim.own.value_or(0), no_own)},
          {"claim_ratio",
           RatioJson(row.claim.own ? RatioOfClaim(claimed, *row.claim.own) : std::nullopt, no_own)},
          {"attribution_settings", std::move(settings)}};
}

Json KindJson(const ClaimKind& kind, const ClaimsAnswer& answered) {
  Json platforms = Json::array();
  for (const PlatformRow& row : kind.platforms) platforms.push_back(PlatformJson(row, kind, answered));
  const ClaimTotal& total = kind.total;
  const double real = total.real.value_or(0);
  return {{"kind", kind.id},
          {"platforms", std::move(platforms)},
          {"total",
           {{"claimed", ValueJson(total.claimed, "count", total.claimed, "")},
            {"real", MaybeJson(total.real, "count", real, kind.no_own)},
            {"claim_ratio", RatioJson(total.ratio, kind.no_own.empty() ? "there were none" : kind.no_own)},
            {"limit", kClaimRatioLimit},
            {"too_many", total.too_many},
            {"counted_twice_at_least",
             MaybeJson(total.real ? std::optional(total.doubles.at_least) : std::nullopt, "count",
                       total.claimed, kind.no_own)},
            {"counted_twice_at_most",
             MaybeJson(total.real ? total.doubles.at_most : std::nullopt, "count", total.claimed,
                       kind.no_own.empty() ? kNoUpperLimit : kind.no_own)}}}};
}

std::string ToJsonText(const ClaimsAnswer& answered) {
  Json kinds = Json::array(), ages = Json::array(), findings = Json::array();
  for (const ClaimKind& kind : answered.claims.kinds) kinds.push_back(KindJson(kind, answered));
  for (const RestatedAge& age : answered.restated.ages) {
    ages.push_back(
        {{"platform", age.platform},
         {"age_from", age.from},
         {"age_to", age.to},
         {"then", ValueJson(age.then, "count", age.days, "")},
         {"now", ValueJson(age.now, "count", age.days, "")},
         {"change", MaybeJson(RestatedShare(age), "ratio", age.days, "nothing was claimed then")}});
  }
  for (const Finding& finding : answered.findings) findings.push_back(ToJson(finding));
  Json json =
      Envelope("claims", answered.workspace,
               {{"kinds", std::move(kinds)},
                {"restated",
                 {{"exports", answered.restated.exports},
                  {"ages", std::move(ages)},
                  {"needs", answered.restated.needs.empty() ? Json() : Json(answered.restated.needs)}}},
                {"sql", answered.claims.sql}});
  const Window& period = answered.ready.request.period;
  json["as_of"] = ToIso(answered.ready.request.as_of);
  json["period"] = {{"from", ToIso(period.from)}, {"to", ToIso(period.to - std::chrono::days{1})}};
  json["findings"] = std::move(findings);
  return Dump(json);
}

}  // namespace

Result<Answer> ShowClaims(Workspace& workspace, const ScoreOptions& options, Talk& talk) {
  BACKCAST_TRY(const Ready ready, Prepare(workspace, options, talk));
  BACKCAST_TRY(const Claims claims, ReadClaims(workspace, ready));
  if (claims.kinds.empty()) {
    return Error{
        Code::kTooLittle, "", "no ad platform claims a conversion in " + ToWords(ready.request.period),
        "have 0 claimed orders or leads, need an ad export with a column of conversions (backcast sources "
        "list), or another --period"};
  }
  BACKCAST_TRY(const std::vector<ConvertedMoney> conversions,
               ReadConversions(workspace, ready, {"ad_day", "order"}, {ready.request.period}));
  BACKCAST_TRY(const RestatedClaims restated, ReadRestatedClaims(workspace, ready, options, talk));
  const ClaimsAnswer answered{ready, claims, restated, workspace.name(),
                              FindingsOf(claims, ready, conversions)};
  Answer answer;
  if (options.sql) {
    for (const std::string& statement : claims.sql) answer.out += statement + ";\n\n";
    return answer;
  }
  switch (options.format) {
    case Format::kText:
      answer.out = ClaimsText(answered);
      break;
    case Format::kJson:
      answer.out = ToJsonText(answered);
      break;
    case Format::kCsv:
      answer.out = ClaimsCsv(answered);
      break;
    case Format::kMarkdown:
      answer.out = ClaimsMarkdown(answered);
      break;
  }
  return answer;
}

}  // namespace backcast
