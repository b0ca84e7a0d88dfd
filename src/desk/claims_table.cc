// SPDX-License-Identifier: Apache-2.0
#include "desk/claims_table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/number.h"
#include "plan/rulebook.h"
#include "report/hostile.h"

namespace backcast {
namespace {

std::string NameOf(const std::string& kind) { return kind == "orders" ? "order" : "lead"; }

std::string RatioText(const ClaimRatio& ratio) {
  std::string words = ClaimRatioWords(ratio.value);
  if (ratio.interval && std::isfinite(ratio.interval->high))
    words += " (95 %: " + ClaimRatioWords(ratio.interval->low) + " to " +
             ClaimRatioWords(ratio.interval->high) + ", n = " + ClaimCountWords(ratio.own) + ")";
  return words;
}

std::string AgeWords(const RestatedAge& age) {
  return std::to_string(age.from) + " to " + std::to_string(age.to) + " days";
}

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
          ClaimCountWords(row.claim.claimed),
          row.claim.own ? ClaimCountWords(*row.claim.own) : "-",
          ratio ? RatioText(*ratio) : "-",
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
          ClaimCountWords(kind.total.claimed),
          kind.total.real ? ClaimCountWords(*kind.total.real) + " (all " + kind.id + ")" : "-",
          kind.total.ratio ? RatioText(*kind.total.ratio) : "-",
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
                          ? "At least " + ClaimCountWords(total.doubles.at_least) +
                                " of these claims are no " + NameOf(kind.id) +
                                " of their own: there were only " + ClaimCountWords(*total.real) +
                                ", and each is one."
                          : "The claims fit into the " + ClaimCountWords(*total.real) + " " + kind.id +
                                " there were, so none must be counted twice; some may be.");
  sentences.push_back(total.doubles.at_most ? "At most " + ClaimCountWords(*total.doubles.at_most) +
                                                  " are counted twice, if every platform claims only real " +
                                                  kind.id + " and each once."
                                            : std::string("No upper limit: ") + kNoUpperLimit + ".");
  return sentences;
}

std::vector<std::string> RestatedLines(const RestatedClaims& restated) {
  if (!restated.needs.empty()) return {"Later changes: " + restated.needs + "."};
  std::vector<std::string> lines = {
      "Later changes (conversions of the same days, in the export of then and in the newest):"};
  for (const RestatedAge& age : restated.ages) {
    const auto change = RestatedShare(age);
    lines.push_back(
        "  " + age.platform + ", read at an age of " + AgeWords(age) + ": " + ClaimCountWords(age.then) +
        " then, " + ClaimCountWords(age.now) + " now" +
        (change ? ", " + std::string(*change < 0 ? "−" : "+") + FormatNumber(std::abs(*change), "ratio", true)
                : "") +
        " (" + Counted(age.days, "day") + ")");
  }
  return lines;
}

/// Numbers with all their digits; empty where there is none.
std::string Plain(const std::optional<double>& number) {
  if (!number || !std::isfinite(*number)) return "";
  char buffer[40];
  std::snprintf(buffer, sizeof(buffer), "%.10g", *number);
  return buffer;
}

}  // namespace

std::string ClaimCountWords(double count) {
  return FormatNumber(std::round(count * 10) / 10, "count", false);
}

std::string ClaimRatioWords(double ratio) {
  char buffer[32];
  std::snprintf(buffer, sizeof(buffer), "%.2f", ratio);
  return buffer;
}

std::optional<double> RestatedShare(const RestatedAge& age) {
  return age.then > 0 ? std::optional(age.now / age.then - 1) : std::nullopt;
}

std::string ClaimsText(const ClaimsAnswer& answered) {
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

std::string ClaimsMarkdown(const ClaimsAnswer& answered) {
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

std::string ClaimsCsv(const ClaimsAnswer& answered) {
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

}  // namespace backcast
