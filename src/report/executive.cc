// SPDX-License-Identifier: Apache-2.0
#include "report/executive.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "report/phrases.h"
#include "report/sentences.h"

namespace backcast {
namespace {

constexpr std::size_t kParts = 4;

std::string Titled(const ScoreLine& line) { return line.title.empty() ? line.id : line.title; }

std::string NotePhrase(const Note& note) {
  std::string text = InWords(note.day) + ": " + note.title;
  if (note.text.empty()) return text;
  const bool closed =
      text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with(' ');
  return text + (closed ? " " : ". ") + note.text;
}

std::string ExamplePhrase(const ExamplePost& post) {
  std::string text = std::string(Say("example.lead")) + ": " + post.platform + " " + post.reference;
  if (post.day) text += ", " + InWords(*post.day);
  if (!post.text.empty()) text += ", “" + post.text + "”";
  return text + ": " + FormatNumber(post.number, "count", false) + " " + Call("measure", post.measure) +
         " (" +
         fmt::format(fmt::runtime(Say("example.of")),
                     FormatNumber(static_cast<double>(post.among), "count", false)) +
         ")";
}

bool Shown(const Scorecard& card, const std::string& node) {
  return std::any_of(card.lines.begin(), card.lines.end(),
                     [&](const ScoreLine& line) { return line.id == node && line.group.empty(); });
}

/// KPIs right behind the outcome in the plan's order; one that is the weakest takes the last place when it
/// stands further down.
std::vector<const ScoreLine*> PartsOf(const Scorecard& card, const ScoreLine& outcome) {
  std::vector<const ScoreLine*> parts;
  for (const ScoreLine& line : card.lines) {
    if (line.kind != NodeKind::kKpi || line.parent != outcome.id || !line.group.empty()) continue;
    if (parts.size() < kParts) {
      parts.push_back(&line);
    } else if (line.weakest) {
      parts.back() = &line;
    }
  }
  return parts;
}

std::string PartPhrase(const ScoreLine& line) {
  std::string text = Titled(line) + ": " + ValuePhrase(line.value, true);
  if (line.target)
    text += ", " + fmt::format(fmt::runtime(Say("picture.target")), GoalPhrase(line, line.target, true));
  if (line.verdict != Verdict::kNone) text += ", " + VerdictPhrase(line.verdict);
  if (line.weakest) text += " ◄ " + std::string(Say("chain.weakest"));
  if (!OwnerOf(line).empty()) text += ", " + std::string(Say("picture.owner")) + ": " + OwnerOf(line);
  return text;
}

}  // namespace

std::vector<std::string> ParagraphOf(const Scorecard& card) {
  std::vector<std::string> sentences;
  for (const Claim& claim : card.executive) sentences.push_back(claim.text());
  return sentences;
}

std::vector<std::string> FurtherReasonsOf(const Scorecard& card) {
  std::vector<std::string> reasons;
  for (const Claim& claim : card.why) {
    const bool said = std::any_of(card.executive.begin(), card.executive.end(),
                                  [&](const Claim& other) { return other.text() == claim.text(); });
    if (!said) reasons.push_back(claim.text());
  }
  return reasons;
}

std::optional<Picture> PictureOf(const Scorecard& card) {
  const auto outcome = std::find_if(card.lines.begin(), card.lines.end(), [](const ScoreLine& line) {
    return line.kind == NodeKind::kOutcome && line.group.empty();
  });
  if (outcome == card.lines.end() || !outcome->value.value || !outcome->judged || !outcome->target)
    return std::nullopt;
  if (!std::isfinite(*outcome->judged) || !std::isfinite(*outcome->target)) return std::nullopt;
  return Picture{.outcome = &*outcome,
                 .now = *outcome->judged,
                 .target = *outcome->target,
                 .low = outcome->judged_low,
                 .high = outcome->judged_high,
                 .expected = outcome->expected,
                 .start = outcome->baseline,
                 .parts = PartsOf(card, *outcome)};
}

PictureLabels LabelsOf(const Picture& picture) {
  const ScoreLine& line = *picture.outcome;
  const auto number = [&](double value) { return FormatNumber(value, line.value.unit, true); };
  PictureLabels labels;
  labels.now = std::string(Say("picture.now")) + " " + number(picture.now);
  Value interval;
  interval.low = picture.low;
  interval.high = picture.high;
  interval.unit = line.value.unit;
  if (const std::string range = IntervalPhrase(interval, true); !range.empty())
    labels.now += " (" + range + ")";
  if (picture.expected)
    labels.expected = std::string(Say("picture.expected")) + " " + number(*picture.expected);
  labels.target = fmt::format(fmt::runtime(Say("picture.target")), number(picture.target));
  if (line.target_by)
    labels.target += " " + fmt::format(fmt::runtime(Say("picture.by")), InWords(*line.target_by));
  if (picture.start) labels.start = std::string(Say("picture.start")) + " " + number(*picture.start);
  return labels;
}

std::vector<std::string> PictureInWords(const Scorecard& card) {
  const std::optional<Picture> picture = PictureOf(card);
  if (!picture) return {};
  const PictureLabels labels = LabelsOf(*picture);
  std::string numbers = Titled(*picture->outcome) + ": " + labels.now;
  if (picture->outcome->verdict != Verdict::kNone) numbers += " " + VerdictPhrase(picture->outcome->verdict);
  for (const std::string& label : {labels.expected, labels.target, labels.start}) {
    if (!label.empty()) numbers += " · " + label;
  }
  std::vector<std::string> lines = {numbers};
  for (const ScoreLine* part : picture->parts) lines.push_back("◄ " + PartPhrase(*part));
  return lines;
}

std::vector<Gap> GapsOf(const Scorecard& card) {
  std::vector<Gap> gaps;
  for (const ScoreLine& line : card.lines) {
    if (line.metric.empty() || !line.group.empty() || line.value.value) continue;
    if (line.kind != NodeKind::kOutcome && line.kind != NodeKind::kKpi) continue;
    gaps.push_back({&line, line.value.reason.empty()
                               ? std::string(Say("state.why." + std::string(ToWord(line.value.state))))
                               : line.value.reason});
  }
  return gaps;
}

std::vector<std::string> GapLines(const Scorecard& card) {
  std::vector<std::string> lines;
  for (const Gap& gap : GapsOf(card)) lines.push_back(Titled(*gap.line) + ": " + gap.missing);
  return lines;
}

std::vector<std::string> RemarksOf(const Scorecard& card, const ScoreLine& line) {
  std::vector<std::string> remarks;
  if (!line.group.empty()) return remarks;
  for (const Note& note : card.notes) {
    if (!note.node.empty() && note.node == line.id) remarks.push_back(NotePhrase(note));
  }
  for (const ExamplePost& post : card.examples) {
    if (post.node == line.id) remarks.push_back(ExamplePhrase(post));
  }
  return remarks;
}

std::vector<std::string> FreeNotesOf(const Scorecard& card) {
  std::vector<std::string> notes;
  for (const Note& note : card.notes) {
    if (note.node.empty() || !Shown(card, note.node)) notes.push_back(NotePhrase(note));
  }
  return notes;
}

}  // namespace backcast
