// SPDX-License-Identifier: Apache-2.0
#include "desk/cost.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "desk/cost_json.h"
#include "desk/rows.h"
#include "facts/channel_groups.h"
#include "plan/rulebook.h"
#include "report/hostile.h"
#include "report/width.h"

namespace backcast {
namespace {

constexpr int kPageWidth = 100;

std::string Plain(const std::optional<double>& number) {
  return number ? FormatNumber(*number, "count", true) : "–";
}

/// Money without its unit, which the heading names.
std::string Money(const std::optional<double>& amount) {
  return amount ? FormatNumber(*amount, "currency", true) : "–";
}

std::string PerWords(const CostPer& per) {
  if (per.too_few) return "too few";
  if (!per.value) return "–";
  return Money(per.value) + " (" + Money(per.interval.low) + " to " + Money(per.interval.high) + ")";
}

/// A number is never cut; one that is too wide moves the rest of its line.
std::string Right(const std::string& text, int columns) {
  return DisplayWidth(text) >= columns ? text : Pad(text, columns, true);
}

std::string VerdictWords(CostVerdict verdict) {
  if (verdict == CostVerdict::kNoDifference) return "no difference";
  std::string words(ToWord(verdict));
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

/// The page for a terminal: a table, then what it says, then what to doubt.
class CostPage {
 public:
  explicit CostPage(const CostAnswer& answer) : answer_(answer) {}

  std::string Write() {
    const bool targeted = answer_.headline == Headline::kTargeted;
    Line("What " + ThingOf(answer_) + " costs, " + ToWords(answer_.period) + ", in " + answer_.currency);
    Line(answer_.against.empty() ? "each held against all others together"
                                 : "held against " + Shortened(ChannelTitle(answer_.against)));
    out_ += "\n";
    Row("channel", "media", "full cost", targeted ? "all" : "count", "targeted", "cost of one (95 %)",
        "on media", "verdict");
    for (const JudgedCost& row : answer_.rows) Costs(row, VerdictWords(row.verdict));
    Costs(answer_.total, "");
    out_ += "\n";
    for (std::size_t i = 0; i < answer_.rows.size(); ++i) Say(answer_.rows[i], answer_.say[i]);
    Apart();
    for (const TestReturn& test : answer_.tests) {
      for (const Claim& claim : test.claims)
        Line("Test " + Shortened(test.id) + ", " + ToWords(test.days) + ": " + claim.text());
    }
    for (const std::string& note : answer_.notes) Line("Note: " + note + ".");
    if (!answer_.not_final.empty()) Line("Not final: " + answer_.not_final + ".");
    return std::move(out_);
  }

 private:
  void Line(const std::string& text) {
    for (const std::string& line : Wrap(text, kPageWidth)) out_ += line + "\n";
  }

  void Row(const std::string& channel, const std::string& media, const std::string& full,
           const std::string& all, const std::string& targeted, const std::string& per,
           const std::string& on_media, const std::string& verdict) {
    std::string line = Pad(channel, 14) + " " + Right(media, 7) + " " + Right(full, 9) + " " + Right(all, 7);
    if (answer_.headline == Headline::kTargeted) line += " " + Right(targeted, 8);
    line += " " + Right(per, 24) + " " + Right(on_media, 8);
    if (!verdict.empty()) line += "  " + verdict;
    out_ += line + "\n";
  }

  void Costs(const JudgedCost& row, const std::string& verdict) {
    const CostParts& cost = row.channel.cost;
    const bool withheld = !cost.withheld.empty();
    Row(Shortened(row.channel.title), withheld ? "withheld" : Money(cost.media),
        withheld ? "withheld" : Money(cost.full), Plain(row.channel.counts.all),
        Plain(row.channel.counts.targeted), PerWords(row.full),
        row.media.value ? Money(row.media.value) : "–", verdict);
  }

  void Say(const JudgedCost& row, const std::vector<Claim>& claims) {
    for (const Claim& claim : claims) Line(claim.text());
    if (claims.empty() && !row.because.empty())
      Line(Shortened(row.channel.title) + ": " + Shortened(row.because, 200) + ".");
  }

  /// Untargeted, unknown and suspected over all channels: shown apart, never hidden.
  void Apart() {
    const ChannelCounts& counts = answer_.total.channel.counts;
    if (counts.untargeted && answer_.headline == Headline::kTargeted) {
      Line("Beside the targeted: " + Plain(counts.untargeted) + " " + answer_.counting.many +
           " are known not to be" +
           (*counts.unknown > 0 ? ", of " + Plain(counts.unknown) + " nobody knows." : ".") +
           (answer_.total.all.value ? " One of all costs " + PerWords(answer_.total.all) + "." : ""));
    }
    if (counts.suspected.value_or(0) > 0 && answer_.total.gross.value) {
      Line("With " + Plain(counts.suspected) + " more (" + answer_.counting.suspected + ") one would cost " +
           PerWords(answer_.total.gross) + ".");
    }
  }

  const CostAnswer& answer_;
  std::string out_;
};

class TableMaker {
 public:
  explicit TableMaker(std::size_t rows) { table_.rows = rows; }
  void Words(const std::string& name, std::vector<std::string> words) {
    Column column{name, true, std::vector<std::uint8_t>(words.size(), 1), {}, std::move(words)};
    for (std::size_t i = 0; i < column.words.size(); ++i) column.present[i] = column.words[i].empty() ? 0 : 1;
    table_.columns.push_back(std::move(column));
  }
  void Numbers(const std::string& name, const std::vector<std::optional<double>>& numbers) {
    Column column{name, false, {}, {}, {}};
    for (const auto& number : numbers) {
      column.present.push_back(number ? 1 : 0);
      column.numbers.push_back(number.value_or(NAN));
    }
    table_.columns.push_back(std::move(column));
  }
  Table Take() { return std::move(table_); }

 private:
  Table table_;
};

/// For spreadsheets: one line per channel, the total last.
Table ToTable(const CostAnswer& answer) {
  std::vector<const JudgedCost*> rows;
  for (const JudgedCost& row : answer.rows) rows.push_back(&row);
  rows.push_back(&answer.total);
  TableMaker table(rows.size());
  const auto words = [&](const char* name, auto of) {
    std::vector<std::string> column;
    for (const JudgedCost* row : rows) column.push_back(of(*row));
    table.Words(name, std::move(column));
  };
  const auto numbers = [&](const char* name, auto of) {
    std::vector<std::optional<double>> column;
    for (const JudgedCost* row : rows) column.push_back(of(*row));
    table.Numbers(name, column);
  };
  using Number = std::optional<double>;
  words("channel", [&](const JudgedCost& row) {
    return &row == rows.back() || row.channel.channel.empty() ? row.channel.title
                                                              : Visible(row.channel.channel);
  });
  words("currency", [&](const JudgedCost&) { return answer.currency; });
  numbers("spend", [](const JudgedCost& row) { return row.channel.cost.media; });
  numbers("full_cost", [](const JudgedCost& row) { return row.channel.cost.full; });
  numbers("labour", [](const JudgedCost& row) { return row.channel.cost.labour; });
  numbers("tools", [](const JudgedCost& row) { return row.channel.cost.tools; });
  numbers("fees", [](const JudgedCost& row) { return row.channel.cost.fees; });
  numbers("other", [](const JudgedCost& row) { return row.channel.cost.other; });
  numbers("shared", [](const JudgedCost& row) { return row.channel.cost.shared; });
  numbers("count", [](const JudgedCost& row) { return row.channel.counts.all; });
  numbers("targeted_count", [](const JudgedCost& row) { return row.channel.counts.targeted; });
  numbers("untargeted_count", [](const JudgedCost& row) { return row.channel.counts.untargeted; });
  numbers("suspected_count", [](const JudgedCost& row) { return row.channel.counts.suspected; });
  numbers("cost_per", [](const JudgedCost& row) { return row.full.value; });
  numbers("cost_per_low",
          [](const JudgedCost& row) { return row.full.value ? Number(row.full.interval.low) : Number(); });
  numbers("cost_per_high",
          [](const JudgedCost& row) { return row.full.value ? Number(row.full.interval.high) : Number(); });
  numbers("n", [](const JudgedCost& row) {
    return row.full.n > 0 ? Number(static_cast<double>(row.full.n)) : Number();
  });
  numbers("cost_per_on_media", [](const JudgedCost& row) { return row.media.value; });
  words("verdict", [&](const JudgedCost& row) {
    return &row == rows.back() ? std::string() : std::string(ToWord(row.verdict));
  });
  return table.Take();
}

}  // namespace

Result<Answer> ShowCosts(Workspace& workspace, const CostCommand& command, Talk& talk) {
  BACKCAST_TRY(const Ready ready, Prepare(workspace, command.card, talk));
  BACKCAST_TRY(const CostAnswer costs, ReadCosts(workspace, ready, command));
  Answer answer;
  if (command.card.sql) {
    for (const std::string& statement : costs.sql) answer.out += statement + ";\n\n";
  } else if (command.card.format == Format::kJson) {
    answer.out = ToJsonText(costs, workspace);
  } else if (command.card.format == Format::kText) {
    answer.out = CostPage(costs).Write();
  } else {
    answer.out = RenderTable(ToTable(costs), command.card.format);
  }
  return answer;
}

}  // namespace backcast
