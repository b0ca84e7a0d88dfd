// SPDX-License-Identifier: Apache-2.0
#include "report/phrases.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "base/ascii.h"
#include "base/number.h"
#include "report/sentences.h"

namespace backcast {
namespace {

using std::chrono::days;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};

year_month_day Civil(Day day) { return year_month_day{day}; }

std::string_view MonthName(Day day) { return kMonths[static_cast<unsigned>(Civil(day).month()) - 1]; }

bool Social(std::string_view role) { return LowerAscii(role).find(Say("social_role")) != std::string::npos; }

}  // namespace

std::string ValuePhrase(const Value& value, bool tile) {
  switch (value.state) {
    case State::kValue:
    case State::kZero:
      return FormatNumber(value.value.value_or(0), value.unit, tile);
    case State::kNotFinal:
      return FormatNumber(value.value.value_or(NAN), value.unit, tile) +
             (tile ? "" : " " + std::string(Say("state.open_mark")));
    default:
      return std::string(Say("state." + std::string(ToWord(value.state))));
  }
}

std::string IntervalPhrase(const Value& value, bool tile) {
  if (!value.low || !value.high) return "";
  const std::string low = FormatNumber(*value.low, value.unit, tile),
                    high = FormatNumber(*value.high, value.unit, tile);
  const auto unit_of = [](const std::string& text) {
    return text.substr(std::min(text.find(' '), text.size()));
  };
  if (unit_of(low) == unit_of(high) && !unit_of(high).empty())
    return low.substr(0, low.find(' ')) + "–" + high;
  return low + "–" + high;
}

std::string ChangePhrase(const ScoreLine& line) {
  if (!line.change || !std::isfinite(*line.change)) return "";
  const bool points = line.change_in_points, share = line.value.unit == "ratio";
  const std::string text = !points ? FormatNumber(*line.change, "ratio", true)
                           : share ? FormatNumber(100 * *line.change, "percent_points", true)
                                   : FormatNumber(*line.change, line.value.unit, true);
  const bool nothing = text.find_first_of("123456789") == std::string::npos;
  return *line.change > 0 && !nothing ? "+" + text : text;
}

std::string PacePhrase(const ScoreLine& line) {
  if (!line.pace.value || !std::isfinite(*line.pace.value)) return "";
  return *line.pace.value > 99 ? std::string(">99") : fmt::format("{:.2f}", *line.pace.value);
}

std::string GoalPhrase(const ScoreLine& line, const std::optional<double>& goal, bool tile) {
  return goal ? FormatNumber(*goal, line.value.unit, tile) : "";
}

std::string_view VerdictShape(Verdict verdict) {
  switch (verdict) {
    case Verdict::kMet:
      return "▲";
    case Verdict::kLikely:
      return "△";
    case Verdict::kCannotTell:
      return "○";
    case Verdict::kMissed:
      return "▼";
    case Verdict::kNone:
      return "";
  }
  return "";
}

std::string VerdictPhrase(Verdict verdict) {
  if (verdict == Verdict::kNone) return "";
  return std::string(VerdictShape(verdict)) + " " + std::string(ToWord(verdict));
}

const std::string& OwnerOf(const ScoreLine& line) {
  return line.owner_role.empty() ? line.owner : line.owner_role;
}

bool IsOtherOwner(const ScoreLine& line) { return !OwnerOf(line).empty() && !Social(OwnerOf(line)); }

std::string DayPhrase(Day day) { return InWords(day); }

std::string PeriodPhrase(const Scorecard& card) {
  std::string text = ToWords(card.period);
  if (card.as_of == Day{}) return text + " · " + std::string(Say("no_data_yet"));
  text += " · " + fmt::format(fmt::runtime(Say("data_to")), DayPhrase(card.as_of));
  const auto open = (card.period.to - days{1} - card.as_of).count();
  if (open > 0 && open < card.period.days())
    text += " " + fmt::format(fmt::runtime(Say(open == 1 ? "day_to_come" : "days_to_come")), open);
  return text;
}

std::string AcceptedPhrase(const AcceptedNote& note) {
  if (note.until.empty())
    return fmt::format(fmt::runtime(Say("finding.accepted")), note.by, note.on, note.because);
  return fmt::format(fmt::runtime(Say("finding.accepted_until")), note.by, note.on, note.until, note.because);
}

std::vector<std::string> DecisionLines(const Scorecard& card) {
  constexpr std::size_t kShown = 6;
  std::vector<std::string> lines;
  for (const ScoreDecision& decision : card.decisions) {
    if (lines.size() == kShown) {
      lines.push_back(fmt::format(fmt::runtime(Say("decision.more")), card.decisions.size() - kShown));
      break;
    }
    std::string line = decision.date;
    if (!decision.node.empty()) line += " · " + decision.node;
    if (!decision.seen.empty())
      line += " · " + fmt::format(fmt::runtime(Say("decision.seen")), decision.seen);
    line += " · " + fmt::format(fmt::runtime(Say("decision.decided")), decision.decided);
    if (!decision.by.empty()) line += " (" + decision.by + ")";
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string PointPhrase(const Window& window) {
  const year_month_day civil = Civil(window.from);
  const int length = window.days();
  const int of_year = static_cast<int>(civil.year());
  if (static_cast<unsigned>(civil.day()) != 1 || length < 8) {
    return fmt::format("{} {}", static_cast<unsigned>(civil.day()), MonthName(window.from).substr(0, 3));
  }
  if (length > 180) return std::to_string(of_year);
  if (length > 31) return fmt::format("Q{} {}", (static_cast<unsigned>(civil.month()) + 2) / 3, of_year);
  return fmt::format("{} {:02d}", MonthName(window.from).substr(0, 3), of_year % 100);
}

std::string GroupPhrase(const ScoreLine& line) {
  std::string text;
  for (const auto& [dimension, value] : line.group)
    text += (text.empty() ? "" : ", ") + dimension + ": " + value;
  return text;
}

std::string PlacePhrase(const ScoreFinding& finding) {
  std::string text = finding.file;
  if (finding.line > 0) text += (text.empty() ? "" : ":") + std::to_string(finding.line);
  if (finding.line > 0 && finding.column > 0) text += ":" + std::to_string(finding.column);
  return text;
}

bool LastIsOpen(const ScoreLine& line, const Scorecard& card) {
  if (line.trend.empty()) return false;
  if (line.value.state == State::kNotFinal) return true;
  const Window& last = line.trend.back().window;
  if (card.as_of != Day{} && last.to - days{1} > card.as_of) return true;
  if (line.trend.size() < 2) return false;
  int shortest = line.trend.front().window.days();
  for (std::size_t i = 0; i + 1 < line.trend.size(); ++i)
    shortest = std::min(shortest, line.trend[i].window.days());
  return last.days() < shortest;
}

bool HasNumbers(const Scorecard& card) {
  return std::any_of(card.lines.begin(), card.lines.end(),
                     [](const ScoreLine& line) { return line.value.value.has_value(); });
}

std::string TextOf(const std::optional<Claim>& claim) { return claim ? claim->text() : ""; }

std::string BecausePhrase(const ScoreLine& line) {
  if (line.verdict_because) return line.verdict_because->text();
  return line.no_verdict.empty() ? "" : std::string(Say("word.no_verdict")) + ": " + line.no_verdict;
}

std::optional<EmptyPhrase> EmptyPhraseOf(const Scorecard& card) {
  if (HasNumbers(card)) return std::nullopt;
  if (card.has_plan && card.lines.empty()) return EmptyPhrase{"page.no_lines", "page.no_lines_lead"};
  if (FirstTooLittle(card) != nullptr) return EmptyPhrase{"page.too_little", "page.too_little_lead"};
  if (!card.exhibits.empty()) return EmptyPhrase{"page.tables_only", "page.tables_only_lead"};
  return EmptyPhrase{"page.empty", "page.empty_lead"};
}

const ScoreLine* FirstTooLittle(const Scorecard& card) {
  for (const ScoreLine& line : card.lines) {
    if (line.value.state == State::kTooLittleData && !line.value.reason.empty()) return &line;
  }
  return nullptr;
}

namespace {

/// A command for copying: an id that a shell would read as more than a word is left to the reader.
std::string RowsBehind(const std::string& id) {
  const bool plain = !id.empty() && id[0] != '-' && std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '.' || c == '-';
  });
  return "backcast score --rows " + (plain ? id : "METRIC");
}

bool UnitLike(std::string_view word) {
  for (const std::string_view unit : {"k", "M", "bn", "%", "h", "min", "s", "d", "pp"}) {
    if (word == unit) return true;
  }
  return word.size() == 3 && word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

}  // namespace

std::string KeepTogether(std::string_view text) {
  std::string kept;
  bool number = false;  // the word before belongs to a number
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t blank = std::min(text.find(' ', at), text.size());
    const std::string_view word = text.substr(at, blank - at);
    const std::string_view bare = word.substr(0, word.find_last_not_of(",.;:)") + 1);
    const bool unit = number && UnitLike(bare);
    if (at > 0) kept += unit ? "\u00A0" : " ";
    kept += word;
    number = bare == word &&
             (unit || (!word.empty() && std::isdigit(static_cast<unsigned char>(word.back())) != 0));
    at = blank + 1;
  }
  return kept;
}

std::string NextCommand(const Scorecard& card) {
  if (!HasNumbers(card) && FirstTooLittle(card) != nullptr) return RowsBehind(FirstTooLittle(card)->metric);
  if (card.has_plan && card.lines.empty()) return "name an outcome in plan.yaml, then backcast check";
  if (!HasNumbers(card)) return "backcast ingest exports/";
  if (!card.has_plan) return "write plan.yaml, then backcast check";
  const bool broken = std::any_of(card.findings.begin(), card.findings.end(),
                                  [](const ScoreFinding& finding) { return finding.severity == "error"; });
  if (broken) return "backcast check";
  for (const ScoreLine& line : card.lines) {
    if (line.weakest) return RowsBehind(line.metric);
  }
  return "backcast report -o report.html";
}

}  // namespace backcast
