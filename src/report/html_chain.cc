// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/number.h"
#include "report/hostile.h"
#include "report/html_parts.h"
#include "report/phrases.h"
#include "report/sentences.h"
#include "report/svg.h"

namespace backcast {
namespace {

constexpr double kPage = 1216, kWidest = 280, kPad = 12, kHead = 32, kRow = 16, kAnchor = 20;

struct Box {
  double x = 0, y = 0, height = 0;
  std::vector<std::string> title;
};

/// Which of the drawn kinds of line stands for a grade of evidence; an unknown word is drawn as a belief.
std::string_view EdgeClass(const ScoreLine& line) {
  if (line.kind == NodeKind::kChannel) return "edge";
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kGrades = {
      {{"component", "edge firm"},
       {"correlated", "edge"},
       {"predictive", "edge firm"},
       {"experimental", "edge proven"},
       {"none_found", "edge none"},
       {"against_plan", "edge broken"},
       {"broken", "edge broken"}}};
  for (const auto& [grade, css_class] : kGrades) {
    if (line.evidence == grade) return css_class;
  }
  return "edge asserted";
}

class ChainDrawing {
 public:
  ChainDrawing(const Scorecard& card, const Chain& chain)
      : card_(card), chain_(chain), boxes_(card.lines.size()) {
    const int columns = std::max(1, chain.columns);
    gap_ = columns > 4 ? 36 : 52;
    width_ = std::min(kWidest, (kPage - gap_ * (columns - 1)) / columns);
    total_ = width_ * columns + gap_ * (columns - 1);
  }

  std::string Draw() {
    Place();
    std::string edges, boxes;
    for (const std::size_t at : chain_.walk) {
      for (const std::size_t child : chain_.children[at]) {
        if (!card_.lines[child].weakest) edges += Edge(at, child);
      }
    }
    for (const std::size_t at : chain_.walk) {
      for (const std::size_t child : chain_.children[at]) {
        if (card_.lines[child].weakest) edges += Edge(at, child);
      }
      boxes += BoxOf(at);
    }
    const std::string title = EscapeHtml(Say("chain.title"));
    return fmt::format(
               "<svg class=\"chain\" role=\"img\" aria-labelledby=\"chain-title chain-desc\" width=\"{:g}\" "
               "height=\"{:g}\" viewBox=\"0 0 {:g} {:g}\">"
               "<title id=\"chain-title\">{}</title><desc id=\"chain-desc\">{} {}</desc>",
               total_, bottom_, total_, bottom_, title, EscapeHtml(TextOf(card_.headline)),
               EscapeHtml(TextOf(card_.weakest))) +
           Hatch() + Headings() + edges + boxes + "</svg>";
  }

 private:
  static std::string Hatch() {
    return "<defs><pattern id=\"hatch\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><path "
           "class=\"hatch\" d=\"M0 8L8 0\"/></pattern></defs>";
  }

  bool Measured(std::size_t at) const { return !card_.lines[at].metric.empty(); }
  bool ShowsOwner(std::size_t at) const { return IsOtherOwner(card_.lines[at]); }

  bool HasVerdictRow(std::size_t at) const {
    const ScoreLine& line = card_.lines[at];
    return line.verdict != Verdict::kNone || !ChangePhrase(line).empty() ||
           line.value.state == State::kNotFinal;
  }

  /// What is missing, for a line without a number.
  std::vector<std::string> ReasonOf(std::size_t at) const {
    return FitLines(card_.lines[at].value.reason, width_ - kPad * 2, 11, 2);
  }

  double HeightOf(std::size_t at) const {
    double title = kRow * static_cast<double>(boxes_[at].title.size());
    if (!Measured(at)) return kPad * 2 + title + (ShowsOwner(at) ? kRow + 2 : 0);
    if (!card_.lines[at].value.value) title += 14.0 * static_cast<double>(ReasonOf(at).size()) + 2;
    return kPad + title + 34 + (HasVerdictRow(at) ? 20 : 0) + (ShowsOwner(at) ? 20 : 0) + kPad - 2;
  }

  /// First children stand at the height of their parent, the others below; a subtree never reaches into the
  /// next.
  void Place() {
    std::vector<double> free(static_cast<std::size_t>(std::max(1, chain_.columns)), kHead);
    std::vector<double> least(boxes_.size(), kHead);
    std::vector<std::size_t> from(boxes_.size(), 0);
    for (const std::size_t root : chain_.roots) least[root] = -1;
    for (const std::size_t at : chain_.walk) {
      Box& box = boxes_[at];
      const auto column = static_cast<std::size_t>(chain_.column[at]);
      if (least[at] < 0) least[at] = bottom_ > kHead ? bottom_ + 24 : kHead;
      box.x = static_cast<double>(column) * (width_ + gap_);
      box.title = FitLines(TitleOf(card_.lines[at]), width_ - kPad * 2, 13, 2);
      box.height = HeightOf(at);
      const std::size_t first = std::min(from[at], column);  // an edge needs the columns that it crosses, too
      box.y = std::max(least[at],
                       *std::max_element(free.begin() + static_cast<std::ptrdiff_t>(first), free.end()));
      for (std::size_t crossed = first; crossed < column; ++crossed) free[crossed] = box.y + kAnchor * 2;
      free[column] = box.y + box.height + 14;
      for (const std::size_t child : chain_.children[at]) {
        least[child] = box.y;
        from[child] = column + 1;
      }
      bottom_ = std::max(bottom_, box.y + box.height + 2);
    }
  }

  std::string Headings() const {
    std::string svg;
    const int columns = chain_.columns;
    for (int column = 0; column < columns; ++column) {
      std::string_view key = "chain.kpi";
      const auto stands = [&](NodeKind kind) {
        return std::any_of(chain_.walk.begin(), chain_.walk.end(), [&](std::size_t at) {
          return chain_.column[at] == column && card_.lines[at].kind == kind;
        });
      };
      if (column == 0) key = "chain.outcome";
      if (column > 1 && stands(NodeKind::kKpi)) key = "chain.kpi_deeper";
      if (stands(NodeKind::kTactic)) key = "chain.tactic";
      if (stands(NodeKind::kChannel)) key = "chain.channel";
      const std::string words = (column == 0 ? "" : "◄ ") + std::string(Say(key));
      svg += SvgText(static_cast<double>(column) * (width_ + gap_), 14, "column", words);
    }
    return svg;
  }

  std::string Edge(std::size_t parent, std::size_t child) const {
    const Box& to = boxes_[parent];
    const Box& from = boxes_[child];
    double y1 = to.y + std::min(kAnchor, to.height / 2);
    const double x1 = to.x + width_;
    const double x2 = from.x, y2 = from.y + std::min(kAnchor, from.height / 2);
    const double trunk = x1 + gap_ / 2;
    if (card_.lines[child].weakest && y2 > y1 + 1)
      y1 += std::min(18.0, to.height / 4);  // an arrow of its own
    std::string path = fmt::format("M{:g} {:g}", x2, y2);
    if (y2 - y1 < 1) {
      path += fmt::format("H{:g}", x1 + 5);
    } else {
      path += fmt::format("H{:g}Q{:g} {:g} {:g} {:g}V{:g}Q{:g} {:g} {:g} {:g}H{:g}", trunk + 8, trunk, y2,
                          trunk, y2 - 8, y1 + 8, trunk, y1, trunk - 8, y1, x1 + 5);
    }
    const ScoreLine& line = card_.lines[child];
    const std::string_view strong = line.weakest ? " strong" : "";
    std::string svg =
        fmt::format("<path class=\"{}{}\" d=\"{}\"/><path class=\"arrow{}\" d=\"M{:g} {:g}l8 -4.5v9z\"/>",
                    EdgeClass(line), strong, path, strong, x1 + 1, y1);
    if (EdgeClass(line) == "edge broken") {
      svg += fmt::format("<path class=\"cross\" d=\"M{:g} {:g}l8 8m0 -8l-8 8\"/>", trunk + 4, y2 - 4);
    }
    return svg;
  }

  std::string BoxOf(std::size_t at) const {
    const ScoreLine& line = card_.lines[at];
    const Box& box = boxes_[at];
    const bool missing = Measured(at) && !line.value.value;
    std::string svg = fmt::format("<g><title>{}</title>", EscapeHtml(TitleOf(line)));
    svg +=
        fmt::format("<rect class=\"box{}{}\" x=\"{:g}\" y=\"{:g}\" width=\"{:g}\" height=\"{:g}\" rx=\"6\"/>",
                    line.weakest ? " strong" : "", Measured(at) ? "" : " plain", box.x + 1, box.y + 1,
                    width_ - 2, box.height - 2);
    if (missing) {
      svg += fmt::format(
          "<rect class=\"none\" fill=\"url(#hatch)\" x=\"{:g}\" y=\"{:g}\" width=\"{:g}\" height=\"{:g}\" "
          "rx=\"5\"/>",
          box.x + 2, box.y + 2, width_ - 4, box.height - 4);
    }
    if (line.weakest) svg += Tab(box);
    double y = box.y + kPad + 12;
    for (const std::string& row : box.title) {
      svg += SvgText(box.x + kPad, y, "name", row);
      y += kRow;
    }
    if (Measured(at)) {
      svg += Numbers(at, box, y);
    } else if (ShowsOwner(at)) {
      svg += Owner(line, box.x + kPad, y + 2, width_ - kPad * 2);
    }
    return svg + "</g>";
  }

  std::string Tab(const Box& box) const {
    const std::string words(Say("chain.weakest"));
    const double width = TextWidth(words) * 11 + 16;
    return fmt::format("<rect class=\"tab\" x=\"{:g}\" y=\"{:g}\" width=\"{:g}\" height=\"18\" rx=\"4\"/>",
                       box.x + width_ - width - 10, box.y - 10, width) +
           SvgText(box.x + width_ - 18, box.y + 3, "tab-name", words);
  }

  std::string Numbers(std::size_t at, const Box& box, double y) const {
    const ScoreLine& line = card_.lines[at];
    const double left = box.x + kPad, inner = width_ - kPad * 2;
    std::string svg;
    const std::string value = ValuePhrase(line.value, true);
    const bool number = line.value.value.has_value();
    svg += SvgText(left, y + 16, number ? "value" : "state", value);
    const double used = TextWidth(value) * 20 + 10;
    const double room = inner - used;
    if (room > 56) {
      TrendBox trend;
      trend.width = std::min(96.0, room - 8);
      trend.height = 22;
      trend.x = left + inner - trend.width - 3;
      trend.y = y - 2;
      trend.target = line.target;
      trend.last_open = LastIsOpen(line, card_);
      if (number) svg += SvgTrend(line.trend, trend);
    }
    double base = y + 42;
    if (!number) {
      for (const std::string& row : ReasonOf(at)) {
        svg += SvgText(left, base - 8, "reason", row);
        base += 14;
      }
      base += 2;
    }
    if (line.verdict != Verdict::kNone) {
      svg += fmt::format("<text x=\"{:g}\" y=\"{:g}\" class=\"mark v-{}\">{}</text>", left, base,
                         VerdictClass(line), EscapeHtml(VerdictPhrase(line.verdict)));
    }
    std::string remark = ChangePhrase(line);
    if (line.value.state == State::kNotFinal)
      remark += (remark.empty() ? "" : " ") + std::string(Say("state.open_mark"));
    if (!remark.empty()) {
      svg += fmt::format("<text x=\"{:g}\" y=\"{:g}\" class=\"small end\">{}</text>", left + inner, base,
                         EscapeHtml(remark));
    }
    if (line.verdict != Verdict::kNone || !remark.empty()) base += 20;
    if (IsOtherOwner(line)) svg += Owner(line, left, base, inner);
    return svg;
  }

  static std::string_view VerdictClass(const ScoreLine& line) {
    if (line.weakest) return "weakest";
    static constexpr std::array<std::string_view, 5> kClasses = {"none", "met", "likely", "open", "missed"};
    return kClasses[static_cast<std::size_t>(line.verdict)];
  }

  /// A ring and the role of who must act, where that is not the social team.
  static std::string Owner(const ScoreLine& line, double x, double y, double room) {
    const std::vector<std::string> words = FitLines(OwnerOf(line), room - 14, 12, 1);
    if (words.empty()) return "";
    return fmt::format("<circle class=\"owner-dot\" cx=\"{:g}\" cy=\"{:g}\" r=\"3.5\"/>", x + 4, y - 4) +
           SvgText(x + 13, y, "small", words[0]);
  }

  const Scorecard& card_;
  const Chain& chain_;
  std::vector<Box> boxes_;
  double gap_ = 0, width_ = 0, total_ = 0, bottom_ = kHead;
};

}  // namespace

std::string HtmlChain(const Scorecard& card, const Chain& chain) {
  if (chain.walk.empty()) return "";
  return ChainDrawing(card, chain).Draw() + HtmlChainList(card, chain) + "<p class=\"quiet legend\">" +
         EscapeHtml(Say("chain.lead")) + " " + EscapeHtml(Say("chain.legend")) + "</p>";
}

}  // namespace backcast
