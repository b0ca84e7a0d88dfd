// SPDX-License-Identifier: Apache-2.0
#include "desk/claims.h"

#include <cmath>

#include "base/number.h"
#include "desk/chain_json.h"
#include "desk/claims_data.h"
#include "desk/claims_restated.h"
#include "desk/conversion.h"
#include "plan/rulebook.h"
#include "report/hostile.h"

namespace backcast {
namespace {

constexpr const char* kUpperBroken =
    "one platform alone claims more than there is, so it counts what is no conversion or counts one twice, "
    "and "
    "nothing limits how many";

std::string NameOf(const std::string& kind) { return kind == "orders" ? "order" : "lead"; }

/// A count of things as people write it; fractional counts of data-driven models keep one digit.
std::string CountWords(double count) { return FormatNumber(std::round(count * 10) / 10, "count", false); }

std::string RatioWords(double ratio) {
  char buffer[32];
  std::snprintf(buffer, sizeof(buffer), "%.2f", ratio);
  return buffer;
}

std::string RatioWords(const ClaimRatio& ratio) {
  std::string words = RatioWords(ratio.value);
  if (ratio.interval && std::isfinite(ratio.interval->high))
    words += " (95 %: " + RatioWords(ratio.interval->low) + " to " + RatioWords(ratio.interval->high) +
             ", n = " + CountWords(ratio.own) + ")";
  return words;
}

std::string AgeWords(const RestatedAge& age) {
  return std::to_string(age.from) + " to " + std::to_string(age.to) + " days";
}

std::optional<double> Restated(const RestatedAge& age) {
  return age.then > 0 ? std::optional(age.now / age.then - 1) : std::nullopt;
}

/// Everything that is answered.
struct Answered {
  const Ready& ready;
  const Claims& claims;
  const RestatedClaims& restated;
  std::string workspace;
  std::vector<Finding> findings;
};

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
  for (const std::string& note : ready.notes) {
    add("M04", Severity::kWarning, note + ".",
        "Each export has all of the spend, and its own count of the same sales.",
        "Export the ads under one setting.");
  }
  for (const ClaimKind& kind : claims.kinds) {
    if (kind.total.too_many) {
      add("M03", Severity::kWarning,
          "Ad platforms together claim " + CountWords(kind.total.claimed) + " " + kind.id +
              ", and there were " + CountWords(*kind.total.real) +
              " in all, ads or not: " + RatioWords(kind.total.ratio->value) + " times as many.",
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

Json PlatformJson(const PlatformRow& row, const ClaimKind& kind, const Answered& answered) {
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

Json KindJson(const ClaimKind& kind, const Answered& answered) {
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
                       kind.no_own.empty() ? kUpperBroken : kind.no_own)}}}};
}

std::string ToJsonText(const Answered& answered) {
  Json kinds = Json::array(), ages = Json::array(), findings = Json::array();
  for (const ClaimKind& kind : answered.claims.kinds) kinds.push_back(KindJson(kind, answered));
  for (const RestatedAge& age : answered.restated.ages) {
    ages.push_back({{"platform", age.platform},
                    {"age_from", age.from},
                    {"age_to", age.to},
                    {"then", ValueJson(age.then, "count", age.days, "")},
                    {"now", ValueJson(age.now, "count", age.days, "")},
                    {"change", MaybeJson(Restated(age), "ratio", age.days, "nothing was claimed then")}});
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

// ---------------------------------------------------------------- the same as a table

using Cells = std::vector<std::string>;

Cells RowCells(const PlatformRow& row, const ClaimKind& kind, const std::string& currency) {
  const auto money = [&](const std::optional<double>& amount) {
    return amount ? FormatNumber(*amount, currency, false) : std::string("-");
  };
  const std::optional<ClaimRatio> ratio =
      row.claim.own ? RatioOfClaim(row.claim.claimed, *row.claim.own) : std::nullopt;
  std::string settings;
  for (const auto& [setting, count] : row.settings)
    settings += (settings.empty() ? "" : "; ") + (setting.empty() ? "not named" : setting);
  const bool views = row.claim.view_only && row.claim.claimed > 0;
  return {row.claim.platform,
          CountWords(row.claim.claimed),
          row.claim.own ? CountWords(*row.claim.own) : "-",
          ratio ? RatioWords(*ratio) : "-",
          money(row.claimed_value),
          kind.id == "orders" ? money(row.own_value) : "-",
          views ? FormatNumber(*row.claim.view_only / row.claim.claimed, "ratio", true) : "-",
          settings};
}

Cells Heads(const ClaimKind& kind) {
  return {"platform",      kind.id + " claimed", "own books",       "claim ratio",
          "value claimed", "own net value",      "without a click", "settings"};
}

Cells TotalCells(const ClaimKind& kind) {
  return {"all platforms",
          CountWords(kind.total.claimed),
          kind.total.real ? CountWords(*kind.total.real) + " (all " + kind.id + ")" : "-",
          kind.total.ratio ? RatioWords(*kind.total.ratio) : "-",
          "",
          "",
          "",
          ""};
}

/// What the sum of claims means, in sentences.
std::vector<std::string> Sentences(const ClaimKind& kind) {
  std::vector<std::string> sentences;
  const ClaimTotal& total = kind.total;
  if (!total.real) return {"Nothing to compare with: " + kind.no_own + "."};
  sentences.push_back(total.doubles.at_least > 0
                          ? "At least " + CountWords(total.doubles.at_least) + " of these claims are no " +
                                NameOf(kind.id) + " of their own: there were only " +
                                CountWords(*total.real) + ", and each is one."
                          : "The claims fit into the " + CountWords(*total.real) + " " + kind.id +
                                " there were, so none must be counted twice; some may be.");
  sentences.push_back(total.doubles.at_most ? "At most " + CountWords(*total.doubles.at_most) +
                                                  " are counted twice, if every platform claims only real " +
                                                  kind.id + " and each once."
                                            : std::string("No upper limit: ") + kUpperBroken + ".");
  return sentences;
}

std::vector<std::string> RestatedLines(const RestatedClaims& restated) {
  if (!restated.needs.empty()) return {"Later changes: " + restated.needs + "."};
  std::vector<std::string> lines = {
      "Later changes (conversions of the same days, in the export of then and in the newest):"};
  for (const RestatedAge& age : restated.ages) {
    const auto change = Restated(age);
    lines.push_back(
        "  " + age.platform + ", read at an age of " + AgeWords(age) + ": " + CountWords(age.then) +
        " then, " + CountWords(age.now) + " now" +
        (change ? ", " + std::string(*change < 0 ? "−" : "+") + FormatNumber(std::abs(*change), "ratio", true)
                : "") +
        " (" + Counted(age.days, "day") + ")");
  }
  return lines;
}

std::string ToText(const Answered& answered) {
  std::string out = "What ad platforms claim, " + ToWords(answered.ready.request.period) + "\n";
  for (const ClaimKind& kind : answered.claims.kinds) {
    std::vector<Cells> rows = {Heads(kind)};
    for (const PlatformRow& row : kind.platforms)
      rows.push_back(RowCells(row, kind, answered.ready.currency));
    rows.push_back(TotalCells(kind));
    std::vector<std::size_t> widths(rows[0].size(), 0);
    for (Cells& cells : rows) {
      for (std::size_t i = 0; i < cells.size(); ++i) {
        cells[i] = Shortened(cells[i]);
        widths[i] = std::max(widths[i], cells[i].size());
      }
    }
    out += "\n";
    for (const Cells& cells : rows) {
      std::string line;
      for (std::size_t i = 0; i < cells.size(); ++i)
        line += (i > 0 ? "  " : "") + cells[i] + std::string(widths[i] - cells[i].size(), ' ');
      out += "  " + line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    for (const std::string& sentence : Sentences(kind)) out += "  " + sentence + "\n";
  }
  out += "\n";
  for (const std::string& line : RestatedLines(answered.restated)) out += Visible(line) + "\n";
  if (!answered.claims.money_withheld.empty())
    out += "Amounts withheld: " + answered.claims.money_withheld + ".\n";
  for (const Finding& finding : answered.findings)
    out += "\n" + finding.rule + " " + finding.message + "\n  " + finding.why +
           (finding.fix.empty() ? "" : " " + finding.fix) + "\n";
  return out;
}

std::string ToMarkdown(const Answered& answered) {
  std::string out = "# What ad platforms claim, " + ToWords(answered.ready.request.period) + "\n";
  for (const ClaimKind& kind : answered.claims.kinds) {
    const auto line = [&](const Cells& cells) {
      std::string text = "|";
      for (const std::string& cell : cells) text += " " + EscapeMarkdown(cell) + " |";
      return text + "\n";
    };
    out += "\n" + line(Heads(kind)) + "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n";
    for (const PlatformRow& row : kind.platforms) out += line(RowCells(row, kind, answered.ready.currency));
    out += line(TotalCells(kind)) + "\n";
    for (const std::string& sentence : Sentences(kind)) out += sentence + " ";
    out += "\n";
  }
  out += "\n";
  for (const std::string& line : RestatedLines(answered.restated)) out += "- " + EscapeMarkdown(line) + "\n";
  for (const Finding& finding : answered.findings)
    out += "- **" + finding.rule + "** " + EscapeMarkdown(finding.message) + "\n";
  return out;
}

/// Numbers with all their digits; empty where there is none.
std::string Plain(const std::optional<double>& number) {
  if (!number || !std::isfinite(*number)) return "";
  char buffer[40];
  std::snprintf(buffer, sizeof(buffer), "%.10g", *number);
  return buffer;
}

std::string ToCsv(const Answered& answered) {
  std::string out =
      "kind,platform,claimed,claimed_value,currency,view_through_share,spend,own,own_value,claim_ratio,low,"
      "high,"
      "n,attribution_settings\r\n";
  for (const ClaimKind& kind : answered.claims.kinds) {
    const auto line = [&](const PlatformRow& row, const std::optional<ClaimRatio>& ratio) {
      std::string settings;
      for (const auto& [setting, count] : row.settings) settings += (settings.empty() ? "" : "; ") + setting;
      const bool views = row.claim.view_only && row.claim.claimed > 0;
      out += kind.id + "," + EscapeCsv(row.claim.platform, true) + "," + Plain(row.claim.claimed) + "," +
             Plain(row.claimed_value) + "," + EscapeCsv(answered.ready.currency, true) + "," +
             Plain(views ? std::optional(*row.claim.view_only / row.claim.claimed) : std::nullopt) + "," +
             Plain(row.spend) + "," + Plain(row.claim.own) + "," + Plain(row.own_value) + "," +
             (ratio ? Plain(ratio->value) : "") + "," +
             (ratio && ratio->interval ? Plain(ratio->interval->low) + "," + Plain(ratio->interval->high)
                                       : ",") +
             "," + (ratio ? Plain(ratio->own) : "") + "," + EscapeCsv(settings, true) + "\r\n";
    };
    for (const PlatformRow& row : kind.platforms)
      line(row, row.claim.own ? RatioOfClaim(row.claim.claimed, *row.claim.own) : std::nullopt);
    PlatformRow all;
    all.claim = {"", kind.total.claimed, std::nullopt, kind.total.real};
    line(all, kind.total.ratio);
  }
  return out;
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
  const Answered answered{ready, claims, restated, workspace.name(), FindingsOf(claims, ready, conversions)};
  Answer answer;
  if (options.sql) {
    for (const std::string& statement : claims.sql) answer.out += statement + ";\n\n";
    return answer;
  }
  switch (options.format) {
    case Format::kText:
      answer.out = ToText(answered);
      break;
    case Format::kJson:
      answer.out = ToJsonText(answered);
      break;
    case Format::kCsv:
      answer.out = ToCsv(answered);
      break;
    case Format::kMarkdown:
      answer.out = ToMarkdown(answered);
      break;
  }
  return answer;
}

}  // namespace backcast
